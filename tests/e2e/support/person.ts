// The person's menu of the top bar: what belongs to who is signed in.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Keyboard } from "./keyboard";

/** Its button, whoever is signed in. */
export const personButton = (page: Page): Locator => page.locator("button[aria-controls=person-menu]");

/** Its content, while it is open. */
export const personMenu = (page: Page): Locator => page.locator("#person-menu");

/** Opens it. */
export async function openPerson(page: Page): Promise<Locator> {
  await personButton(page).click();
  await expect(personMenu(page)).toBeVisible();
  return personMenu(page);
}

/** Signs out: opens the menu and presses "Sign out". An agent who is online is asked then. */
export async function signOut(page: Page): Promise<void> {
  await (await openPerson(page)).getByRole("button", { name: "Sign out", exact: true }).click();
}

/** The same by the keyboard alone. */
export async function signOutByKeys(page: Page, keys: Keyboard): Promise<void> {
  await keys.press(personButton(page));
  await keys.press(personMenu(page).getByRole("button", { name: "Sign out", exact: true }));
}
