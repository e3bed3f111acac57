// The navigation: groups, folded to icons on a large screen, a sheet over the page on a small one.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { painted, sideways, smallTargets } from "./support/checks";
import { expect, test } from "./support/test";

const nav = (page: Page) => page.getByRole("navigation", { name: "Main" });
const group = (page: Page, name: string) => nav(page).getByRole("list", { name, exact: true }).getByRole("link");
const fold = (page: Page) => page.getByRole("button", { name: "Collapse navigation" });
const unfold = (page: Page) => page.getByRole("button", { name: "Expand navigation" });

test("an admin's pages are in groups", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await expect(group(page, "Work")).toHaveText(["ACD events", "Customers"]);
  await expect(group(page, "Set up")).toHaveText(["Channel accounts", "External APIs", "Account", "Agents"]);
  await expect(group(page, "Watch")).toHaveText(["Overview", "Activity"]);
  await expect(nav(page).getByRole("link").last()).toHaveText("Settings");
  await expect(nav(page).getByRole("link", { name: "Settings" })).toHaveAttribute("aria-current", "page");
});

test("an agent's pages are in groups", async ({ signInAs }) => {
  const page = await signInAs("agent", "/settings");
  await expect(group(page, "Work")).toHaveText(["Inbox", "ACD events", "Customers"]);
  await expect(group(page, "Set up")).toHaveCount(0);
  await expect(group(page, "Watch")).toHaveText(["Overview"]);
});

test("folded to icons it keeps its names, and stays so in this browser", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  const link = nav(page).getByRole("link", { name: "Customers" });
  const wide = (await nav(page).boundingBox())!.width;
  await fold(page).click();
  await expect.poll(async () => (await nav(page).boundingBox())!.width).toBeLessThan(wide / 3);
  await expect(unfold(page)).toBeFocused();
  // Its name stands beside an icon that is pointed at or has the focus.
  const text = link.locator(".nav-text");
  await expect(text).toHaveCSS("opacity", "0");
  await link.hover();
  await expect(text).toHaveCSS("opacity", "1");
  await page.mouse.move(600, 400);
  await expect(text).toHaveCSS("opacity", "0");
  await page.keyboard.press("Tab");
  await link.focus();
  await expect(text).toHaveCSS("opacity", "1");
  await expectAccessible(page);
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();

  await page.reload();
  await expect(unfold(page)).toBeVisible();
  expect((await nav(page).boundingBox())!.width).toBeLessThan(wide / 3);
  await unfold(page).click();
  await expect(fold(page)).toBeVisible();
  await expect.poll(async () => (await nav(page).boundingBox())!.width).toBe(wide);
});

for (const language of ["en", "he"]) {
  test(`at 390 px the menu is a sheet over the page: ${language}`, async ({ signInAs, page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.addInitScript((language) => localStorage.setItem("trunkline.language", language), language);
    await signInAs("agent", "/customers");
    const menu = page.locator("button[aria-controls=nav]");
    const sheet = page.locator("#nav");
    const heading = page.getByRole("heading", { level: 1 });
    const { y } = (await heading.boundingBox())!;
    await expect(sheet).toBeHidden();
    await menu.click();
    await expect(sheet).toBeVisible();
    await expect(sheet.getByRole("link").first()).toBeFocused();
    expect((await heading.boundingBox())!.y).toBe(y);
    await expect(menu).toHaveAttribute("aria-expanded", "true");
    await expectAccessible(page);
    await painted(page);
    expect(await sideways(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);

    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await expect(menu).toBeFocused();
    // What it covers closes it.
    await menu.click();
    await expect(sheet).toBeVisible();
    await page.mouse.click(language === "he" ? 15 : 375, 500);
    await expect(sheet).toBeHidden();

    await menu.click();
    await sheet.getByRole("link").nth(1).click();
    await expect(page).toHaveURL(/\/events$/);
    await expect(sheet).toBeHidden();
    await expect(heading).toBeFocused();
  });
}

test("a window that grows while the sheet is open leaves the page usable", async ({ signInAs, page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await signInAs("admin", "/settings");
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(nav(page)).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByLabel("Density", { exact: true }).selectOption({ label: "Comfortable" });
  await expect(page.locator("html")).toHaveAttribute("data-density", "comfortable");
});

test("the search button shows its key and opens the commands", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  const search = page.getByRole("button", { name: "Commands", exact: true });
  await expect(search.locator("kbd")).toHaveAttribute("data-key", "Ctrl K");
  const [box, bar] = [(await search.boundingBox())!, (await page.getByRole("banner").boundingBox())!];
  // In the middle of the window.
  expect(Math.abs(box.x + box.width / 2 - bar.width / 2)).toBeLessThan(2);
  await search.click();
  await expect(page.getByRole("dialog")).toBeVisible();
});
