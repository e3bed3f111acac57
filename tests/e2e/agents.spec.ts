// The agents' list: who is online, as one-view last confirmed it to the gateway.
import { expectAccessible } from "./support/axe";
import { expect, test } from "./support/test";

test("an admin sees an agent go online, and finds the agent by name", async ({ signInAs, browser, page }) => {
  await signInAs("admin", "/agents");
  const table = page.getByRole("table", { name: "Agents" });
  const row = table.getByRole("row").filter({ hasText: "demo agent" });
  await expect(row).toContainText("Not known");

  const agent = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const headers = { "X-Trunkline": "1" };
  const session = await agent.request.post("/api/session", { headers, data: { demo: "agent" } });
  const { agentId } = (await session.json()).user;
  expect((await agent.request.put(`/api/oneview/v1/${agentId}/online`, { headers })).ok()).toBe(true);
  await agent.close();

  await page.reload();
  await expect(row).toContainText("Online");
  await expectAccessible(page);
  await page.getByRole("searchbox").fill("no such agent");
  await expect(page.getByText("No matching agents")).toBeVisible();
});

test("an agent is refused at the agents' page and at its endpoint", async ({ signInAs, page }) => {
  await signInAs("agent", "/agents");
  await expect(page.getByRole("heading", { level: 1, name: "Agents" })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  expect((await page.request.get("/api/agents")).status()).toBe(403);
});
