// The parts as modules of their own.
import { pageConstants, readConstants, startConstants } from "./constants.mjs";
import { module, plainName, references, signature } from "./text.mjs";

/** The module name under which a page's part imports from the start. */
const START = "start";

const quoted = (text) => JSON.stringify(text);
const values = (kind, types) => (types.length ? ` (${kind} ${types.join(" ")})` : "");

/** What a page's part uses of the start: functions it calls, in the start's order. */
function borrowed(forms, { start, pages }) {
  const called = new Set();
  const own = (page, name) => pages.get(page).has(name);
  for (const page of pages.keys()) {
    for (const form of forms) {
      if (form.kind !== "func" || !own(page, form.name)) continue;
      for (const name of references(form)) if (!own(page, name)) called.add(name);
    }
  }
  return called;
}

/** Short names for what the parts share. */
export function sharedNames(forms, dealt) {
  const called = borrowed(forms, dealt);
  const names = new Map();
  for (const form of forms) {
    const isFunction = form.kind === "func" || (form.kind === "import" && /\(func /.test(form.text));
    if (isFunction && called.has(form.name)) names.set(form.name, names.size.toString(36));
  }
  return names;
}

const theTable = (forms) => forms.find(({ kind, text }) => kind === "table" && /funcref\)/.test(text));
const theElements = (forms) => forms.find(({ kind, text }) => kind === "elem" && / func /.test(text));
const elementNames = (form) => form.text.slice(form.text.indexOf(" func ") + 6).replace(/\)\s*$/, "").match(/\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)/g);

/** The table with a slot more for each door, and the slots. */
function tableWithDoors(forms, { doors }) {
  const table = theTable(forms);
  const [, name, size] = /\(table (\S+) (\d+)/.exec(table.text);
  const slots = new Map(Array.from(doors.keys(), (page, at) => [page, Number(size) + at]));
  const limits = `${Number(size) + doors.size} ${Number(size) + doors.size} funcref`;
  return { name, limits, slots };
}

/** What every page needs, and a stub for each door. */
export function startPart(forms, dealt, shared) {
  const { start, doors } = dealt;
  const table = tableWithDoors(forms, dealt);
  const byDoor = new Map(Array.from(doors, ([page, name]) => [name, page]));
  const constants = readConstants(forms);
  const out = [];
  for (const form of forms) {
    if (form === constants.form) out.push(startConstants(constants, dealt));
    else if (form === theTable(forms)) out.push(` (table ${table.name} ${table.limits})`);
    else if (form === theElements(forms)) {
      const names = elementNames(form).map((name) => (start.has(name) || isImport(forms, name) ? name : "$unloaded"));
      out.push(`${form.text.slice(0, form.text.indexOf(" func ") + 6)}${names.join(" ")})`);
    } else if (form.kind === "func" && byDoor.has(form.name)) {
      const { params, results } = signature(form);
      const passed = params.map((_, at) => `(local.get ${at})`).join(" ");
      const type = `${values("param", params)}${values("result", results)}`;
      const slot = table.slots.get(byDoor.get(form.name));
      out.push(` (func ${form.name}${type} (call_indirect ${table.name}${type} ${passed} (i32.const ${slot})))`);
    } else if (form.kind !== "func" || start.has(form.name)) out.push(form.text);
  }
  out.push(" (func $unloaded unreachable)");
  out.push(` (export "table" (table ${table.name}))`);
  const stack = forms.find(({ kind, name }) => kind === "global" && plainName(name) === "__stack_pointer");
  out.push(` (export "stack" (global ${stack.name}))`);
  for (const [name, short] of shared) out.push(` (export "${short}" (func ${name}))`);
  return module(out);
}

const imports = new WeakMap();
function isImport(forms, name) {
  if (!imports.has(forms)) imports.set(forms, new Set(forms.filter(({ kind }) => kind === "import").map((form) => form.name)));
  return imports.get(forms).has(name);
}

/** A page's own functions; everything else comes from the start. */
export function pagePart(forms, dealt, shared, page) {
  const own = dealt.pages.get(page);
  const table = tableWithDoors(forms, dealt);
  const functions = forms.filter(({ kind, name }) => kind === "func" && own.has(name));
  const called = new Set(functions.flatMap((form) => [...references(form)].filter((name) => !own.has(name))));
  const out = forms.filter(({ kind }) => kind === "type").map(({ text }) => text);
  const memory = forms.find(({ kind }) => kind === "memory");
  const [, memoryName, pages] = /\(memory (\S+) (\d+)/.exec(memory.text);
  out.push(` (import ${quoted(START)} "memory" (memory ${memoryName} ${pages}))`);
  out.push(` (import ${quoted(START)} "table" (table ${table.name} ${table.limits}))`);
  out.push(` (import ${quoted(START)} "stack" (global $__stack_pointer (mut i32)))`);
  for (const form of forms) {
    if (!called.has(form.name) || (form.kind !== "func" && form.kind !== "import")) continue;
    const { params, results } = signature(form.kind === "func" ? form : { text: `${form.text.slice(form.text.indexOf("(func "))}\n` });
    out.push(` (import ${quoted(START)} "${shared.get(form.name)}" (func ${form.name}${values("param", params)}${values("result", results)}))`);
  }
  // Runs of neighbours in the table are one segment each.
  const first = Number(/\(i32\.const (\d+)\)/.exec(theElements(forms).text)[1]);
  let run = [];
  const runs = [];
  elementNames(theElements(forms)).forEach((name, at) => {
    if (!own.has(name)) return void (run = []);
    if (run.length === 0) runs.push({ slot: first + at, names: run });
    run.push(name);
  });
  runs.push({ slot: table.slots.get(page), names: [dealt.doors.get(page)] });
  for (const { slot, names } of runs) out.push(` (elem (table ${table.name}) (i32.const ${slot}) func ${names.join(" ")})`);
  out.push(...pageConstants(readConstants(forms), dealt, page), ...functions.map(({ text }) => text));
  return module(out);
}
