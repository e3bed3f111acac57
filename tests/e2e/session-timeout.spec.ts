// Before a session ends by itself its user is warned, in time, and can go on.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

const warning = (page: Page) => page.getByRole("alertdialog", { name: "Are you still there?" });
const over = (page: Page) => page.getByRole("dialog", { name: "Your session has ended" });

test.describe("with a session of a few seconds", () => {
  test.use({ settings: { toml: "[session]\nidle_seconds = 12" } });

  test("a warning appears at half the time; Stay extends the session in every tab", async ({ signInAs, context }) => {
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

  test("an unanswered warning signs out, and sign-in opens over the page", async ({ signInAs }) => {
    const page = await signInAs("admin", "/channel-accounts/new");
    await page.getByLabel("Name", { exact: true }).fill("Typed before the end");
    await expect(warning(page)).toBeVisible({ timeout: 20_000 });
    await expect(over(page)).toBeVisible({ timeout: 20_000 });
    await expect(warning(page)).toHaveCount(0);
    await over(page).getByRole("button", { name: "Continue as demo admin" }).click();
    await expect(over(page)).toHaveCount(0);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Typed before the end");
  });

  test("Escape stays, Sign out signs out", async ({ signInAs }) => {
    const page = await signInAs("admin", "/settings");
    await expect(warning(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(warning(page)).toHaveCount(0);
    await expect(warning(page)).toBeVisible();
    await warning(page).getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    await expect(warning(page)).toHaveCount(0);
  });

  test("typing extends the session without a warning", async ({ signInAs }) => {
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

test.describe("a session at its maximum age", () => {
  test.use({ settings: { toml: "[session]\nabsolute_seconds = 12" } });

  test("the warning says that it cannot be extended and can be closed", async ({ signInAs, guard }) => {
    // What the page asks for by itself may be asked just then.
    guard.allow(/status of 401/);
    const page = await signInAs("admin", "/settings");
    await expect(warning(page)).toContainText("the session has reached its maximum length");
    await expect(warning(page).getByRole("button", { name: "Stay signed in" })).toHaveCount(0);
    await warning(page).getByRole("button", { name: "Continue" }).click();
    await expect(warning(page)).toHaveCount(0);
    await expect(over(page)).toBeVisible({ timeout: 20_000 });
  });
});
