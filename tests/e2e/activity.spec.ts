// Who changed what: the gateway's own record, for admins.
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

const headers = { "X-Trunkline": "1" };

test("an admin sees who changed what and what came of it, finds it, and no value stands in it", async ({ signInAs, page }) => {
  await signInAs("admin", "/activity");
  const accounts = "/api/comm100/ticketing/channelAccounts";
  expect((await page.request.post(`${accounts}/${SAMPLE.id}:enableBot`, { headers })).ok()).toBe(true);
  expect((await page.request.delete(`${accounts}/no-such-account`, { headers })).status()).toBe(404);
  await page.reload();
  const table = page.getByRole("table", { name: "Activity" });
  await expect(table).toHaveAttribute("aria-rowcount", "4");
  const rows = table.getByRole("row");
  await expect(rows.nth(1)).toContainText("demo admin");
  await expect(rows.nth(1)).toContainText("Channel accounts");
  await expect(rows.nth(1)).toContainText("Remove");
  await expect(rows.nth(1)).toContainText("Refused (404)");
  await expect(rows.nth(2)).toContainText("Turn bot on");
  await expect(rows.nth(2)).toContainText("Done");
  await expect(rows.nth(3)).toContainText("Sign in");
  await expect(table).not.toContainText("no-such-account");
  await expectAccessible(page);
  await page.getByRole("searchbox").fill("turn bot");
  await expect(table).toHaveAttribute("aria-rowcount", "2");
  await page.getByRole("searchbox").fill("nobody did this");
  await expect(page.getByText("No entry matches")).toBeVisible();
});

test("an agent is not offered it, and is told so at its address", async ({ signInAs, page }) => {
  await signInAs("agent", "/activity");
  await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" })).toHaveCount(0);
});
