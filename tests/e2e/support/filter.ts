// Filters of several values above a list.
import { expect, type Page } from "@playwright/test";

/** Ticks values of a filter, and closes it. */
export async function choose(page: Page, filter: string, ...values: string[]): Promise<void> {
  const button = page.getByRole("main").getByRole("button", { name: filter }).and(page.locator("[aria-controls]"));
  await button.click();
  const list = page.getByRole("group", { name: filter, exact: true });
  for (const value of values) await list.getByRole("checkbox", { name: value, exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
}
