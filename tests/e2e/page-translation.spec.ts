// A page that the browser translates: what changes afterwards is shown, nothing is shown twice, and nothing breaks.
import type { Page } from "@playwright/test";
import { signOut } from "./support/person";
import { expect, test } from "./support/test";
import { type Manner, translate } from "./support/translate";

const h1 = (page: Page) => page.getByRole("heading", { level: 1 });
const table = (page: Page, name: string) => page.getByRole("table", { name });
const links = (page: Page, name: string) => table(page, name).getByRole("rowheader").getByRole("link");
const menu = (page: Page) => page.getByRole("navigation").first();
/** The names in the list, once it is there. */
async function namesIn(page: Page, name: string): Promise<string[]> {
  await expect(links(page, name).first()).toBeVisible();
  return links(page, name).allInnerTexts();
}
/** The number of matching rows, as the table tells a screen reader. */
const count = async (page: Page, name: string) => Number(await table(page, name).getAttribute("aria-rowcount")) - 1;
const rows = (count: number) => (count === 1 ? "1 row" : `${count} rows`);

test.use({ settings: { sandbox: { tickets: 40 } } });

for (const manner of ["replace", "wrap"] satisfies Manner[]) {
  test(`another ticket shows its own heading and fields (text nodes: ${manner})`, async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    const names = await namesIn(page, "Inbox");
    const other = names.findIndex((name) => name !== names[0]);
    await links(page, "Inbox").first().click();
    const heading = page.getByRole("heading", { level: 2 }).and(page.locator("#ticket-title"));
    await expect(heading).toHaveText(names[0]!);
    await translate(page, manner);
    await links(page, "Inbox").nth(other).click();
    await expect(heading).toHaveText(names[other]!);
    const id = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1)!);
    await page.getByText("Technical details", { exact: true }).click();
    await expect(page.locator(".ticket").getByText(id, { exact: true }).first()).toBeVisible();
    await expect(h1(page)).toHaveText("Inbox");
  });

  test(`a search updates rows and count (text nodes: ${manner})`, async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    const [first] = await namesIn(page, "Inbox");
    const all = await count(page, "Inbox");
    await expect(page.locator(".table-count")).toHaveText(rows(all));
    await translate(page, manner);
    await page.getByRole("main").getByRole("searchbox").fill(first!);
    await expect(table(page, "Inbox")).not.toHaveAttribute("aria-rowcount", String(all + 1));
    const found = await count(page, "Inbox");
    await expect(page.locator(".table-count")).toHaveText(rows(found));
    // Others may be found by their messages.
    expect(await links(page, "Inbox").allInnerTexts()).toContain(first!);
    await page.getByRole("main").getByRole("searchbox").fill("nobody has this name");
    await expect(page.getByRole("heading", { name: "No matching tickets" })).toBeVisible();
    await page.getByRole("main").getByRole("searchbox").fill("");
    await expect(page.locator(".table-count")).toHaveText(rows(all));
    await expect(page.getByRole("heading", { name: "No matching tickets" })).toHaveCount(0);
  });
}

test("a renamed record shows its new name in heading and row", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await translate(page);
  await links(page, "Channel accounts").getByText("Comm100", { exact: true }).click();
  await expect(h1(page)).toHaveText("Comm100");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(h1(page)).toHaveText("Edit channel account");
  await page.getByLabel("Name", { exact: true }).fill("Renamed");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(h1(page)).toHaveText("Renamed");
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toHaveText("Saved");
  await menu(page).getByRole("link", { name: "Channel accounts" }).click();
  await expect(h1(page)).toHaveText("Channel accounts");
  await expect(links(page, "Channel accounts").getByText("Renamed", { exact: true })).toBeVisible();
  await expect(links(page, "Channel accounts").getByText("Comm100", { exact: true })).toHaveCount(0);
});

test("a record renamed elsewhere shows its new name while open", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await links(page, "Channel accounts").getByText("Comm100", { exact: true }).click();
  await expect(h1(page)).toHaveText("Comm100");
  await translate(page);
  const path = `/api/comm100/ticketing/channelAccounts/${page.url().split("/").at(-1)}`;
  const { id: _id, chatbot: _bot, ...account } = await (await page.request.get(path)).json();
  const put = await page.request.put(path, { data: { ...account, name: "From elsewhere" }, headers: { "X-Trunkline": "1" } });
  expect(put.status()).toBe(200);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(h1(page)).toHaveText("From elsewhere");
});

test("switching the bot updates state and toast", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await links(page, "Channel accounts").getByText("Comm100", { exact: true }).click();
  const state = page.locator("dl > div", { has: page.locator("dt", { hasText: /^Bot$/ }) }).locator("dd");
  await expect(state).toHaveText("Bot off");
  await translate(page);
  await page.getByRole("switch", { name: "Bot enabled" }).click();
  await expect(state).not.toHaveText("Bot off");
  await page.getByRole("switch", { name: "Bot enabled" }).click();
  await expect(state).toHaveText("Bot off");
});

test("going online updates clock, switch and toast", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox");
  await translate(page);
  await page.getByRole("switch", { name: "Online" }).click();
  const clock = page.locator(".presence-time");
  await expect(clock).toHaveText(/^Online for 00:0[1-9]$/);
  await expect(clock).toHaveText(/^Online for 00:0[4-9]$/);
  await page.getByRole("switch", { name: "Online" }).click();
  await expect(clock).toHaveText(/^Offline for 00:0\d$/);
  await expect(page.locator(".presence")).not.toContainText("Online for");
});

test("the list's age keeps updating", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await expect(links(page, "Channel accounts").first()).toBeVisible();
  await translate(page);
  const first = await page.locator(".stale").innerText();
  await expect(page.locator(".stale")).not.toHaveText(first);
  await expect(page.locator(".stale")).toHaveText(/^Updated /);
});

test("the bar counts selected accounts", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const boxes = table(page, "Channel accounts").locator("tbody").getByRole("checkbox");
  await boxes.nth(0).check();
  const bar = page.getByRole("region", { name: "Selected accounts" });
  await expect(bar.getByRole("status").first()).toHaveText("1 selected");
  await translate(page);
  await boxes.nth(1).check();
  await expect(bar.getByRole("status").first()).toHaveText("2 selected");
  await boxes.nth(0).uncheck();
  await expect(bar.getByRole("status").first()).toHaveText("1 selected");
});

test("a field's error appears and disappears", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts/new");
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeVisible();
  await translate(page);
  await page.getByLabel("To bot when agents are online (%)", { exact: true }).fill("101");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const name = page.getByLabel("Name", { exact: true });
  await expect(name).toHaveAttribute("aria-invalid", "true");
  const errors = page.locator(".field-error");
  const before = await errors.count();
  await name.fill("Now it has one");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(name).not.toHaveAttribute("aria-invalid", "true");
  await expect(errors).toHaveCount(before - 1);
});

test("another language updates menu, heading and labels", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await translate(page);
  await page.getByLabel("Language", { exact: true }).selectOption({ label: "Deutsch" });
  await expect(h1(page)).toHaveText("Einstellungen");
  await expect(menu(page).getByRole("link")).toHaveText([
    "ACD-Ereignisse", "Kunden", "Kanalkonten", "Externe APIs", "Konto", "Agenten", "Übersicht", "Aktivität", "Einstellungen",
  ]);
  await expect(page.getByRole("main")).not.toContainText("Appearance");
  await page.getByLabel("Sprache", { exact: true }).selectOption({ label: "English" });
  await expect(h1(page)).toHaveText("Settings");
  await expect(page.getByRole("main")).not.toContainText("Darstellung");
});

test("each page has its own heading and title, once", async ({ signInAs }) => {
  const page = await signInAs("admin", "/");
  await expect(h1(page)).toHaveText("Overview");
  await translate(page);
  const pages = ["Inbox", "ACD events", "Customers", "Channel accounts", "External APIs", "Account", "Agents", "Activity", "Settings", "Overview"];
  for (const name of pages) {
    const link = menu(page).getByRole("link", { name, exact: true });
    if ((await link.count()) === 0) continue;
    await link.click();
    await expect(h1(page)).toHaveText(name);
    await expect(page).toHaveTitle(`${name} · Trunkline`);
  }
});

test("another event shows its own heading and facts", async ({ signInAs }) => {
  const page = await signInAs("agent", "/events");
  const names = await namesIn(page, "ACD events");
  const other = names.findIndex((name) => name !== names[0]);
  await translate(page);
  await links(page, "ACD events").first().click();
  await expect(h1(page)).toHaveText(names[0]!);
  await page.goBack();
  await expect(h1(page)).toHaveText("ACD events");
  await links(page, "ACD events").nth(other).click();
  await expect(h1(page)).toHaveText(names[other]!);
});

test("searching commands hides those that do not match", async ({ signInAs }) => {
  const page = await signInAs("admin", "/");
  await expect(h1(page)).toHaveText("Overview");
  await page.locator(".corner").waitFor({ state: "attached" });
  await translate(page);
  await page.keyboard.press("Control+k");
  const options = page.getByRole("dialog").getByRole("option");
  await expect(options.filter({ hasText: "Inbox" }).or(options.filter({ hasText: "Customers" })).first()).toBeVisible();
  await page.getByRole("dialog").getByRole("combobox").fill("customers");
  await expect(options.first()).toContainText("Customers");
  await expect(page.getByRole("dialog")).not.toContainText("Channel accounts");
});

test("a failed load shows its reason, and Retry removes it", async ({ signInAs, faults, guard }) => {
  guard.allow(/status of 5\d\d/);
  const page = await signInAs("admin", "/settings");
  await expect(h1(page)).toHaveText("Settings");
  await translate(page);
  await faults.set("comm100", "status", { status: 500 });
  await menu(page).getByRole("link", { name: "Channel accounts" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("Comm100", { timeout: 20_000 });
  await faults.mend();
  await alert.getByRole("button", { name: "Retry" }).click();
  await expect(links(page, "Channel accounts").first()).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test.describe("while tickets arrive", () => {
  test.use({ settings: { sandbox: { tickets: 10, ticket_seconds: 1 } } });

  test("toast, count and title follow", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await expect(links(page, "Inbox").first()).toBeVisible();
    const before = await count(page, "Inbox");
    await translate(page);
    await page.getByRole("switch", { name: "Online" }).click();
    await expect(page.getByRole("status").getByText(/new tickets?\b/i).first()).toBeVisible({ timeout: 20_000 });
    await expect.poll(() => count(page, "Inbox")).toBeGreaterThan(before);
    await expect(async () => {
      const told = await page.locator(".table-count").innerText();
      expect(told).toBe(rows(await count(page, "Inbox")));
    }).toPass();
    await page.getByRole("switch", { name: "Online" }).click();
  });
});

test("signing out and in again leaves both screens complete", async ({ signInAs }) => {
  const page = await signInAs("admin", "/");
  await expect(h1(page)).toHaveText("Overview");
  await translate(page);
  await signOut(page);
  await expect(h1(page)).toHaveText("Sign in");
  await page.getByRole("button", { name: "Continue as demo agent" }).click();
  await expect(h1(page)).toHaveText("Inbox");
  await expect(page.getByText("Continue as demo agent")).toHaveCount(0);
});
