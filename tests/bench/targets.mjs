// The figures compared with the floor, and their targets.

/** The milliseconds from a key or a click to the painted answer that a person still takes for at once. */
export const AT_ONCE = 100;

/**
 * Each figure: its name, its unit, and the most that app ÷ floor may be for the smaller and the larger list. A gesture
 * on the smaller list also meets its target if it is answered at once, whatever the floor takes.
 */
export const FIGURES = [
  { key: "firstPaint", name: "First paint", unit: "ms", most: [1.15, 1.15] },
  { key: "firstRows", name: "First rows", unit: "ms", most: [1.15, 1.25] },
  { key: "search", name: "Search, a letter (median)", unit: "ms", most: [1.25, 1.25], gesture: true },
  { key: "searchWorst", name: "Search, the slowest letter", unit: "ms" },
  { key: "paste", name: "Search, a word of few hits", unit: "ms", most: [1.25, 1.25], gesture: true },
  { key: "firstSort", name: "Sort, the first click", unit: "ms", most: [1.25, 1.25], gesture: true },
  { key: "sort", name: "Sort, a click (median)", unit: "ms", most: [1.25, 1.25], gesture: true },
  { key: "sortWorst", name: "Sort, the slowest click", unit: "ms" },
  { key: "frame", name: "Scroll, a frame (median)", unit: "ms" },
  { key: "frame95", name: "Scroll, a frame (95 %)", unit: "ms" },
  { key: "heap", name: "Heap with the list shown", unit: "MB" },
  { key: "nodes", name: "DOM nodes", unit: "" },
  { key: "bytesApp", name: "Bytes without the data", unit: "kB" },
  { key: "bytesData", name: "Bytes of data", unit: "kB" },
];

/** A task longer than this makes a page stutter. */
export const LONG = 50;

const SCALE = { ms: 1, MB: 1e6, kB: 1e3, "": 1 };

export const written = (value, unit) => `${(value / SCALE[unit]).toLocaleString("en-GB", { maximumFractionDigits: unit === "MB" ? 1 : 0 })}${unit && ` ${unit}`}`;

/** The figures of one size, side by side; `met` says which target is met, and is undefined where there is none. */
export function compare({ app, floor }, at) {
  return FIGURES.map(({ key, name, unit, most, gesture }) => {
    const ratio = app[key] / floor[key];
    const atOnce = gesture && at === 0 && app[key] <= AT_ONCE;
    const met = most && (ratio <= most[at] ? "met" : atOnce ? `met: ≤ ${AT_ONCE} ms` : "missed");
    return { name, app: written(app[key], unit), floor: written(floor[key], unit), ratio, most: most?.[at], met };
  });
}

/** The long tasks, a line per gesture. */
export function stutter({ app, floor, refresh, changes }) {
  const gestures = { ...app, "live refresh": refresh, "1 % a second": changes };
  return Object.entries(gestures).map(([name, task]) => ({ name, task, floor: floor[name], met: task.longest <= LONG ? "met" : "missed" }));
}
