// Back and Forward from a form with something unsaved are asked about, as a link is.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const nav = (page: Page, name: string) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });
const secret = (page: Page) => page.getByRole("main").getByLabel("Access token", { exact: true });
/** Moves in the history while the next question is answered so; gives its words, none if nobody asked. */
async function move(page: Page, way: "back" | "forward", answer: "accept" | "dismiss"): Promise<string> {
  const asked = page.waitForEvent("dialog").then(async (dialog) => {
    await dialog[answer]();
    return dialog.message();
  });
  await page.evaluate((way) => history[way](), way);
  return asked;
}

/** From the list to the form of a new account, with a secret in it. */
async function typeSecret(page: Page) {
  await page.getByRole("main").getByRole("link", { name: "New channel account" }).click();
  await page.getByText("Credentials, filter and e-mail server").click();
  await page.getByLabel("What to do with the channel identity").selectOption("Set");
  await secret(page).fill("typed-secret");
}

test("Back from a form with a typed secret asks: Stay keeps it, Leave goes back", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await typeSecret(page);
  expect(await move(page, "back", "dismiss")).toContain("unsaved changes");
  await expect(page).toHaveURL("/channel-accounts/new");
  await expect(heading(page, "New channel account")).toBeVisible();
  await expect(secret(page)).toHaveValue("typed-secret");

  // Not only the first time.
  expect(await move(page, "back", "dismiss")).toContain("unsaved changes");
  await expect(secret(page)).toHaveValue("typed-secret");
  await move(page, "back", "accept");
  await expect(page).toHaveURL("/channel-accounts");
  await expect(heading(page, "Channel accounts")).toBeVisible();
});

test("Forward asks too, and the next page is still there after Stay", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await page.getByRole("main").getByRole("link", { name: "New channel account" }).click();
  await expect(heading(page, "New channel account")).toBeVisible();
  await nav(page, "Customers").click();
  await expect(heading(page, "Customers")).toBeVisible();
  await page.goBack();
  await page.getByLabel("Name", { exact: true }).fill("Typed");
  await move(page, "forward", "dismiss");
  await expect(page).toHaveURL("/channel-accounts/new");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Typed");
  await move(page, "forward", "accept");
  await expect(heading(page, "Customers")).toBeVisible();
  await expect(page).toHaveURL("/customers");
});

test("nothing asks without a change, or after Save", async ({ signInAs, page }) => {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void dialog.accept();
  });
  await signInAs("admin", "/channel-accounts");
  await page.getByRole("main").getByRole("link", { name: "New channel account" }).click();
  await expect(heading(page, "New channel account")).toBeVisible();
  await page.goBack();
  await expect(heading(page, "Channel accounts")).toBeVisible();
  await page.goForward();
  for (const label of ["Channel", "Original account ID", "Name", "Display name"]) await page.getByLabel(label, { exact: true }).fill("Saved");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(heading(page, "Saved")).toBeVisible();
  await page.goBack();
  await expect(heading(page, "New channel account")).toBeVisible();
  expect(asked).toEqual([]);
});
