// The agents of a vendor account: who can sign in to it, and who needs no second factor.
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

test("an admin goes from the account to its agents, finds those without a second factor, and returns", async ({ signInAs }) => {
  const page = await signInAs("admin", "/account?account=8%40online");
  await page.getByRole("link", { name: "Agents of this account" }).click();
  await expect(page).toHaveURL(/\/account\/8%40online\/agents$/);
  await expect(page.getByRole("heading", { level: 1, name: "Account agents" })).toBeFocused();
  const table = page.getByRole("table", { name: "Account agents" });
  const first = table.getByRole("row").filter({ hasText: "Dana Levin" });
  await expect(first).toContainText("administrator");
  await expect(first).toContainText("Text message");
  await expectAccessible(page);

  await page.getByRole("main").getByRole("searchbox").fill("none");
  await expect(table.locator("tbody tr[aria-rowindex]")).toHaveCount(4);
  await page.getByRole("link", { name: "Account 8@online" }).click();
  await expect(page.getByLabel("Account", { exact: true })).toHaveValue("8@online");
});

test("an unknown account and an address without a server show an error", async ({ signInAs, page, guard }) => {
  await signInAs("admin", "/account/9999%40online/agents");
  const problem = page.getByRole("main").getByRole("alert");
  await expect(problem).toContainText("99digital rejected the request");
  await expect(problem).toContainText("The account ID is not valid");
  guard.allow(/status of 422/);
  await page.goto("/account/8/agents");
  await expect(problem).toContainText("server");
});

test("an agent is refused at the page and at its endpoint", async ({ signInAs, page }) => {
  await signInAs("agent", "/account/8%40online/agents");
  await expect(page.getByRole("heading", { name: "You don't have access" })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  const headers = { "X-Trunkline": "1" };
  const answer = await page.request.post("/api/digital99/online/getAgents", { headers, data: { accountID: 8, server: "online" } });
  expect(answer.status()).toBe(403);
});

test.describe("against 99digital", () => {
  test.use({ vendors: "upstream" });

  test("the account's agents are asked for by its id and server", async ({ signInAs, upstreams }) => {
    const page = await signInAs("admin", "/account/8%40online/agents");
    await expect(page.getByRole("row").filter({ hasText: "רינה כהן" })).toContainText("E-mail");
    await expect(page.getByRole("row").filter({ hasText: "Sam O'Neil" })).toContainText("None");
    const asked = upstreams.digital99.requests.find(({ path }) => path.endsWith("/online/getAgents"));
    expect(asked?.json).toEqual({ accountID: 8, server: "online" });
  });
});
