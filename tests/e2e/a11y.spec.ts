// Accessibility of what no page's own journeys check: sign-in, addresses without a page, channel accounts.
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("sign-in, and what it says of a wrong password", async ({ page, guard }) => {
      guard.allow(/status of 422/);
      await page.goto("/");
      await expect(page.getByRole("button", { name: "Continue as demo admin" })).toBeVisible();
      await expectAccessible(page);
      await page.getByLabel("Name", { exact: true }).fill("nobody");
      await page.getByLabel("Password", { exact: true }).fill("wrong");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page.getByRole("alert").getByText(/\S/)).toBeVisible();
      await expectAccessible(page);
    });

    test("no page at an address, and a page that the role has not", async ({ signInAs }) => {
      const page = await signInAs("agent", "/nothing/here");
      await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
      await expectAccessible(page);
      await page.goto("/channel-accounts");
      await expect(page.getByText("Your role doesn't include this page")).toBeVisible();
      await expectAccessible(page);
    });

    test("channel accounts: list, record, the question before removal, form with and without faults", async ({ signInAs }) => {
      const page = await signInAs("admin", "/channel-accounts");
      const links = page.getByRole("table", { name: "Channel accounts" }).getByRole("link");
      await expect(links.first()).toBeVisible();
      await expectAccessible(page);
      await links.first().click();
      await expect(page.getByRole("switch", { name: "Bot enabled" })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Remove" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("link", { name: "Edit" }).click();
      await page.getByLabel("Name", { exact: true }).fill("");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
      await expectAccessible(page);
    });
  });
}
