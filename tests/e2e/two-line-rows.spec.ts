// Lists below 600 px: rows of two lines, which keep what matters, and the table's roles.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test.use({ viewport: { width: 390, height: 844 } });

/** How often the browser's own accessibility tree has a role. */
async function roles(page: Page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  await client.detach();
  return (role: string) => nodes.filter((node) => !node.ignored && node.role?.value === role).length;
}

test("a channel account keeps its state and bot, below its name", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  const row = table.getByRole("row").nth(2);
  const name = row.getByRole("rowheader");
  await expect(name).toBeVisible();
  const [above, state, bot] = await Promise.all([
    name.boundingBox(),
    row.getByRole("cell", { name: /abled$/ }).boundingBox(),
    row.getByRole("cell").nth(3).boundingBox(),
  ]);
  if (!above || !state || !bot) throw new Error("a cell is not drawn");
  expect(state.y).toBeGreaterThan(above.y + above.height - 8);
  expect(bot.y).toBe(state.y);
  expect(bot.x).toBeGreaterThan(state.x);
  expect(bot.x + bot.width).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  // The list still sorts.
  await table.getByRole("columnheader", { name: "Bot", exact: true }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=bot/);
});

test("the browser tells assistive technology of a table, its headers and cells", async ({ signInAs }) => {
  const page = await signInAs("admin", "/events");
  await expect(page.getByRole("table", { name: "ACD events" }).getByRole("rowheader").first()).toBeVisible();
  const count = await roles(page);
  expect(count("table")).toBe(1);
  expect(count("columnheader")).toBe(3);
  expect(count("rowheader")).toBeGreaterThan(5);
  expect(count("row")).toBeGreaterThan(6);
  expect(count("cell")).toBeGreaterThan(10);
});

test("an activity keeps its action, area and outcome", async ({ signInAs }) => {
  const page = await signInAs("admin", "/activity");
  const row = page.getByRole("table", { name: "Activity" }).getByRole("row").nth(1);
  await expect(row.getByText("Succeeded")).toBeInViewport({ ratio: 1 });
  await expect(row.getByText("demo admin")).toBeVisible();
  await expect(row.getByText("Sign in").first()).toBeInViewport({ ratio: 1 });
});

test("scrolling a long list of two-line rows reaches its last row", async ({ signInAs }) => {
  const page = await signInAs("admin", "/events");
  const table = page.getByRole("table", { name: "ACD events" });
  await expect(table.getByRole("rowheader").first()).toBeVisible();
  const count = Number(await table.getAttribute("aria-rowcount"));
  await table.evaluate((element) => element.closest(".table-scroll")?.scrollTo(0, 1e7));
  const last = table.locator(`[aria-rowindex="${count}"]`);
  // The list is as high as the window, below the page's head.
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport({ ratio: 1 });
});
