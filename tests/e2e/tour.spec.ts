// The tour shows once on the first visit, blocks nothing, and can be repeated from the settings.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { signOut } from "./support/person";
import { expect, test } from "./support/test";

test.use({ tour: true });

const card = (page: Page) => page.getByRole("complementary");
const press = (page: Page, name: string) => card(page).getByRole("button", { name }).click();

test("an agent's first visit shows three steps, once", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox");
  const rows = page.getByRole("table", { name: "Inbox" }).getByRole("link");
  await expect(rows.first()).toBeVisible();
  const at = await rows.first().boundingBox();
  await expect(card(page)).toContainText("Step 1 of 3");
  // It takes no focus, moves nothing and covers nothing that can be clicked.
  await expect(page.getByRole("heading", { name: "Your pages" })).not.toBeFocused();
  expect(await rows.first().boundingBox()).toEqual(at);
  await rows.first().click({ trial: true });
  await expectAccessible(page);

  await press(page, "Next");
  await expect(page.getByRole("heading", { name: "Find anything" })).toBeFocused();
  await press(page, "Next");
  await expect(page.getByRole("heading", { name: "Online or offline" })).toBeFocused();
  await expect(card(page).getByRole("button", { name: "Skip" })).toHaveCount(0);
  await press(page, "Done");
  await expect(card(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeFocused();

  await page.reload();
  await expect(page.locator(".corner")).toBeAttached();
  // The automatic tour starts a second later; from the settings it starts at once.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await expect(card(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Take the tour" }).click();
  await expect(page.getByRole("heading", { name: "Your pages" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(card(page)).toHaveCount(0);
});

test("an admin skips the tour; forms are left alone", async ({ signInAs, page }) => {
  await page.clock.install();
  await signInAs("admin", "/channel-accounts/new");
  await expect(page.locator(".corner")).toBeAttached();
  await page.clock.fastForward(10_000);
  await expect(card(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(card(page)).toContainText("All vendors");
  await press(page, "Skip");
  await expect(card(page)).toHaveCount(0);

  // Another user of the same browser has not seen it.
  await signOut(page);
  await page.getByRole("button", { name: "Continue as demo agent" }).click();
  await expect(card(page)).toContainText("Your inbox");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`accessible in ${colorScheme} at 390 px, in Hebrew`, async ({ signInAs, page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.addInitScript(() => localStorage.setItem("trunkline.language", "he"));
    await signInAs("admin", "/settings");
    for (let step = 0; step < 3; step += 1) {
      await expect(card(page)).toContainText(`${step + 1}`);
      await expectAccessible(page);
      await card(page).getByRole("button").first().click();
    }
    await expect(card(page)).toHaveCount(0);
  });
}
