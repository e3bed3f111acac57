// One event stream for all tabs of a browser, and what happens when it goes: counted at the server.
import type { BrowserContext, Page } from "@playwright/test";
import { createAccount } from "./support/accounts";
import { signOut } from "./support/person";
import type { Server } from "./support/server";
import { expect, test } from "./support/test";

const LIVE = /^\/api\/live$/;
const table = (page: Page) => page.getByRole("table", { name: "Channel accounts" });
const streams = (server: Server) => server.received("GET", LIVE);

/** Each tab searches for the name, so that its row is in the document when it comes. */
async function open(context: BrowserContext, name: string) {
  const page = await context.newPage();
  await page.goto(`/channel-accounts?q=${name}`);
  await expect(page.getByRole("heading", { level: 1, name: "Channel accounts" })).toBeVisible();
  await expect(table(page)).toHaveAttribute("aria-rowcount", "1");
  return page;
}

test("three tabs share one stream; when its tab closes, another takes over", async ({ signInAs, context, server }) => {
  const first = await signInAs("admin", "/channel-accounts?q=shared");
  await expect(table(first)).toHaveAttribute("aria-rowcount", "1");
  const second = await open(context, "shared");
  const third = await open(context, "shared");
  await expect.poll(() => streams(server)).toBe(1);

  await createAccount(first, "shared-1");
  for (const page of [first, second, third]) {
    await expect(table(page).getByRole("link", { name: "shared-1", exact: true })).toBeVisible();
  }
  expect(await streams(server)).toBe(1);

  await first.close();
  await expect.poll(() => streams(server)).toBe(2);
  await createAccount(second, "shared-2");
  for (const page of [second, third]) {
    await expect(table(page).getByRole("link", { name: "shared-2", exact: true })).toBeVisible();
  }
  expect(await streams(server)).toBe(2);
});

test("a change is read by one request for all tabs", async ({ signInAs, context, server }) => {
  const first = await signInAs("admin", "/channel-accounts?q=once");
  await expect(table(first)).toHaveAttribute("aria-rowcount", "1");
  const pages = [first, await open(context, "once"), await open(context, "once")];
  await expect.poll(() => streams(server)).toBe(1);
  const asked = () => server.received("GET", /^\/api\/comm100\/ticketing\/channelAccounts$/);
  const before = await asked();
  await createAccount(first, "once-1");
  for (const page of pages) await expect(table(page).getByRole("link", { name: "once-1", exact: true })).toBeVisible();
  expect((await asked()) - before).toBe(1);
});

test("a tab reads a record once after its own write, though the stream reports the write too", async ({ signInAs }) => {
  const page = await signInAs("admin", "/channel-accounts");
  await table(page).getByRole("link").first().click();
  const bot = page.getByRole("switch", { name: "Bot enabled" });
  const before = await bot.getAttribute("aria-checked");
  const record = `/api/comm100/ticketing${new URL(page.url()).pathname.replace("/channel-accounts", "/channelAccounts")}`;
  let reads = 0;
  page.on("request", (request) => {
    if (request.method() === "GET" && new URL(request.url()).pathname === record) reads += 1;
  });
  const other = before === "true" ? "false" : "true";
  for (const [writes, state] of [other, before ?? "", other, before ?? ""].entries()) {
    await bot.click();
    await expect(bot).toHaveAttribute("aria-checked", state);
    await expect(bot).toBeEnabled();
    await expect.poll(() => reads).toBe(writes + 1);
  }
});

test("three idle tabs cost as much as one", async ({ signInAs, context, browser, server, page }) => {
  test.setTimeout(120_000);
  // Two browsers at the same time: one with one tab, one with three.
  const other = await browser.newContext({ baseURL: server.url, storageState: await (await signInAs("agent", "/")).context().storageState() });
  const one = await other.newPage();
  const pages = [page, await context.newPage(), await context.newPage(), one];
  for (const tab of pages) {
    if (tab !== page) await tab.goto("/");
    await expect(tab.getByRole("table", { name: "Vendors" })).toBeVisible();
  }
  const asked = { one: 0, three: 0, polls: 0 };
  // Requests of idle tabs; the pages' chunks, which each tab fetches once, don't count.
  const isAsked = (url: string) => new URL(url).pathname.startsWith("/api/");
  other.on("request", (request) => {
    if (isAsked(request.url())) asked.one += 1;
    if (request.url().endsWith("/api/vendors")) asked.polls += 1;
  });
  context.on("request", (request) => {
    if (isAsked(request.url())) asked.three += 1;
  });
  await expect.poll(() => asked.polls, { timeout: 60_000 }).toBe(4);
  // The two do not ask at the same moment.
  expect(asked.three).toBeLessThanOrEqual(asked.one + 1);
  expect(asked.three).toBeGreaterThan(0);
  await other.close();
});

test("without a stream visible data are polled, and the stream is reopened", async ({ signInAs, page, guard }) => {
  guard.allow(/status of 503/);
  let refused = 0;
  await page.route("**/api/live*", (route) => {
    refused += 1;
    return route.fulfill({ status: 503 });
  });
  await page.clock.install();
  await signInAs("admin", "/channel-accounts?q=polled");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "1");
  await createAccount(page, "polled-1");
  const row = table(page).getByRole("link", { name: "polled-1", exact: true });
  await expect(async () => {
    await page.clock.fastForward(5000);
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(async () => {
    await page.clock.fastForward(5000);
    expect(refused).toBeGreaterThanOrEqual(3);
  }).toPass();
  await page.unroute("**/api/live*");
  await createAccount(page, "polled-2");
  await expect(async () => {
    await page.clock.fastForward(5000);
    await expect(table(page).getByRole("link", { name: "polled-2", exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
});

test("changes during a stream outage are shown, however recent the last read", async ({ signInAs, page }) => {
  let comeBack = () => {};
  const gone = new Promise<void>((resolve) => (comeBack = resolve));
  const hello = (id: string) => ({ contentType: "text/event-stream", body: `retry: 50\nid: ${id}\nevent: hello\ndata: {"missed":true}\n\n` });
  let streams = 0;
  // The first ends at once; the second waits to be let in; a third never speaks.
  await page.route("**/api/live*", async (route) => {
    streams += 1;
    if (streams === 1) return route.fulfill(hello("a-0"));
    if (streams > 2) return;
    await gone;
    await route.fulfill(hello("b-0"));
  });
  await signInAs("admin", "/channel-accounts?q=between");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "1");
  await expect.poll(() => streams).toBe(2);
  const answer = page.waitForResponse(/channelAccounts\?/);
  await page.getByRole("button", { name: "Refresh" }).click();
  await (await answer).finished();
  await createAccount(page, "between-1");
  comeBack();
  // Well before anything is polled.
  await expect(table(page).getByRole("link", { name: "between-1", exact: true })).toBeVisible({ timeout: 5000 });
});

test("signing out in one tab stops the others; signing in resumes them", async ({ signInAs, context, guard }) => {
  guard.allow(/status of 401/);
  const first = await signInAs("admin", "/channel-accounts?q=comm100");
  await expect(table(first)).toHaveAttribute("aria-rowcount", "2");
  const second = await context.newPage();
  await second.goto("/channel-accounts/new");
  await second.getByLabel("Name", { exact: true }).fill("Typed before");
  await signOut(first);
  const dialog = second.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible();
  await expect(first.getByRole("dialog")).toHaveCount(0);
  await first.getByRole("button", { name: "Continue as demo admin" }).click();
  await expect(dialog).toBeHidden();
  await expect(second.getByLabel("Name", { exact: true })).toHaveValue("Typed before");
});

/** Opens so many streams of the page's session beside its own, until they are let go. */
async function others(page: Page, server: Server, count: number) {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const stop = new AbortController();
  for (let opened = 0; opened < count; opened += 1) {
    const answer = await fetch(`${server.url}/api/live`, { headers: { cookie }, signal: stop.signal });
    expect(answer.status).toBe(200);
  }
  return () => stop.abort();
}

test("a displaced stream returns on focus, not by itself; nothing missed is read again", async ({
  signInAs,
  page,
  server,
}) => {
  await page.clock.install();
  await signInAs("admin", "/channel-accounts?q=replaced");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "1");
  await expect.poll(() => streams(server)).toBe(1);
  const letGo = await others(page, server, 6);
  const asked = () => server.received("GET", /^\/api\/comm100\/ticketing\/channelAccounts$/);
  const before = await asked();
  // Polling takes over: so it is known that the tab has heard of it.
  await expect(async () => {
    await page.clock.fastForward(5000);
    expect(await asked()).toBeGreaterThan(before);
  }).toPass();
  // Longer than a stream may be silent, and than the server asks to stay away.
  for (let passed = 0; passed < 90; passed += 15) await page.clock.fastForward(15_000);
  expect(await streams(server)).toBe(7);
  letGo();

  // Fresh data first: focus refetches outdated data, with or without a stream.
  await page.getByRole("button", { name: /Refresh/ }).click();
  await expect(page.getByRole("button", { name: /Refresh/ })).not.toHaveAttribute("aria-busy");
  const known = await asked();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect.poll(() => streams(server)).toBe(8);
  await createAccount(page, "replaced-1");
  await expect(table(page).getByRole("link", { name: "replaced-1", exact: true })).toBeVisible();
  expect((await asked()) - known).toBe(1);
});

test.describe("with a slow vendor", () => {
  test.use({ vendors: "upstream" });

  test("messages faster than responses block no response", async ({ signInAs, page, server, upstreams, guard }) => {
    guard.allow(/status of/);
    upstreams.comm100.fault("delay", { delay_ms: 1500, only: "reads", path: "/ticketing/channelAccounts" });
    const given: string[] = [];
    page.on("requestfailed", (request) => {
      if (request.url().includes("/channelAccounts")) given.push(request.url());
    });
    await signInAs("admin", "/channel-accounts?q=quick");
    await expect.poll(() => streams(server)).toBe(1);
    await expect(table(page)).toHaveAttribute("aria-rowcount", "1");
    for (const at of [1, 2, 3, 4]) {
      // The first change is asked for; the others arrive before its response.
      const asked = at === 1 ? page.waitForRequest((request) => request.url().includes("/channelAccounts")) : undefined;
      await createAccount(page, `quick-${at}`);
      await asked;
    }
    await expect(table(page).getByRole("link", { name: "quick-4", exact: true })).toBeVisible();
    expect(given).toEqual([]);
  });
});
