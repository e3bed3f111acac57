// Keys of shortcuts: changed, switched off, in sequence, with conflicts told, on Latin and other layouts.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test.use({ settings: { sandbox: { tickets: 20 } } });

const keys = (page: Page, action: string) => page.getByRole("textbox", { name: action, exact: true });
const row = (page: Page, place: number) => page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").getByRole("link").nth(place);

/** Presses a key as a Hebrew layout types it. */
const hebrew = (page: Page, key: string, code: string) =>
  page.evaluate(([key, code]) => {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }));
  }, [key, code]);

test("a changed key replaces the default, in other tabs too, and is listed", async ({ signInAs, context }) => {
  const page = await signInAs("agent", "/settings");
  const inbox = await context.newPage();
  await inbox.goto("/inbox");
  await expect(row(inbox, 1)).toBeVisible();
  await keys(page, "Next ticket").press("m");
  await expect(keys(page, "Next ticket")).toHaveValue("m");
  await inbox.keyboard.press("j");
  await inbox.keyboard.press("m");
  await expect(row(inbox, 0)).toBeFocused();
  // On a Hebrew layout the physical position decides: M types צ.
  await hebrew(inbox, "צ", "KeyM");
  await expect(row(inbox, 1)).toBeFocused();
  await inbox.keyboard.press("?");
  const help = inbox.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help.getByRole("row", { name: /^m ↓ Next ticket/ })).toBeVisible();
  await page.reload();
  await expect(keys(page, "Next ticket")).toHaveValue("m");
  await page.getByRole("button", { name: "Restore default keys" }).click();
  await expect(keys(page, "Next ticket")).toHaveValue("j");
});

test("conflicts are told at both actions; Backspace switches a shortcut off", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  await keys(page, "Pin the ticket").press("s");
  await expect(page.getByText("Also used for: Snooze the ticket")).toBeVisible();
  await expect(page.getByText("Also used for: Pin the ticket")).toBeVisible();
  await expect(keys(page, "Pin the ticket")).toHaveAttribute("aria-invalid", "true");
  await keys(page, "Pin the ticket").press("Backspace");
  await expect(keys(page, "Pin the ticket")).toHaveValue("Off");
  await expect(page.getByText(/^Also used for/)).toHaveCount(0);
  // Tab and Esc keep their meaning; a modifier is no shortcut.
  await keys(page, "Pin the ticket").press("Control+b");
  await keys(page, "Pin the ticket").press("Tab");
  await expect(keys(page, "Pin the ticket")).toHaveValue("Off");
  await expect(keys(page, "Write a note")).toBeFocused();
});

test("two keys in a row are a sequence, which works on every page and heeds fields", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  // The listener of all pages comes after the first one.
  await expect(page.locator(".corner")).toBeAttached();
  await expect(keys(page, "Go to the inbox")).toHaveValue("g i");
  await keys(page, "Go to ACD events").press("x");
  await page.keyboard.press("y");
  await expect(keys(page, "Go to ACD events")).toHaveValue("x y");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page).toHaveURL("/inbox");
  await expect(row(page, 0)).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("xy");
  await expect(page).toHaveURL(/\/inbox/);
  await page.getByRole("heading", { level: 1 }).focus();
  // On a Hebrew layout: X types ס, Y types ט.
  await hebrew(page, "ס", "KeyX");
  await hebrew(page, "ט", "KeyY");
  await expect(page).toHaveURL("/events");
});
