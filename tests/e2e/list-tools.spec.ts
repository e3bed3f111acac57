// The tools beside a list's toolbar: clear filters, columns, CSV; and rows ticked with Shift.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

const main = (page: Page) => page.getByRole("main");
const table = (page: Page) => page.getByRole("table", { name: "Channel accounts" });
const button = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true });
const headers = (page: Page) => table(page).getByRole("columnheader").allInnerTexts();

/** Waits for the tools, which come after the page's own work. */
const ready = (page: Page) => expect(button(page, "Columns")).toBeVisible({ timeout: 30_000 });

/** The file that a button saves. */
async function exported(page: Page, press: () => Promise<void>) {
  const download = page.waitForEvent("download", { timeout: 120_000 });
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile((await file.path())!, "utf8") };
}

test.describe("against Comm100", () => {
  test.use({ vendors: "upstream" });

  test("Export CSV has what matches, in UTF-8 with a byte order mark, and no formula", async ({ signInAs, upstreams }) => {
    const { accounts } = upstreams.comm100;
    accounts.set("2", { ...SAMPLE, id: "2", appId: "WhatsApp", name: "=HYPERLINK(\"https://evil.example\")", originalAccountId: "+49199123456789" });
    accounts.set("3", { ...SAMPLE, id: "3", appId: "WhatsApp", name: "שלום, עולם", originalAccountId: "你好 \"x\"" });
    const page = await signInAs("admin", "/channel-accounts?channel=WhatsApp");
    await ready(page);
    const { name, text } = await exported(page, () => button(page, "Export CSV").click());
    expect(name).toMatch(/^channel-accounts-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(text.startsWith("\ufeff")).toBe(true);
    const further = (id: string) => `Comm100,Concierge,${SAMPLE.chatbotId},No,${SAMPLE.avatarUrl},${SAMPLE.createdTime},${id}`;
    expect(text.slice(1).split("\r\n")).toEqual([
      "Name,Channel,Original account ID,State,Bot,Bot share online,Bot share offline,Display name,Chatbot,Chatbot ID,Default e-mail account,Avatar URL,Created,ID",
      `"'=HYPERLINK(""https://evil.example"")",WhatsApp,'+49199123456789,Enabled,Bot off,0%,0%,${further("2")}`,
      `"שלום, עולם",WhatsApp,"你好 ""x""",Enabled,Bot off,0%,0%,${further("3")}`,
      "",
    ]);
    await expect(page.getByRole("status").filter({ hasText: "2 rows exported" })).toBeVisible();
  });

  test("a file has times that a spreadsheet sorts, not how long ago they were", async ({ signInAs }) => {
    const page = await signInAs("admin", "/events");
    const file = async (path: string) => {
      await page.goto(path);
      await ready(page);
      return (await exported(page, () => button(page, "Export CSV").click())).text;
    };
    expect(await file("/events")).toContain(",2020-09-15 02:59:32,");
    // Seconds since 1970 that 99digital has sent: 18,200 days, 5 hours, 33 minutes and 21 seconds.
    expect(await file("/account/8%40online/agents")).toContain(",2019-10-31T05:33:21Z,");
    const enabled = await page.request.post(`/api/comm100/ticketing/channelAccounts/${SAMPLE.id}:enableBot`, { headers: { "X-Trunkline": "1" } });
    expect(enabled.ok()).toBe(true);
    expect(await file("/activity")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,/m);
  });
});

test("columns are hidden, moved and sized, stay so, and the file follows", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await ready(page);
  await button(page, "Columns").click();
  const dialog = page.getByRole("dialog", { name: "Columns" });
  await dialog.getByRole("checkbox", { name: "Channel", exact: true }).uncheck();
  await dialog.getByRole("button", { name: "Move Bot up", exact: true }).click();
  await dialog.getByLabel("Width of Name in pixels").fill("300");
  await dialog.getByLabel("Width of Name in pixels").press("Tab");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  const arranged = ["Name", "Original account ID", "Bot", "State", "Bot share online", "Bot share offline"];
  const shown = async () => (await headers(page)).map((text) => text.trim()).filter(Boolean);
  await expect.poll(shown).toEqual(arranged);
  await expect.poll(() => table(page).getByRole("columnheader", { name: "Name" }).evaluate((cell) => (cell as HTMLElement).style.inlineSize)).toBe("300px");

  await page.reload();
  await expect.poll(shown).toEqual(arranged);
  await ready(page);
  const { text } = await exported(page, async () => {
    await button(page, "Export CSV").click();
    await page.getByRole("menuitem", { name: "Shown columns" }).click();
  });
  expect(text.slice(1).split("\r\n")[0]).toBe(arranged.join(","));

  await button(page, "Columns").click();
  await dialog.getByRole("button", { name: "Reset" }).click();
  await page.keyboard.press("Escape");
  await expect.poll(shown).toHaveLength(7);
});

test("further columns are shown when they are chosen", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await ready(page);
  await expect(table(page).getByRole("columnheader", { name: "Display name" })).toHaveCount(0);
  await button(page, "Columns").click();
  const dialog = page.getByRole("dialog", { name: "Columns" });
  await dialog.getByLabel("Display name", { exact: true }).check();
  await page.keyboard.press("Escape");
  await expect(table(page).getByRole("columnheader", { name: "Display name" })).toBeVisible();
  await page.reload();
  await expect(table(page).getByRole("columnheader", { name: "Display name" })).toBeVisible({ timeout: 30_000 });
});

test("Clear filters is there whenever a filter is on", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await ready(page);
  await expect(button(page, "Clear filters")).toHaveCount(0);
  await main(page).getByLabel("State", { exact: true }).selectOption("Disabled");
  await button(page, "Clear filters").click();
  await expect(page).toHaveURL("/channel-accounts");
  await expect(button(page, "Clear filters")).toHaveCount(0);
});

test("a view is saved under a name, is a link in Views, is shared by an admin, and is removed", async ({ signInAs, browser, server }) => {
  const page = await signInAs("admin", "/channel-accounts?enabled=no&sort=name");
  await ready(page);
  await button(page, "Save view").click();
  const dialog = page.getByRole("dialog", { name: "Save view" });
  await dialog.getByLabel("Name", { exact: true }).fill("Disabled ones");
  await dialog.getByLabel("Share with everybody").check();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  const link = (of: Page) => of.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Disabled ones", exact: true });
  await expect(link(page)).toHaveAttribute("aria-current", "page");
  await page.goto("/channel-accounts");
  await ready(page);
  await link(page).click();
  await expect(page).toHaveURL("/channel-accounts?enabled=no&sort=name");

  const theirs = await browser.newContext({ baseURL: server.url });
  await theirs.request.post("/api/session", { data: { demo: "agent" }, headers: { "X-Trunkline": "1" } });
  const views = await (await theirs.request.get("/api/views")).json();
  expect(views).toMatchObject([{ name: "Disabled ones", page: "/channel-accounts", query: "enabled=no&sort=name", shared: true, own: false }]);
  await theirs.close();

  await page.getByRole("button", { name: "Remove view Disabled ones" }).click();
  await expect(link(page)).toHaveCount(0);
});

test("Shift takes the rows between two ticks", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const boxes = table(page).locator("tbody").getByRole("checkbox");
  await boxes.nth(2).click();
  await boxes.nth(6).click({ modifiers: ["Shift"] });
  const selected = page.getByRole("region", { name: "Selected accounts" });
  await expect(selected).toContainText("5 selected");
  await boxes.nth(4).click({ modifiers: ["Shift"] });
  await expect(selected).toContainText("2 selected");
});

test.describe("100,000 events", () => {
  test.use({ settings: { sandbox: { events: 100_000 } } });

  test("are exported whole", async ({ signInAs }) => {
    test.setTimeout(300_000);
    const page = await signInAs("admin", "/events");
    await expect(page.getByRole("table", { name: "ACD events" })).toHaveAttribute("aria-rowcount", "100001", { timeout: 60_000 });
    await expect(button(page, "Export CSV")).toBeVisible({ timeout: 30_000 });
    const { text } = await exported(page, () => button(page, "Export CSV").click({ timeout: 60_000 }));
    expect(text.split("\r\n").length).toBe(100_002);
  });
});

test("Back finds the list where it was, with the ticked rows; opened anew it begins at the top", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const rows = table(page).locator("tbody tr:not(.spacer)");
  await rows.nth(1).getByRole("checkbox").check();
  await rows.nth(2).getByRole("checkbox").check();
  const top = () => table(page).evaluate((element) => element.closest(".table-scroll")!.scrollTop);
  await table(page).evaluate((element) => element.closest(".table-scroll")!.scrollTo(0, 1080));
  const link = table(page).locator('tr[aria-rowindex="40"]').getByRole("link");
  await link.click();
  await expect(page).toHaveURL(/\/channel-accounts\/./);
  await expect(page.getByRole("link", { name: "Edit", exact: true })).toBeVisible();
  await page.goBack();
  await expect.poll(top).toBe(1080);
  await expect(link).toBeInViewport();
  await expect(page.getByRole("region", { name: "Selected accounts" }).getByRole("status").first()).toHaveText("2 selected");

  await link.click();
  await expect(page.getByRole("link", { name: "Edit", exact: true })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Channel accounts" }).click();
  await expect(rows.first()).toBeVisible();
  expect(await top()).toBe(0);
  await expect(page.getByRole("region", { name: "Selected accounts" })).toHaveCount(0);
});

test("arrows, Home and End lead through the rows of a list, and Enter opens one", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const links = table(page).getByRole("rowheader").getByRole("link");
  await expect(links.first()).toBeVisible();
  await table(page).locator("..").focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(table(page).locator('tr[aria-rowindex="61"]').getByRole("link")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(links.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/channel-accounts\/./);
});
