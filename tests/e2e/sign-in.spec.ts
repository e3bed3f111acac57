// In and out, as a person does it: by the buttons, by name and password, and back to where one wanted to go.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { PROGRAM } from "./support/server";
import { expect, test } from "./support/test";

test("a demo admin continues to the overview and signs out again", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Channel accounts" }).first()).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.goto("/channel-accounts");
  await expect(page.getByRole("button", { name: "Continue as demo admin" })).toBeVisible();
});

test("a demo agent is not offered the admin's pages, and is told so at their addresses", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue as demo agent" }).click();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Inbox" })).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Channel accounts" })).toHaveCount(0);
  await page.goto("/channel-accounts");
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
});

test("a deep link waits behind sign-in", async ({ page }) => {
  await page.goto("/events/2039");
  await page.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(page).toHaveURL(/\/events\/2039$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a real user signs in with name and password; a wrong one is told so and nothing typed is lost", async ({ page, server, guard }) => {
  guard.allow(/status of 4(01|22)/);
  execFileSync(PROGRAM, ["--data", join(server.folder, "data"), "user", "add", "ada", "--role", "admin"], {
    input: "correct horse battery\n",
  });
  await page.goto("/sign-in");
  await page.getByLabel("Name", { exact: true }).fill("ada");
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").first()).toHaveText("Name or password is wrong.");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("ada");

  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page).toHaveURL("/");
});

test("a session survives a restart of the server", async ({ signInAs, server }) => {
  const page = await signInAs("admin");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await server.restart();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

test.describe("in a browser of another language", () => {
  test.use({ locale: "fr-FR" });

  test("the language is chosen by its own name, and kept through sign-in and a reload", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: "Connexion" })).toBeVisible();
    const choice = page.getByLabel("Langue");
    await expect(choice.locator("option")).toHaveText(["English", "Deutsch", "Français", "עברית", "简体中文"]);
    await expect(choice).toHaveValue("fr");
    await choice.selectOption("עברית");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.getByRole("heading", { level: 1, name: "כניסה" })).toBeVisible();
    await page.getByRole("button", { name: /admin|מנהל/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "סקירה" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "סקירה" })).toBeVisible();
  });
});

test("who signs in again over a page is not asked for a language", async ({ signInAs, page, guard }) => {
  guard.allow(/status of 401/);
  await signInAs("admin", "/settings");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "ACD events" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Continue as demo admin" })).toBeVisible();
  await expect(dialog.getByRole("combobox")).toHaveCount(0);
});
