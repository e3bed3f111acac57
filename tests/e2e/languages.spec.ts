// Languages: the browser's at first, another by choice and without a reload; each with its own plurals, dates and
// direction; one file of texts.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { CUSTOMER } from "./upstreams/sobot.mjs";

const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", he: "עברית", zh: "简体中文" };
/** The titles of the settings page, as the locales have them: a wrong file would show. */
const SETTINGS = { en: "Settings", de: "Einstellungen", fr: "Paramètres", he: "הגדרות", zh: "设置" };
type Tag = keyof typeof LANGUAGES;

const root = (page: Page) => page.locator("html");
/** The language choice: the one field whose values are languages. */
const choice = (page: Page) => page.locator("select:has(option[value=he])");
/** The requested files of texts. */
const files = (received: { url: string }[]) => received.map(({ url }) => /\/locales\/(\w+)-[0-9a-f]{16}\.json$/.exec(url)?.[1]).filter(Boolean);
const keep = (page: Page, tag: Tag) => page.context().addInitScript((tag) => localStorage.setItem("trunkline.language", tag), tag);

test.describe("in a German browser", () => {
  test.use({ locale: "de-AT" });

  test("it starts in German with German dates, and requests German texts only", async ({ page, signInAs, guard }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: "Anmelden" })).toBeVisible();
    await expect(root(page)).toHaveAttribute("lang", "de");
    await expect(root(page)).toHaveAttribute("dir", "ltr");
    expect(files(guard.received)).toEqual(["de"]);

    await signInAs("agent", "/inbox");
    await expect(page).toHaveTitle("Posteingang · Trunkline");
    await expect(page.getByRole("columnheader", { name: "Warteschlange" })).toBeVisible();
    // As the browser's owner writes: Austria's January is "Jänner".
    await page.getByRole("table").getByRole("link").first().click();
    const time = page.getByRole("main").locator("time[datetime]").first();
    const expected = await time.evaluate((element) =>
      new Intl.DateTimeFormat("de-AT", { dateStyle: "full", timeStyle: "long" }).format(new Date(element.getAttribute("datetime") ?? "")),
    );
    await expect(time).toHaveAttribute("title", expected);
    expect(new Set(files(guard.received))).toEqual(new Set(["de"]));
  });
});

test.describe("in a browser of an unsupported language", () => {
  test.use({ locale: "is-IS" });

  test("English", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expect(root(page)).toHaveAttribute("lang", "en");
  });
});

test("each language applies without a reload, is kept, and other tabs follow", async ({ signInAs, context, guard }) => {
  const page = await signInAs("agent", "/settings");
  const other = await context.newPage();
  await other.goto("/customers");
  await expect(other.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
  await expect(choice(page).locator("option")).toHaveText(Object.values(LANGUAGES));
  for (const tag of ["de", "fr", "he", "zh"] as const) {
    await choice(page).selectOption({ label: LANGUAGES[tag] });
    await expect(page.getByRole("heading", { level: 1, name: SETTINGS[tag], exact: true })).toBeVisible();
    await expect(root(page)).toHaveAttribute("lang", tag);
    await expect(root(page)).toHaveAttribute("dir", tag === "he" ? "rtl" : "ltr");
    await expect(page).toHaveTitle(`${SETTINGS[tag]} · Trunkline`);
    await expect(choice(page)).toHaveValue(tag);
    await expect(root(other)).toHaveAttribute("lang", tag);
  }
  await expect(other.getByRole("heading", { level: 1, name: "客户", exact: true })).toBeVisible();
  expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);

  const before = files(guard.received).length;
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: SETTINGS.zh, exact: true })).toBeVisible();
  // From the browser's cache or not: nothing but Chinese.
  expect(new Set(files(guard.received).slice(before))).toEqual(new Set(["zh"]));
});

test("form input survives a change of language", async ({ signInAs, context }) => {
  const page = await signInAs("admin", "/events/new");
  const form = page.getByRole("main").locator("form");
  await page.getByLabel("Type", { exact: true }).selectOption("3");
  await page.getByLabel("Sender", { exact: true }).fill("+49 199 1234");
  await page.getByLabel("Subject", { exact: true }).fill("Half a sent");
  await page.getByLabel("Body", { exact: true }).fill("שלום");
  const values = () =>
    form.evaluate((element) =>
      [...element.querySelectorAll<HTMLInputElement>("input, select, textarea")].map((field) => [field.type, field.value]),
    );
  const typed = await values();
  expect(typed.flat()).toEqual(expect.arrayContaining(["3", "+49 199 1234", "Half a sent", "שלום"]));

  const settings = await context.newPage();
  await settings.goto("/settings");
  await choice(settings).selectOption("he");
  await expect(root(page)).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1, name: "אירוע חדש", exact: true })).toBeVisible();
  await expect(page.getByLabel("נושא", { exact: true })).toHaveValue("Half a sent");
  expect(await values()).toEqual(typed);

  // The same on a form with rows of its own.
  const apis = await context.newPage();
  await apis.goto("/external-apis/new");
  await apis.getByRole("button", { name: "הוספת כותרת", exact: true }).click();
  await apis.getByLabel("שם הכותרת", { exact: true }).fill("X-Half");
  await choice(settings).selectOption("fr");
  await expect(apis.getByLabel("Nom de l’en-tête", { exact: true })).toHaveValue("X-Half");
});

test("plurals follow the rules of each language", async ({ signInAs, page }) => {
  await signInAs("admin", "/channel-accounts");
  const box = (at: number) => page.getByRole("row").nth(at).getByRole("checkbox");
  const said: Record<Tag, [string, string, string]> = {
    en: ["1 selected", "2 selected", "3 selected"],
    de: ["1 ausgewählt", "2 ausgewählt", "3 ausgewählt"],
    fr: ["1 sélectionné", "2 sélectionnés", "3 sélectionnés"],
    he: ["נבחר אחד", "נבחרו שניים", "נבחרו 3"],
    zh: ["已选择 1 个", "已选择 2 个", "已选择 3 个"],
  };
  for (const [tag, words] of Object.entries(said)) {
    await page.evaluate((tag) => localStorage.setItem("trunkline.language", tag), tag);
    await page.reload();
    await expect(root(page)).toHaveAttribute("lang", tag);
    for (const [at, text] of words.entries()) {
      await box(at + 1).check();
      await expect(page.getByText(text, { exact: true })).toBeVisible();
    }
  }
});

test.describe("right to left", () => {
  test.use({ vendors: "upstream", locale: "he-IL" });

  /** `true` if the first character is left of the last. */
  const leftToRight = (text: Locator) =>
    text.evaluate((element) => {
      const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      const length = node?.nodeValue?.length ?? 0;
      if (!node || length < 2) throw new Error("no text to look at");
      const edge = (at: number) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
      };
      const [first, last] = [edge(0), edge(length - 1)];
      return first.left < last.left || first.top < last.top;
    });

  test("the layout is mirrored; phones, codes and addresses are not", async ({ signInAs, page }) => {
    await signInAs("admin", `/customers?id=${CUSTOMER.id}`);
    await expect(root(page)).toHaveAttribute("dir", "rtl");
    const [nav, main] = [await page.getByRole("navigation").first().boundingBox(), await page.getByRole("main").boundingBox()];
    expect(nav?.x ?? 0).toBeGreaterThan(main?.x ?? 0);
    for (const text of [CUSTOMER.tel, CUSTOMER.email, CUSTOMER.id]) {
      expect(await leftToRight(page.getByRole("main").getByText(text, { exact: true }).first()), text).toBe(true);
    }
    // Not translated: what the vendor sent.
    await expect(page.getByRole("main").getByText(CUSTOMER.uname, { exact: true }).first()).toBeVisible();

    await page.goto("/events/2039");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("A new ticket 123456");
    await page.goto("/events/new");
    await page.getByLabel("סוג", { exact: true }).selectOption("3");
    await expect(page.getByLabel("שולח", { exact: true })).toHaveCSS("direction", "ltr");
    await page.goto("/external-apis/new");
    await expect(page.getByLabel("כתובת URL", { exact: true })).toHaveCSS("direction", "ltr");
  });
});

test("missing texts and texts of another build show the start-up error", async ({ page, guard }) => {
  guard.allow(/Failed to load resource|HTTP 503|another version/);
  await page.route("**/locales/*", (route) => route.fulfill({ status: 503, body: "later" }));
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("Trunkline could not start");
  await expect(page.getByRole("alert")).toContainText("HTTP 503");
  await page.unroute("**/locales/*");
  await page.route("**/locales/*", async (route) => {
    const texts = await (await route.fetch()).json();
    await route.fulfill({ json: { ...texts, mark: "00000000" } });
  });
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(page.getByRole("alert")).toContainText("another version");
  await page.unroute("**/locales/*");
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect(page.locator("#boot")).toHaveCount(0);
});

test("a failed start is reported in the user's language", async ({ page, guard }) => {
  guard.allow(/Failed to load resource|TypeError|WebAssembly|Failed to fetch/);
  await keep(page, "he");
  await page.route(/-main-\w+\.wasm$/, (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("הפעלת Trunkline נכשלה");
  await expect(root(page)).toHaveAttribute("dir", "rtl");
  await page.unroute(/-main-\w+\.wasm$/);
  await page.getByRole("button", { name: "טעינה מחדש" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "כניסה" })).toBeVisible();
});

test("a language whose texts fail to load is reverted with a message", async ({ signInAs, page, guard }) => {
  guard.allow(/Failed to load resource/);
  await signInAs("agent", "/settings");
  await page.route("**/locales/fr-*", (route) => route.abort());
  await choice(page).selectOption("fr");
  await expect(page.getByRole("alert").filter({ hasText: "This language couldn't be loaded." })).toBeVisible();
  await expect(choice(page)).toHaveValue("en");
  await expect(root(page)).toHaveAttribute("lang", "en");
  await page.unroute("**/locales/fr-*");
  await choice(page).selectOption("fr");
  await expect(page.getByRole("heading", { level: 1, name: SETTINGS.fr })).toBeVisible();
});
