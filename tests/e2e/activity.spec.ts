// The activity: who changed what, for admins.
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";
import { SAMPLE } from "./upstreams/comm100.mjs";

const headers = { "X-Trunkline": "1" };

test("an admin sees and searches who changed what with which outcome, without values", async ({ signInAs, page }) => {
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
  await expect(rows.nth(2)).toContainText("Succeeded");
  await expect(rows.nth(3)).toContainText("Sign in");
  await expect(table).not.toContainText("no-such-account");
  // What was changed: by name, with a link, and in the record's own history.
  const record = rows.nth(2).getByRole("link");
  await expect(record).toHaveAttribute("href", `/channel-accounts/${SAMPLE.id}`);
  await expect(rows.nth(1).getByRole("link")).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("searchbox").fill("turn bot");
  await expect(table).toHaveAttribute("aria-rowcount", "2");
  await page.getByRole("searchbox").fill("nobody did this");
  await expect(page.getByText("No matching entries")).toBeVisible();
});

test("a bulk run is one row, and filters narrow the list", async ({ signInAs, page }) => {
  await signInAs("admin", "/activity");
  const accounts = "/api/comm100/ticketing/channelAccounts";
  const all: { id: string; name: string }[] = await (await page.request.get(accounts)).json();
  for (const { id } of all.slice(0, 3)) {
    await page.request.post(`${accounts}/${id}:disableBot`, { headers: { ...headers, "X-Trunkline-Run": "run-1" } });
  }
  await page.request.delete(`${accounts}/no-such-account`, { headers });
  await page.reload();
  const table = page.getByRole("table", { name: "Activity" });
  const run = table.getByRole("row").filter({ hasText: "Turn bot off × 3" });
  await expect(run).toHaveCount(1);
  await expect(run).toContainText("Succeeded");
  for (const { name } of all.slice(0, 3)) await expect(run).toContainText(name);
  await page.getByRole("button", { name: "Outcome" }).first().click();
  await page.getByRole("checkbox", { name: "Refused" }).check();
  await expect(page).toHaveURL(/outcome=refused/);
  await expect(table).toHaveAttribute("aria-rowcount", "2");
  await expect(table.getByRole("row").nth(1)).toContainText("Refused (404");
});

test("a channel account tells its own changes, those of other accounts are elsewhere", async ({ signInAs, page }) => {
  await signInAs("admin", "/channel-accounts");
  const accounts = "/api/comm100/ticketing/channelAccounts";
  const [own, other]: { id: string; name: string }[] = await (await page.request.get(accounts)).json();
  await page.request.post(`${accounts}/${other!.id}:disableBot`, { headers });
  await page.goto(`/channel-accounts/${own!.id}`);
  const changes = page.getByRole("region", { name: "Changes" });
  await expect(changes.getByText("No changes yet")).toBeVisible();
  await page.getByRole("switch", { name: "Bot enabled" }).click();
  await expect(changes.getByRole("listitem")).toHaveText(/demo admin.*Turn bot on.*Succeeded/);
});

test("an agent is not offered the activity page and is refused at its address", async ({ signInAs, page }) => {
  await signInAs("agent", "/activity");
  await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" })).toHaveCount(0);
});
