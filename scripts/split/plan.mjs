// Who gets which function: the module that starts, or the parts that alone need it.
import { NAME, plainName, references } from "./text.mjs";

const EXPORTED = new RegExp(`\\(func (${NAME.source})`, "g");

/**
 * How many parts a function must serve to belong to the start: fewer if the heaviest part is among them, which has to
 * fetch it anyway. What fewer need is copied into each of them: a function keeps nothing of its own, so two copies are as
 * good as one, and a page then fetches only what it needs. Lower numbers burden lists with what only forms need, higher
 * ones make all parts together larger. With 18 parts, before wasm-opt and compression, in KB of the heaviest page and of
 * all: 5 and 7: 706 and 2041, 5 and 8: 702 and 2068, 5 and 10: 685 and 2193, 4 and 7: 749 and 1831; one number for all
 * parts, 5: 730 and 1935, 6: 715 and 2067, 7: 706 and 2121, 9: 694 and 2311. Since five lists have a table, 6: the
 * overview, which has none, would fetch it too. With 21 parts, after all, in bytes of the heaviest page: 6 and 7: 252,516,
 * 6 and 10: 246,586, and most other pages are lighter by as much; three forms weigh up to 2,000 more.
 */
const SHARED_BY = 10;
const SHARED_WITH_HEAVIEST = 6;

function reach(from, edges, stop) {
  const seen = new Set(from);
  const open = [...seen];
  while (open.length) {
    for (const next of edges.get(open.pop()) ?? []) {
      if (seen.has(next) || stop.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}

/**
 * Deals the functions out. `forms` are the module's, as text; `linked` the graph of what refers to what; `doors` the
 * functions through which alone a page is entered, by the page's name, as they are named in the binary.
 *
 * @returns `start` and, by page, `pages`: functions, by their names in the text; a door is with its page. `doors`: each
 * page's. `startData` and, by page, `data`: the ranges of memory whose constants they read.
 */
export function plan(forms, linked, doors) {
  const functions = forms.filter(({ kind }) => kind === "func");
  const byPlain = new Map(functions.map((form) => [plainName(form.name), form]));
  const count = new Map();
  for (const name of linked.names.values()) count.set(name, (count.get(name) ?? 0) + 1);

  // One graph for both: what the linker knew, under the names of the text, and what the text calls by name, which
  // includes what came in after the link.
  const edges = new Map();
  const roots = new Set();
  const rename = (node) => {
    const name = linked.names.get(node);
    return name === undefined ? node : (byPlain.get(name)?.name ?? node);
  };
  for (const [node, targets] of linked.edges) {
    const name = linked.names.get(node);
    // Two functions of one name can't be told apart: all of them start, with all they need.
    if (node === "ROOT" || (name !== undefined && count.get(name) > 1)) {
      for (const target of targets) roots.add(rename(target));
      if (name !== undefined) roots.add(rename(node));
      continue;
    }
    edges.set(rename(node), new Set(Array.from(targets, rename)));
  }
  const known = new Set(linked.names.values());
  for (const form of functions) {
    const calls = references(form);
    edges.set(form.name, new Set([...(edges.get(form.name) ?? []), ...calls]));
    if (!known.has(plainName(form.name))) roots.add(form.name);
  }
  for (const form of forms) {
    if (form.kind === "export") for (const [, name] of form.text.matchAll(EXPORTED)) roots.add(name);
    if (form.kind === "start") roots.add(form.name);
  }

  const doorNames = new Map(
    Array.from(doors, ([page, plain]) => {
      const form = byPlain.get(plain);
      if (!form) throw new Error(`no function ${plain}: the door of ${page}`);
      return [page, form.name];
    }),
  );
  const allDoors = new Set(doorNames.values());
  const start = reach(roots, edges, allDoors);
  for (const door of allDoors) {
    if (roots.has(door)) throw new Error(`${door} is reached otherwise than as a door`);
  }
  const reached = new Map(Array.from(doorNames, ([page, door]) => [page, reach([door], edges, new Set([...allDoors].filter((other) => other !== door)))]));
  const users = new Map();
  for (const set of reached.values()) for (const name of set) users.set(name, (users.get(name) ?? 0) + 1);
  const texts = new Map(functions.map(({ name, text }) => [name, text.length]));
  const weight = (set) => [...set].reduce((sum, name) => sum + (start.has(name) ? 0 : (texts.get(name) ?? 0)), 0);
  const [heaviest] = [...reached.values()].sort((a, b) => weight(b) - weight(a));
  for (const [name, pages] of users) if (pages >= (heaviest.has(name) ? SHARED_WITH_HEAVIEST : SHARED_BY)) start.add(name);

  // What comes from outside comes to the start, and from there to whoever calls it.
  const imported = new Set(forms.filter(({ kind }) => kind === "import").map(({ name }) => name));
  const isOwn = (name) => !start.has(name) && !imported.has(name);
  const pages = new Map(Array.from(reached, ([page, set]) => [page, new Set([...set].filter(isOwn))]));
  const ranges = (set) => [...set].flatMap((node) => linked.data.get(node) ?? []);
  const data = new Map(Array.from(pages, ([page, set]) => [page, ranges(set)]));
  return { start, pages, doors: doorNames, data, startData: ranges(start) };
}
