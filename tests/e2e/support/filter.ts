// Filters of several values above a list.
import { expect, type Locator, type Page } from "@playwright/test";

/** A filter's button, whose name begins with the filter's and may go on with what is chosen. */
export const filterButton = (page: Page, filter: string): Locator =>
  page.getByRole("main").getByRole("button", { name: new RegExp(`^${filter}`) }).and(page.locator("[aria-controls]"));

/** A value in a filter's list. */
export const filterValue = (page: Page, filter: string, value: string): Locator =>
  page.getByRole("group", { name: filter, exact: true }).getByRole("checkbox", { name: value, exact: true });

/** Ticks values of a filter, and closes it. */
export async function choose(page: Page, filter: string, ...values: string[]): Promise<void> {
  const button = filterButton(page, filter);
  await button.click();
  for (const value of values) await filterValue(page, filter, value).click();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
}
