// Every page in a language 40 % longer than English, wide and narrow: no text is cut or sticks out, and each comes from
// the catalogue.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { speakPseudo, textFaults } from "./support/pseudo";
import { expect, test } from "./support/test";

const AGENT = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
const ACCOUNT = "59c749f4-af8e-eb11-aacf-06c7a219a2ac";
/** The sandbox's first customer. */
const CUSTOMER = "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2";
const WIDTHS = [1280, 390];
/** Member names of `channelIdentity` and `emailAccountInfo` in Comm100's document; the form uses them as labels. */
function members(): string[] {
  const sample = readFileSync(resolve(import.meta.dirname, "../../api/tests/samples/comm100_create_body.json"), "utf8");
  const { channelIdentity, emailAccountInfo } = JSON.parse(sample);
  return [channelIdentity, emailAccountInfo].flatMap((text: string) => Object.keys(JSON.parse(text)));
}

/** The pages of an admin, in their states; `id` is that of an external API. */
const adminPaths = (id: string) => [
  "/", "/channel-accounts", "/channel-accounts?q=nothing-has-this", "/channel-accounts/new", `/channel-accounts/${ACCOUNT}`,
  `/channel-accounts/${ACCOUNT}/edit`, "/channel-accounts/unknown", "/events", "/events/new", "/events/2039", "/customers",
  `/customers?id=${CUSTOMER}`, "/external-apis", "/external-apis/new", `/external-apis/${id}`,
  `/external-apis/${id}/edit`, "/account", "/activity", "/settings", "/nothing-here",
];

/** Everything the vendors and the gateway answered, unescaped: what no catalogue can hold. */
function data(received: { url: string; body: string }[]): string {
  const answers = received.filter(({ url }) => url.includes("/api/")).map(({ body }) => body);
  return [...answers, ...answers.map((body) => body.replace(/\\"/g, '"').replace(/\\n/g, "\n"))].join("\n");
}

/** Checks the page in its current state at each width. */
async function look(page: Page, received: { url: string; body: string }[], where: string): Promise<string[]> {
  await page.waitForFunction(() => !document.querySelector("main [aria-busy=true], .skeleton"));
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    // Two frames: one for the new layout, one for what follows it.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    found.push(...(await textFaults(page, data(received))).map((fault) => `${where} at ${width}: ${fault}`));
  }
  await page.setViewportSize({ width: WIDTHS[0] ?? 1280, height: 800 });
  return found;
}

/** Defines an external API; gives its id. */
async function define(page: Page): Promise<string> {
  const data = {
    name: "CRM", description: "Finds a customer", url: "http://127.0.0.1:9/vip", method: "POST",
    headers: [{ name: "X-Api-Key", value: "k", secret: true }], request: [{ name: "tel", required: true, default: "49" }],
    output: [{ name: "level", path: "data.items.0.vipLevel" }],
  };
  const answer = await page.request.post("/api/sobot/external-apis", { data, headers: { "X-Trunkline": "1" } });
  return (await answer.json()).id;
}

const heading = (page: Page) => expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();

test.describe("in the pseudo-language", () => {
  test.beforeEach(({ context }) => speakPseudo(context));
  test.describe.configure({ timeout: 240_000 });

  test("an admin's pages", async ({ signInAs, page, guard }) => {
    await signInAs("admin", "/settings");
    const id = await define(page);
    const found: string[] = [];
    for (const path of adminPaths(id)) {
      guard.allow(/status of 404/);
      await page.goto(path);
      await heading(page);
      await page.waitForLoadState("networkidle");
      found.push(...(await look(page, guard.received, path)));
    }
    expect(found.join("\n")).toBe("");
  });

  test("refused forms", async ({ signInAs, page, guard }) => {
    const found: string[] = [];
    await signInAs("admin", "/channel-accounts/new");
    for (const path of ["/channel-accounts/new", "/events/new", "/external-apis/new"]) {
      await page.goto(path);
      await page.locator("form button[type=submit]").last().click();
      await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
      found.push(...(await look(page, guard.received, `${path}, refused`)));
    }
    expect(found.join("\n")).toBe("");
  });

  test("an account's hidden fields", async ({ signInAs, page, guard }) => {
    await signInAs("admin", `/channel-accounts/${ACCOUNT}/edit`);
    // The hidden fields, each to be replaced: all their fields show.
    const kept = page.locator("select:has(option[value=replace])");
    await kept.first().waitFor({ state: "attached" });
    for (const summary of await page.locator("main details:not([open]) > summary").all()) await summary.click();
    for (const choice of await kept.all()) await choice.selectOption("replace");
    const found = await look(page, [...guard.received, { url: "/api/", body: JSON.stringify(members()) }], "hidden fields");
    expect(found.join("\n")).toBe("");
  });

  test("the question before a removal", async ({ signInAs, page, guard }) => {
    await signInAs("admin", `/channel-accounts/${ACCOUNT}`);
    await page.getByRole("button", { name: "Rëmövëxxx" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    const found = await look(page, guard.received, "the question before removal");
    expect(found.join("\n")).toBe("");
  });

  test("a test without a response", async ({ signInAs, page, guard }) => {
    await signInAs("admin", "/external-apis");
    await page.goto(`/external-apis/${await define(page)}`);
    await page.locator("form button[type=submit]").last().click();
    await expect(page.getByText(/prïvätë/)).toHaveCount(2);
    const found = await look(page, guard.received, "a test without a response");
    expect(found.join("\n")).toBe("");
  });

  test("selected rows", async ({ signInAs, page, guard }) => {
    await signInAs("admin", "/channel-accounts");
    await page.getByRole("row").nth(1).getByRole("checkbox").check();
    const found = await look(page, guard.received, "selected accounts");
    expect(found.join("\n")).toBe("");
  });

  test("a toast", async ({ signInAs, page, guard }) => {
    await signInAs("admin", "/account");
    await page.locator("form select").first().selectOption({ index: 1 });
    await page.locator("form button[type=submit]").last().click();
    await expect(page.getByRole("status").getByText("çhäñgës")).toBeVisible();
    const found = await look(page, guard.received, "news in the corner");
    expect(found.join("\n")).toBe("");
  });

  test("the small-screen menu", async ({ signInAs, page, guard }) => {
    await signInAs("admin", "/account");
    await page.setViewportSize({ width: 390, height: 800 });
    await page.locator("button[aria-controls=nav]").click();
    await expect(page.getByRole("navigation").first()).toBeVisible();
    const menu = await textFaults(page, data(guard.received));
    expect(menu.join("\n")).toBe("");
  });

  test("an agent's pages and the signed-out ones", async ({ signInAs, page, guard }) => {
    const found: string[] = [];
    guard.allow(/status of 422/);
    await page.goto("/");
    await heading(page);
    found.push(...(await look(page, guard.received, "sign-in")));
    await page.locator("input[type=password]").fill("wrong");
    await page.locator("form input").first().fill("nobody");
    await page.locator("form button[type=submit]").click();
    await expect(page.getByRole("alert").getByText(/\S/)).toBeVisible();
    found.push(...(await look(page, guard.received, "sign-in, refused")));

    await signInAs("agent", "/inbox");
    await page.request.put(`/api/oneview/v1/${AGENT}/online`, { headers: { "X-Trunkline": "1" } });
    await page.goto("/inbox");
    await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
    found.push(...(await look(page, guard.received, "the inbox")));
    await page.getByRole("table").getByRole("link").first().click();
    await expect(page).toHaveURL(/\/inbox\/./);
    found.push(...(await look(page, guard.received, "a ticket")));
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    found.push(...(await look(page, guard.received, "the shortcuts")));
    await page.goto("/channel-accounts");
    await heading(page);
    found.push(...(await look(page, guard.received, "a page that the role has not")));
    expect(found.join("\n")).toBe("");
  });

  test.describe("with failing vendors", () => {
    test.use({ vendors: "upstream" });

    test("error states", async ({ signInAs, page, guard, faults }) => {
      guard.allow(/status of (4|5)\d\d/);
      const found: string[] = [];
      await faults.set("comm100", "status", { status: 500 });
      await signInAs("admin", "/channel-accounts");
      await expect(page.getByRole("main").getByRole("alert")).toBeVisible({ timeout: 30_000 });
      found.push(...(await look(page, guard.received, "a failed list")));
      expect(found.join("\n")).toBe("");
    });
  });
});

test.describe("language changed in place", () => {
  test.beforeEach(({ context }) => speakPseudo(context, "de"));
  test.describe.configure({ timeout: 240_000 });

  /** Effects of another tab's selection on this one. */
  const change = async (page: Page) => {
    await page.evaluate(() => {
      localStorage.setItem("trunkline.language", "de");
      dispatchEvent(new StorageEvent("storage", { key: "trunkline.language", newValue: "de" }));
    });
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  };

  for (const role of ["admin", "agent"] as const) {
    test(`every text of ${role}'s pages follows the language`, async ({ signInAs, page, guard }) => {
      guard.allow(/status of 404/);
      await signInAs(role, "/settings");
      const paths = role === "admin" ? adminPaths(await define(page)) : ["/inbox", "/inbox/unknown", "/channel-accounts"];
      const found: string[] = [];
      for (const path of paths) {
        await page.evaluate(() => localStorage.clear());
        await page.goto(path);
        await heading(page);
        await page.waitForLoadState("networkidle");
        await page.waitForFunction(() => !document.querySelector("main [aria-busy=true], .skeleton"));
        await change(page);
        // An announcement that began in the old language is not repeated.
        const faults = (await textFaults(page, data(guard.received))).filter(
          (fault) => fault.startsWith("untranslated") && !fault.endsWith("(body > div.visually-hidden)"),
        );
        found.push(...faults.map((fault) => `${path}: ${fault}`));
      }
      expect(found.join("\n")).toBe("");
    });
  }
});
