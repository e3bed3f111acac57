// The pages at 320 px, by touch: everything is there, nothing scrolls sideways but a table in its frame.
import type { Locator, Page } from "@playwright/test";
import { painted, sideways, smallTargets } from "./support/checks";
import { openPerson } from "./support/person";
import { filterButton, filterValue } from "./support/filter";
import { expect, test } from "./support/test";

test.use({
  viewport: { width: 320, height: 640 },
  hasTouch: true,
  isMobile: true,
  settings: { sandbox: { channel_accounts: 12, events: 20, tickets: 20 } },
});

const main = (page: Page) => page.getByRole("main");
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const said = (page: Page, text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible();

/** Nothing sticks out and nothing is too small for a thumb, now. */
async function fits(page: Page) {
  await painted(page);
  expect(await sideways(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
}

/** By the menu, which folds away again. */
async function open(page: Page, name: string) {
  await button(page, "Menu").tap();
  const navigation = page.getByRole("navigation", { name: "Main" });
  await expect(navigation).toBeVisible();
  await navigation.getByRole("link", { name, exact: true }).tap();
  await expect(heading(page, name)).toBeVisible();
  await expect(navigation).toBeHidden();
  await fits(page);
}

async function signOut(page: Page) {
  const person = await openPerson(page);
  await fits(page);
  await person.getByRole("button", { name: "Sign out", exact: true }).tap();
}

/** The filters are folded until their button is pressed. */
async function filter(page: Page, name: string, choice: { label: string } | string) {
  if (!(await field(page, name).isVisible())) await button(page, "Filters").tap();
  await field(page, name).selectOption(choice);
  await fits(page);
}

async function confirm(page: Page, opener: Locator, name: string) {
  await opener.tap();
  await fits(page);
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).tap();
}

test("an admin signs in, sees the overview, and signs out", async ({ page }) => {
  await page.goto("/");
  await fits(page);
  await button(page, "Continue as demo admin").tap();
  await expect(heading(page, "Overview")).toBeVisible();
  await expect(page.getByRole("table", { name: "By channel" })).toBeVisible();
  await fits(page);
  await open(page, "Settings");
  await field(page, "Density").selectOption({ label: "Comfortable" });
  await fits(page);
  await signOut(page);
  await expect(heading(page, "Sign in")).toBeVisible();
});

test("channel accounts are searched, filtered, sorted and changed in bulk", async ({ signInAs }) => {
  const page = await signInAs("admin");
  await open(page, "Channel accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  await expect(table).toHaveAttribute("aria-rowcount", "13");
  await page.getByRole("searchbox").fill("comm100");
  await expect(table).toHaveAttribute("aria-rowcount", "2");
  await page.getByRole("searchbox").fill("");
  await filter(page, "State", { label: "Disabled" });
  await expect(page).toHaveURL(/enabled=no/);
  await filter(page, "State", "");
  await table.getByRole("columnheader", { name: "Name" }).getByRole("button").tap();
  await expect(page).toHaveURL(/sort=name/);
  await table.getByRole("checkbox").nth(1).tap();
  // The first account's bot is on: an account that is already so is not sent.
  await button(page, "Turn bot off").tap();
  await said(page, "1 account changed");
});

test("a channel account is created, edited and removed", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await page.getByRole("link", { name: "New channel account" }).tap();
  await expect(heading(page, "New channel account")).toBeVisible();
  await button(page, "Save").tap();
  await expect(field(page, "Name")).toHaveAttribute("aria-invalid", "true");
  await fits(page);
  await field(page, "Channel").fill("WeChat");
  await field(page, "Original account ID").fill("gh_thumb");
  await field(page, "Name").fill("By thumb");
  await field(page, "Display name").fill("Thumb");
  await button(page, "Save").tap();
  await expect(heading(page, "By thumb")).toBeVisible();
  await fits(page);
  await page.getByRole("link", { name: "Edit", exact: true }).tap();
  await field(page, "To bot when agents are online (%)").fill("25");
  await button(page, "Save").tap();
  await expect(heading(page, "By thumb")).toBeVisible();
  await page.getByRole("switch", { name: "Bot enabled" }).tap();
  await expect(page.getByRole("switch", { name: "Bot enabled" })).toHaveAttribute("aria-checked", "true");
  await confirm(page, button(page, "Remove"), "Remove");
  await expect(heading(page, "Channel accounts")).toBeVisible();
});

test("a callback is created", async ({ signInAs }) => {
  const page = await signInAs("admin");
  await open(page, "ACD events");
  await button(page, "Filters").tap();
  await filterButton(page, "Type").tap();
  await fits(page);
  await filterValue(page, "Type", "Callback").tap();
  await expect(page).toHaveURL(/type=3/);
  await fits(page);
  await page.getByRole("link", { name: "New event" }).tap();
  await field(page, "Type").selectOption("3");
  await field(page, "Group").selectOption("235");
  await field(page, "Sender").fill("+49 199 123456789");
  await field(page, "Subject").fill("A callback by thumb");
  await field(page, "Body").fill("After five, please.");
  await fits(page);
  await button(page, "Save").tap();
  await expect(heading(page, "A callback by thumb")).toBeVisible();
  await fits(page);
});

test("an external API is created and removed", async ({ signInAs }) => {
  const page = await signInAs("admin");
  await open(page, "External APIs");
  await page.getByRole("link", { name: "New external API" }).first().tap();
  await field(page, "Name").fill("VIP level");
  await field(page, "URL").fill("https://crm.example/vip");
  await button(page, "Add header").tap();
  await field(page, "Header name").fill("X-Api-Key");
  await field(page, "Header value").fill("k");
  await fits(page);
  await button(page, "Save").tap();
  await expect(heading(page, "VIP level")).toBeVisible();
  await fits(page);
  await confirm(page, button(page, "Remove"), "Remove");
  await expect(heading(page, "External APIs")).toBeVisible();
});

test("the account is renamed", async ({ signInAs }) => {
  const page = await signInAs("admin");
  await open(page, "Account");
  await field(page, "Account").selectOption("8@online");
  await field(page, "Account name").fill("Thumb and Sons");
  await button(page, "Save").tap();
  await said(page, "Saved");
});

test("an agent signs in, goes online and offline, and signs out", async ({ page }) => {
  await page.goto("/");
  await button(page, "Continue as demo agent").tap();
  await expect(heading(page, "Inbox")).toBeVisible();
  await open(page, "Overview");
  await open(page, "Inbox");
  const online = page.getByRole("switch", { name: "Online" });
  await online.tap();
  await expect(online).toHaveAttribute("aria-checked", "true");
  await online.tap();
  await expect(online).toHaveAttribute("aria-checked", "false");
  await signOut(page);
  await expect(heading(page, "Sign in")).toBeVisible();
});

test("tickets are filtered, and a ticket is a page with a way back", async ({ signInAs }) => {
  const page = await signInAs("agent");
  await open(page, "Inbox");
  const table = page.getByRole("table", { name: "Inbox" });
  const links = table.getByRole("rowheader").getByRole("link");
  await expect(links.first()).toBeVisible();
  await button(page, "Filters").tap();
  await fits(page);
  await page.getByRole("main").getByRole("button", { name: "Status" }).and(page.locator("[aria-controls]")).tap();
  await page.getByRole("checkbox", { name: "ASSIGNED", exact: true }).tap();
  await fits(page);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/status=ASSIGNED/);
  const name = await links.first().innerText();
  await links.first().tap();
  // A page of its own, with a way back.
  await expect(page.getByRole("heading", { level: 2, name, exact: true })).toBeVisible();
  await expect(table).toBeHidden();
  await fits(page);
  await page.getByRole("link", { name: "Back to the list" }).tap();
  await expect(table).toBeVisible();
});

test("a callback is created from a ticket", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox");
  await page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").getByRole("link").first().tap();
  await page.getByRole("button", { name: "New callback" }).tap();
  await expect(heading(page, "New event")).toBeVisible();
  await field(page, "Group").selectOption("235");
  await expect(field(page, "Sender")).toHaveValue(/^\d{8,}$/);
  await field(page, "Subject").fill("Call back from the inbox");
  await field(page, "Body").fill("Soon.");
  await button(page, "Save").tap();
  // Back at the ticket.
  await expect(page).toHaveURL(/\/inbox\/[^/?]+$/);
  await fits(page);
});

test("a customer is looked up", async ({ signInAs }) => {
  const page = await signInAs("agent");
  await open(page, "Customers");
  await field(page, "Phone, e-mail or ID").fill("989899854090030232934sdfdsdf32dd4sdfdsddffdummycustomerid2");
  await button(page, "Look up").tap();
  await expect(main(page).getByRole("heading", { level: 2 })).toBeVisible();
  await fits(page);
});
