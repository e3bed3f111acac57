// Shortcuts in every layout, with Caps Lock and with input methods; and without those of a single key.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { LAYOUTS, press } from "./support/press";
import { expect, test } from "./support/test";

test.use({ vendors: "upstream" });

const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });
const help = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });
const links = (page: Page) => page.getByRole("table", { name: "Inbox" }).getByRole("rowheader").getByRole("link");
const search = (page: Page) => page.getByRole("searchbox");
const single = (page: Page) => page.getByRole("checkbox", { name: "Single-key shortcuts", exact: true });
/** Waits for the deferred UI, which listens for keys. */
const settled = (page: Page) => expect(page.locator(".corner")).toBeAttached();

/** The inbox with three tickets, and the keys listened to. */
const inbox = test.extend<{ atInbox: Page }>({
  atInbox: async ({ signInAs, upstreams }, use) => {
    for (const name of ["Ada", "Berta"]) upstreams.oneview.arrive({ priority: 2, customer: { id: name, firstName: name } });
    const page = await signInAs("agent", "/inbox");
    await expect(links(page)).toHaveCount(3);
    await settled(page);
    await use(page);
  },
});

for (const [layout, { j, k, search: slash, help: question }] of Object.entries(LAYOUTS)) {
  inbox(`on a ${layout} layout shortcuts are where they are on a Latin one`, async ({ atInbox: page }) => {
    await press(page, { key: j, code: "KeyJ" });
    await expect(links(page).nth(0)).toBeFocused();
    await press(page, { key: j, code: "KeyJ" });
    await expect(links(page).nth(1)).toBeFocused();
    await press(page, { key: k, code: "KeyK" });
    await expect(links(page).nth(0)).toBeFocused();
    await press(page, { key: slash, code: "Slash" });
    await expect(search(page)).toBeFocused();
    await search(page).blur();
    await press(page, { key: question, code: "Slash", shiftKey: true });
    await expect(help(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(help(page)).toHaveCount(0);
    await press(page, { key: k, code: "KeyK", ctrlKey: true });
    await expect(palette(page)).toBeVisible();
  });
}

inbox("Caps Lock changes no shortcut", async ({ atInbox: page }) => {
  await press(page, { key: "J", code: "KeyJ" });
  await expect(links(page).nth(0)).toBeFocused();
  await press(page, { key: "J", code: "KeyJ" });
  await expect(links(page).nth(1)).toBeFocused();
  await press(page, { key: "K", code: "KeyK" });
  await expect(links(page).nth(0)).toBeFocused();
  await press(page, { key: "K", code: "KeyK", ctrlKey: true });
  await expect(palette(page)).toBeVisible();
});

inbox("a Latin layout goes by what its keys type: Dvorak, AZERTY, German", async ({ atInbox: page }) => {
  await press(page, { key: "j", code: "KeyC" });
  await expect(links(page).nth(0)).toBeFocused();
  expect(await press(page, { key: "h", code: "KeyJ" })).toBe(false);
  expect(await press(page, { key: "t", code: "KeyK", ctrlKey: true })).toBe(false);
  expect(await press(page, { key: "!", code: "Slash" })).toBe(false);
  expect(await press(page, { key: "-", code: "Slash" })).toBe(false);
  await expect(links(page).nth(0)).toBeFocused();
  await press(page, { key: "/", code: "Digit7", shiftKey: true });
  await expect(search(page)).toBeFocused();
  await press(page, { key: "k", code: "KeyV", ctrlKey: true });
  await expect(palette(page)).toBeVisible();
});

/** The marks of such a key press in browsers; Safari sends the second with the Enter that ends a composition. */
const COMPOSING = { "while an input method composes": { isComposing: true }, "with an input method's key code": { keyCode: 229 } };

for (const [when, composing] of Object.entries(COMPOSING)) {
  inbox(`Enter and arrows ${when} are left to it in the palette`, async ({ atInbox: page }) => {
    await page.keyboard.press("Control+k");
    const chosen = palette(page).getByRole("option", { selected: true });
    const first = (await chosen.textContent()) ?? "";
    expect(await press(page, { key: "ArrowDown", code: "ArrowDown", ...composing })).toBe(false);
    expect(await press(page, { key: "Enter", code: "Enter", ...composing })).toBe(false);
    await expect(palette(page)).toBeVisible();
    await expect(chosen).toHaveText(first);
    await press(page, { key: "ArrowDown", code: "ArrowDown" });
    await expect(chosen).not.toHaveText(first);
  });

  inbox(`Enter, Escape and letters ${when} are left to it in the inbox`, async ({ atInbox: page }) => {
    await page.keyboard.press("j");
    await expect(links(page).nth(0)).toBeFocused();
    for (const key of ["Enter", "Escape", "ArrowDown", "j", "/", "?"]) {
      expect(await press(page, { key, code: "KeyJ", ...composing }), key).toBe(false);
    }
    await expect(links(page).nth(0)).toBeFocused();
    await expect(page).toHaveURL(/\/inbox$/);
  });
}

test("a real composition in the palette is kept, and Enter then runs the command", async ({ signInAs }) => {
  const page = await signInAs("admin", "/");
  await settled(page);
  await page.keyboard.press("Control+k");
  const field = palette(page).getByRole("combobox");
  await expect(field).toBeFocused();
  const browser = await page.context().newCDPSession(page);
  await browser.send("Input.imeSetComposition", { text: "Sett", selectionStart: 4, selectionEnd: 4 });
  await press(page, { key: "Enter", code: "Enter", isComposing: true, keyCode: 229 });
  await browser.send("Input.insertText", { text: "Settings" });
  await expect(field).toHaveValue("Settings");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
});

inbox("shortcuts of a single key can be switched off, and Ctrl K stays", async ({ atInbox: page }) => {
  await page.goto("/settings");
  await expect(single(page)).toBeChecked();
  await single(page).uncheck();
  await expectAccessible(page);
  await page.reload();
  await expect(single(page)).not.toBeChecked();

  await page.goto("/inbox");
  await expect(links(page)).toHaveCount(3);
  await settled(page);
  for (const key of ["j", "k", "/", "?"]) expect(await press(page, { key }), key).toBe(false);
  // The table has the focus: its letters are no exception, its arrows are.
  await page.getByRole("group", { name: "Inbox" }).focus();
  expect(await press(page, { key: "j", code: "KeyJ" })).toBe(false);
  await press(page, { key: "ArrowDown" });
  await expect(links(page).nth(0)).toBeFocused();
  await expect(search(page)).not.toBeFocused();
  await expect(help(page)).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
});

inbox("the list of shortcuts says that those of a single key are off, and leaves them out", async ({ atInbox: page }) => {
  const open = page.getByRole("button", { name: "Keyboard shortcuts" });
  await open.click();
  await expect(help(page)).toContainText("can be switched off in Settings");
  await expect(help(page).getByRole("row", { name: "Next ticket" })).toContainText("j");
  await page.keyboard.press("Escape");
  await page.goto("/settings");
  await single(page).uncheck();
  await page.goto("/inbox");
  await open.click();
  await expect(help(page)).toContainText("are switched off");
  await expect(help(page).getByRole("row", { name: "Next ticket" })).not.toContainText("j");
  await expect(help(page).getByRole("row", { name: "Search the list" })).toHaveCount(0);
  await expect(help(page).getByRole("row", { name: "Open the command palette" })).toContainText("K");
});
