// Changes that happen while a page opens or its stream is away: each is shown, and nothing is asked without one.
import type { Page, Route } from "@playwright/test";
import { createAccount } from "./support/accounts";
import { expect, test } from "./support/test";
import { AGENT } from "./upstreams/oneview.mjs";

const headers = { "X-Trunkline": "1" };
const ACCOUNTS = /^\/api\/comm100\/ticketing\/channelAccounts$/;
const table = (page: Page, name = "Channel accounts") => page.getByRole("table", { name });
const row = (page: Page, name: string) => table(page).getByRole("link", { name, exact: true });

/** Holds the event stream's opening back until `open` is called. */
async function holdStream(page: Page) {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route("**/api/live*", async (route: Route) => {
    await opened;
    await route.continue();
  });
  return () => open();
}

test("a change between a list's response and the stream's start is shown", async ({ signInAs, page }) => {
  const open = await holdStream(page);
  await signInAs("admin", "/channel-accounts?q=between");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "1");
  await createAccount(page, "between-1");
  open();
  await expect(row(page, "between-1")).toBeVisible({ timeout: 5000 });
});

test("a late stream repeats no read without a change", async ({ signInAs, page, server }) => {
  const open = await holdStream(page);
  await signInAs("admin", "/channel-accounts?q=later");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "1");
  open();
  // The stream's request has its line in the log when its answer begins.
  await expect.poll(() => server.received("GET", /^\/api\/live$/)).toBe(1);
  await createAccount(page, "later-1");
  await expect(row(page, "later-1")).toBeVisible();
  expect(await server.received("GET", ACCOUNTS)).toBe(2);
});

test("a change while another tab starts is shown in that tab", async ({ signInAs, context }) => {
  const first = await signInAs("admin", "/channel-accounts?q=starting");
  await expect(table(first)).toHaveAttribute("aria-rowcount", "1");
  const second = await context.newPage();
  let start = () => {};
  const started = new Promise<void>((resolve) => (start = resolve));
  await second.route(/\.wasm$/, async (route) => {
    await started;
    await route.continue();
  });
  // The browser asks for the list beside the module, by the page's `Link`.
  const answer = second.waitForResponse(/channelAccounts\?/);
  await second.goto("/channel-accounts?q=starting", { waitUntil: "commit" });
  await (await answer).finished();
  await createAccount(first, "starting-1");
  await expect(row(first, "starting-1")).toBeVisible();
  start();
  await expect(row(second, "starting-1")).toBeVisible({ timeout: 5000 });
});

test("after a server restart no change is missing", async ({ signInAs, page, server }) => {
  await signInAs("admin", "/channel-accounts?q=restart");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "1");
  const open = await holdStream(page);
  await server.restart();
  await createAccount(page, "restart-1");
  open();
  await expect(row(page, "restart-1")).toBeVisible();
});

test.describe("with upstreams", () => {
  test.use({ vendors: "upstream" });

  test("a ticket that arrived before the stream opened is shown", async ({ signInAs, page, upstreams }) => {
    const open = await holdStream(page);
    await signInAs("agent", "/inbox");
    await expect(table(page, "Inbox")).toHaveAttribute("aria-rowcount", "2");
    upstreams.oneview.arrive({ customer: { firstName: "Alma", lastName: "Reuter" } });
    open();
    await expect(table(page, "Inbox").getByRole("link", { name: "Alma Reuter", exact: true })).toBeVisible({ timeout: 5000 });
  });
});

/** Counts the page's requests for the agent's tickets. */
function countTickets(page: Page) {
  const counted = { tickets: 0 };
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === `/api/oneview/v1/${AGENT}/tickets`) counted.tickets += 1;
  });
  return counted;
}

test("an online agent's inbox is not polled while the stream is open", async ({ signInAs, page }) => {
  await page.clock.install();
  const counted = countTickets(page);
  await signInAs("agent", "/inbox");
  await page.getByRole("switch", { name: "Online" }).click();
  await expect(page.getByRole("switch", { name: "Online" })).toHaveAttribute("aria-checked", "true");
  // A change comes by the stream, so the stream is up.
  await expect(async () => {
    const asked = page.waitForResponse(/\/tickets$/, { timeout: 2000 });
    await page.request.put(`/api/oneview/v1/${AGENT}/online`, { headers });
    // Not until it has finished: the app reads to the list's end and may cancel what comes after it.
    await asked;
  }).toPass();
  const answered = async () => {
    const marker = page.waitForResponse("**/api/health");
    await page.evaluate(() => fetch("/api/health").then((answer) => answer.text()));
    await marker;
  };
  // The reads caused by the changes just made come first.
  await page.clock.runFor(3000);
  await answered();
  const before = counted.tickets;
  // Four times as long as between two polls; the stream's silence would be noticed after 25 s.
  await page.clock.runFor(20_000);
  await answered();
  expect(counted.tickets).toBe(before);
});

test("an online agent's inbox is polled without a stream", async ({ signInAs, page, guard }) => {
  guard.allow(/status of 503/);
  await page.route("**/api/live*", (route) => route.fulfill({ status: 503 }));
  await page.clock.install();
  const counted = countTickets(page);
  await signInAs("agent", "/inbox");
  await page.getByRole("switch", { name: "Online" }).click();
  await expect(page.getByRole("switch", { name: "Online" })).toHaveAttribute("aria-checked", "true");
  const before = counted.tickets;
  await page.clock.runFor(6000);
  await expect.poll(() => counted.tickets).toBeGreaterThan(before);
});
