// Saved views: links in the navigation, on every page, with the number of their records.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const headers = { "X-Trunkline": "1" };
const SOON = { timeout: 20_000 };
const views = (page: Page) => page.getByRole("navigation", { name: "Views" });
const link = (page: Page, name: string) => views(page).getByRole("link", { name, exact: true });
const count = (page: Page, name: string) => views(page).getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) }).locator(".view-count");
const rows = async (page: Page) => Number(await page.getByRole("table").first().getAttribute("aria-rowcount")) - 1;

async function save(page: Page, name: string, address: string, shared = false) {
  const [path, query = ""] = address.split("?");
  const answer = await page.request.post("/api/views", { data: { name, page: path, query, shared }, headers });
  expect(answer.status()).toBe(200);
}

test("views of all lists are in the navigation; each says how many records it has, of what is loaded", async ({ signInAs }) => {
  const page = await signInAs("admin", "/settings");
  await save(page, "Bots that are off", "/channel-accounts?bot=no&sort=name");
  await save(page, "London", "/channel-accounts?q=london");
  await save(page, "Unassigned", "/events?user=none");
  await page.reload();
  await expect(link(page, "Unassigned")).toBeVisible(SOON);
  // Counting asks no vendor: what was never loaded has no number.
  await expect(count(page, "Unassigned")).toHaveText("");
  await link(page, "Bots that are off").click();
  await expect(page).toHaveURL("/channel-accounts?bot=no&sort=name");
  await expect(link(page, "Bots that are off")).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("table", { name: "Channel accounts" })).toBeVisible();
  // A table without its rows yet has a count of -1.
  await expect.poll(() => rows(page)).toBeGreaterThan(0);
  const off = await rows(page);
  await expect(count(page, "Bots that are off")).toHaveText(String(off), SOON);
  // What somebody else changes is counted too.
  const accounts = await (await page.request.get("/api/comm100/ticketing/channelAccounts")).json();
  const idle = accounts.find((account: { isBotEnabled: boolean }) => !account.isBotEnabled);
  const answer = await page.request.post(`/api/comm100/ticketing/channelAccounts/${idle.id}:enableBot`, { headers });
  expect(answer.status()).toBe(200);
  await expect(count(page, "Bots that are off")).toHaveText(String(off - 1), SOON);
  await link(page, "London").click();
  await expect.poll(() => rows(page)).toBeLessThan(off);
  await expect(count(page, "London")).toHaveText(String(await rows(page)));
  await link(page, "Unassigned").click();
  await expect(page.getByRole("table", { name: "ACD events" })).toBeVisible();
  await expect.poll(() => rows(page)).toBeGreaterThan(0);
  await expect(count(page, "Unassigned")).toHaveText(String(await rows(page)), SOON);
  await page.getByRole("button", { name: "Remove view London" }).click();
  await expect(link(page, "London")).toHaveCount(0);
});

test("an agent sees the shared views of the pages that agents have", async ({ signInAs, browser, server }) => {
  const admin = await browser.newContext({ baseURL: server.url });
  await admin.request.post("/api/session", { data: { demo: "admin" }, headers });
  const shared = (name: string, page: string) => admin.request.post("/api/views", { data: { name, page, query: "user=none", shared: true }, headers });
  await shared("Nobody's", "/events");
  await shared("Admins only", "/activity");
  await admin.close();
  const page = await signInAs("agent", "/inbox");
  const saved = page.getByRole("navigation", { name: "Saved views" });
  await expect(saved.getByRole("link")).toHaveText(["Nobody's"], SOON);
  // The inbox's own views keep their name.
  await expect(page.getByRole("navigation", { name: "Views", exact: true }).getByRole("link", { name: "Open" })).toBeVisible();
  await saved.getByRole("link").click();
  await expect(page).toHaveURL("/events?user=none");
  await expect(page.getByRole("button", { name: /^Remove view/ })).toHaveCount(0);
});

test("the palette finds views, channel accounts, external APIs and events by their names", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await save(page, "Night shift", "/events?user=none");
  await expect(page.getByRole("table", { name: "Channel accounts" }).getByRole("rowheader").first()).toBeVisible();
  const name = await page.getByRole("table", { name: "Channel accounts" }).getByRole("rowheader").first().innerText();
  await expect(link(page, "Night shift")).toBeVisible(SOON);
  const find = async (text: string) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Page, action or ID" }).fill(text);
    return page.getByRole("dialog", { name: "Commands" }).getByRole("option");
  };
  await (await find("night sh")).filter({ hasText: "Night shift" }).click();
  await expect(page).toHaveURL("/events?user=none");
  const event = page.getByRole("table", { name: "ACD events" }).getByRole("rowheader").first();
  await expect(event).toBeVisible();
  const subject = await event.innerText();
  await (await find(name.split("\n")[0]!)).filter({ hasText: "Channel accounts" }).first().click();
  await expect(page).toHaveURL(/\/channel-accounts\/[^/?]+$/);
  await (await find(subject.split("\n")[0]!)).filter({ hasText: "ACD events" }).first().click();
  await expect(page).toHaveURL(/\/events\/\d+$/);
});
