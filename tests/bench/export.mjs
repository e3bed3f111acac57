// Exports a list of 100,000 events as CSV five times: tasks over 50 ms while a file is written, and the memory of the tab
// after the first file and after the last. `node tests/bench/export.mjs [events] [--build DIR]`, after `make build`; prints a table, and
// fails if the memory has grown by more than a tenth.
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { launch, signedIn } from "./browser.mjs";
import { meter } from "./memory.mjs";
import { probe } from "./probe.mjs";
import { startServer } from "./server.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { build: { type: "string" } } });
const events = Number(positionals[0] ?? 100_000);
const TIMES = 5;
const GROWTH = 1.1;

const server = await startServer(`[sandbox]\nevents = ${events}\n`, { build: values.build });
const browser = await launch();
try {
  const context = await signedIn(browser, server.url);
  const page = await context.newPage();
  await page.addInitScript(probe);
  const measure = await meter(page);
  await page.goto("/events");
  await page.waitForFunction((rows) => document.querySelector("table.table")?.getAttribute("aria-rowcount") === String(rows + 1), events, { timeout: 120_000 });
  const button = page.getByRole("main").getByRole("button", { name: "Export CSV", exact: true });
  await button.waitFor({ timeout: 60_000 });
  // The other pages' code comes after the first page; after that nothing is under way.
  await page.waitForTimeout(5000);
  const save = async () => {
    const from = await page.evaluate(() => performance.now());
    const download = page.waitForEvent("download", { timeout: 120_000 });
    await button.click();
    const file = await download;
    const bytes = statSync(await file.path()).size;
    const long = await page.evaluate((from) => globalThis.bench.longTasks.filter(({ startTime }) => startTime >= from).map(({ duration }) => duration), from);
    await file.delete();
    return { megabytes: bytes / 1e6, seconds: (await page.evaluate((from) => performance.now() - from, from)) / 1000, long: long.length, longest: Math.round(Math.max(0, ...long)), ...(await measure()) };
  };
  const rows = [];
  for (let time = 0; time < TIMES; time++) rows.push(await save());
  console.table(rows);
  const ratio = rows.at(-1).heap / rows[0].heap;
  console.log(`heap after ${TIMES} files: ${ratio.toFixed(3)} of what it was after one`);
  if (ratio > GROWTH) process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
}
