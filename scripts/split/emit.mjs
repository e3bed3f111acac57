// Writes the main chunk and the lazy-loaded chunks as modules of their own.
import { TAIL } from "./plan.mjs";
import { chunkConstants, mainConstants, readConstants, withoutForeignLocations } from "./data-segments.mjs";
import { NAME, module, plainName, references, signature } from "./wat.mjs";

/** Module name under which a chunk imports from the main chunk. */
const MAIN = "main";

const quoted = (text) => JSON.stringify(text);
const values = (kind, types) => (types.length ? ` (${kind} ${types.join(" ")})` : "");
const isFunction = (form) => form.kind === "func" || (form.kind === "import" && form.text.includes("(func "));

/** A function's parameters and results, also those of an imported one. */
function typeOf(form) {
  const { params, results } = signature(form.kind === "func" ? form : { text: `${form.text.slice(form.text.indexOf("(func "))}\n` });
  return { params, text: `${values("param", params)}${values("result", results)}` };
}

/** Short names of the main chunk's functions that chunks call, in the main chunk's order. */
function sharedNames(forms, { chunks }) {
  const called = new Set();
  for (const own of chunks.values()) {
    for (const form of forms) {
      if (form.kind !== "func" || !own.has(form.name)) continue;
      for (const name of references(form)) if (!own.has(name)) called.add(name);
    }
  }
  const shared = forms.filter((form) => isFunction(form) && called.has(form.name));
  return new Map(shared.map(({ name }, at) => [name, at.toString(36)]));
}

/**
 * The function table with one more slot per entry point and per function of the tail that others call by its name; the
 * slots of the entry points, by chunk, and of the tail's functions. One that has a slot, because its address is taken, keeps it.
 */
function tableWithSlots(forms, { main, chunks, entryPoints }, elements) {
  const form = forms.find(({ kind, text }) => kind === "table" && /funcref\)/.test(text));
  const [, name, size] = /\(table (\S+) (\d+)/.exec(form.text);
  let end = Number(size);
  const slots = new Map(Array.from(entryPoints.keys(), (chunk) => [chunk, end++]));
  const tail = chunks.get(TAIL) ?? new Set();
  const tailSlots = new Map();
  elements.names.forEach((of, at) => {
    if (tail.has(of) && !tailSlots.has(of)) tailSlots.set(of, elements.first + at);
  });
  const added = [];
  const isElsewhere = (of) => main.has(of) || [...chunks].some(([chunk, own]) => chunk !== TAIL && own.has(of));
  for (const caller of forms) {
    if (caller.kind === "func" && !isElsewhere(caller.name)) continue;
    for (const of of references(caller)) {
      if (!tail.has(of) || tailSlots.has(of)) continue;
      tailSlots.set(of, end++);
      added.push(of);
    }
  }
  return { form, name, limits: `${end} ${end} funcref`, slots, tailSlots, added };
}

/** The table's functions, from slot `first` on. */
function tableElements(forms) {
  const form = forms.find(({ kind, text }) => kind === "elem" && / func /.test(text));
  const list = form.text.indexOf(" func ") + 6;
  const names = form.text.slice(list).replace(/\)\s*$/, "").match(new RegExp(NAME, "g"));
  return { form, head: form.text.slice(0, list), names, first: Number(/\(i32\.const (\d+)\)/.exec(form.text)[1]) };
}

/** Everything that chunks are written from. */
export function layOut(forms, plan) {
  const elements = tableElements(forms);
  return {
    ...plan,
    forms,
    shared: sharedNames(forms, plan),
    imported: new Set(forms.filter(({ kind }) => kind === "import").map(({ name }) => name)),
    constants: withoutForeignLocations(readConstants(forms), plan.allData),
    table: tableWithSlots(forms, plan, elements),
    elements,
  };
}

/** A function of the main chunk that calls the one in a slot of the table, after `first`. */
function stub(form, table, slot, first = "") {
  const { params, text } = typeOf(form);
  const passed = params.map((_, at) => `(local.get ${at})`).join(" ");
  return ` (func ${form.name}${text} ${first}(call_indirect ${table.name}${text} ${passed} (i32.const ${slot})))`;
}

/**
 * What a call into the tail does first: it has the start script instantiate it, unless that is done. The tail then has put its
 * functions into the slots.
 */
const ENSURE_TAIL = ` (func $ensure_tail (if (i32.eqz (global.get $has_tail)) (then (call $load_tail) (global.set $has_tail (i32.const 1)))))`;

/** The main chunk: what every chunk uses, and a stub for each entry point and for what is called of the tail. */
export function emitMain(layout) {
  const { forms, main, entryPoints, shared, imported, constants, table, elements } = layout;
  const byEntry = new Map(Array.from(entryPoints, ([chunk, name]) => [name, chunk]));
  const out = [];
  for (const form of forms) {
    if (form === constants.form) out.push(mainConstants(constants, layout));
    else if (form === table.form) out.push(` (table ${table.name} ${table.limits})`);
    else if (form === elements.form) {
      const isHere = (name) => main.has(name) || imported.has(name) || table.tailSlots.has(name);
      const names = elements.names.map((name) => (isHere(name) ? name : "$unloaded"));
      out.push(`${elements.head}${names.join(" ")})`);
    } else if (form.kind === "func" && byEntry.has(form.name)) {
      out.push(stub(form, table, table.slots.get(byEntry.get(form.name))));
    } else if (form.kind === "func" && table.tailSlots.has(form.name)) {
      out.push(stub(form, table, table.tailSlots.get(form.name), "(call $ensure_tail) "));
    } else if (form.kind !== "func" || main.has(form.name)) out.push(form.text);
  }
  if (table.tailSlots.size) {
    out.unshift(' (import "g" "tail" (func $load_tail))');
    out.push(" (global $has_tail (mut i32) (i32.const 0))", ENSURE_TAIL);
  }
  out.push(" (func $unloaded unreachable)");
  out.push(` (export "table" (table ${table.name}))`);
  const stack = forms.find(({ kind, name }) => kind === "global" && plainName(name) === "__stack_pointer");
  out.push(` (export "stack" (global ${stack.name}))`);
  for (const [name, short] of shared) out.push(` (export "${short}" (func ${name}))`);
  return module(out);
}

/** A chunk's share of the table: each run of adjacent slots is one segment. */
function chunkElements({ table, elements, entryPoints }, own, chunk) {
  const runs = [];
  let run = [];
  elements.names.forEach((name, at) => {
    if (!own.has(name)) return void (run = []);
    if (run.length === 0) runs.push({ slot: elements.first + at, names: run });
    run.push(name);
  });
  if (entryPoints.has(chunk)) runs.push({ slot: table.slots.get(chunk), names: [entryPoints.get(chunk)] });
  // Their slots are adjacent, behind those of the entry points.
  if (chunk === TAIL && table.added.length) runs.push({ slot: table.tailSlots.get(table.added[0]), names: table.added });
  return runs.map(({ slot, names }) => ` (elem (table ${table.name}) (i32.const ${slot}) func ${names.join(" ")})`);
}

/** A chunk: its own functions; it imports all others from the main chunk. */
export function emitChunk(layout, chunk) {
  const { forms, chunks, shared, constants, table } = layout;
  const own = chunks.get(chunk);
  const functions = forms.filter(({ kind, name }) => kind === "func" && own.has(name));
  const called = new Set(functions.flatMap((form) => [...references(form)].filter((name) => !own.has(name))));
  const out = forms.filter(({ kind }) => kind === "type").map(({ text }) => text);
  const memory = forms.find(({ kind }) => kind === "memory");
  const [, memoryName, size] = /\(memory (\S+) (\d+)/.exec(memory.text);
  out.push(` (import ${quoted(MAIN)} "memory" (memory ${memoryName} ${size}))`);
  out.push(` (import ${quoted(MAIN)} "table" (table ${table.name} ${table.limits}))`);
  out.push(` (import ${quoted(MAIN)} "stack" (global $__stack_pointer (mut i32)))`);
  for (const form of forms) {
    if (!isFunction(form) || !called.has(form.name)) continue;
    out.push(` (import ${quoted(MAIN)} "${shared.get(form.name)}" (func ${form.name}${typeOf(form).text}))`);
  }
  out.push(...chunkElements(layout, own, chunk), ...chunkConstants(constants, layout, chunk), ...functions.map(({ text }) => text));
  return module(out);
}
