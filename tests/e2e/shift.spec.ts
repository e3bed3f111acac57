// A shift of eight hours in fast time: 2,000 arrivals, with changes, escalations and closings, over restarts of the
// gateway, gaps of the line and sign-outs. Each arrival is announced once, nothing of the agent's own is lost, and the
// list is the vendor's at the end.
import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { ticket } from "./upstreams/oneview.mjs";
import { shift } from "./upstreams/shift.mjs";

const ROUNDS = 25;
const ARRIVALS = 80;
const RESTARTS = 20;
const GAPS = 10;
const SIGN_OUTS = 3;
/** The rounds from which on the page is not loaded again, so that its memory can be compared. */
const STEADY_FROM = 10;
/** The stream comes back within half a minute after many restarts in a row. */
const SOON = { timeout: 60_000 };
const headers = { "X-Trunkline": "1" };

const table = (page: Page) => page.getByRole("table", { name: "Inbox" });
const pane = (page: Page) => page.getByRole("region", { name: "Ticket", exact: true });
const toasts = (page: Page) => page.locator(".toasts .toast:has(a)");

/** The arrivals that the toasts on the page announce. */
async function announced(page: Page): Promise<number> {
  const texts = await toasts(page).locator("span").allInnerTexts();
  const count = (text: string) => Number(/(\d+) new/.exec(text)?.[1] ?? (text.startsWith("New ticket") ? 1 : 0));
  return texts.reduce((sum, text) => sum + count(text), 0);
}

async function dismissAll(page: Page) {
  while (await toasts(page).count()) await toasts(page).first().getByRole("button", { name: "Dismiss" }).click();
}

async function memory(session: CDPSession): Promise<{ heap: number; nodes: number }> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { heap: value("JSHeapUsedSize"), nodes: value("Nodes") };
}

test.use({ vendors: "upstream", settings: { toml: "[live]\ntickets_seconds = 1" }, viewport: { width: 1400, height: 2600 } });

test("a whole shift: each arrival is announced once, nothing is lost, the list is the vendor's", async ({
  signInAs, upstreams, server, guard, context, page,
}) => {
  test.setTimeout(600_000);
  guard.allow(/net::ERR_|Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  const { tickets } = upstreams.oneview;
  tickets.splice(0, 1, ticket({ id: "kept", priority: 1, customer: { id: "c", firstName: "Kept", lastName: "Throughout" } }));
  await signInAs("agent", "/inbox/kept?view=all");
  const until = Math.floor(Date.now() / 1000) + 30 * 86_400;
  const mark = { note: "Call on Monday", pinned: true, snoozedUntil: until };
  expect((await page.request.put("/api/inbox/marks/kept", { data: mark, headers })).status()).toBe(200);
  // A draft: typed over the saved note, and not saved.
  await pane(page).getByRole("button", { name: "Note", exact: true }).click();
  await pane(page).getByRole("textbox", { name: "Note", exact: true }).fill("Call on Tuesday instead");
  await expect(pane(page).getByText("Not saved yet; kept in this browser.")).toBeVisible();
  await page.goto("/inbox");
  await expect(table(page)).toBeVisible();
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("trunkline.watch."))), SOON).toBe(true);

  const played = shift(tickets);
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  const done = { restarts: 0, gaps: 0, signOuts: 0 };
  let steady = { heap: 0, nodes: 0 };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const hasGap = round % 2 === 0 && done.gaps < GAPS;
    if (hasGap) await context.setOffline(true);
    played.play(ARRIVALS);
    if (round > ROUNDS - RESTARTS) {
      await server.restart();
      done.restarts += 1;
    }
    if (hasGap) {
      await context.setOffline(false);
      done.gaps += 1;
    }
    await expect.poll(() => announced(page), SOON).toBe(ARRIVALS);
    await dismissAll(page);
    if (round % 3 === 0 && round < STEADY_FROM) {
      expect((await page.request.delete("/api/session", { headers })).status()).toBe(204);
      await signInAs("agent", "/inbox");
      await expect(table(page)).toBeVisible();
      done.signOuts += 1;
    }
    if (round === STEADY_FROM) steady = await memory(session);
  }
  expect(done).toEqual({ restarts: RESTARTS, gaps: GAPS, signOuts: SIGN_OUTS });
  expect(played.totals.came).toBe(ROUNDS * ARRIVALS);
  for (const count of [played.totals.changed, played.totals.escalated, played.totals.closed]) expect(count).toBeGreaterThan(50);
  const end = await memory(session);
  expect(end.heap / steady.heap, `heap ${steady.heap} → ${end.heap}`).toBeLessThan(1.5);
  expect(end.nodes / steady.nodes, `nodes ${steady.nodes} → ${end.nodes}`).toBeLessThan(1.5);

  // Few enough for all to be on the screen at once.
  played.play(0, 20);
  const names = () => tickets.filter((each) => each.id !== "kept").map(({ customer }) => `${customer.firstName} ${customer.lastName}`).sort();
  await page.goto("/inbox?view=all");
  const shown = async () => {
    const links = await table(page).getByRole("rowheader").getByRole("link").allInnerTexts();
    return links.map((text) => text.trim()).filter((text) => text !== "Kept Throughout").sort();
  };
  await expect.poll(shown, SOON).toEqual(names());

  const marks = await (await page.request.get("/api/inbox/marks")).json();
  expect(marks.find((each: { ticketId: string }) => each.ticketId === "kept")).toMatchObject(mark);
  await page.goto("/inbox/kept?view=all");
  await expect(pane(page).getByRole("textbox", { name: "Note", exact: true })).toHaveValue("Call on Tuesday instead");

  // The gateway's own count of the day agrees.
  const midnight = Math.floor(Date.now() / 1000) - 12 * 3600;
  await expect
    .poll(async () => (await (await page.request.get(`/api/inbox/shift?from=${midnight}`)).json()).came, SOON)
    .toBeGreaterThanOrEqual(ROUNDS * ARRIVALS);
});
