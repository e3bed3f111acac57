// The parts as modules of their own.
import { pageConstants, readConstants, startConstants } from "./constants.mjs";
import { NAME, module, plainName, references, signature } from "./text.mjs";

/** The module name under which a page's part imports from the start. */
const START = "start";

const quoted = (text) => JSON.stringify(text);
const values = (kind, types) => (types.length ? ` (${kind} ${types.join(" ")})` : "");
const isFunction = (form) => form.kind === "func" || (form.kind === "import" && form.text.includes("(func "));

/** A function's parameters and results, also those of an imported one. */
function typeOf(form) {
  const { params, results } = signature(form.kind === "func" ? form : { text: `${form.text.slice(form.text.indexOf("(func "))}\n` });
  return { params, text: `${values("param", params)}${values("result", results)}` };
}

/** Short names for what the parts use of the start: functions they call, in the start's order. */
function sharedNames(forms, { pages }) {
  const called = new Set();
  for (const own of pages.values()) {
    for (const form of forms) {
      if (form.kind !== "func" || !own.has(form.name)) continue;
      for (const name of references(form)) if (!own.has(name)) called.add(name);
    }
  }
  const shared = forms.filter((form) => isFunction(form) && called.has(form.name));
  return new Map(shared.map(({ name }, at) => [name, at.toString(36)]));
}

/** The table with a slot more for each door, and the slots. */
function tableWithDoors(forms, { doors }) {
  const form = forms.find(({ kind, text }) => kind === "table" && /funcref\)/.test(text));
  const [, name, size] = /\(table (\S+) (\d+)/.exec(form.text);
  const slots = new Map(Array.from(doors.keys(), (page, at) => [page, Number(size) + at]));
  const limits = `${Number(size) + doors.size} ${Number(size) + doors.size} funcref`;
  return { form, name, limits, slots };
}

/** What stands in the table, from its slot `first` on. */
function tableElements(forms) {
  const form = forms.find(({ kind, text }) => kind === "elem" && / func /.test(text));
  const list = form.text.indexOf(" func ") + 6;
  const names = form.text.slice(list).replace(/\)\s*$/, "").match(new RegExp(NAME, "g"));
  return { form, head: form.text.slice(0, list), names, first: Number(/\(i32\.const (\d+)\)/.exec(form.text)[1]) };
}

/** What all parts are written from: `dealt` is the plan. */
export function layOut(forms, dealt) {
  return {
    ...dealt,
    forms,
    shared: sharedNames(forms, dealt),
    imported: new Set(forms.filter(({ kind }) => kind === "import").map(({ name }) => name)),
    constants: readConstants(forms),
    table: tableWithDoors(forms, dealt),
    elements: tableElements(forms),
  };
}

/** What every page needs, and a stub for each door. */
export function startPart(layout) {
  const { forms, start, doors, shared, imported, constants, table, elements } = layout;
  const byDoor = new Map(Array.from(doors, ([page, name]) => [name, page]));
  const out = [];
  for (const form of forms) {
    if (form === constants.form) out.push(startConstants(constants, layout));
    else if (form === table.form) out.push(` (table ${table.name} ${table.limits})`);
    else if (form === elements.form) {
      const names = elements.names.map((name) => (start.has(name) || imported.has(name) ? name : "$unloaded"));
      out.push(`${elements.head}${names.join(" ")})`);
    } else if (form.kind === "func" && byDoor.has(form.name)) {
      const { params, text } = typeOf(form);
      const passed = params.map((_, at) => `(local.get ${at})`).join(" ");
      const slot = table.slots.get(byDoor.get(form.name));
      out.push(` (func ${form.name}${text} (call_indirect ${table.name}${text} ${passed} (i32.const ${slot})))`);
    } else if (form.kind !== "func" || start.has(form.name)) out.push(form.text);
  }
  out.push(" (func $unloaded unreachable)");
  out.push(` (export "table" (table ${table.name}))`);
  const stack = forms.find(({ kind, name }) => kind === "global" && plainName(name) === "__stack_pointer");
  out.push(` (export "stack" (global ${stack.name}))`);
  for (const [name, short] of shared) out.push(` (export "${short}" (func ${name}))`);
  return module(out);
}

/** A page's part of the table: runs of neighbours are one segment each. */
function pageElements({ table, elements, doors }, own, page) {
  const runs = [];
  let run = [];
  elements.names.forEach((name, at) => {
    if (!own.has(name)) return void (run = []);
    if (run.length === 0) runs.push({ slot: elements.first + at, names: run });
    run.push(name);
  });
  runs.push({ slot: table.slots.get(page), names: [doors.get(page)] });
  return runs.map(({ slot, names }) => ` (elem (table ${table.name}) (i32.const ${slot}) func ${names.join(" ")})`);
}

/** A page's own functions; everything else comes from the start. */
export function pagePart(layout, page) {
  const { forms, pages, shared, constants, table } = layout;
  const own = pages.get(page);
  const functions = forms.filter(({ kind, name }) => kind === "func" && own.has(name));
  const called = new Set(functions.flatMap((form) => [...references(form)].filter((name) => !own.has(name))));
  const out = forms.filter(({ kind }) => kind === "type").map(({ text }) => text);
  const memory = forms.find(({ kind }) => kind === "memory");
  const [, memoryName, size] = /\(memory (\S+) (\d+)/.exec(memory.text);
  out.push(` (import ${quoted(START)} "memory" (memory ${memoryName} ${size}))`);
  out.push(` (import ${quoted(START)} "table" (table ${table.name} ${table.limits}))`);
  out.push(` (import ${quoted(START)} "stack" (global $__stack_pointer (mut i32)))`);
  for (const form of forms) {
    if (!isFunction(form) || !called.has(form.name)) continue;
    out.push(` (import ${quoted(START)} "${shared.get(form.name)}" (func ${form.name}${typeOf(form).text}))`);
  }
  out.push(...pageElements(layout, own, page), ...pageConstants(constants, layout, page), ...functions.map(({ text }) => text));
  return module(out);
}
