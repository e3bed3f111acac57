// The inbox beside its floor (floor/): `make bench`. Prints figures and ratios, and writes docs/performance.md.
//   --rounds N    visits to each side with 10,000 tickets; with 100,000 half as many
//   --small       10,000 tickets only; docs/performance.md stays as it is
//   --build DIR   another build than this clone's
// It ends with 0 whatever the figures are: speeds are reported, not asserted.
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";
import { longRefreshes, longTasks } from "./longtasks.mjs";
import { report } from "./report.mjs";
import { ROOT } from "./server.mjs";
import { stand } from "./stand.mjs";
import { sum } from "./stats.mjs";
import { compare, stutter } from "./targets.mjs";
import { visit } from "./visit.mjs";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "11" }, small: { type: "boolean" }, build: { type: "string" } } });
const SIZES = values.small ? [10_000] : [10_000, 100_000];
const say = (words) => process.stderr.write(`${words}\n`);

/** Visits to both sides in turn. */
async function rounds(browser, { sides, expected }, count) {
  const visits = { app: [], floor: [] };
  for (let round = 0; round < count; round++) {
    for (const side of round % 2 ? ["floor", "app"] : ["app", "floor"]) {
      visits[side].push(await visit(browser, sides[side], expected));
      say(`  round ${round + 1} of ${count}, ${side}: first rows after ${Math.round(visits[side].at(-1).firstRows)} ms`);
    }
  }
  return { app: sum(visits.app), floor: sum(visits.floor) };
}

// What else the machine is at, before this begins.
const [load] = loadavg();
const browser = await launch();
try {
  const results = [];
  const tasks = {};
  for (const [at, size] of SIZES.entries()) {
    say(`${size} tickets: filling the servers.`);
    const standing = await stand(browser, size, values.build);
    try {
      const count = Math.max(1, Math.round(Number(values.rounds) / (at + 1)));
      results.push({ size, rounds: count, figures: await rounds(browser, standing, count) });
      if (at === 0) for (const side of ["app", "floor"]) tasks[side] = await longTasks(browser, standing.sides[side], standing.expected);
    } finally {
      await standing.stop();
    }
  }
  say("Live refreshes.");
  tasks.refresh = await longRefreshes(browser, SIZES[0], values.build);
  results.forEach(({ size, figures }, at) => {
    console.log(`\n${size} tickets`);
    console.table(compare(figures, at));
  });
  console.table(stutter(tasks).map(({ name, task, met }) => ({ name, ...task, met })));
  if (!values.small) writeFileSync(join(ROOT, "docs/performance.md"), report({ results, tasks, load, browser: `Chromium ${browser.version().split(".")[0]}` }));
} finally {
  await browser.close();
}
