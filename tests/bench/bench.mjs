// The inbox beside its floor (floor/): `make bench`. Prints figures and ratios, and writes docs/performance.md.
//   --rounds N    visits to each side with 10,000 tickets; with 100,000 half as many
//   --small       10,000 tickets only; docs/performance.md stays as it is
//   --large       100,000 tickets only, and no long tasks; docs/performance.md stays as it is
//   --build DIR   another build than this clone's
// A size has its rounds or six minutes, whichever is over first: both together take less than a quarter of an hour.
// It ends with 0 whatever the figures are: speeds are reported, not asserted.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";
import { longChanges, longRefreshes, longTasks } from "./longtasks.mjs";
import { report } from "./report.mjs";
import { ROOT } from "./server.mjs";
import { stand } from "./stand.mjs";
import { sum } from "./stats.mjs";
import { compare, stutter } from "./targets.mjs";
import { visit } from "./visit.mjs";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "11" }, small: { type: "boolean" }, large: { type: "boolean" }, build: { type: "string" } } });
const SIZES = [10_000, 100_000];
const chosen = SIZES.filter((_, at) => !(at === 0 ? values.large : values.small));
const LIMIT_MS = 6 * 60_000;
const say = (words) => process.stderr.write(`${words}\n`);

/** Visits to both sides in turn: the figures, and how many rounds there was time for. */
async function rounds(browser, { sides, expected }, count) {
  const visits = { app: [], floor: [] };
  const end = performance.now() + LIMIT_MS;
  let round = 0;
  for (; round < count && (round === 0 || performance.now() < end); round++) {
    for (const side of round % 2 ? ["floor", "app"] : ["app", "floor"]) {
      visits[side].push(await visit(browser, sides[side], expected));
      say(`  round ${round + 1} of ${count}, ${side}: first rows after ${Math.round(visits[side].at(-1).firstRows)} ms`);
    }
  }
  return { figures: { app: sum(visits.app), floor: sum(visits.floor) }, rounds: round };
}

/** Cores that other work keeps busy, measured before the run. */
async function load() {
  const times = () => cpus().map(({ times }) => times);
  const before = times();
  await new Promise((done) => setTimeout(done, 3000));
  const busy = (now, then) => 1 - (now.idle - then.idle) / Object.keys(now).reduce((sum, kind) => sum + now[kind] - then[kind], 0);
  return times().reduce((sum, now, at) => sum + busy(now, before[at]), 0);
}
const busyCores = await load();
const browser = await launch();
try {
  const results = [];
  const tasks = {};
  for (const size of chosen) {
    const at = SIZES.indexOf(size);
    say(`${size} tickets: filling the servers.`);
    const standing = await stand(browser, size, values.build);
    try {
      const count = Math.max(1, Math.round(Number(values.rounds) / (at + 1)));
      results.push({ size, at, ...(await rounds(browser, standing, count)) });
      if (at === 0) for (const side of ["app", "floor"]) tasks[side] = await longTasks(browser, standing.sides[side], standing.expected);
    } finally {
      await standing.stop();
    }
  }
  for (const { size, at, figures, rounds } of results) {
    console.log(`\n${size} tickets, ${rounds} rounds`);
    console.table(compare(figures, at));
  }
  if (!values.large) {
    say("Live refreshes.");
    tasks.refresh = await longRefreshes(browser, SIZES[0], values.build);
    say("1 % of the tickets change each second.");
    tasks.changes = await longChanges(browser, SIZES[0], values.build);
    console.table(stutter(tasks).map(({ name, task, met }) => ({ name, ...task, met })));
  }
  if (!values.small && !values.large) writeFileSync(join(ROOT, "docs/performance.md"), report({ results, tasks, busyCores, browser: `Chromium ${browser.version().split(".")[0]}` }));
} finally {
  await browser.close();
}
