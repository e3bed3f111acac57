// A long day at the inbox: 10,000 tickets, refreshed again and again, every answer another. What the tab holds after
// the first ten refreshes and after all of them: JavaScript's heap, WebAssembly's memory, the document's nodes. What the
// browser keeps for its own tools of the answers' bytes is in none of these figures.
// `node tests/bench/heap.mjs [refreshes] [--build DIR]`, after `make build`; prints a table and fails above 10 %.
import { parseArgs } from "node:util";
import { launch, signedIn } from "./browser.mjs";
import { refresh } from "./longtasks.mjs";
import { meter } from "./memory.mjs";
import { startServer } from "./server.mjs";
import { startUpstream } from "./upstream.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { build: { type: "string" } } });
const refreshes = Number(positionals[0] ?? 1000);
const FIRST = 10;
const GROWTH = 1.1;
const TICKETS = 10_000;

const upstream = await startUpstream(TICKETS);
// The gateway's own looks would be answers that the page asks for too: only the button counts here.
const server = await startServer(`${upstream.toml}[live]\ntickets_seconds = 3600\nlists_seconds = 0\n`, { build: values.build });
const browser = await launch();
try {
  const context = await signedIn(browser, server.url);
  const page = await context.newPage();
  const measure = await meter(page);
  await page.goto("/inbox");
  const table = page.getByRole("table", { name: "Inbox" });
  await table.getByRole("link").first().waitFor();
  const rows = [];
  for (let count = 1; count <= refreshes; count++) {
    // Asked, answered, read and painted.
    await refresh(page, upstream);
    if (count === FIRST || count % 100 === 0 || count === refreshes) {
      const row = { refreshes: count, ...(await measure()) };
      rows.push(row);
      process.stderr.write(`${JSON.stringify(row)}\n`);
    }
  }
  console.log(`${TICKETS} tickets, each answer another`);
  console.table(rows);
  const [first, last] = [rows[0], rows.at(-1)];
  const ratio = last.heap / first.heap;
  console.log(`heap after ${last.refreshes} refreshes: ${ratio.toFixed(3)} of what it was after ${first.refreshes}; nodes ${last.nodes} of ${first.nodes}`);
  if (ratio > GROWTH) process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
  upstream.close();
}
