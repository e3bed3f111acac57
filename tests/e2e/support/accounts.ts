// Channel accounts made past the console, so that a page hears of them by the event stream alone.
import { expect, type Page } from "@playwright/test";

/** Creates a channel account with the page's session. */
export async function createAccount(page: Page, name: string) {
  const account = {
    appId: "WeChat", originalAccountId: `gh_${name}`, name, screenName: name, isEnabled: true, isBotEnabled: false,
    percentageToBotWhenOnline: 0, percentageToBotWhenOffline: 0, isDefault: false,
  };
  const answer = await page.request.post("/api/comm100/ticketing/channelAccounts", {
    data: account,
    headers: { "X-Trunkline": "1" },
  });
  expect(answer.status()).toBe(201);
}
