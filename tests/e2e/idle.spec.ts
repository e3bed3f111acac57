// Before a session ends by itself its user is warned, in time, and can go on.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

const warning = (page: Page) => page.getByRole("alertdialog", { name: "Are you still there?" });
const over = (page: Page) => page.getByRole("dialog", { name: "Your session is over" });

test.describe("a session of a few seconds", () => {
  test.use({ settings: { toml: "[session]\nidle_seconds = 12" } });

  test("half of it before the end there is a warning; who stays, stays in every tab", async ({ signInAs, context }) => {
    const page = await signInAs("admin", "/settings");
    const other = await context.newPage();
    await other.goto("/settings");
    await expect(warning(page)).toBeVisible();
    await expect(warning(page)).toContainText(/You will be signed out in 00:0\d/);
    await expect(warning(page).getByRole("button", { name: "Stay signed in" })).toBeFocused();
    await expectAccessible(page);
    await expect(warning(other)).toBeVisible();
    await warning(page).getByRole("button", { name: "Stay signed in" }).click();
    await expect(warning(page)).toHaveCount(0);
    await expect(warning(other)).toHaveCount(0);
    await expect(over(page)).toHaveCount(0);
  });

  test("who does not answer is signed out, and signs in over the page", async ({ signInAs }) => {
    const page = await signInAs("admin", "/channel-accounts/new");
    await page.getByLabel("Name", { exact: true }).fill("Typed before the end");
    await expect(warning(page)).toBeVisible({ timeout: 20_000 });
    await expect(over(page)).toBeVisible({ timeout: 20_000 });
    await expect(warning(page)).toHaveCount(0);
    await over(page).getByRole("button", { name: "Continue as demo admin" }).click();
    await expect(over(page)).toHaveCount(0);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Typed before the end");
  });

  test("Escape stays, and Sign out signs out", async ({ signInAs }) => {
    const page = await signInAs("admin", "/settings");
    await expect(warning(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(warning(page)).toHaveCount(0);
    await expect(warning(page)).toBeVisible();
    await warning(page).getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expect(warning(page)).toHaveCount(0);
  });

  test("who types is not asked, however long the typing takes", async ({ signInAs }) => {
    const page = await signInAs("admin", "/channel-accounts/new");
    const name = page.getByLabel("Name", { exact: true });
    // Longer than the session would last; a warning would take the keys.
    const text = "who types is there, and is not asked whether";
    await name.pressSequentially(text, { delay: 400, timeout: 40_000 });
    await expect(name).toHaveValue(text);
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    expect((await (await page.request.get("/api/session")).json()).user).not.toBeNull();
  });
});

test.describe("a session at its longest", () => {
  test.use({ settings: { toml: "[session]\nabsolute_seconds = 12" } });

  test("the warning says that it can't go on, and is closed until then", async ({ signInAs }) => {
    const page = await signInAs("admin", "/settings");
    await expect(warning(page)).toContainText("the longest time for one session is over");
    await expect(warning(page).getByRole("button", { name: "Stay signed in" })).toHaveCount(0);
    await warning(page).getByRole("button", { name: "Go on" }).click();
    await expect(warning(page)).toHaveCount(0);
    await expect(over(page)).toBeVisible({ timeout: 20_000 });
  });
});
