// The laws of import, and a few patterns that must not stand in the tree. `node scripts/check-layers.mjs [root]`
//
//   i18n → routes → fetch    (fetch speaks the api crate; i18n and ui know neither it nor a vendor)
//   i18n → ui                parts joins ui and fetch; pages stand on all of these and know no other page;
//   shell knows routes, not pages; app, main, lib and the start screen put all together.
//   browser and reactive serve all of them; what browser wraps is called nowhere else.
//   The crates api and fast know nobody of the others, but api knows fast; the server and the app don't know each other.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

const root = process.argv[2] ?? ".";
const COMMON = ["i18n", "routes", "fetch", "ui", "parts", "reactive", "browser"];
/** Which top modules of the app a top module may name, besides itself. Those that are not listed may name all. */
const MAY_NAME = {
  browser: [],
  reactive: ["browser"],
  i18n: ["reactive", "browser"],
  routes: ["i18n", "reactive", "browser"],
  fetch: ["i18n", "routes", "reactive", "browser"],
  ui: ["i18n", "reactive", "browser"],
  parts: COMMON,
  pages: COMMON,
  shell: COMMON,
};
/** Components whose styles stand in style/spare/. */
const SPARE = /<(Avatar|LineChart|Menu|ProgressBar|Tabs)\b/g;
const KNOWS_NO_VENDOR = ["i18n", "ui"];

const found = [];
const complain = (file, line, text) => found.push(`${relative(root, file)}:${line}: ${text}`);

const files = (folder, ending) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true })
        .filter((name) => name.endsWith(ending) && !/(^|\/)(target|node_modules)\//.test(name))
        .map((name) => join(root, folder, name))
        .sort()
    : [];

/** Source with comments blanked and line breaks kept. */
const uncommented = (source) =>
  source
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/(^|[^:"])\/\/.*$/gm, (_, before) => before);

/** The module path of a file below src/: `src/pages/inbox/list.rs` is ["pages", "inbox", "list"]. */
const modulePath = (file) => {
  const parts = relative(join(root, "src"), file).replace(/\.rs$/, "").split(sep);
  if (["mod", "lib", "main"].includes(parts.at(-1))) parts.pop();
  return parts;
};

/** The paths of a use tree, `a::{b, c::{d}}` → a::b, a::c::d, as lists of names. */
function expand(tree) {
  const open = tree.indexOf("{");
  if (open < 0) return [tree.split(/\s+as\s+/)[0].split("::").map((name) => name.trim()).filter(Boolean)];
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
  return [...items, item].filter((text) => text.trim()).flatMap((text) => expand(text).map((path) => [...head, ...path]));
}

/** Every path of a source that starts with `start`, with its line; use trees are taken apart. */
function* paths(source, start) {
  for (const match of source.matchAll(new RegExp(`(?<![\\w:$])(?:${start})\\b`, "g"))) {
    const line = source.slice(0, match.index).split("\n").length;
    const isUse = /\buse\s+$/.test(source.slice(Math.max(0, match.index - 12), match.index));
    const rest = source.slice(match.index);
    const text = isUse ? rest.slice(0, rest.indexOf(";")) : /^[\w]+(?:::\w+)*/.exec(rest)[0];
    for (const path of expand(text)) yield { path, line };
  }
}

function checkApp() {
  const pages = existsSync(join(root, "src/pages"))
    ? readdirSync(join(root, "src/pages")).filter((name) => name !== "mod.rs").map((name) => name.replace(/\.rs$/, ""))
    : [];
  for (const file of files("src", ".rs")) {
    const source = uncommented(readFileSync(file, "utf8"));
    const here = modulePath(file);
    const [layer, page] = here;
    const named = [...paths(source, "crate")].map(({ path, line }) => ({ path: path.slice(1), line }));
    for (const { path, line } of paths(source, "super")) {
      const up = path.findIndex((name) => name !== "super");
      const climbs = up < 0 ? path.length : up;
      // `super` of an inline module is the file itself: what stays below the file's own parent is of its own layer.
      named.push({ path: [...here.slice(0, Math.max(0, here.length - climbs)), ...path.slice(climbs)], line });
    }
    for (const { path, line } of named) {
      const [target, other] = path;
      const may = MAY_NAME[layer];
      if (may && existsTop(target) && target !== layer && !may.includes(target)) {
        complain(file, line, `${layer} must not know ${target}`);
      }
      if (layer === "pages" && page && target === "pages" && other && other !== page && pages.includes(other)) {
        complain(file, line, `the page ${page} must not know the page ${other}`);
      }
    }
    if (KNOWS_NO_VENDOR.includes(layer)) {
      for (const { line } of paths(source, "trunkline_api")) complain(file, line, `${layer} must not know the api crate`);
    }
    if (layer !== "ui") {
      for (const match of source.matchAll(SPARE)) {
        const line = source.slice(0, match.index).split("\n").length;
        complain(file, line, `${match[1]} has its styles in style/spare/, which a release leaves out: move them to style/ui/`);
      }
    }
    forbidden(file, source);
  }
}

const existsTop = (name) =>
  name !== undefined && (existsSync(join(root, "src", name)) || existsSync(join(root, "src", `${name}.rs`)));

/** What the CSP would block, or what would let a vendor's text become markup. */
function forbidden(file, source) {
  const patterns = [
    [/(?<![\w:-])style=/g, "a style attribute is blocked by the CSP: a class, or `style:property=`"],
    [/set_attribute\(\s*"style"/g, "a style attribute is blocked by the CSP: a class, or `style:property=`"],
    [/\binner_html\b|\bset_inner_html\b|insert_adjacent_html|\bset_outer_html\b/g, "text must not become markup"],
    [/(?<![\w:-])on\w+="/g, "an inline handler is blocked by the CSP: `on:event=`"],
    // A page translated by the browser loses text nodes that are written to later (`src/reactive.rs`, `Text`).
    [/(?<![=\w])\{t::\w+::\w+(?:\([^{}]*\))?\}/g, "a text that changes is set on its element: `prop:textContent=catalogue(…)`, or `live_text(…)`"],
    [
      /(?<![=\w])\{move \|\| (?:t::|number\(|format::|format!|[\w.]*(?:title|label|text|name|legend|message|hint|term|note)\.get\(\)\})/g,
      "a text that changes is set on its element: `prop:textContent=live_text(…)`",
    ],
    [/<\/?\w+[^<>]*>\{(?:format!|number\()/g, "a text that changes is set on its element: `prop:textContent=fixed(…)`"],
  ];
  for (const [pattern, text] of patterns) {
    for (const match of source.matchAll(pattern)) complain(file, source.slice(0, match.index).split("\n").length, text);
  }
}

/** Parts of the browser with pitfalls, and the one module that knows them. */
const WRAPPED = [
  ["browser/timers.rs", /\b(?:gloo_timers|set_timeout\w*|set_interval\w*|setTimeout|setInterval)\b/g, "a longer wait than 24 days fires at once"],
  ["browser/clock.rs", /\bDate::(?:now|new_0)\b|\.performance\(\)/g, "a person's clock may be days off, or be set meanwhile"],
  ["browser/keys.rs", /\bevent\.(?:key|code)\(\)(?=\.as_str|\.eq| ==| !=)|\.is_composing\(\)|\.key_code\(\)/g, "layouts, Caps Lock and input methods"],
  ["browser/clipboard.rs", /\.clipboard\(\)|\bexec_command\b|\bexecCommand\b/g, "plain http has no clipboard"],
  ["browser/languages.rs", /\bIntl::\w+::new\b|\.languages\(\)/g, "a language tag that is none throws"],
];

function checkWrapped() {
  for (const file of files("src", ".rs")) {
    const source = uncommented(readFileSync(file, "utf8"));
    const path = relative(join(root, "src"), file).split(sep).join("/");
    for (const [home, pattern, why] of WRAPPED) {
      if (path === home) continue;
      for (const match of source.matchAll(pattern)) {
        complain(file, source.slice(0, match.index).split("\n").length, `${match[0]}: by src/${home} (${why})`);
      }
    }
  }
}

/** Dependencies between the three packages. */
function checkManifests() {
  const forbiddenNames = {
    "api/Cargo.toml": ["leptos", "tokio", "axum", "sqlx", "reqwest", "web-sys", "gloo-net", "trunkline", "trunkline-server"],
    "fast/Cargo.toml": ["trunkline", "trunkline-api", "trunkline-server", "leptos", "serde", "serde_json", "web-sys"],
    "server/Cargo.toml": ["leptos", "leptos_router", "wasm-bindgen", "web-sys", "trunkline"],
    "Cargo.toml": ["trunkline-server"],
  };
  for (const [name, names] of Object.entries(forbiddenNames)) {
    const file = join(root, name);
    if (!existsSync(file)) continue;
    for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
      const dependency = /^([\w-]+)\s*(?:\.workspace)?\s*=\s*[{"t]/.exec(line)?.[1];
      if (line.startsWith("members")) continue;
      if (dependency && names.includes(dependency)) complain(file, index + 1, `must not depend on ${dependency}`);
    }
  }
}

/** Right-to-left works because no rule says left or right. */
function checkStyle() {
  const physical =
    /(?:^|[\s;{])((?:margin|padding|border|inset)-(?:left|right)[\w-]*|left|right)\s*:|(?:text-align|float|clear)\s*:\s*(left|right)\b/g;
  for (const file of files("style", ".css")) {
    const source = uncommented(readFileSync(file, "utf8"));
    for (const match of source.matchAll(physical)) {
      const line = source.slice(0, match.index + 1).split("\n").length;
      complain(file, line, `${(match[1] ?? match[0]).trim()}: use the logical property`);
    }
  }
}

/** The lock file must serve behind any registry. */
function checkLock() {
  const file = join(root, "package-lock.json");
  if (!existsSync(file)) return;
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    if (line.includes('"resolved": "http')) complain(file, index + 1, "names a registry: npm install --omit-lockfile-registry-resolved");
  }
}

checkApp();
checkWrapped();
checkManifests();
checkStyle();
checkLock();
if (found.length) {
  console.error(found.join("\n"));
  process.exit(1);
}
console.log("The laws of import hold.");
