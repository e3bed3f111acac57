// The whole day of an admin and of an agent by the keyboard alone: from sign-in to sign-out no click, no script.
import type { Page } from "@playwright/test";
import { Keyboard } from "./support/keyboard";
import { signOutByKeys } from "./support/person";
import { filterButton, filterValue } from "./support/filter";
import { expect, test } from "./support/test";

const AGENT_CUSTOMER = "989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2";
const main = (page: Page) => page.getByRole("main");
const nav = (page: Page, name: string) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const said = (page: Page, text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible();

test.use({ settings: { sandbox: { channel_accounts: 12, events: 20, tickets: 20 } } });

async function signIn(page: Page, keys: Keyboard, role: "admin" | "agent") {
  await page.goto("/");
  await keys.press(button(page, `Continue as demo ${role}`));
  await expect(heading(page, role === "agent" ? "Inbox" : "Overview")).toBeVisible();
}

/** Opens a page from the navigation; the heading then has the focus. */
async function open(page: Page, keys: Keyboard, name: string) {
  await keys.press(nav(page, name));
  await expect(heading(page, name)).toBeFocused();
}

async function signOut(page: Page, keys: Keyboard) {
  await signOutByKeys(page, keys);
  await expect(heading(page, "Sign in")).toBeVisible();
}

test("an admin finds, creates, edits, bulk-switches and removes channel accounts", async ({ page }) => {
  test.setTimeout(180_000);
  const keys = new Keyboard(page);
  await signIn(page, keys, "admin");
  await open(page, keys, "Channel accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  await expect(table).toHaveAttribute("aria-rowcount", "13");

  // The first stop of a page leads past the navigation.
  await keys.press(page.getByRole("link", { name: "Skip to content" }));
  await expect(main(page)).toBeFocused();

  await keys.type(page.getByRole("searchbox"), "comm100");
  await expect(table).toHaveAttribute("aria-rowcount", "2");
  await keys.key("Control+A");
  await keys.key("Delete");
  await expect(table).toHaveAttribute("aria-rowcount", "13");
  await keys.choose(field(page, "State"), "Disabled");
  await expect(page).toHaveURL(/enabled=no/);
  await keys.key("Home");
  await expect(table).toHaveAttribute("aria-rowcount", "13");
  const column = table.getByRole("columnheader", { name: "Name" });
  await keys.press(column.getByRole("button"));
  await expect(column).toHaveAttribute("aria-sort", "ascending");

  await keys.press(page.getByRole("link", { name: "New channel account" }));
  await expect(heading(page, "New channel account")).toBeFocused();
  await keys.press(button(page, "Save"));
  await expect(field(page, "Channel")).toBeFocused();
  await expect(field(page, "Channel")).toHaveAttribute("aria-invalid", "true");
  await keys.type(field(page, "Channel"), "WeChat");
  await keys.key("Escape");
  await keys.type(field(page, "Original account ID"), "gh_keys");
  await keys.type(field(page, "Name"), "By keyboard");
  await keys.type(field(page, "Display name"), "Keys");
  await keys.key("Enter");
  await said(page, "Saved");
  await expect(heading(page, "By keyboard")).toBeVisible();

  await keys.press(page.getByRole("link", { name: "Edit", exact: true }));
  await expect(heading(page, "Edit channel account")).toBeVisible();
  await keys.type(field(page, "To bot when agents are online (%)"), "25");
  await keys.press(button(page, "Save"));
  await expect(page.getByText("25 of 100 conversations")).toBeVisible();
  await expect(heading(page, "By keyboard")).toBeVisible();
  const bot = page.getByRole("switch", { name: "Bot enabled" });
  await keys.toggle(bot);
  await expect(bot).toHaveAttribute("aria-checked", "true");

  // Esc changes one's mind, and the focus is where it was.
  const remove = button(page, "Remove");
  await keys.press(remove);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await keys.key("Escape");
  await expect(dialog).toBeHidden();
  await expect(remove).toBeFocused();
  await keys.key("Enter");
  await keys.press(dialog.getByRole("button", { name: "Remove" }));
  await expect(heading(page, "Channel accounts")).toBeFocused();
  await expect(table).toHaveAttribute("aria-rowcount", "13");

  await keys.toggle(table.getByRole("checkbox").nth(1));
  await keys.toggle(table.getByRole("checkbox").nth(2));
  await keys.press(button(page, "Turn bot on"));
  await said(page, "2 accounts changed");
  await signOut(page, keys);
});

test("an admin works on an event, an external API, the account and the settings", async ({ page }) => {
  test.setTimeout(180_000);
  const keys = new Keyboard(page);
  await signIn(page, keys, "admin");
  await open(page, keys, "ACD events");
  await keys.press(filterButton(page, "Type"));
  await keys.toggle(filterValue(page, "Type", "Callback"));
  await keys.key("Escape");
  await expect(page).toHaveURL(/type=3/);
  await keys.press(page.getByRole("link", { name: "New event" }));
  await expect(heading(page, "New event")).toBeVisible();
  await keys.choose(field(page, "Type"), "Callback");
  await keys.choose(field(page, "Group"), "Service Desk");
  await keys.type(field(page, "Sender"), "+49 199 123456789");
  await keys.type(field(page, "Subject"), "A callback without a mouse");
  await keys.type(field(page, "Body"), "After five, please.");
  await keys.press(button(page, "Save"));
  await said(page, "Saved");
  await expect(heading(page, "A callback without a mouse")).toBeVisible();
  await open(page, keys, "ACD events");
  await keys.type(page.getByRole("searchbox"), "without a mouse");
  await keys.press(page.getByRole("table", { name: "ACD events" }).getByRole("link", { name: "A callback without a mouse" }));
  await expect(heading(page, "A callback without a mouse")).toBeVisible();

  await open(page, keys, "External APIs");
  await keys.press(page.getByRole("link", { name: "New external API" }).first());
  await expect(heading(page, "New external API")).toBeVisible();
  await keys.type(field(page, "Name"), "VIP level");
  await keys.type(field(page, "URL"), "https://crm.example/vip");
  await keys.press(button(page, "Add request parameter"));
  await keys.type(field(page, "Parameter name"), "tel");
  await keys.toggle(field(page, "Required"));
  await keys.press(button(page, "Save"));
  await expect(heading(page, "VIP level")).toBeVisible();
  await keys.press(button(page, "Remove"));
  await keys.press(page.getByRole("dialog").getByRole("button", { name: "Remove" }));
  await expect(heading(page, "External APIs")).toBeFocused();

  await open(page, keys, "Account");
  await keys.choose(field(page, "Account"), "My Account");
  await keys.type(field(page, "Account name"), "Keys and Sons");
  await keys.press(button(page, "Save"));
  await said(page, "Saved");

  await open(page, keys, "Settings");
  await keys.choose(field(page, "Theme"), "Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await signOut(page, keys);
});

test("an agent goes online, through the tickets to a customer and a callback, and offline", async ({ page }) => {
  test.setTimeout(180_000);
  const keys = new Keyboard(page);
  await signIn(page, keys, "agent");
  const table = page.getByRole("table", { name: "Inbox" });
  const links = table.getByRole("rowheader").getByRole("link");
  const online = page.getByRole("switch", { name: "Online" });
  await keys.toggle(online);
  await expect(online).toHaveAttribute("aria-checked", "true");
  await expect(links.nth(1)).toBeVisible();
  const names = await links.allInnerTexts();

  await keys.key("j");
  await keys.key("j");
  await expect(links.nth(1)).toBeFocused();
  await keys.key("Enter");
  await expect(page.getByRole("heading", { level: 2, name: names[1], exact: true })).toBeFocused();
  await keys.key("Escape");
  await expect(links.nth(1)).toBeFocused();
  await keys.key("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("nobody has this name");
  await keys.press(button(page, "Clear filters"));
  await expect(links.first()).toBeVisible();
  await keys.press(button(page, "Keyboard shortcuts"));
  await expect(page.getByRole("dialog")).toBeVisible();
  await keys.key("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  const column = table.getByRole("columnheader", { name: "Customer" });
  await keys.press(column.getByRole("button"));
  await expect(column).toHaveAttribute("aria-sort", "ascending");
  await keys.press(main(page).getByRole("button", { name: "Channel" }).and(page.locator("[aria-expanded]")));
  await keys.toggle(page.getByRole("group", { name: "Channel", exact: true }).getByRole("checkbox", { name: "chat", exact: true }));
  await expect(page).toHaveURL(/channel=chat/);
  await keys.key("Escape");

  await keys.press(links.first());
  await keys.press(button(page, "New callback"));
  await expect(heading(page, "New event")).toBeVisible();
  await keys.choose(field(page, "Group"), "Service Desk");
  await expect(field(page, "Sender")).toHaveValue(/^\d{8,}$/);
  await keys.type(field(page, "Subject"), "Call back from the inbox");
  await keys.type(field(page, "Body"), "Soon.");
  await keys.press(button(page, "Save"));
  await said(page, "Saved");

  await open(page, keys, "Customers");
  await keys.type(field(page, "Phone, e-mail or ID"), AGENT_CUSTOMER);
  await keys.key("Enter");
  await expect(main(page).getByRole("heading", { level: 2 })).toBeVisible();
  await expect(main(page).getByText(AGENT_CUSTOMER, { exact: true })).toBeVisible();

  await open(page, keys, "Inbox");
  await keys.toggle(online);
  await expect(online).toHaveAttribute("aria-checked", "false");
  await signOut(page, keys);
});

test("on a small screen the menu opens and closes by keyboard", async ({ page, signInAs }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signInAs("admin", "/channel-accounts");
  const keys = new Keyboard(page);
  const menu = button(page, "Menu");
  await keys.press(menu);
  await expect(menu).toHaveAttribute("aria-expanded", "true");
  await keys.to(nav(page, "Overview"));
  await keys.key("Escape");
  await expect(menu).toHaveAttribute("aria-expanded", "false");
  await expect(menu).toBeFocused();

  const filters = button(page, "Filters");
  await keys.press(filters);
  await expect(filters).toHaveAttribute("aria-expanded", "true");
  await keys.choose(field(page, "State"), "Disabled");
  await expect(page).toHaveURL(/enabled=no/);
});
