// The modules of split-wasm.mjs on a module small enough to read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chunkConstants, mainConstants, readConstants, withoutForeignLocations } from "./split/data-segments.mjs";
import { declaredEntryPoints, findEntryPoints } from "./split/entry-points.mjs";
import { shorten, withoutStreams } from "./split/glue.mjs";
import { emitChunk, emitMain, layOut } from "./split/emit.mjs";
import { plan } from "./split/plan.mjs";
import { hashOf, instrumented } from "./split/profile.mjs";
import { plainName, readForms, references, signature } from "./split/wat.mjs";

const MODULE = `(module
 (type $0 (func (param i32)))
 (import "./app_bg.js" "__wbg_log_0123456789abcdef" (func $log (param i32)))
 (global $__stack_pointer (mut i32) (i32.const 1024))
 (memory $0 17)
 (data $.rodata (i32.const 8) "ab\\00\\"\\n\\7fcd")
 (table $0 5 5 funcref)
 (elem $0 (table $0) (i32.const 1) func $helper $"a page's" $both $log)
 (export "main" (func $main))
 (export "__wbg_intounderlyingsink_free" (func $stream))
 (func $main (param $0 i32)
  (call $helper
   (local.get $0)
  )
  (call $door (local.get $0))
 )
 (func $helper (param $0 i32)
  (nop)
 )
 (func $door (param $0 i32)
  (call $"a page's")
  (call $both)
 )
 (func $"a page's"
  (call $log (i32.const 1))
 )
 (func $both
  (call $helper (i32.const 2))
 )
 (func $stream
  (nop)
 )
)
`;
/** The linker's references: the chunk's function is reached through data too. */
const LINKED = {
  names: new Map([["f1", "main"], ["f2", "helper"], ["f3", "door"], ["f4", "a page's"], ["f5", "both"], ["f6", "stream"]]),
  edges: new Map([
    ["ROOT", new Set()],
    ["f1", new Set(["f2", "f3", "d1"])],
    ["f3", new Set(["f4", "f5", "d2"])],
    ["d2", new Set(["f4"])],
  ]),
  data: new Map([["d1", { from: 8, to: 10 }], ["d2", { from: 12, to: 16 }]]),
};
const planned = () => plan(withoutStreams(readForms(MODULE)), LINKED, new Map([["one", "door"]]), new Set(["one"]));

test("forms, names and signatures are read", () => {
  const forms = readForms(MODULE);
  assert.deepEqual(forms.map(({ kind }) => kind).filter((kind) => kind !== "func"), ["type", "import", "global", "memory", "data", "table", "elem", "export", "export"]);
  const door = forms.find(({ name }) => name === "$door");
  assert.deepEqual([...references(door)], ['$"a page\'s"', "$both"]);
  assert.equal(plainName('$"a page\'s"'), "a page's");
  assert.deepEqual(signature(forms.find(({ kind, name }) => kind === "func" && name === "$main")).params, ["i32"]);
});

test("functions that only a chunk reaches belong to it, and so does its entry point", () => {
  const { main, chunks } = planned();
  assert.deepEqual([...main].filter((name) => name.startsWith("$")).sort(), ["$helper", "$main"]);
  assert.ok(["$door", '$"a page\'s"', "$both"].every((name) => chunks.get("one").has(name)));
});

test("functions used by many pages move to main; fewer suffice if the heaviest uses them", () => {
  const called = ["twelve", "eleven", "elevenAndLater", "eightWithHeaviest", "sevenWithHeaviest"];
  const users = { twelve: "abcdefghijkl", eleven: "abcdefghijk", elevenAndLater: "abcdefghijkL", eightWithHeaviest: "abcdefg", sevenWithHeaviest: "abcdef" };
  const chunksOf = { heaviest: ["eightWithHeaviest", "sevenWithHeaviest"] };
  for (const chunk of "abcdefghijklL") chunksOf[chunk] = called.filter((name) => users[name].includes(chunk));
  const door = ([name, calls]) => ` (func $${name}\n${calls.map((of) => `  (call $${of})\n`).join("")}${name === "heaviest" ? "  (nop)\n".repeat(99) : ""} )\n`;
  const names = [...Object.keys(chunksOf), ...called];
  const text = `(module\n${Object.entries(chunksOf).map(door).join("")}${called.map((name) => ` (func $${name}\n  (nop)\n )\n`).join("")})\n`;
  const linked = { names: new Map(names.map((name, at) => [`f${at}`, name])), edges: new Map(), data: new Map() };
  const { main, chunks } = plan(readForms(text), linked, new Map(Object.keys(chunksOf).map((name) => [name, name])), new Set(["heaviest", ..."abcdefghijkl"]));
  assert.deepEqual([...main].sort(), ["$eightWithHeaviest", "$twelve"]);
  assert.deepEqual([...chunks.get("heaviest")].sort(), ["$heaviest", "$sevenWithHeaviest"]);
  assert.deepEqual([...chunks.get("a")].sort(), ["$a", "$eleven", "$elevenAndLater", "$sevenWithHeaviest"]);
});

test("functions added after linking, or sharing a name, go to main", () => {
  const forms = readForms(MODULE.replace("(func $stream", "(func $made"));
  assert.ok(plan(forms, LINKED, new Map([["one", "door"]]), new Set(["one"])).main.has("$made"));
  const twice = { ...LINKED, names: new Map([...LINKED.names, ["f7", "both"]]), edges: new Map([...LINKED.edges, ["f7", new Set(["f2"])]]) };
  assert.ok(plan(readForms(MODULE), twice, new Map([["one", "door"]]), new Set(["one"])).main.has("$both"));
});

test("main calls an entry point through the slot that its chunk fills", () => {
  const forms = withoutStreams(readForms(MODULE));
  const layout = layOut(forms, planned());
  const start = emitMain(layout);
  assert.match(start, /\(table \$0 6 6 funcref\)/);
  assert.match(start, /\(func \$door \(param i32\) \(call_indirect \$0 \(param i32\) \(local\.get 0\) \(i32\.const 5\)\)\)/);
  assert.match(start, /func \$helper \$unloaded \$unloaded \$log\)/);
  const page = emitChunk(layout, "one");
  assert.match(page, /\(elem \(table \$0\) \(i32\.const 2\) func \$"a page's" \$both\)/);
  assert.match(page, /\(elem \(table \$0\) \(i32\.const 5\) func \$door\)/);
  for (const name of ["$helper", "$log"]) assert.ok(page.includes(`"${layout.shared.get(name)}" (func ${name} (param i32))`), name);
});

test("main calls a cold function through its slot, after the tail has come", () => {
  const text = MODULE.replace("(call $helper\n", "(call $plain)\n  (call $helper\n").replace(" (func $door", " (func $plain\n  (nop)\n )\n (func $door");
  const forms = withoutStreams(readForms(text));
  const linked = { ...LINKED, names: new Map([...LINKED.names, ["f7", "plain"]]) };
  const layout = layOut(forms, plan(forms, linked, new Map([["one", "door"]]), new Set(["one"]), (name) => ["helper", "plain", "main"].includes(name)));
  const start = emitMain(layout);
  assert.match(start, /\(func \$helper \(param i32\) \(call \$ensure_tail\) \(call_indirect \$0 \(param i32\) \(local\.get 0\) \(i32\.const 1\)\)\)/);
  assert.match(start, /\(func \$plain \(call \$ensure_tail\) \(call_indirect \$0 {2}\(i32\.const 6\)\)\)/);
  // The browser calls it by name.
  assert.match(start, /\(func \$main \(param \$0 i32\)\n/);
  assert.match(start, /\(table \$0 7 7 funcref\)/);
  assert.match(start, /func \$helper \$unloaded \$unloaded \$log\)/);
  const tail = emitChunk(layout, "tail");
  assert.match(tail, /\(elem \(table \$0\) \(i32\.const 1\) func \$helper\)/);
  assert.match(tail, /\(elem \(table \$0\) \(i32\.const 6\) func \$plain\)/);
  assert.ok(emitChunk(layout, "one").includes(`"${layout.shared.get("$helper")}" (func $helper (param i32))`));
});

test("a cold function that uses another table stays in main", () => {
  const text = MODULE.replace(" (memory $0 17)", " (table $externrefs 8 externref)\n (memory $0 17)").replace("(func $helper (param $0 i32)\n  (nop)", "(func $helper (param $0 i32)\n  (drop (table.get $externrefs\n   (local.get $0)))");
  const { main, chunks } = plan(withoutStreams(readForms(text)), LINKED, new Map([["one", "door"]]), new Set(["one"]), (name) => name === "helper");
  assert.ok(main.has("$helper") && !chunks.has("tail"));
});

test("a function is known by its name without its crates' hashes, and tells when it is called", () => {
  assert.equal(hashOf("_RNvNtCs1Qb9kZ_9trunkline5shell3nav"), hashOf("_RNvNtCsZZ1_9trunkline5shell3nav"));
  assert.notEqual(hashOf("_RNvNtCs1Qb9kZ_9trunkline5shell3nav"), hashOf("_RNvNtCs1Qb9kZ_9trunkline5shell4menu"));
  const { forms, names } = instrumented(readForms(MODULE));
  assert.deepEqual(names.slice(0, 2), ["$main", "$helper"]);
  assert.match(forms.find(({ name, kind }) => kind === "func" && name === "$helper").text, /^ \(func \$helper \(param \$0 i32\)\n {2}\(call \$hit \(i32\.const 1\)\)\n {2}\(nop\)/);
});

test("constants move to their chunk, the others stay", () => {
  const constants = readConstants(readForms(MODULE));
  assert.deepEqual([...constants.bytes], [97, 98, 0, 34, 10, 127, 99, 100]);
  const plan = planned();
  assert.match(mainConstants(constants, plan), /"\\61\\62\\00\\22\\00\\00\\00\\00"/);
  assert.deepEqual(chunkConstants(constants, plan, "one"), [' (data (i32.const 12) "\\0a\\7f\\63\\64")']);
});

test("constants that nothing reads are left out", () => {
  const constants = readConstants(readForms(MODULE));
  const range = { from: constants.address, to: constants.address + 4 };
  assert.match(mainConstants(constants, { mainData: [], allData: [range] }), /"\\00\\00\\00\\00\\0a\\7f\\63\\64"/);
});

test("source locations of dependencies are left out, the app's own stay", () => {
  const location = (path, length) => [path, 0, 0, 0, length, 0, 0, 0, 7, 0, 0, 0, 9, 0, 0, 0];
  const text = [...Buffer.from("/a.rssrc/b.rs")];
  const bytes = Uint8Array.from([...location(132, 5), ...location(137, 8), ...text]);
  const pieces = [[100, 116], [116, 132], [132, 137], [137, 145]].map(([from, to]) => ({ from, to }));
  const left = withoutForeignLocations({ name: "$.rodata", address: 100, bytes }, pieces);
  assert.deepEqual([...left.bytes], [1, ...Array(15).fill(0), ...location(137, 8), 0, 0, 0, 0, 0, ...Buffer.from("src/b.rs")]);
  assert.equal(left.name, "$.rodata");
});

test("glue and module get the same short names", () => {
  const glue = `/* eslint-disable */
export class IntoUnderlyingSink {
    free() {}
}
function imports() {
    const import0 = {
        __proto__: null,
        __wbg_log_0123456789abcdef: function(arg0) {
            // says it
            console.log(arg0, wasm.main, "/* kept */", _RNvC3app6invoke);
        },
    };
    return { "./app_bg.js": import0 };
}
function _RNvC3app6invoke(arg0) {
}
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.free(ptr, 1));
async function __wbg_load(module, imports) {
}
export { initSync, __wbg_init as default };
`;
  const short = shorten(glue, withoutStreams(readForms(MODULE)));
  assert.ok(!/IntoUnderlying|0123456789abcdef|app_bg|says it/.test(short.glue));
  assert.match(short.glue, /^i0: function\(arg0\)/m);
  assert.match(short.glue, /wasm\.\$0, "\/\* kept \*\/", f0\);/);
  assert.match(short.glue, /^function f0\(arg0\) \{\n\}\nexport default async/m);
  assert.match(short.forms.find(({ kind }) => kind === "import").text, /\(import "g" "i0" /);
  assert.match(short.forms.find(({ kind }) => kind === "export").text, /\(export "\$0" \(func \$main\)\)/);
  assert.throws(() => shorten("nothing", readForms(MODULE)), /defines 0 of the module's 1 imports/);
});

const DECLARED = `mod entry_points {
    use super::*;

    #[inline(never)]
    pub fn inbox(_: Route) -> AnyView {
    }

    #[inline(never)]
    pub fn inbox_ticket(item: Item) -> AnyView {
    }

    #[cfg(feature = "gallery")]
    #[inline(never)]
    pub fn gallery(_: Route) -> AnyView {
    }
}
`;
const LEGACY = ["_ZN9trunkline10lazy_pages12entry_points5inbox17h0123456789abcdefE", "_ZN9trunkline10lazy_pages12entry_points12inbox_ticket17hfedcba9876543210E"];
const V0 = ["_RNvNtNtCs1Qb9kZ_9trunkline10lazy_pages12entry_points5inbox", "_RNvNtNtCs1Qb9kZ_9trunkline10lazy_pages12entry_points12inbox_ticket"];

test("entry points are found under both manglings of Rust", () => {
  const declared = declaredEntryPoints(DECLARED);
  assert.deepEqual(declared, ["inbox", "inbox_ticket"]);
  for (const [inbox, ticket] of [LEGACY, V0]) {
    const found = findEntryPoints([undefined, "main", ticket, inbox, inbox], declared);
    assert.deepEqual(Object.fromEntries(found), { inbox, inbox_ticket: ticket });
  }
});

test("a missing entry point is named, and one that is not declared too", () => {
  assert.throws(() => findEntryPoints([LEGACY[0]], ["inbox", "inbox_ticket"]), /not found in the module: lazy_pages::entry_points::inbox_ticket$/);
  assert.throws(() => findEntryPoints(V0, ["inbox"]), /not in src\/lazy_pages\.rs: inbox_ticket/);
  assert.throws(() => declaredEntryPoints("mod other {}"), /no `mod entry_points`/);
});

test("a mangled function of the glue is shortened, an export of the same name is not", () => {
  const glue = `function _RNvC3app4call(arg0) {
    wasm._RNvC3app4call(arg0);
}
function imports() {
    const import0 = {
        __wbg_log_0123456789abcdef: function(arg0) {
            return makeClosure(arg0, _RNvC3app4call);
        },
    };
}
`;
  const short = shorten(glue, withoutStreams(readForms(MODULE))).glue;
  assert.match(short, /^function f0\(arg0\) \{\nwasm\._RNvC3app4call\(arg0\);/m);
  assert.match(short, /makeClosure\(arg0, f0\)/);
});
