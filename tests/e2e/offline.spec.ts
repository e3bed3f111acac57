// A line that breaks and a server that dies: what people see, what is kept, and how it goes on.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const NO_LINE = /ERR_|Failed to load resource/;
const banner = (page: Page) => page.getByRole("status").filter({ hasText: "No connection." });
const POSTS = ["POST", /^\/api\/comm100\/ticketing\/channelAccounts$/] as const;

async function fill(page: Page, name: string) {
  await page.getByLabel("Channel", { exact: true }).fill("WeChat");
  await page.getByLabel("Original account ID", { exact: true }).fill(`gh_${name}`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Display name", { exact: true }).fill(name);
}

test("offline is reported within a second; the page stays, a write is held back and its form kept", async ({
  signInAs, context, page, server, guard,
}) => {
  guard.allow(NO_LINE);
  await signInAs("admin", "/channel-accounts");
  const table = page.getByRole("table", { name: "Channel accounts" });
  await expect(table.getByRole("link", { name: "Comm100", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "New channel account" }).click();
  await fill(page, "Held back");
  await context.setOffline(true);
  await expect(banner(page)).toBeVisible({ timeout: 1000 });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Nothing was sent");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Held back");

  await context.setOffline(false);
  await expect(banner(page)).toBeHidden({ timeout: 5000 });
  expect(await server.received(...POSTS)).toBe(0);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Held back" })).toBeVisible();
  expect(await server.received(...POSTS)).toBe(1);
});

test("offline, a list stays readable without an error beside the banner", async ({ signInAs, context, page, guard }) => {
  guard.allow(NO_LINE);
  await signInAs("agent", "/inbox");
  const table = page.getByRole("table", { name: "Inbox" });
  await expect(table.getByRole("rowheader").first()).toBeVisible();
  const rows = await table.getAttribute("aria-rowcount");
  await context.setOffline(true);
  await expect(banner(page)).toBeVisible({ timeout: 1000 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("button", { name: "Refresh" })).not.toHaveAttribute("aria-busy", "true");
  await expect(table).toHaveAttribute("aria-rowcount", rows ?? "");
  await expect(page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
  await context.setOffline(false);
  await expect(banner(page)).toBeHidden({ timeout: 5000 });
});

test("the server dies under a half-filled form and comes back without loss", async ({ signInAs, context, page, server, guard }) => {
  guard.allow(NO_LINE);
  const other = await signInAs("admin", "/channel-accounts?q=missed");
  const table = other.getByRole("table", { name: "Channel accounts" });
  await expect(table).toHaveAttribute("aria-rowcount", "1");
  const form = await context.newPage();
  await form.goto("/channel-accounts/new");
  await fill(form, "Half-filled");
  await form.getByLabel("Channel", { exact: true }).fill("");

  await server.kill();
  await expect(banner(form)).toBeVisible({ timeout: 1500 });
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.getByLabel("Channel", { exact: true })).toHaveAttribute("aria-invalid", "true");

  await server.revive();
  // Before the console knows: nobody tells it of this one but the gap itself.
  const account = {
    appId: "WeChat", originalAccountId: "gh_missed", name: "missed-1", screenName: "m", isEnabled: true, isBotEnabled: false,
    percentageToBotWhenOnline: 0, percentageToBotWhenOffline: 0, isDefault: false,
  };
  const create = (name: string) =>
    form.request.post("/api/comm100/ticketing/channelAccounts", { data: { ...account, name }, headers: { "X-Trunkline": "1" } });
  expect((await create("missed-1")).status()).toBe(201);
  await expect(banner(form)).toBeHidden({ timeout: 5000 });
  await expect(banner(other)).toBeHidden({ timeout: 5000 });
  await expect(table.getByRole("link", { name: "missed-1", exact: true })).toBeVisible({ timeout: 5000 });
  await expect.poll(() => server.lines().filter((line) => line.path === "/api/live").length, { timeout: 5000 }).toBe(2);
  expect((await create("missed-2")).status()).toBe(201);
  await expect(table.getByRole("link", { name: "missed-2", exact: true })).toBeVisible();

  for (const [label, value] of [["Name", "Half-filled"], ["Original account ID", "gh_Half-filled"], ["Display name", "Half-filled"]]) {
    await expect(form.getByLabel(label, { exact: true })).toHaveValue(value);
  }
  await form.getByLabel("Channel", { exact: true }).fill("WeChat");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.getByRole("heading", { level: 1, name: "Half-filled" })).toBeVisible();
});
