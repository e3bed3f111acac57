// Writes docs/performance.md after each whole run.
import { availableParallelism, totalmem } from "node:os";
import { AT_ONCE, LONG, compare, stutter } from "./targets.mjs";
import { SLOW } from "./visit.mjs";

const verdict = (met = "") => (met === "missed" ? "**missed**" : met);
const row = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, rows) => [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
const count = (number) => number.toLocaleString("en-GB");

/** The page as text; `results` holds, a size each, the rounds' figures of both sides. */
export function report({ results, tasks, browser, busyCores }) {
  const cores = availableParallelism();
  const busy = busyCores > cores / 4 ? ` The machine was busy with other work (${busyCores.toFixed(1)} of its ${cores} cores): the
milliseconds are far too long, and the ratios waver. Run it again on an idle one.` : "";
  const machine = `${cores} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${browser}`;
  return `# Performance

What the inbox costs beside the least it could cost. Written by \`make bench\`, which measures all of it anew; these
figures are of one run on a machine with ${machine}. The ratios are the result: milliseconds are a machine's
own.${busy}

## How it is measured

- **The floor** (\`tests/bench/floor/\`) is the least that the list costs in a browser, written by hand for it alone: the
  same request to the same gateway, the same columns, order, search and sorting. Its rows are flat, a text per cell,
  placed once and written over; only those that can be seen are in the document. Its search is a plain \`includes\` over
  one lowercase text per ticket. It has nothing else: no links, pills, keyboard, tooltips, navigation, session, live
  updates or languages, no words of which each must occur, no telephone numbers, no marks to ignore. It begins its
  request as early as the app does, by the same \`Link\` header, and is compressed by the same script.
- **Turn about, each visit cold.** App and floor take turns in one run, each behind a server of its own with a copy of
  the same data; every visit is a new browser context, so nothing is cached. A figure is the median of the rounds.
- **A slow machine and a slow line:** processor slowed down ${SLOW.cpu} times, ${SLOW.megabits} Mbit/s, ${SLOW.latency} ms latency; 1280 × 800.
- *First rows*: the end of the first frame with ticket rows in the table. *Search* and *sort*: from the key's or click's
  own time to the end of the first frame with exactly the rows that are right, as worked out from the data by neither of
  the two. *A word of few hits* is put in at once, as when it is pasted. *The first click* is the first on a header after
  the list has come, by the customers' names. *Scroll*: the frames' lengths while the table is moved by 180 px a frame.
  *Heap*: JavaScript's, and the memory of WebAssembly, after a collection.
- *Long tasks* are counted without slowing anything down, with 10,000 tickets, on a page that has settled. A *live
  refresh* is an answer with other tickets in it, *1 % a second* twenty seconds in each of which a hundred tickets change
  while the list is scrolled to its middle; the floor has no such thing.

What a person feels is whether an answer comes at once: within ${AT_ONCE} ms from the key or the click, on this slowed
machine, with 10,000 tickets. A gesture meets its target by its ratio, or, where the floor is far below that, by
${AT_ONCE} ms; the last column says by which.

${results.map(section).join("\n\n")}

## Long tasks

Target: none over ${LONG} ms. "Processor" is how much of the longest task this page had the processor for: on a busy
machine less than its length.

${table(
  ["", "Long tasks", "The longest", "Processor", "Target", "Floor's longest"],
  stutter(tasks).map(({ name, task, floor, met }) => [name, task.count, task.count ? `${Math.round(task.longest)} ms` : `≤ ${LONG} ms`, `${Math.round(task.cpu)} ms`, verdict(met), floor ? (floor.count ? `${Math.round(floor.longest)} ms` : `≤ ${LONG} ms`) : "–"]),
)}

## Longer runs

\`node tests/bench/heap.mjs 1000\` refreshes an inbox of 10,000 tickets a thousand times, every answer another, and fails
if what the tab holds has grown by more than a tenth. \`node tests/bench/idle.mjs 60\` counts for an hour what three idle
tabs ask of the gateway, beside the same pages each alone in a browser, and fails if anything is asked more often because
more tabs are open. In November 2026 the heap after a thousand refreshes was 1.048 of what it was after ten; three tabs asked
1,081 times in an hour, and the same pages in browsers of their own 720, 538 and 0 times.
`;
}

function section({ size, rounds, figures }, at) {
  const rows = compare(figures, at).map(({ name, app, floor, ratio, most, met }) => [name, app, floor, ratio.toFixed(2), most ? `≤ ${most.toFixed(2)}` : "", verdict(met)]);
  return `## ${count(size)} tickets\n\n${rounds} rounds.\n\n${table(["", "App", "Floor", "Ratio", "Target", ""], rows)}`;
}
