// Reads the paths that a Rust source names: use trees, and inline paths such as `super::cache::get()`.

/** Source with comments blanked and line breaks kept. */
export const uncommented = (source) =>
  source
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/(^|[^:"])\/\/.*$/gm, (_, before) => before);

/** Source without its unit tests, which stand at the end of a file. */
export const untested = (source) => source.replace(/^#\[cfg\(test\)\]\s*(?:#\[[^\n]*\]\s*)*mod \w+ \{[\s\S]*$/m, "");

/** The paths of a use tree, `a::{b, c::{d as e}}` → a::b, a::c::d, as lists of names. */
export function expand(tree) {
  return named(tree).map(({ path }) => path);
}

/** The same with the name that each path has in the file: `a::{b, c::{d as e}}` → b: a::b, e: a::c::d. */
export function named(tree) {
  const open = tree.indexOf("{");
  if (open < 0) {
    const [text, alias] = tree.split(/\s+as\s+/);
    const path = text.split("::").map((name) => name.trim()).filter(Boolean);
    if (path.at(-1) === "self") path.pop();
    return [{ path, name: alias?.trim() ?? path.at(-1) }];
  }
  const head = tree.slice(0, open).split("::").map((name) => name.trim()).filter(Boolean);
  const items = [];
  let [depth, item] = [0, ""];
  for (const char of tree.slice(open + 1)) {
    if (char === "{") depth += 1;
    if (char === "}" && depth-- === 0) break;
    if (char === "," && depth === 0) {
      items.push(item);
      item = "";
    } else item += char;
  }
  return [...items, item]
    .filter((text) => text.trim())
    .flatMap((text) => named(text).map(({ path, name }) => ({ path: [...head, ...path], name: name ?? head.at(-1) })));
}

/** Every path of a source that starts with one of `starts` (`crate|super`), with its line; use trees are expanded. */
export function* paths(source, starts) {
  for (const match of source.matchAll(new RegExp(`(?<![\\w:$.'])(?<!\\bmod )(?:${starts})\\b(?=\\s*::|;)`, "g"))) {
    const line = source.slice(0, match.index).split("\n").length;
    const before = /\b(pub(?:\([^)]*\))?\s+)?use\s+$/.exec(source.slice(Math.max(0, match.index - 40), match.index));
    const rest = source.slice(match.index);
    // A macro is at the crate's root, wherever it is written.
    if (/^(?:crate::)\w+!/.test(rest)) continue;
    const text = before ? rest.slice(0, rest.indexOf(";")) : /^\w+(?:\s*::\s*\w+)*/.exec(rest)[0];
    for (const entry of named(text)) yield { ...entry, line, isUse: Boolean(before), isReexport: Boolean(before?.[1]) };
  }
}
