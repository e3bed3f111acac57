// Every action on a list of 5,000 channel accounts and of 100,000 events: milliseconds from the key or click to the next
// painted frame (Event Timing, which counts in steps of 8), the longest task, and how long until the list shows the result. `node tests/bench/actions.mjs [--build DIR]`,
// after `make build`; prints a table. Nothing is slowed down.
import { parseArgs } from "node:util";
import { launch, signedIn } from "./browser.mjs";
import { probe } from "./probe.mjs";
import { startServer } from "./server.mjs";

const { values } = parseArgs({ options: { build: { type: "string" } } });
const ACCOUNTS = 5_000;
const EVENTS = 100_000;

/** In the page: the longest wait for a frame after an input. */
function watchInput() {
  globalThis.waits = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration, name } of list.getEntries()) globalThis.waits.push({ startTime, duration, name });
  }).observe({ type: "event", durationThreshold: 16 });
}

const main = (page) => page.getByRole("main");
const button = (page, name) => main(page).getByRole("button", { name, exact: true });
const filter = (page, name) => main(page).getByRole("button", { name: new RegExp(`^${name}`) }).and(page.locator("[aria-controls]"));
const value = (page, name) => page.getByRole("group", { name, exact: true }).getByRole("checkbox").first();
const header = (page, name) => main(page).getByRole("columnheader", { name }).getByRole("button").first();
const rows = (page) => main(page).locator("tbody tr[aria-rowindex]");
const escape = (page) => page.keyboard.press("Escape");
const busy = (page) => page.waitForFunction(() => !document.querySelector("main [aria-busy=true]"));

/** Waits until the list has another number of rows than before. */
const other = (page) => {
  const count = () => document.querySelector("table.table").getAttribute("aria-rowcount");
  return page.evaluate(count).then((before) => () => page.waitForFunction((before) => document.querySelector("table.table").getAttribute("aria-rowcount") !== before, before));
};
const counted = (act) => async (page) => {
  const changed = await other(page);
  await act(page);
  await changed();
};
const shown = (find, act) => async (page) => {
  await act(page);
  await find(page).waitFor();
};

const dialog = (page) => page.getByRole("dialog");
const COMMON = {
  "search, a letter": counted((page) => main(page).getByRole("searchbox").press("a")),
  "search, a second letter": counted((page) => main(page).getByRole("searchbox").press("n")),
  "clear filters": counted((page) => button(page, "Clear filters").click()),
  "columns opened": shown((page) => page.getByRole("dialog", { name: "Columns" }), (page) => button(page, "Columns").click()),
  "columns closed": escape,
  "view to save opened": shown(dialog, (page) => button(page, "Save view").click()),
  "view to save closed": escape,
};
const filtering = (name) => ({
  "filter opened": (page) => filter(page, name).click(),
  "filter, a value": counted((page) => value(page, name).click()),
  "filter closed": escape,
  "clear filters again": counted((page) => button(page, "Clear filters").click()),
});
const LISTS = [
  ["accounts", "/channel-accounts", ACCOUNTS, {
    ...COMMON,
    ...filtering("Channel"),
    "sort by name": (page) => header(page, /^Name/).click(),
    "sort by name, descending": (page) => header(page, /^Name/).click(),
    "all selected": shown((page) => button(page, "Turn bot off"), (page) => main(page).getByRole("checkbox", { name: "Select all rows" }).click()),
    "bot off asked": shown(dialog, (page) => button(page, "Turn bot off").click()),
    "bot off cancelled": escape,
    "all deselected": (page) => main(page).getByRole("checkbox", { name: "Select all rows" }).click(),
    "one row selected": (page) => rows(page).nth(0).getByRole("checkbox").click(),
    "rows selected with Shift": (page) => rows(page).nth(9).getByRole("checkbox").click({ modifiers: ["Shift"] }),
    "cursor moved": (page) => page.keyboard.press("j"),
    "record opened": shown((page) => main(page).getByRole("link", { name: "Edit" }), (page) => rows(page).nth(3).getByRole("link").first().click()),
    "back to the list": shown((page) => rows(page).first(), (page) => page.goBack()),
  }],
  ["events", "/events", EVENTS, {
    ...COMMON,
    "preset Today": counted((page) => button(page, "Today").click()),
    "preset Today off": counted((page) => button(page, "Today").click()),
    "preset Unassigned": counted((page) => button(page, "Unassigned").click()),
    "preset Unassigned off": counted((page) => button(page, "Unassigned").click()),
    "a day of the time line": counted((page) => page.getByRole("group", { name: "Events per day" }).getByRole("button").nth(20).click()),
    "clear filters, third": counted((page) => button(page, "Clear filters").click()),
    ...filtering("Type"),
    "sort by subject": (page) => header(page, /^Subject/).click(),
    "sort by subject, descending": (page) => header(page, /^Subject/).click(),
    "cursor moved": (page) => page.keyboard.press("j"),
    "record opened": shown((page) => main(page).getByRole("heading", { level: 1, name: /^Event/ }).or(main(page).locator("dl").first()), (page) => rows(page).nth(3).getByRole("link").first().click()),
    "back to the list": shown((page) => rows(page).first(), (page) => page.goBack()),
    "palette opened": shown((page) => page.getByRole("dialog"), (page) => page.keyboard.press("ControlOrMeta+k")),
    "palette, a letter": (page) => page.keyboard.press("e"),
    "palette closed": escape,
  }],
];

const server = await startServer(`[sandbox]\nchannel_accounts = ${ACCOUNTS}\nevents = ${EVENTS}\n`, { build: values.build });
const browser = await launch();
try {
  for (const [name, path, count, actions] of LISTS) {
    const context = await signedIn(browser, server.url, "admin");
    const page = await context.newPage();
    await page.addInitScript(probe);
    await page.addInitScript(watchInput);
    await page.addInitScript(() => localStorage.setItem("trunkline.tour", "*"));
    await page.goto(path);
    await page.waitForFunction((rows) => document.querySelector("table.table")?.getAttribute("aria-rowcount") === String(rows + 1), count, { timeout: 120_000 });
    await button(page, "Columns").waitFor({ timeout: 60_000 });
    // The other pages' code comes after the first page; after that nothing is under way.
    await page.waitForTimeout(5000);
    const figures = [];
    for (const [action, act] of Object.entries(actions)) {
      const from = await page.evaluate(() => performance.now());
      await act(page);
      await busy(page);
      const until = await page.evaluate(() => performance.now());
      await page.waitForTimeout(300);
      figures.push({
        action,
        ...(await page.evaluate(
          (from) => {
            const most = (entries) => Math.round(Math.max(0, ...entries.filter(({ startTime }) => startTime >= from).map(({ duration }) => duration)));
            return { frame: most(globalThis.waits), longest: most(globalThis.bench.longTasks) };
          },
          from,
        )),
        result: Math.round(until - from),
      });
    }
    console.log(`${count} ${name}`);
    console.table(figures);
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
