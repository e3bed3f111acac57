// Somebody who has no mouse: Tab until it is there, then keys. Nothing here clicks, fills or moves the focus by script.
import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";

export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Tabs on until the element has the focus, over the page's end to its beginning if need be. */
  async to(target: Locator, most = 160): Promise<void> {
    await expect(target).toBeVisible();
    for (let press = 0; press < most; press += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`${most} times Tab, and the focus is not at ${target}`);
  }

  /** Tabs to a link or a button and presses Enter. */
  async press(target: Locator): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press("Enter");
  }

  /** Tabs to a checkbox or a switch and presses Space. */
  async toggle(target: Locator): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press("Space");
  }

  /** Tabs to a field and types over what is in it. */
  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.type(text);
    await expect(target).toHaveValue(text);
  }

  /** Tabs to a list of choices and types the beginning of one. */
  async choose(target: Locator, label: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.type(label);
    await expect(target.locator("option:checked")).toHaveText(new RegExp(`^${label}`, "i"));
  }

  async key(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }
}
