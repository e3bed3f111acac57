// A session under an open tab: what the console asks by itself doesn't keep it alive, what a person does keeps it.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { AGENT } from "./upstreams/oneview.mjs";

const BACKGROUND = "x-trunkline-background";
/** Shorter than the polls' interval; longer than the time-out warning's lead. */
const [SHORT, LONG] = [8, 60];
const headers = { "X-Trunkline": "1" };

/** Seconds until the session ends by itself; to ask so doesn't make it longer. */
async function left(page: Page): Promise<number> {
  const answer = await page.request.get("/api/session", { headers: { [BACKGROUND]: "1" } });
  return (await answer.json()).idleLeft;
}

test.describe("with a short limit", () => {
  test.use({ settings: { toml: `[session]\nidle_seconds = ${SHORT}\n` } });

  test("polls continue, and the session still expires", async ({ signInAs, page, guard }) => {
    guard.allow(/status of (401|503)/);
    // Without a stream, online, the inbox asks every 5 seconds: each would come before the limit.
    await page.route("**/api/live*", (route) => route.fulfill({ status: 503 }));
    await signInAs("agent", "/settings");
    await page.request.put(`/api/oneview/v1/${AGENT}/online`, { headers });
    await page.goto("/inbox");
    await expect(page.getByRole("switch", { name: "Online" })).toHaveAttribute("aria-checked", "true");
    const polls: boolean[] = [];
    page.on("request", (request) => {
      if (new URL(request.url()).pathname.endsWith("/tickets")) polls.push(BACKGROUND in request.headers());
    });
    await expect(page.getByRole("dialog", { name: "Your session has ended" })).toBeVisible({ timeout: 30_000 });
    expect(polls.length).toBeGreaterThan(0);
    expect(polls).not.toContain(false);
  });

});

test.describe("with a longer limit", () => {
  test.use({ settings: { toml: `[session]\nidle_seconds = ${LONG}\n` } });

  test("a click extends the session, a poll does not", async ({ signInAs, page }) => {
    await signInAs("admin", "/channel-accounts");
    await expect(page.getByRole("table", { name: "Channel accounts" })).toBeVisible();
    // Requests in quick succession are recorded once.
    await expect.poll(() => left(page)).toBeLessThan(LONG - 4);
    const asked = page.waitForRequest((request) => request.url().includes("/channelAccounts"));
    await page.getByRole("button", { name: /Refresh/ }).click();
    expect(BACKGROUND in (await asked).headers()).toBe(false);
    await expect.poll(() => left(page)).toBeGreaterThanOrEqual(LONG - 2);
  });
});

test("opening a page counts as user activity, a stream message does not", async ({ signInAs, page }) => {
  const asked: boolean[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.endsWith("/channelAccounts")) asked.push(BACKGROUND in request.headers());
  });
  await signInAs("admin", "/channel-accounts?q=elsewhere");
  const table = page.getByRole("table", { name: "Channel accounts" });
  await expect(table).toHaveAttribute("aria-rowcount", "1");
  expect(asked).toEqual([false]);
  const account = {
    appId: "WeChat", originalAccountId: "gh_1", name: "elsewhere", screenName: "elsewhere", isEnabled: true,
    isBotEnabled: false, percentageToBotWhenOnline: 0, percentageToBotWhenOffline: 0, isDefault: false,
  };
  await page.request.post("/api/comm100/ticketing/channelAccounts", { data: account, headers });
  await expect(table.getByRole("link", { name: "elsewhere", exact: true })).toBeVisible();
  expect(asked.slice(1)).not.toContain(false);
});
