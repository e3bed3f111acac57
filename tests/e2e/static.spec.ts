// The app without the gateway: static files behind a foreign proxy, by config.json alone.
import { personButton } from "./support/person";
import { expect, test } from "./support/static-test";
import { SECRETS } from "./upstreams/index.mjs";

test.use({ secrets: SECRETS });

test("there is no sign-in, and lists come from the vendors", async ({ page, upstreams }) => {
  await page.goto("/channel-accounts");
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Comm100", exact: true })).toBeVisible();
  expect(upstreams.comm100.last("GET", "/ticketing/channelAccounts")?.headers.authorization).toMatch(/^Bearer upstream-/);
  await expect(personButton(page)).toHaveCount(0);

  await page.getByRole("link", { name: "ACD events" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "ACD events" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^A new ticket 123456/ })).toBeVisible();
});

test("the inbox uses the agent of config.json", async ({ page, upstreams }) => {
  await page.goto("/inbox");
  await expect(page.getByRole("link", { name: "hugo dan", exact: true })).toBeVisible();
  await page.getByRole("switch", { name: "Online" }).click();
  await expect.poll(() => upstreams.oneview.agent.online).toBe(true);
});

test("a customer is found", async ({ page }) => {
  await page.goto("/customers");
  await page.getByLabel("Phone, e-mail or ID", { exact: true }).fill("49199123456789");
  await page.getByRole("button", { name: "Look up" }).click();
  await expect(page.getByText("Hugo Dan").first()).toBeVisible();
});

test("the account is renamed; sign-in's address redirects to the overview", async ({ page, upstreams }) => {
  await page.goto("/sign-in");
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Account", exact: true }).click();
  await expect(page.getByLabel("Account", { exact: true })).toHaveValue("8@online");
  await page.getByLabel("Account name", { exact: true }).fill("Renamed without a gateway");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  expect(upstreams.digital99.account.account_name).toBe("Renamed without a gateway");
});

test("an event opens; without a gateway its HTML stays text", async ({ page }) => {
  await page.goto("/events/2039");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("A new ticket 123456");
  await expect(page.locator("iframe")).toHaveCount(0);
});
