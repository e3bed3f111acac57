// A list on paper: all of its rows, and what, when and by whom.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const rows = (page: Page) => page.locator("main tbody tr[aria-rowindex]");
const begin = (page: Page) => page.evaluate(() => void dispatchEvent(new Event("beforeprint")));
const end = (page: Page) => page.evaluate(() => void dispatchEvent(new Event("afterprint")));
/** Printing is handled by the deferred UI. */
const ready = (page: Page) => page.locator(".corner").waitFor({ state: "attached" });

test.describe("with 240 tickets", () => {
  // One in ten of the sandbox's belongs to somebody else.
  test.use({ settings: { sandbox: { tickets: 267 } } });

  test("all rows are printed, and the screen's rows return", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await ready(page);
    const all = Number(await page.getByRole("table", { name: "Inbox" }).getAttribute("aria-rowcount")) - 1;
    expect(all).toBeGreaterThan(200);
    expect(await rows(page).count()).toBeLessThanOrEqual(80);
    await begin(page);
    await expect(rows(page)).toHaveCount(all);
    await end(page);
    await expect.poll(() => rows(page).count()).toBeLessThanOrEqual(80);
    await expect(page.locator(".print-line")).toHaveCount(0);
  });

  test("the print media alone does the same, on white and without controls", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await ready(page);
    const all = Number(await page.getByRole("table", { name: "Inbox" }).getAttribute("aria-rowcount")) - 1;
    await page.emulateMedia({ media: "print" });
    await expect(rows(page)).toHaveCount(all);
    await expect(page.locator(".print-line")).toBeVisible();
    await expect(page.getByRole("navigation").first()).toBeHidden();
    await expect(page.locator(".spacer")).toHaveCount(0);
    await page.emulateMedia({ media: "screen" });
    await expect(page.locator(".print-line")).toHaveCount(0);
  });

  test("the print line has filters, date and user", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox?status=ASSIGNED&q=a");
    await ready(page);
    await begin(page);
    const line = page.locator(".print-line");
    await expect(line).toHaveText(/^Printed on .*\d.* by .+\. Filters: .*: a; Status: ASSIGNED\.$/);
    await end(page);
  });

  test("the browser's PDF has every row and the header on each sheet", async ({ signInAs }) => {
    const page = await signInAs("agent", "/inbox");
    await ready(page);
    const names = new Set(await page.getByRole("rowheader").getByRole("link").allInnerTexts());
    expect(names.size).toBeGreaterThan(1);
    const pdf = await page.pdf({ format: "A4" });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    // 240 rows of 36 px are some nine sheets; five more would be empty ones.
    expect(sheets).toBeGreaterThan(5);
    expect(sheets).toBeLessThan(14);
    await expect.poll(() => rows(page).count()).toBeLessThanOrEqual(80);
  });
});

test.describe("with 3,000 accounts", () => {
  test.use({ settings: { sandbox: { channel_accounts: 3000 } } });

  test("the first 2,000 are printed, and the line says so", async ({ signInAs }) => {
    const page = await signInAs("admin", "/channel-accounts");
    await expect(page.getByRole("table", { name: "Channel accounts" })).toHaveAttribute("aria-rowcount", "3001");
    await ready(page);
    await begin(page);
    await expect(rows(page)).toHaveCount(2000);
    await expect(page.locator(".print-line")).toContainText("Only the first 2,000 of 3,000 rows are printed.");
    await end(page);
    await expect.poll(() => rows(page).count()).toBeLessThanOrEqual(80);
  });
});
