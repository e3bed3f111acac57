// Key presses as layouts and input methods send them; Playwright's own keyboard is a US one.
import type { Page } from "@playwright/test";

export interface Press {
  key: string;
  code?: string;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  isComposing?: boolean;
  keyCode?: number;
}

/** Presses a key where the focus is. Whether the page took it. */
export async function press(page: Page, init: Press): Promise<boolean> {
  return page.evaluate((init) => {
    const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, composed: true, ...init });
    return !(document.activeElement ?? document.body).dispatchEvent(event);
  }, init);
}

/** Characters of a layout at the keys j, k, / and ?. */
export const LAYOUTS = {
  Hebrew: { j: "ח", k: "ל", search: ".", help: "?" },
  Russian: { j: "о", k: "л", search: ".", help: "," },
  Greek: { j: "ξ", k: "κ", search: "/", help: "?" },
  Arabic: { j: "ت", k: "ن", search: "ظ", help: "؟" },
};
