// In and out, as a person does it: by the buttons, by name and password, and back to where one wanted to go.
import { signOut } from "./support/person";
import { expect, test } from "./support/test";
import { addUser } from "./support/users";

test("a demo admin continues to the overview and signs out again", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Channel accounts" }).first()).toBeVisible();

  await signOut(page);
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.goto("/channel-accounts");
  await expect(page.getByRole("button", { name: "Continue as demo admin" })).toBeVisible();
});

test("a demo agent is not offered admin pages and is refused at their addresses", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue as demo agent" }).click();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Inbox" })).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Channel accounts" })).toHaveCount(0);
  await page.goto("/channel-accounts");
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
});

test("an agent lands in the inbox after sign-in, and reaches the overview by the navigation", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Continue as demo agent" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  await expect(page).toHaveURL("/inbox");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  // Not each time: whoever opens the overview's address gets it.
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page).toHaveURL("/");
});

test("a deep link opens after sign-in", async ({ page }) => {
  await page.goto("/events/2039");
  await page.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(page).toHaveURL(/\/events\/2039$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a user signs in with name and password; a wrong password is reported and the input kept", async ({ page, server, guard }) => {
  guard.allow(/status of 4(01|22)/);
  addUser(server, "ada", "correct horse battery", "admin");
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

  test("the language is selected by its own name and kept through sign-in and reload", async ({ page }) => {
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

test("signing in over a page does not ask for a language", async ({ signInAs, page, guard }) => {
  guard.allow(/status of 401/);
  // Everything the page asks by itself has been answered: the next request is the click's.
  const stream = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/live");
  await signInAs("admin", "/settings");
  await expect(page.getByRole("main").getByRole("row", { name: /jtel/ })).toBeVisible();
  await stream;
  await page.context().clearCookies();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "ACD events" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Continue as demo admin" })).toBeVisible();
  await expect(dialog.getByRole("combobox")).toHaveCount(0);
});
