// The command palette and the list of shortcuts: everything by name, and by keyboard alone.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });
const field = (page: Page) => palette(page).getByRole("combobox", { name: "Page, action or ID" });
const options = (page: Page) => palette(page).getByRole("option");
const chosen = (page: Page) => palette(page).getByRole("option", { selected: true });
/** What comes after the first rows is here: the keys are listened to. */
const settled = (page: Page) => expect(page.locator(".corner")).toBeAttached();
/** The demo agent's agentID. */
const AGENT = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
/** The palette's part. */
const EXTRAS = /trunkline-extras-\w+\.wasm$/;
/** Keeps the palette's part back until it is let in; `hold` does so once more. */
async function holdExtras(page: Page) {
  let [asked, letIn, held] = [false, () => {}, Promise.resolve()];
  const hold = () => {
    held = new Promise<void>((resolve) => (letIn = resolve));
  };
  hold();
  await page.route(EXTRAS, async (route) => {
    asked = true;
    await held;
    await route.continue();
  });
  return { hold, letIn: () => letIn(), asked: () => asked };
}
const heading = (page: Page, name: string) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

test("by keyboard: a page, a new record, a record of an ID", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await heading(page, "Settings");
  await page.getByRole("button", { name: "Commands" }).click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Commands" })).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await expect(chosen(page)).toHaveText(/^Overview/);
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toHaveCount(1);
  await expect(chosen(page)).not.toHaveText(/^Overview/);
  await expect(field(page)).toHaveAttribute("aria-activedescendant", (await chosen(page).getAttribute("id"))!);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(chosen(page)).toHaveText(/^Sign out/);
  await page.keyboard.type("cust");
  await expect(options(page)).toHaveCount(1);
  await page.keyboard.press("Enter");
  await heading(page, "Customers");
  await expect(palette(page)).toHaveCount(0);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("NEW chan");
  await page.keyboard.press("Enter");
  await heading(page, "New channel account");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("2039");
  await expect(chosen(page)).toHaveText(/^Open event 2039/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/events\/2039$/);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("no such thing");
  await expect(palette(page).getByRole("status")).toHaveText("Nothing found");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toHaveCount(0);
});

test("what is typed right after Ctrl K lands in the field, however late the browser draws", async ({ signInAs, page }) => {
  // No frame comes by itself any more.
  await page.addInitScript(() => {
    const own = window.requestAnimationFrame.bind(window);
    const held: FrameRequestCallback[] = [];
    let still = false;
    window.requestAnimationFrame = (run) => (still ? held.push(run) : own(run));
    Object.assign(window, { stand: () => (still = true), go: () => ((still = false), held.splice(0).forEach((run) => own(run))) });
  });
  await signInAs("admin", "/settings");
  await settled(page);
  await page.evaluate("stand()");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cust");
  await expect(field(page)).toHaveValue("cust");
  await expect(options(page)).toHaveText([/^Customers/]);
  await page.keyboard.press("Enter");
  await page.evaluate("go()");
  await heading(page, "Customers");
});

test("Ctrl K before the palette's code is here: what is typed waits for it", async ({ signInAs, page }) => {
  const extras = await holdExtras(page);
  await signInAs("admin", "/channel-accounts");
  await heading(page, "Channel accounts");
  const search = page.getByRole("main").locator("input[type=search]");
  await search.focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("new exx");
  await page.keyboard.press("Backspace");
  // By this key, or by itself, if the machine is slow.
  await expect.poll(extras.asked).toBe(true);
  await expect(palette(page)).toHaveCount(0);
  await expect(search).toHaveValue("");
  extras.letIn();
  await expect(field(page)).toHaveValue("new ex");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("t");
  await page.keyboard.press("Enter");
  await heading(page, "New external API");
});

test("a name and Enter before the palette's code is here: one goes there as soon as it is; Esc calls it off", async ({ signInAs, page }) => {
  const extras = await holdExtras(page);
  await signInAs("admin", "/settings");
  await heading(page, "Settings");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cust");
  await page.keyboard.press("Enter");
  extras.letIn();
  await heading(page, "Customers");
  await expect(palette(page)).toHaveCount(0);

  extras.hold();
  await page.reload();
  await heading(page, "Customers");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("acc");
  await page.keyboard.press("Escape");
  extras.letIn();
  await settled(page);
  await expect(palette(page)).toHaveCount(0);
  // What was called off is not remembered.
  await page.keyboard.press("Control+k");
  await expect(field(page)).toHaveValue("");
});

test("what is typed for a palette on its way is no command to the inbox", async ({ signInAs, page }) => {
  const extras = await holdExtras(page);
  await signInAs("agent", "/settings");
  await page.request.put(`/api/oneview/v1/${AGENT}/online`, { headers: { "X-Trunkline": "1" } });
  await page.goto("/inbox");
  const row = page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").getByRole("link").first();
  await expect(row).toBeVisible();
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("j/?");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  extras.letIn();
  await expect(field(page)).toHaveValue("j/?");
  await expect(page).toHaveURL(/\/inbox$/);
});

test("a palette whose code does not come says so, and the next try opens it", async ({ signInAs, page, guard }) => {
  guard.allow(/Failed to load resource/);
  await page.route(EXTRAS, (route) => route.abort());
  await signInAs("admin", "/settings");
  await heading(page, "Settings");
  await page.getByRole("button", { name: "Commands" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "This did not load" });
  await expect(alert).toBeVisible();
  // The keys are the page's again.
  await page.getByLabel("Theme", { exact: true }).focus();
  await page.keyboard.type("Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.unroute(EXTRAS);
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cust");
  await expect(field(page)).toHaveValue("cust");
  await expect(field(page)).toBeFocused();
});

test("Ctrl K right after the palette was closed opens it again", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await settled(page);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  // The browser tells of the closing later than the next key comes.
  await palette(page).evaluate((dialog: HTMLDialogElement) => {
    dialog.close();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true, cancelable: true }));
  });
  await page.keyboard.type("cust");
  await expect(field(page)).toHaveValue("cust");
  await expect(options(page)).toHaveText([/^Customers/]);
});

test("actions: theme, language, sign out; the mouse works too", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await settled(page);
  await page.keyboard.press("Control+k");
  await field(page).fill("dark");
  await options(page).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Control+k");
  await field(page).fill("Deutsch");
  await page.keyboard.press("Enter");
  await heading(page, "Einstellungen");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Seite, Aktion oder ID" }).fill("abmelden");
  await page.keyboard.press("Enter");
  await heading(page, "Anmelden");
  // Nobody is signed in: there is nothing to command.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("an agent is offered what an agent may do", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  await settled(page);
  await page.keyboard.press("Control+k");
  await expect(options(page).filter({ hasText: "Inbox" })).toHaveCount(1);
  for (const name of ["Channel accounts", "New channel account", "External APIs", "Account"]) {
    await expect(options(page).filter({ hasText: new RegExp(`^${name}`) })).toHaveCount(0);
  }
  await field(page).fill("a-ticket-9");
  await expect(options(page)).toHaveText([/^Open event/, /^Open ticket/, /^Look up customer/]);
});

test("whoever has typed something is asked before the palette leads away", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts/new");
  await page.getByLabel("Name", { exact: true }).fill("Typed");
  await settled(page);
  await page.keyboard.press("Control+k");
  await field(page).fill("overview");
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.keyboard.press("Enter");
  await expect(palette(page)).toHaveCount(0);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Typed");
  await expect(page).toHaveURL(/\/channel-accounts\/new$/);
});

test("? lists the shortcuts on every page, and / finds the list's search", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await settled(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("main").locator("input[type=search]")).toBeFocused();
  await page.keyboard.type("?");
  await expect(page.getByRole("main").locator("input[type=search]")).toHaveValue("?");
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help.getByRole("row", { name: /Ctrl K/ })).toBeVisible();
  await expect(help.getByRole("table")).toHaveCount(1);
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible in ${colorScheme}, at 390 px too`, async ({ signInAs, page }) => {
    await page.emulateMedia({ colorScheme });
    await signInAs("admin", "/settings");
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.getByRole("button", { name: "Commands" }).click();
      await expect(options(page).first()).toBeVisible();
      await expectAccessible(page);
      await field(page).fill("x y z");
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(palette(page)).toHaveCount(0);
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
    }
  });
}
