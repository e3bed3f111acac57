// The pieces of split-wasm.mjs on a module small enough to read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageConstants, readConstants, startConstants } from "./split/constants.mjs";
import { declaredEntryPoints, findEntryPoints } from "./split/entry-points.mjs";
import { shorten, withoutStreams } from "./split/glue.mjs";
import { layOut, pagePart, startPart } from "./split/parts.mjs";
import { plan } from "./split/plan.mjs";
import { plainName, readForms, references, signature } from "./split/text.mjs";

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
/** What the linker knew: the page's function is reached through data too. */
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
const dealt = () => plan(withoutStreams(readForms(MODULE)), LINKED, new Map([["one", "door"]]));

test("forms, names and signatures are read", () => {
  const forms = readForms(MODULE);
  assert.deepEqual(forms.map(({ kind }) => kind).filter((kind) => kind !== "func"), ["type", "import", "global", "memory", "data", "table", "elem", "export", "export"]);
  const door = forms.find(({ name }) => name === "$door");
  assert.deepEqual([...references(door)], ['$"a page\'s"', "$both"]);
  assert.equal(plainName('$"a page\'s"'), "a page's");
  assert.deepEqual(signature(forms.find(({ kind, name }) => kind === "func" && name === "$main")).params, ["i32"]);
});

test("what only the page reaches is the page's; its door too", () => {
  const { start, pages } = dealt();
  assert.deepEqual([...start].filter((name) => name.startsWith("$")).sort(), ["$helper", "$main"]);
  assert.ok(["$door", '$"a page\'s"', "$both"].every((name) => pages.get("one").has(name)));
});

test("what many parts need starts; fewer do if the heaviest is among them", () => {
  const called = ["ten", "nine", "sixWithHeaviest", "fiveWithHeaviest"];
  const users = { ten: "abcdefghij", nine: "abcdefghi", sixWithHeaviest: "abcde", fiveWithHeaviest: "abcd" };
  const parts = { heaviest: ["sixWithHeaviest", "fiveWithHeaviest"] };
  for (const part of "abcdefghij") parts[part] = called.filter((name) => users[name].includes(part));
  const door = ([name, calls]) => ` (func $${name}\n${calls.map((of) => `  (call $${of})\n`).join("")}${name === "heaviest" ? "  (nop)\n".repeat(99) : ""} )\n`;
  const names = [...Object.keys(parts), ...called];
  const text = `(module\n${Object.entries(parts).map(door).join("")}${called.map((name) => ` (func $${name}\n  (nop)\n )\n`).join("")})\n`;
  const linked = { names: new Map(names.map((name, at) => [`f${at}`, name])), edges: new Map(), data: new Map() };
  const { start, pages } = plan(readForms(text), linked, new Map(Object.keys(parts).map((name) => [name, name])));
  assert.deepEqual([...start].sort(), ["$sixWithHeaviest", "$ten"]);
  assert.deepEqual([...pages.get("heaviest")].sort(), ["$fiveWithHeaviest", "$heaviest"]);
  assert.deepEqual([...pages.get("a")].sort(), ["$a", "$fiveWithHeaviest", "$nine"]);
});

test("a function without a counterpart before the link, or two of one name, start", () => {
  const forms = readForms(MODULE.replace("(func $stream", "(func $made"));
  assert.ok(plan(forms, LINKED, new Map([["one", "door"]])).start.has("$made"));
  const twice = { ...LINKED, names: new Map([...LINKED.names, ["f7", "both"]]), edges: new Map([...LINKED.edges, ["f7", new Set(["f2"])]]) };
  assert.ok(plan(readForms(MODULE), twice, new Map([["one", "door"]])).start.has("$both"));
});

test("the start calls the door through the slot that the page fills", () => {
  const forms = withoutStreams(readForms(MODULE));
  const layout = layOut(forms, dealt());
  const start = startPart(layout);
  assert.match(start, /\(table \$0 6 6 funcref\)/);
  assert.match(start, /\(func \$door \(param i32\) \(call_indirect \$0 \(param i32\) \(local\.get 0\) \(i32\.const 5\)\)\)/);
  assert.match(start, /func \$helper \$unloaded \$unloaded \$log\)/);
  const page = pagePart(layout, "one");
  assert.match(page, /\(elem \(table \$0\) \(i32\.const 2\) func \$"a page's" \$both\)/);
  assert.match(page, /\(elem \(table \$0\) \(i32\.const 5\) func \$door\)/);
  for (const name of ["$helper", "$log"]) assert.ok(page.includes(`"${layout.shared.get(name)}" (func ${name} (param i32))`), name);
});

test("constants go with their page, the others stay", () => {
  const constants = readConstants(readForms(MODULE));
  assert.deepEqual([...constants.bytes], [97, 98, 0, 34, 10, 127, 99, 100]);
  const plan = dealt();
  assert.match(startConstants(constants, plan), /"\\61\\62\\00\\22\\00\\00\\00\\00"/);
  assert.deepEqual(pageConstants(constants, plan, "one"), [' (data (i32.const 12) "\\0a\\7f\\63\\64")']);
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
            console.log(arg0, wasm.main, "/* kept */");
        },
    };
    return { "./app_bg.js": import0 };
}
`;
  const short = shorten(glue, withoutStreams(readForms(MODULE)));
  assert.ok(!/IntoUnderlying|0123456789abcdef|app_bg|says it/.test(short.glue));
  assert.match(short.glue, /^i0: function\(arg0\)/m);
  assert.match(short.glue, /wasm\.\$0, "\/\* kept \*\/"/);
  assert.match(short.forms.find(({ kind }) => kind === "import").text, /\(import "g" "i0" /);
  assert.match(short.forms.find(({ kind }) => kind === "export").text, /\(export "\$0" \(func \$main\)\)/);
  assert.throws(() => shorten("nothing", readForms(MODULE)), /defines 0 of the module's 1 imports/);
});

const DECLARED = `mod to {
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
const LEGACY = ["_ZN9trunkline5doors2to5inbox17h0123456789abcdefE", "_ZN9trunkline5doors2to12inbox_ticket17hfedcba9876543210E"];
const V0 = ["_RNvNtNtCs1Qb9kZ_9trunkline5doors2to5inbox", "_RNvNtNtCs1Qb9kZ_9trunkline5doors2to12inbox_ticket"];

test("entry points are found under both manglings of Rust", () => {
  const declared = declaredEntryPoints(DECLARED);
  assert.deepEqual(declared, ["inbox", "inbox_ticket"]);
  for (const [inbox, ticket] of [LEGACY, V0]) {
    const found = findEntryPoints([undefined, "main", ticket, inbox, inbox], declared);
    assert.deepEqual(Object.fromEntries(found), { inbox, inbox_ticket: ticket });
  }
});

test("a missing entry point is named, and one that is not declared too", () => {
  assert.throws(() => findEntryPoints([LEGACY[0]], ["inbox", "inbox_ticket"]), /not found in the module: doors::to::inbox_ticket$/);
  assert.throws(() => findEntryPoints(V0, ["inbox"]), /not in src\/doors\.rs: inbox_ticket/);
  assert.throws(() => declaredEntryPoints("mod other {}"), /no `mod to`/);
});
