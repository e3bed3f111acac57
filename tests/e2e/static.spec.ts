// The app without the gateway: static files behind a foreign proxy, by config.json alone.
import { test as base, expect } from "@playwright/test";
import { Guard } from "./support/guard";
import { serveStatic } from "./support/static";
import { SECRETS, startUpstreams } from "./upstreams/index.mjs";

const test = base.extend<{ upstreams: Awaited<ReturnType<typeof startUpstreams>>; url: string; guarded: void }>({
  upstreams: async ({}, use) => {
    const upstreams = await startUpstreams();
    await use(upstreams);
    await upstreams.close();
  },
  url: async ({ upstreams }, use) => {
    const server = await serveStatic(upstreams);
    await use(server.url);
    await server.close();
  },
  baseURL: async ({ url }, use) => use(url),
  guarded: [
    async ({ context, url }, use) => {
      const guard = new Guard(url, SECRETS);
      await guard.watch(context);
      await context.addInitScript(() => {
        try {
          localStorage.setItem("trunkline.tour", "*");
        } catch {}
      });
      await use();
      expect(await guard.found()).toEqual([]);
    },
    { auto: true },
  ],
});

test("there is no sign-in, and the lists come from the vendors", async ({ page, upstreams }) => {
  await page.goto("/channel-accounts");
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Comm100", exact: true })).toBeVisible();
  expect(upstreams.comm100.last("GET", "/ticketing/channelAccounts")?.headers.authorization).toMatch(/^Bearer upstream-/);
  await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);

  await page.getByRole("link", { name: "ACD events" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "ACD events" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^A new ticket 123456/ })).toBeVisible();
});

test("the inbox works as the agent that config.json names", async ({ page, upstreams }) => {
  await page.goto("/inbox");
  await expect(page.getByRole("link", { name: "hugo dan", exact: true })).toBeVisible();
  await page.getByRole("switch", { name: "Online" }).click();
  await expect.poll(() => upstreams.oneview.agent.online).toBe(true);
});

test("a customer is found", async ({ page }) => {
  await page.goto("/customers");
  await page.getByLabel("Phone").fill("49199123456789");
  await page.getByRole("button", { name: "Look up" }).click();
  await expect(page.getByText("Hugo Dan").first()).toBeVisible();
});

test("the account is renamed; sign-in's address leads to the overview", async ({ page, upstreams }) => {
  await page.goto("/sign-in");
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Account", exact: true }).click();
  await expect(page.getByLabel("Account", { exact: true })).toHaveValue("8@online");
  await page.getByLabel("Account name", { exact: true }).fill("Renamed without a gateway");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  expect(upstreams.digital99.account.account_name).toBe("Renamed without a gateway");
});

test("an event is opened; its HTML stays text where no gateway cleans it", async ({ page }) => {
  await page.goto("/events/2039");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("A new ticket 123456");
  await expect(page.locator("iframe")).toHaveCount(0);
});
