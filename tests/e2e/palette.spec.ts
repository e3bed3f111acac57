// The command palette and the list of shortcuts: everything by name, and by keyboard alone.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });
const field = (page: Page) => palette(page).getByRole("combobox", { name: "Page, action or ID" });
const options = (page: Page) => palette(page).getByRole("option");
const chosen = (page: Page) => palette(page).getByRole("option", { selected: true });
/** Waits for the deferred UI, which listens for keys. */
const settled = (page: Page) => expect(page.locator(".corner")).toBeAttached();
/** The demo agent's agentID. */
const AGENT = "f4b8f8e5-365a-4ed1-a122-0f4ba1afef44";
/** The palette's part. */
const DEFERRED = /trunkline-deferred-\w+\.wasm$/;
/** Keeps the palette's part back until it is let in; `hold` does so once more. */
async function holdDeferred(page: Page) {
  let [asked, letIn, held] = [false, () => {}, Promise.resolve()];
  const hold = () => {
    held = new Promise<void>((resolve) => (letIn = resolve));
  };
  hold();
  await page.route(DEFERRED, async (route) => {
    asked = true;
    await held;
    await route.continue();
  });
  return { hold, letIn: () => letIn(), asked: () => asked };
}
const heading = (page: Page, name: string) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

test("Escape closes the palette and returns the focus", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await heading(page, "Settings");
  await page.getByRole("button", { name: "Commands" }).click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Commands" })).toBeFocused();
});

test("arrow keys choose, and Enter opens a page", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await heading(page, "Settings");
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
});

test("a new record and a record by its ID are opened", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await heading(page, "Settings");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("NEW chan");
  await page.keyboard.press("Enter");
  await heading(page, "New channel account");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("2039");
  await expect(chosen(page)).toHaveText(/^Open event 2039/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/events\/2039$/);
});

test("without results Enter does nothing, and Ctrl K closes", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await heading(page, "Settings");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("no such thing");
  await expect(palette(page).getByRole("status")).toHaveText("No results");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toHaveCount(0);
});

test("letters typed right after Ctrl K reach the field, however slow the browser", async ({ signInAs, page }) => {
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

test("letters typed before the palette's chunk arrived are kept", async ({ signInAs, page }) => {
  const deferred = await holdDeferred(page);
  await signInAs("admin", "/channel-accounts");
  await heading(page, "Channel accounts");
  const search = page.getByRole("main").locator("input[type=search]");
  await search.focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("new exx");
  await page.keyboard.press("Backspace");
  // By this key, or by itself, if the machine is slow.
  await expect.poll(deferred.asked).toBe(true);
  await expect(palette(page)).toHaveCount(0);
  await expect(search).toHaveValue("");
  deferred.letIn();
  await expect(field(page)).toHaveValue("new ex");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("t");
  await page.keyboard.press("Enter");
  await heading(page, "New external API");
});

test("Enter before the palette's chunk arrived navigates once it is there; Esc cancels", async ({ signInAs, page }) => {
  const deferred = await holdDeferred(page);
  await signInAs("admin", "/settings");
  await heading(page, "Settings");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cust");
  await page.keyboard.press("Enter");
  deferred.letIn();
  await heading(page, "Customers");
  await expect(palette(page)).toHaveCount(0);

  deferred.hold();
  await page.reload();
  await heading(page, "Customers");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("acc");
  await page.keyboard.press("Escape");
  deferred.letIn();
  await settled(page);
  await expect(palette(page)).toHaveCount(0);
  // A cancelled command is forgotten.
  await page.keyboard.press("Control+k");
  await expect(field(page)).toHaveValue("");
});

test("letters typed for a loading palette are no shortcuts in the inbox", async ({ signInAs, page }) => {
  const deferred = await holdDeferred(page);
  await signInAs("agent", "/settings");
  await page.request.put(`/api/oneview/v1/${AGENT}/online`, { headers: { "X-Trunkline": "1" } });
  await page.goto("/inbox");
  const row = page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").getByRole("link").first();
  await expect(row).toBeVisible();
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("j/?");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  deferred.letIn();
  await expect(field(page)).toHaveValue("j/?");
  await expect(page).toHaveURL(/\/inbox$/);
});

test("a palette whose chunk fails says so, and the next try opens it", async ({ signInAs, page, guard }) => {
  guard.allow(/Failed to load resource/);
  await page.route(DEFERRED, (route) => route.abort());
  await signInAs("admin", "/settings");
  await heading(page, "Settings");
  await page.getByRole("button", { name: "Commands" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "This did not load" });
  await expect(alert).toBeVisible();
  // The keys are the page's again.
  await page.getByLabel("Theme", { exact: true }).focus();
  await page.keyboard.type("Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.unroute(DEFERRED);
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cust");
  await expect(field(page)).toHaveValue("cust");
  await expect(field(page)).toBeFocused();
});

test("Ctrl K right after closing opens the palette again", async ({ signInAs }) => {
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

test("an agent is offered permitted commands only", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  await settled(page);
  await page.keyboard.press("Control+k");
  await expect(options(page).filter({ hasText: "Inbox" })).toHaveCount(1);
  for (const name of ["Channel accounts", "New channel account", "External APIs", "Account"]) {
    await expect(options(page).filter({ hasText: new RegExp(`^${name}`) })).toHaveCount(0);
  }
  await field(page).fill("a-ticket-9");
  await expect(options(page)).toHaveText([/^Open ticket/, /^Look up customer/]);
});

test("a telephone number is looked up as one, in memory: the address stays free of it", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  await settled(page);
  await page.keyboard.press("Control+k");
  await field(page).fill("+49 30 2312-5025");
  await expect(options(page)).toHaveText([/^Look up customer/]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/customers");
  const typed = page.getByLabel("Phone, e-mail or ID", { exact: true });
  await expect(typed).toHaveValue("+49 30 2312-5025");
  // From the page itself, too.
  await page.keyboard.press("Control+k");
  await field(page).fill("alma@example.com");
  await expect(options(page)).toHaveText([/^Look up customer/]);
  await page.keyboard.press("Enter");
  await expect(typed).toHaveValue("alma@example.com");
  await expect(page).toHaveURL("/customers");
  await expect(page.getByRole("heading", { name: "No customer found" })).toBeVisible();
});

test("words that people use find pages; the agent's status is a command", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  await settled(page);
  await page.keyboard.press("Control+k");
  for (const [typed, found] of [["callback", /New callback/], ["dashboard", /Overview/], ["export", /Print this page/], ["preferences", /Settings/]] as const) {
    await field(page).fill(typed);
    await expect(options(page).filter({ hasText: found })).toHaveCount(1);
  }
  await field(page).fill("go online");
  await expect(chosen(page)).toHaveText(/^Go online/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Online/ })).toBeVisible();
  await page.keyboard.press("Control+k");
  await field(page).fill("go o");
  await expect(chosen(page)).toHaveText(/^Go offline/);
  await expect(options(page).filter({ hasText: "Go online" })).toHaveCount(0);
});

test("tickets are found by the customer's name", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox");
  const ticket = page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").getByRole("link").first();
  const name = (await ticket.innerText()).trim();
  await settled(page);
  await page.keyboard.press("Control+k");
  await field(page).fill(name);
  await expect(options(page).filter({ hasText: "Ticket" }).first()).toContainText(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
});

test("unsaved input asks before the palette navigates", async ({ signInAs }) => {
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

test("? lists the shortcuts on every page, and / focuses the list's search", async ({ signInAs }) => {
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
