// The preloads in a page's `Link` header equal the app's reads: each URL is requested once, beside the module.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { AGENT } from "./upstreams/oneview.mjs";

const ROUTES: { path: string; chunk: string }[] = JSON.parse(readFileSync(join(import.meta.dirname, "../../routes.json"), "utf8"));
const SESSION = "/api/session";
const EVENTS = "/api/jtel/acd/events";
const ACCOUNTS = "/api/comm100/ticketing/channelAccounts?include=chatbot";
const TICKETS = `/api/oneview/v1/${AGENT}/tickets`;
const PAGES: [role: "admin" | "agent", path: string, data: string[]][] = [
  ["admin", "/", [EVENTS, ACCOUNTS]],
  ["agent", "/", [EVENTS, TICKETS]],
  ["admin", "/channel-accounts", [ACCOUNTS]],
  ["admin", "/events", [EVENTS]],
  ["agent", "/inbox", [TICKETS]],
  ["admin", "/external-apis", ["/api/sobot/external-apis"]],
  ["admin", "/account", ["/api/digital99/online/getAccounts"]],
  ["admin", "/activity", ["/api/activity"]],
  ["admin", "/settings", ["/api/vendors"]],
  ["admin", "/customers", []],
];

/** Requests on the wire, and those the app makes by `fetch`. */
async function watch(page: Page) {
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url().replace(/^https?:\/\/[^/]+/, "")));
  await page.addInitScript(() => {
    const own = globalThis as unknown as { asked: string[] };
    own.asked = [];
    const fetch = globalThis.fetch;
    globalThis.fetch = (what, options) => {
      const url = new URL(what instanceof Request ? what.url : what, location.href);
      own.asked.push(url.pathname + url.search);
      return fetch(what, options);
    };
  });
  const asked = () => page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  return {
    asked,
    /** Everything sent so far: requests are reported in order, so one more request comes after all before it. */
    async sent() {
      const marker = page.waitForRequest("**/api/health");
      await page.evaluate(() => fetch("/api/health").then((answer) => answer.text()));
      await marker;
      return sent;
    },
  };
}

const times = (list: string[], url: string) => list.filter((entry) => entry === url).length;

for (const [role, path, data] of PAGES) {
  test(`${path} as ${role}: preloads equal the app's reads, and are sent once`, async ({ signInAs, page }) => {
    // A stream that opens late has reason to ask once more: what a page asks for by itself is counted here.
    await page.route("**/api/live*", () => undefined);
    const { asked, sent } = await watch(page);
    await signInAs(role, path);
    const urls = [SESSION, ...data];
    await expect.poll(asked).toEqual(expect.arrayContaining(urls));
    const all = await sent();
    expect(urls.map((url) => [url, times(all, url)])).toEqual(urls.map((url) => [url, 1]));
    const begun = await page.evaluate(() =>
      performance.getEntriesByType("resource").map((entry) => ({
        url: entry.name.slice(location.origin.length),
        by: (entry as PerformanceResourceTiming).initiatorType,
      })),
    );
    expect(urls.map((url) => [url, begun.find((entry) => entry.url === url)?.by])).toEqual(urls.map((url) => [url, "link"]));
    const chunk = ROUTES.find((route) => route.path === path)!.chunk;
    const code = begun.filter(({ url }) => new RegExp(`^/trunkline-${chunk}-[0-9a-f]{16}\\.wasm$`).test(url));
    expect(code.map(({ by }) => by)).toEqual(["link"]);
  });
}

test("a failed preload is used and shown once", async ({ signInAs, page, faults, guard }) => {
  guard.allow(/status of 401/);
  await faults.set("comm100", "status", { status: 401 });
  const { asked, sent } = await watch(page);
  await signInAs("admin", "/channel-accounts");
  await expect(page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(1);
  expect(times(await asked(), ACCOUNTS)).toBe(1);
  expect(times(await sent(), ACCOUNTS)).toBe(1);
});

test("signing out leaves no preload for the next user", async ({ signInAs, page }) => {
  await signInAs("agent", "/inbox");
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  // No page is left that could ask by itself.
  await page.goto("about:blank");
  await page.request.delete(SESSION, { headers: { "X-Trunkline": "1" } });
  const { sent } = await watch(page);
  await page.goto("/inbox");
  await expect(page.getByRole("button", { name: "Continue as demo agent" })).toBeVisible();
  expect(times(await sent(), TICKETS)).toBe(0);
});

test("a hanging preload blocks nobody", async ({ signInAs, page, faults }) => {
  await faults.set("comm100", "hang");
  await signInAs("admin", "/channel-accounts");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "ACD events" }).click();
  await expect(page.getByRole("table", { name: "ACD events" }).getByRole("row").nth(1)).toBeVisible();
});
