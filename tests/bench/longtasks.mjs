// Tasks over 50 ms, which make a page stutter: on the machine as it is, with a warm page, for each gesture, and for a
// refresh that brings other tickets, and while 1 % of the tickets change each second.
import { signedIn } from "./browser.mjs";
import { paste, scroll, sort, type } from "./gestures.mjs";
import { probe } from "./probe.mjs";
import { startServer } from "./server.mjs";
import { startUpstream } from "./upstream.mjs";

const REFRESHES = 10;
/** Seconds in which 1 % of the tickets change each second. */
const SECONDS = 20;

/** For each gesture: how many tasks were long, and the longest's milliseconds. */
export async function longTasks(browser, url, expected) {
  const page = await open(browser, url);
  try {
    const figures = {};
    for (const [name, gesture] of Object.entries({ search: type, "few hits": paste, sort, scroll })) figures[name] = await during(browser, page, () => gesture(page, expected));
    return figures;
  } finally {
    await page.context().close();
  }
}

/** The same for refreshes of a list of so many, every answer another; of the app alone, the floor has none. */
export async function longRefreshes(browser, tickets, build) {
  const upstream = await startUpstream(tickets);
  const server = await startServer(`${upstream.toml}[live]\ntickets_seconds = 3600\nlists_seconds = 0\n`, { build });
  const page = await open(browser, server.url);
  try {
    return await during(browser, page, async () => {
      for (let count = 0; count < REFRESHES; count++) await refresh(page, upstream);
    });
  } finally {
    await page.context().close();
    await server.stop();
    upstream.close();
  }
}

/** The same while 1 % of the tickets change each second, with the list scrolled to its middle. */
export async function longChanges(browser, tickets, build) {
  const upstream = await startUpstream(tickets, { changed: tickets / 100, stay: true });
  const server = await startServer(`${upstream.toml}[live]\ntickets_seconds = 1\nlists_seconds = 0\n`, { build });
  const page = await open(browser, server.url);
  try {
    await page.locator(".table-scroll").evaluate((scroll) => (scroll.scrollTop = scroll.scrollHeight / 2));
    await page.waitForTimeout(500);
    return await during(browser, page, async () => {
      const before = upstream.answers();
      await page.waitForTimeout(SECONDS * 1000);
      if (upstream.answers() - before < SECONDS / 2) throw new Error("the tickets did not change each second");
    });
  } finally {
    await page.context().close();
    await server.stop();
    upstream.close();
  }
}

/** Refreshes, and waits until the page shows a later response. */
export async function refresh(page, upstream) {
  const before = upstream.answers();
  await page.getByRole("main").getByRole("button", { name: "Refresh" }).click();
  const shown = (before) => Number(/Answer (\d+)/.exec(document.querySelector("table.table tbody")?.textContent)?.[1] ?? 0) > before;
  await page.waitForFunction(shown, before, { timeout: 120_000, polling: 50 });
}

async function open(browser, url) {
  const context = await signedIn(browser, url);
  const page = await context.newPage();
  await page.addInitScript(probe);
  await page.goto("/inbox");
  await page.evaluate(() => globalThis.bench.firstRows);
  // The other pages' code comes two seconds after the first page; after that nothing is under way.
  await page.waitForTimeout(5000);
  return page;
}

/** Long tasks during a gesture. `cpu` is the longest task's processor time, which is less than its duration on a busy machine. */
async function during(browser, page, act) {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  const from = await page.evaluate(() => performance.now());
  await act();
  await page.waitForTimeout(300);
  const long = await page.evaluate((from) => globalThis.bench.longTasks.filter(({ startTime }) => startTime >= from).map(({ duration }) => duration), from);
  return { count: long.length, longest: Math.max(0, ...long), cpu: longestCpu(await browser.stopTracing()) };
}

/** Milliseconds of processor that the longest task of a page's main thread had. */
function longestCpu(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const mains = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid, tdur }) => tdur !== undefined && /RunTask$/.test(name) && mains.has(`${pid} ${tid}`));
  return tasks.reduce((most, { tdur }) => Math.max(most, tdur / 1000), 0);
}
