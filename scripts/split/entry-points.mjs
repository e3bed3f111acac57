// The entry points of the lazy-loaded chunks: functions of `trunkline::lazy_pages::entry_points`, found by their mangled names.

/**
 * `trunkline::lazy_pages::entry_points::{chunk}` as rustc mangles it: the legacy way (`_ZN…E`, with a hash), or v0 (`_R…`), which is
 * the default from Rust 1.97 on. A v0 identifier has an underscore before it if it begins with a digit or underscore.
 */
const ENTRY_POINT = /^(?:_ZN9trunkline10lazy_pages12entry_points\d+(\w+?)17h[0-9a-f]{16}E|_RNvNtNtC\w*?_9trunkline10lazy_pages12entry_points\d+_?(\w+))$/;

/** The names of the functions in `mod entry_points` of src/lazy_pages.rs; those that a feature adds are not in a release. */
export function declaredEntryPoints(source) {
  const [, body] = /^mod entry_points \{\n([\s\S]*?)^\}/m.exec(source) ?? [];
  if (body === undefined) throw new Error("src/lazy_pages.rs has no `mod entry_points`, where the entry points are declared");
  const released = body.replace(/^ *#\[cfg\(feature[^\n]*\n(?: *#\[[^\n]*\n)* *pub fn[^\n]*/gm, "");
  return Array.from(released.matchAll(/^ {4}pub fn (\w+)/gm), ([, name]) => name);
}

/**
 * The mangled name of each declared entry point, by chunk.
 *
 * @param names of all functions of the linked module; a function without a name is `undefined`.
 * @throws when a declared entry point is not in the module, and names it: rustc inlined it, or mangles in a new way.
 */
export function findEntryPoints(names, declared) {
  const found = new Map();
  for (const name of new Set(names)) {
    const match = ENTRY_POINT.exec(name ?? "");
    if (match) found.set(match[1] ?? match[2], name);
  }
  const missing = declared.filter((chunk) => !found.has(chunk));
  if (missing.length) throw new Error(`not found in the module: ${missing.map((chunk) => `lazy_pages::entry_points::${chunk}`).join(", ")}`);
  const unknown = [...found.keys()].filter((chunk) => !declared.includes(chunk));
  if (unknown.length) throw new Error(`in the module, but not in src/lazy_pages.rs: ${unknown.join(", ")}`);
  return found;
}
