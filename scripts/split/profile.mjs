// Which functions of the main chunk no page's first view calls: a list made by `make profile`, in scripts/split/cold.txt.
// A function has no name that is short and stays, so the list has a hash of each name. What is not in it counts as called,
// so that new code is in the main chunk until the next `make profile`.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { plainName } from "./wat.mjs";

/** Where the list is. */
export const LIST = new URL("cold.txt", import.meta.url);
/** Characters of a hash; two of 10,000 names have the same in one list of a thousand. */
const LENGTH = 6;
/** The hash of a crate in a name mangled the v0 way: it depends on the crate's version and features. */
const CRATE = /Cs[0-9a-zA-Z]*_(?=\d)/g;

/** A function's hash, by its name in the binary. */
export const hashOf = (name) => createHash("sha256").update(name.replace(CRATE, "C")).digest("base64url").slice(0, LENGTH);

/** Tells by a function's name in the binary whether it is in the list. */
export function coldFunctions() {
  const list = new Set(readFileSync(LIST, "utf8").split("\n").filter((line) => line && !line.startsWith("#")));
  return (name) => list.has(hashOf(name));
}

/** What the glue gives a module so made. */
export const HIT = "hit: (at) => (globalThis.trunklineHits ??= new Set()).add(at)";

/** The functions of a module, with a call at the beginning of each that tells its number to the page; and their names. */
export function instrumented(forms) {
  const names = [];
  const counted = forms.map((form) => {
    if (form.kind !== "func") return form;
    const lines = form.text.split("\n");
    const body = lines.findIndex((line, at) => at > 0 && !/^ +\(local /.test(line));
    lines.splice(body, 0, `  (call $hit (i32.const ${names.length}))`);
    names.push(form.name);
    return { ...form, text: lines.join("\n") };
  });
  const hit = { kind: "import", name: "$hit", text: ' (import "g" "hit" (func $hit (param i32)))' };
  return { forms: [hit, ...counted], names };
}
