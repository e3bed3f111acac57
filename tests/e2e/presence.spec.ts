// The agent's presence on every page: seen and changed in the top bar, asked about at sign-out and when the session ends.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { Keyboard } from "./support/keyboard";
import { openPerson, personButton, personMenu, signOut } from "./support/person";
import { expect, test } from "./support/test";

const presence = (page: Page) => page.getByRole("banner").getByRole("button", { name: /^(Online|Offline), / });
const item = (page: Page, name: string) => page.getByRole("menuitem", { name, exact: true });
const inboxSwitch = (page: Page) => page.getByRole("switch", { name: "Online" });
const question = (page: Page) => page.getByRole("dialog", { name: /online|offline/ });
const answer = (page: Page, name: string) => question(page).getByRole("button", { name, exact: true });
const signedOut = (page: Page) => expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
const go = (page: Page, name: string) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();

async function choose(page: Page, name: string) {
  await presence(page).click();
  await item(page, name).click();
}

/** What the gateway has last confirmed. */
const isOnline = async (page: Page) => (await (await page.request.get("/api/session")).json()).user.status?.online;

/** The gateway says this of the agent's status. */
async function tells(page: Page, status: object) {
  await page.route("**/api/session", async (route) => {
    if (route.request().method() !== "GET") return route.fallback();
    const response = await route.fetch();
    const session = await response.json();
    return route.fulfill({ response, json: { ...session, user: session.user && { ...session.user, status } } });
  });
}

test("an agent goes online and offline from any page; the inbox and other tabs show the same", async ({ signInAs, context }) => {
  const page = await signInAs("agent", "/customers");
  await expect(presence(page)).toHaveAccessibleName("Offline, not confirmed");
  const other = await context.newPage();
  await other.goto("/inbox");
  await expect(inboxSwitch(other)).toHaveAttribute("aria-checked", "false");

  await choose(page, "Go online");
  await expect(presence(page)).toHaveAccessibleName("Online, just now");
  await expect(presence(page)).toContainText("Online");
  await expect(inboxSwitch(other)).toHaveAttribute("aria-checked", "true");
  await expect(presence(other)).toHaveAccessibleName(/^Online, /);
  await go(page, "Inbox");
  await expect(inboxSwitch(page)).toHaveAttribute("aria-checked", "true");

  await inboxSwitch(page).click();
  await expect(presence(page)).toHaveAccessibleName("Offline, just now");
  await expect(presence(other)).toHaveAccessibleName(/^Offline, /);
});

test("the menu is a menu: arrows, Esc, a click elsewhere; the time is told in minutes", async ({ signInAs, page }) => {
  await tells(page, { online: true, since: Math.floor(Date.now() / 1000) - 5 * 60 - 10, automatic: false });
  await signInAs("agent", "/customers");
  await expect(presence(page)).toHaveAccessibleName(/^Online, 5 mins?$/);
  await presence(page).focus();
  await page.keyboard.press("Enter");
  await expect(item(page, "Go online")).toBeFocused();
  await expect(presence(page)).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(item(page, "Go offline")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(presence(page)).toBeFocused();
  await presence(page).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
});

test("a change that fails away from the inbox is reported, and the status stays", async ({ signInAs, faults, guard }) => {
  guard.allow(/status of 5\d\d/);
  const page = await signInAs("agent", "/customers");
  await faults.set("oneview", "status", { status: 500, only: "writes" });
  await choose(page, "Go online");
  await expect(page.getByRole("alert").filter({ hasText: "The switch shows the last status that one-view confirmed." })).toBeVisible();
  await expect(presence(page)).toHaveAccessibleName("Offline, not confirmed");
});

test("the commands go online and offline", async ({ signInAs }) => {
  const page = await signInAs("agent", "/customers");
  await expect(presence(page)).toHaveAccessibleName("Offline, not confirmed");
  for (const [command, name] of [["Go online", /^Online, /], ["Go offline", /^Offline, (?!not)/]] as const) {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(command);
    await expect(page.getByRole("option")).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(presence(page)).toHaveAccessibleName(name);
  }
});

test("an admin has no presence", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await expect(personButton(page)).toHaveAccessibleName("demo admin");
  await expect(presence(page)).toHaveCount(0);
});

test("an agent whom the gateway set offline is told once, and can go online", async ({ signInAs, page }) => {
  const since = Math.floor(new Date("2026-11-29T13:05:00Z").getTime() / 1000);
  await tells(page, { online: false, since, automatic: true });
  await signInAs("agent", "/customers");
  const notice = page.getByRole("status").filter({ hasText: "Trunkline set you offline at" });
  await expect(notice).toContainText("because no window was open.");
  await expect(notice).toContainText("14:05");
  await expectAccessible(page);
  await notice.getByRole("button", { name: "OK" }).click();
  await expect(notice).toHaveCount(0);
  await page.reload();
  await expect(page.locator(".corner")).toBeAttached();
  await expect(notice).toHaveCount(0);

  await tells(page, { online: false, since: since + 600, automatic: true });
  await page.reload();
  await notice.getByRole("button", { name: "Go online" }).click();
  await expect(presence(page)).toHaveAccessibleName("Online, just now");
  await expect(notice).toHaveCount(0);
});

test("sign-out asks an agent who is online, and goes offline first if told so", async ({ signInAs, server }) => {
  const page = await signInAs("agent", "/inbox");
  await choose(page, "Go online");
  await expect(presence(page)).toHaveAccessibleName(/^Online/);
  await signOut(page);
  await expect(question(page)).toHaveAccessibleName("You are still online");
  await expectAccessible(page);
  await answer(page, "Cancel").click();
  await expect(question(page)).toHaveCount(0);
  expect(await isOnline(page)).toBe(true);

  await page.keyboard.press("Escape");
  await signOut(page);
  await answer(page, "Go offline and sign out").click();
  await signedOut(page);
  expect(await server.received("PUT", /\/offline$/)).toBe(1);
  await page.getByRole("button", { name: "Continue as demo agent" }).click();
  await expect(presence(page)).toHaveAccessibleName(/^Offline, /);
});

test("signing out only leaves the agent online", async ({ signInAs, server }) => {
  const page = await signInAs("agent", "/inbox");
  await choose(page, "Go online");
  await expect(presence(page)).toHaveAccessibleName(/^Online/);
  await signOut(page);
  await answer(page, "Sign out only").click();
  await signedOut(page);
  expect(await server.received("PUT", /\/offline$/)).toBe(0);
  await page.getByRole("button", { name: "Continue as demo agent" }).click();
  await expect(presence(page)).toHaveAccessibleName(/^Online, /);
});

test("an agent whose status was never set is asked, and not again once offline", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox");
  await expect(presence(page)).toHaveAccessibleName("Offline, not confirmed");
  await signOut(page);
  await expect(question(page)).toHaveAccessibleName("Are you still online?");
  await answer(page, "Go offline and sign out").click();
  await signedOut(page);
  await page.getByRole("button", { name: "Continue as demo agent" }).click();
  await expect(presence(page)).toHaveAccessibleName(/^Offline, (?!not confirmed)/);
  await expect(question(page)).toHaveCount(0);
  await signOut(page);
  await signedOut(page);
});

test("an agent who is offline signs out without a question", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox");
  await choose(page, "Go offline");
  await expect(presence(page)).toHaveAccessibleName(/^Offline, (?!not confirmed)/);
  await signOut(page);
  await signedOut(page);
});

test("if going offline fails the person decides", async ({ signInAs, faults, guard }) => {
  guard.allow(/status of 5\d\d/);
  const page = await signInAs("agent", "/inbox");
  await choose(page, "Go online");
  await expect(presence(page)).toHaveAccessibleName(/^Online/);
  await faults.set("oneview", "status", { status: 500, only: "writes" });
  await signOut(page);
  await answer(page, "Go offline and sign out").click();
  await expect(question(page)).toContainText("You may still be online. Try again, or sign out only.");
  await expect(question(page).getByRole("alert")).toContainText("one-view");
  await expectAccessible(page);
  await faults.mend();
  await answer(page, "Go offline and sign out").click();
  await signedOut(page);
});

test.describe("with a vendor whose response is lost", () => {
  test.use({ vendors: "upstream" });

  test("an unknown status is asked about at sign-out", async ({ signInAs, upstreams, guard }) => {
    guard.allow(/status of 502/);
    const page = await signInAs("agent", "/customers");
    upstreams.oneview.fault("reset", { only: "writes", after: true });
    await choose(page, "Go online");
    await expect(page.getByRole("alert").filter({ hasText: "We couldn't confirm the change" })).toBeVisible();
    await signOut(page);
    await expect(question(page)).toHaveAccessibleName("Are you still online?");
    await answer(page, "Go offline and sign out").click();
    await expect(question(page)).toContainText("You may still be online.");
    await answer(page, "Sign out only").click();
    await signedOut(page);
  });
});

test.describe("with a session of a few seconds", () => {
  test.use({ settings: { toml: "[session]\nidle_seconds = 12" } });

  test("the warning says that the agent is online, and goes offline", async ({ signInAs }) => {
    const page = await signInAs("agent", "/customers");
    await choose(page, "Go online");
    const warning = page.getByRole("alertdialog", { name: "Are you still there?" });
    await expect(warning).toContainText("You are online.", { timeout: 20_000 });
    await expectAccessible(page);
    await warning.getByRole("button", { name: "Go offline" }).click();
    await expect(warning).not.toContainText("You are online.");
    await expect.poll(() => isOnline(page)).toBe(false);
  });
});

test("the person's menu has name, role, theme, language, settings, and what one-view knows of the agent", async ({ signInAs }) => {
  const page = await signInAs("agent", "/customers");
  await expect(personButton(page)).toHaveAccessibleName("demo agent");
  const menu = await openPerson(page);
  await expect(personButton(page)).toHaveAttribute("aria-expanded", "true");
  await expect(menu).toContainText("demo agent");
  await expect(menu).toContainText("Agent");
  await expect(menu).toContainText("one-view reports the agent's name and last sign-in");
  await expectAccessible(page);
  await menu.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await menu.getByLabel("Language").selectOption({ label: "Deutsch" });
  await expect(menu.getByRole("button", { name: "Abmelden" })).toBeVisible();
  await menu.getByLabel("Sprache").selectOption({ label: "English" });
  await menu.getByText("demo agent").click();
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(personButton(page)).toBeFocused();

  await choose(page, "Go online");
  await openPerson(page);
  await expect(menu.getByRole("term").filter({ hasText: "Last sign-in" })).toBeVisible();
  await page.reload();
  await openPerson(page);
  await expect(menu.getByRole("term").filter({ hasText: "Last sign-in" })).toBeVisible();
  await menu.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeFocused();
  await expect(personMenu(page)).toHaveCount(0);
});

test("presence and sign-out by the keyboard alone", async ({ signInAs }) => {
  const page = await signInAs("agent", "/customers");
  const keys = new Keyboard(page);
  await keys.press(presence(page));
  await expect(item(page, "Go online")).toBeFocused();
  await keys.key("Enter");
  await expect(presence(page)).toHaveAccessibleName(/^Online/);
  await expect(presence(page)).toBeFocused();
  await keys.press(personButton(page));
  await keys.press(personMenu(page).getByRole("button", { name: "Sign out", exact: true }));
  await keys.press(answer(page, "Go offline and sign out"));
  await signedOut(page);
});
