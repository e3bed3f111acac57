// The laws of import, and patterns that must not be in the tree: `node scripts/check-layers.mjs [root]`
//
//   i18n → routes; fetch     (fetch uses the api crate; i18n and ui know neither it nor a vendor)
//   i18n → ui                components join ui and fetch; pages use all of these and no other page;
//   shell uses routes, not pages; app, main, lib and the start-up error put all together.
//   browser and reactive serve all of them; what browser wraps is used nowhere else.
//   Crates: scan uses none of the others, text uses scan, api uses both, model uses api; server and app don't know each other.
//   No circle of imports between the files of a crate.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describeCircles } from "./layers/circles.mjs";
import { paths, uncommented } from "./layers/rust-paths.mjs";

const root = process.argv[2] ?? ".";
/** Source folders of the crates; none has a circle of imports. */
const CRATES = ["src", "server/src", "api/src", "model/src", "scan/src", "text/src"];
const COMMON = ["i18n", "routes", "fetch", "ui", "components", "reactive", "browser"];
/** Which top modules of the app a top module may name, besides itself. Those that are not listed may name all. */
const MAY_NAME = {
  browser: [],
  reactive: ["browser"],
  i18n: ["reactive", "browser"],
  routes: ["i18n", "reactive", "browser"],
  fetch: ["reactive", "browser"],
  ui: ["i18n", "reactive", "browser"],
  components: COMMON,
  pages: COMMON,
  shell: COMMON,
};
/** Files of a page's folder: the same name means the same in every page. */
const PAGE_FILES = ["mod", "page", "list", "filters", "columns", "detail", "form", "form_state", "mutations"];
/** Further files of pages, for what only they have. */
const PAGE_EXTRAS = {
  account: ["account_details", "account_select", "disable_dialog", "editable_fields", "list_state"],
  acd_events: ["event_content", "event_data", "fields_view", "filter_bar", "find_by_id", "form_tools", "other_fields", "presets", "reference_data", "reference_select", "safe_link", "sender_link", "time_line"],
  channel_accounts: ["bulk", "bulk_action", "bulk_dialog", "bulk_report", "bulk_run", "chatbot_field", "credential_labels", "edit_conflict", "share_field", "write_only", "write_only_form"],
  customers: ["custom_fields", "field_groups", "lookup_form", "lookup_result", "many", "recent", "records", "tools"],
  external_apis: ["auth_fields", "draft_result", "draft_test", "edit_conflict", "export_box", "gateway_required", "history", "import_box", "import_result", "labels", "param_editors", "param_rows", "param_tables", "run_comparison", "run_result", "secret_value", "test_panel", "tests_section", "tools", "variables_editor"],
  inbox: ["agent", "customer_card", "details_view", "filter_bar", "focus", "held_list", "history", "json_tree", "labels", "marked_list", "message", "note", "polling", "rows", "search_index", "shift", "shortcuts", "snooze", "technical_details", "ticket_links", "toolbar", "tools", "views"],
  overview: ["accounts", "bars", "events", "section", "stats", "tickets", "vendors"],
  settings: ["appearance", "card", "keyboard", "notifications", "system", "waiting"],
  sign_in: ["dialog", "language_select"],
};
/** Components whose styles are in style/dev/. */
const DEV_ONLY = /<(LineChart|ProgressBar|Tabs)\b/g;
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

/** The module path of a file below src/: `src/pages/inbox/list.rs` is ["pages", "inbox", "list"]. */
const modulePath = (file) => {
  const parts = relative(join(root, "src"), file).replace(/\.rs$/, "").split(sep);
  if (["mod", "lib", "main"].includes(parts.at(-1))) parts.pop();
  return parts;
};

function checkApp() {
  const pages = existsSync(join(root, "src/pages"))
    ? readdirSync(join(root, "src/pages")).filter((name) => name !== "mod.rs").map((name) => name.replace(/\.rs$/, ""))
    : [];
  for (const file of files("src", ".rs")) {
    const source = uncommented(readFileSync(file, "utf8"));
    const here = modulePath(file);
    const [layer, page, name] = here;
    if (layer === "pages" && name && ![...PAGE_FILES, ...(PAGE_EXTRAS[page] ?? [])].includes(name)) {
      complain(file, 1, `a page's folder has ${PAGE_FILES.join(", ")}; add ${name} to the page's further files if it fits none`);
    }
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
      for (const match of source.matchAll(DEV_ONLY)) {
        const line = source.slice(0, match.index).split("\n").length;
        complain(file, line, `${match[1]} has its styles in style/dev/, which a release leaves out; move them to style/ui/`);
      }
    }
    forbidden(file, source);
  }
}

const existsTop = (name) =>
  name !== undefined && (existsSync(join(root, "src", name)) || existsSync(join(root, "src", `${name}.rs`)));

/** Patterns that the CSP blocks, or that turn a vendor's text into markup. */
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
  ["browser/storage.rs", /\.(?:local|session)_storage\(\)/g, "a browser may forbid its storages"],
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
    "api/Cargo.toml": ["leptos", "tokio", "axum", "sqlx", "reqwest", "web-sys", "gloo-net", "trunkline", "trunkline-model", "trunkline-server"],
    "model/Cargo.toml": ["leptos", "tokio", "axum", "sqlx", "reqwest", "web-sys", "gloo-net", "trunkline", "trunkline-server"],
    "scan/Cargo.toml": ["trunkline", "trunkline-api", "trunkline-model", "trunkline-server", "leptos", "serde", "serde_json", "web-sys"],
    "text/Cargo.toml": ["trunkline", "trunkline-api", "trunkline-model", "trunkline-server", "leptos", "serde", "serde_json", "web-sys"],
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

for (const folder of CRATES) found.push(...describeCircles(root, folder));
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
