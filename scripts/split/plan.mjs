// Assigns each function to the main chunk or to the lazy-loaded chunks that use it.
import { NAME, plainName, references } from "./wat.mjs";

const EXPORTED = new RegExp(`\\(func (${NAME.source})`, "g");

/**
 * Number of pages whose chunks must use a function before it moves to the main chunk. A lower number applies if the
 * heaviest page is among them, since it fetches the function anyway. A function used by fewer is copied into each chunk:
 * functions have no state of their own, and a chunk then fetches only what it uses. Lower numbers burden lists with what
 * only forms use; higher ones make all chunks together larger. Chunks that are fetched after a page's first rows don't
 * count: what they share with a few pages would burden the first rows of all. Measured with 24 chunks, 18 of them pages, in
 * KB of text before wasm-opt, of the heaviest page (the inbox) and of all files: counting all chunks, 7 and 10: 13,643 and
 * 59,560; counting pages, 7 and 10: 13,258 and 65,989; 7 and 12: 13,233 and 66,325; 5 and 12: 14,684 (a form) and 57,533.
 * It was 7 when six lists had a table; with seven it is 8, since neither the overview nor forms should fetch the table.
 */
const SHARED_BY = 12;
const SHARED_WITH_HEAVIEST = 8;

/** `from` and all that it leads to through nodes that are entered. */
function reach(from, edges, enters) {
  const seen = new Set(from);
  const open = [...seen];
  while (open.length) {
    for (const next of edges.get(open.pop()) ?? []) {
      if (seen.has(next) || !enters(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}

/** The chunk of the main functions that no page's first view calls. */
export const TAIL = "tail";

/** Of tables and globals a chunk has only the function table and the stack's pointer: a test for functions that use others. */
function usesOthers(forms) {
  const others = forms.filter(({ kind, text }) => (kind === "table" && !/funcref\)/.test(text)) || (kind === "global" && !/__stack_pointer/.test(text)));
  const patterns = others.map(({ name }) => new RegExp(`\\((?:table|global)\\.\\w+ ${name.replace(/\$/g, "\\$")}[\\s)]`));
  return ({ text }) => patterns.some((pattern) => pattern.test(text));
}

/**
 * Plans the split. `forms` is the module's text; `linked` the graph of references; `entryPoints` the function through
 * which alone each chunk is entered, by its name in the binary; `pages` the names of the chunks that are pages; `isCold`
 * tells by a function's name in the binary whether every page's first view goes without it.
 *
 * @returns `main` and `chunks`: sets of functions, by their names in the text; an entry point belongs to its chunk, and
 * the cold functions of the main chunk to the chunk `TAIL`.
 * `entryPoints`: each chunk's, by name in the text. `mainData` and `data`: the memory ranges of the constants they read;
 * `allData`: those of all constants that have a symbol.
 */
export function plan(forms, linked, entryPoints, pages, isCold = () => false) {
  const functions = forms.filter(({ kind }) => kind === "func");
  const byPlain = new Map(functions.map((form) => [plainName(form.name), form]));
  const count = new Map();
  for (const name of linked.names.values()) count.set(name, (count.get(name) ?? 0) + 1);

  // One graph of two sources: the linker's references, under the names of the text, and the calls in the text, which
  // include functions added after linking.
  const edges = new Map();
  const roots = new Set();
  const rename = (node) => {
    const name = linked.names.get(node);
    return name === undefined ? node : (byPlain.get(name)?.name ?? node);
  };
  for (const [node, targets] of linked.edges) {
    const name = linked.names.get(node);
    // Functions with the same name can't be told apart: all of them, and what they use, go to the main chunk.
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
  // The browser calls these by name.
  const called = new Set();
  for (const form of forms) {
    if (form.kind === "export") for (const [, name] of form.text.matchAll(EXPORTED)) called.add(name);
    if (form.kind === "start") called.add(form.name);
  }
  for (const name of called) roots.add(name);

  const entryNames = new Map(
    Array.from(entryPoints, ([chunk, plain]) => {
      const form = byPlain.get(plain);
      if (!form) throw new Error(`no function ${plain}: the entry point of ${chunk}`);
      return [chunk, form.name];
    }),
  );
  const allEntries = new Set(entryNames.values());
  const main = reach(roots, edges, (name) => !allEntries.has(name));
  for (const entry of allEntries) {
    if (roots.has(entry)) throw new Error(`${entry} is called other than as an entry point`);
  }
  const reached = new Map(Array.from(entryNames, ([chunk, entry]) => [chunk, reach([entry], edges, (name) => name === entry || !allEntries.has(name))]));
  const users = new Map();
  const pageSets = [...reached].filter(([chunk]) => pages.has(chunk)).map(([, set]) => set);
  for (const set of pageSets) for (const name of set) users.set(name, (users.get(name) ?? 0) + 1);
  const texts = new Map(functions.map(({ name, text }) => [name, text.length]));
  const weight = (set) => [...set].reduce((sum, name) => sum + (main.has(name) ? 0 : (texts.get(name) ?? 0)), 0);
  const [heaviest = new Set()] = [...pageSets].sort((a, b) => weight(b) - weight(a));
  for (const [name, chunks] of users) if (chunks >= (heaviest.has(name) ? SHARED_WITH_HEAVIEST : SHARED_BY)) main.add(name);

  // Imports of the module are imports of the main chunk, which re-exports them.
  const imported = new Set(forms.filter(({ kind }) => kind === "import").map(({ name }) => name));
  const chunks = new Map(Array.from(reached, ([chunk, set]) => [chunk, new Set([...set].filter((name) => texts.has(name) && !main.has(name) && !imported.has(name)))]));
  const staysBehind = usesOthers(forms);
  const cold = functions.filter((form) => main.has(form.name) && !called.has(form.name) && isCold(plainName(form.name)) && !staysBehind(form));
  const tail = new Set(cold.map(({ name }) => name));
  if (tail.size) {
    chunks.set(TAIL, tail);
    for (const name of tail) main.delete(name);
  }
  // The constants that functions read, directly or through others.
  const constants = (names) => [...reach(names, edges, (node) => linked.data.has(node))].flatMap((node) => linked.data.get(node) ?? []);
  const data = new Map(Array.from(chunks, ([chunk, set]) => [chunk, constants(set)]));
  // What the linker keeps for its own sake is read by whom nobody knows.
  const mainData = constants([...roots, ...functions.filter(({ name }) => main.has(name)).map(({ name }) => name)]);
  return { main, chunks, entryPoints: entryNames, data, mainData, allData: [...linked.data.values()] };
}
