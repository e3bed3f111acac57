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
  await expect(page.getByRole("alert").first()).toBeVisible();
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
