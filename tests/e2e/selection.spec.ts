// Ticked accounts and a list that is narrowed: the head's box and a run are about what is shown, and nothing else.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const table = (page: Page) => page.getByRole("table", { name: "Channel accounts" });
const all = (page: Page) => table(page).getByRole("checkbox", { name: "Select all rows" });
const boxes = (page: Page) => table(page).locator("tbody").getByRole("checkbox");
const names = (page: Page) => table(page).getByRole("rowheader").getByRole("link").allInnerTexts();
const search = (page: Page) => page.getByRole("main").getByRole("searchbox");
const bar = (page: Page) => page.getByRole("region", { name: "Selected accounts" });

/** Searches for one account by its name, until it alone is shown. */
async function searchFor(page: Page, name: string) {
  await search(page).fill(name);
  await expect.poll(async () => [...new Set(await names(page))]).toEqual([name]);
}

/** Names that no other account's texts hold. */
async function distinct(page: Page, wanted: number): Promise<string[]> {
  await expect(boxes(page).first()).toBeVisible();
  const shown = await names(page);
  // In a right-to-left name's checkbox the name is isolated by marks.
  const alone = shown.filter((name) => /^[\x20-\x7e]+$/.test(name)).filter((name) => shown.filter((other) => other.includes(name)).length === 1);
  expect(alone.length).toBeGreaterThanOrEqual(wanted);
  return alone.slice(0, wanted);
}

const tick = (page: Page, name: string) => table(page).getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();

test("the header checkbox is clear while no shown row is selected, and selects the shown rows", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const [one, two] = await distinct(page, 2);
  await tick(page, one!);
  expect(await all(page).evaluate((box: HTMLInputElement) => [box.checked, box.indeterminate])).toEqual([false, true]);
  await searchFor(page, two!);
  await expect.poll(() => all(page).evaluate((box: HTMLInputElement) => [box.checked, box.indeterminate])).toEqual([false, false]);

  await all(page).check();
  await expect(boxes(page).first()).toBeChecked();
  await all(page).uncheck();
  await expect(boxes(page).first()).not.toBeChecked();
  await search(page).fill("");
  await expect(table(page).getByRole("checkbox", { name: `Select ${one}`, exact: true })).toBeChecked();
  await expect(table(page).getByRole("checkbox", { name: `Select ${two}`, exact: true })).not.toBeChecked();
});

test("selected rows hidden by a search are counted, and return with its end", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const [one, two] = await distinct(page, 2);
  await tick(page, one!);
  await expect(bar(page)).toContainText("1 selected");
  await searchFor(page, two!);
  await expect(bar(page)).toContainText("0 selected");
  await expect(bar(page)).toContainText("1 selected account is hidden by the filters and is left out.");
  await search(page).fill("");
  await expect(bar(page)).toContainText("1 selected");
  await expect(bar(page)).not.toContainText("hidden by the filters");
});

test("of three selected accounts a run reaches the one that is shown", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts?bot=no");
  const [one, two, three] = await distinct(page, 3);
  for (const name of [one!, two!, three!]) await tick(page, name);
  await expect(bar(page)).toContainText("3 selected");
  const sent: string[] = [];
  page.on("request", (request) => /:(enable|disable)Bot$/.test(request.url()) && sent.push(request.url()));
  await searchFor(page, two!);
  await expect(bar(page)).toContainText("1 selected");
  await expect(bar(page)).toContainText("2 selected accounts are hidden by the filters and are left out.");
  await page.getByRole("button", { name: "Turn bot on" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 account changed" })).toBeVisible();
  expect(sent).toHaveLength(1);
  await search(page).fill("");
  await expect(bar(page)).toContainText("2 selected");
  await expect(table(page).getByRole("checkbox", { name: `Select ${one}`, exact: true })).toBeChecked();
});

test("without a shown selection the run's buttons say that they do nothing", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  const [one, two] = await distinct(page, 2);
  await tick(page, one!);
  await searchFor(page, two!);
  await expect(bar(page)).toContainText("0 selected");
  await expect(page.getByRole("button", { name: "Turn bot off" })).toHaveAttribute("aria-disabled", "true");
});
