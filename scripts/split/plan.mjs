// Who gets which function: the module that starts, or the parts that alone need it.
import { NAME, plainName, references } from "./text.mjs";

const EXPORTED = new RegExp(`\\(func (${NAME.source})`, "g");

/**
 * How many parts a function must serve to belong to the start. What fewer need is copied into each of them: a function
 * keeps nothing of its own, so two copies are as good as one, and a page then fetches only what it needs. A lower number
 * burdens the lists with what only forms need, a higher one makes all parts together larger. With 16 parts, before
 * wasm-opt and compression, in KB of the heaviest page and of all: 4: 854 and 1671, 5: 782 and 2132, 6: 773 and 2207,
 * 7: 765 and 2270, 9: 758 and 2482.
 */
const SHARED_BY = 6;

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
  for (const [name, pages] of users) if (pages >= SHARED_BY) start.add(name);

  // What comes from outside comes to the start, and from there to whoever calls it.
  const imported = new Set(forms.filter(({ kind }) => kind === "import").map(({ name }) => name));
  const isOwn = (name) => !start.has(name) && !imported.has(name);
  const pages = new Map(Array.from(reached, ([page, set]) => [page, new Set([...set].filter(isOwn))]));
  const ranges = (set) => [...set].flatMap((node) => linked.data.get(node) ?? []);
  const data = new Map(Array.from(pages, ([page, set]) => [page, ranges(set)]));
  return { start, pages, doors: doorNames, data, startData: ranges(start) };
}
