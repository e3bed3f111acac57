// The list of ACD events as the morning's work needs it: presets, words for status numbers, from an event to its customer.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { choose } from "./support/filter";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/jtel.mjs";

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const table = (page: Page) => page.getByRole("table", { name: "ACD events" });
const preset = (page: Page, name: string) =>
  page.getByRole("group", { name: "Quick filters" }).getByRole("button", { name, exact: true });

/** A day of the browser's own calendar, `days` before today. */
const day = (page: Page, days: number) =>
  page.evaluate((days) => {
    const date = new Date();
    date.setDate(date.getDate() - days);
    return new Intl.DateTimeFormat("sv-SE").format(date);
  }, days);

test.use({ vendors: "upstream" });

test("yesterday's unassigned callbacks of one group in six steps; another press takes a preset back", async ({ signInAs, upstreams, page }) => {
  await signInAs("agent", "/settings");
  const [today, yesterday] = [await day(page, 0), await day(page, 1)];
  const add = (ID: number, on: string, change: object) =>
    upstreams.jtel.events.push({ ...SAMPLE, ID, Subject: `Event ${ID}`, AcdEventTypesID: 3, dtCreated: `${on}T09:00:00.000`, ...change });
  add(3001, yesterday, {});
  add(3002, yesterday, { UsersID: 4 });
  add(3003, yesterday, { AcdGroupsID: 236 });
  add(3004, yesterday, { AcdEventTypesID: 1 });
  add(3005, today, {});
  await page.goto("/events");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "7");
  await expect(table(page).getByRole("row").nth(1)).toContainText("Event 3005");

  await preset(page, "Yesterday").click(); // 1
  await preset(page, "Unassigned").click(); // 2
  await choose(page, "Type", "Callback"); // 3, 4
  await choose(page, "Group", "Support"); // 5, 6
  await expect(table(page)).toHaveAttribute("aria-rowcount", "2");
  await expect(table(page).getByRole("link", { name: "Event 3001", exact: true })).toBeVisible();
  const url = new URL(page.url()).searchParams;
  expect(Object.fromEntries(url)).toEqual({ from: yesterday, to: yesterday, user: "none", type: "3", group: "235" });
  await expectAccessible(page);

  // Pressed presets are told, survive a reload, and are taken back by another press.
  await page.reload();
  await expect(preset(page, "Yesterday")).toHaveAttribute("aria-pressed", "true");
  await expect(preset(page, "Today")).toHaveAttribute("aria-pressed", "false");
  await preset(page, "Today").click();
  await expect(preset(page, "Yesterday")).toHaveAttribute("aria-pressed", "false");
  await expect(table(page).getByRole("link", { name: "Event 3005", exact: true })).toBeVisible();
  await preset(page, "Today").click();
  await expect(page).toHaveURL((url) => !url.searchParams.has("from") && !url.searchParams.has("to"));
});

test("the presets work by keyboard; Mine needs the person's UsersID", async ({ signInAs, upstreams, page }) => {
  upstreams.jtel.events.push({ ...SAMPLE, ID: 3001, Subject: "Mine", UsersID: 3 });
  await signInAs("agent", "/events");
  await preset(page, "Mine").focus();
  await page.keyboard.press("Space");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "2");
  await expect(table(page).getByRole("link", { name: "Mine", exact: true })).toBeVisible();
  await signInAs("admin", "/events");
  await expect(preset(page, "Today")).toBeVisible();
  await expect(preset(page, "Mine")).toHaveCount(0);
});

test.describe("with words for status numbers", () => {
  test.use({ settings: { toml: 'demo_users = true\n[vendors.jtel.statuses]\n1 = "open"\n20 = "closed"\n' } });

  test("list, filter and record show the words, and a number without one as a number", async ({ signInAs, upstreams, page }) => {
    upstreams.jtel.events.push({ ...SAMPLE, ID: 3001, Subject: "Old", AcdEventStatusID: 20 });
    upstreams.jtel.events.push({ ...SAMPLE, ID: 3002, Subject: "Odd", AcdEventStatusID: 7 });
    await signInAs("agent", "/events");
    const row = (name: string) => table(page).getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
    await expect(row("Old").getByText("closed", { exact: true })).toBeVisible();
    await expect(row("Odd").getByText("7", { exact: true })).toBeVisible();
    await choose(page, "Status", "closed");
    await expect(page).toHaveURL(/status=20/);
    await expect(table(page)).toHaveAttribute("aria-rowcount", "2");
    await table(page).getByRole("link", { name: "Old", exact: true }).click();
    const status = page.locator("dl > div").filter({ has: page.locator("dt").getByText("Status", { exact: true }) }).locator("dd");
    await expect(status).toHaveText("closed (20)");
  });
});

test("numbers are written as people write them, and lead to the customer without a URL", async ({ signInAs, upstreams, page, guard }) => {
  upstreams.jtel.events.push({ ...SAMPLE, ID: 3001, Subject: "Voice mail", AcdEventTypesID: 1, Sender: "49199123456789", Receiver: "4919900112233" });
  await signInAs("agent", "/events");
  const row = table(page).getByRole("row").filter({ has: page.getByRole("link", { name: "Voice mail", exact: true }) });
  await expect(row.getByText("+49 199 123 456 789", { exact: true })).toBeVisible();
  await table(page).getByRole("link", { name: "Voice mail", exact: true }).click();
  await page.getByRole("link", { name: "Look up customer" }).click();
  await expect(page).toHaveURL("/customers");
  await expect(page.getByRole("heading", { level: 2, name: "Hugo Dan" })).toBeVisible();
  await page.goBack();
  await page.getByRole("link", { name: "Call back" }).click();
  await expect(field(page, "Type")).toHaveValue("3");
  await expect(field(page, "Sender")).toHaveValue("49199123456789");
  expect(guard.received.filter(({ url }) => url.includes("49199123456789"))).toEqual([]);
});

test("brushing the time line sets the period, by mouse and by keyboard", async ({ signInAs, upstreams, page }) => {
  await signInAs("agent", "/settings");
  const [yesterday, before] = [await day(page, 1), await day(page, 3)];
  for (const [ID, on] of [[3001, yesterday], [3002, before], [3003, await day(page, 0)]] as const) {
    upstreams.jtel.events.push({ ...SAMPLE, ID, Subject: `Event ${ID}`, dtCreated: `${on}T09:00:00.000` });
  }
  await page.goto("/events");
  const bars = page.getByRole("group", { name: "Events per day" }).getByRole("button");
  await expect(bars).toHaveCount(30);
  await expect(bars.nth(28)).toHaveAccessibleName(/: 1 event$/);
  await bars.nth(26).hover();
  await page.mouse.down();
  await bars.nth(28).hover();
  await page.mouse.up();
  await expect(table(page)).toHaveAttribute("aria-rowcount", "3");
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ from: before, to: yesterday });
  await expect(bars.nth(27)).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page);

  await bars.nth(29).click();
  await page.keyboard.press("ArrowLeft");
  await expect(bars.nth(28)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "2");
  await expect(table(page).getByRole("link", { name: "Event 3001", exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "5");
});
