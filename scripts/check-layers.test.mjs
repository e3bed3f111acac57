// The laws' checker itself: each law broken once, in a tree of its own. `node --test scripts/check-layers.test.mjs`
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";

const GOOD = {
  "src/i18n/mod.rs": "pub fn t() {}\n",
  "src/routes/mod.rs": "use crate::i18n::t;\n",
  "src/fetch/mod.rs": "use trunkline_api::Error;\nuse crate::reactive::effect;\n",
  "src/ui/mod.rs": "use crate::i18n::t;\n",
  "src/shell/mod.rs": "use crate::routes::Route;\n",
  "src/pages/mod.rs": "pub mod inbox;\npub mod account;\n",
  "src/pages/account/mod.rs": "use crate::{fetch::send, ui::{Button, Field}};\nuse super::super::i18n::t;\n",
  "src/pages/inbox/mod.rs": "mod list;\n#[cfg(test)]\nmod tests { use super::*; }\n",
  "src/pages/inbox/list.rs": "use super::detail::Row;\nfn f() { view! { <p style:width=w class=\"style\">// style=\"x\"\n</p><p title={t::ui::rows} prop:textContent=catalogue(t::ui::rows) /> } }\n",
  "src/app.rs": "use crate::pages::inbox::Inbox;\nuse crate::shell::Shell;\n",
  "api/Cargo.toml": "[dependencies]\nserde = \"1\"\n",
  "style/a.css": ".a { margin-inline-start: 4px; text-align: start; }\n",
};

function check(changes) {
  const root = mkdtempSync(join(tmpdir(), "laws-"));
  try {
    for (const [name, text] of Object.entries({ ...GOOD, ...changes })) {
      mkdirSync(join(root, dirname(name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return spawnSync(process.execPath, ["scripts/check-layers.mjs", root], { encoding: "utf8" });
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("a lawful tree passes", () => {
  const { status, stderr } = check({});
  assert.equal(stderr, "");
  assert.equal(status, 0);
});

const BROKEN = [
  ["ui knows a vendor", { "src/ui/mod.rs": "use trunkline_api::Vendor;\n" }, /src\/ui\/mod\.rs:1: ui must not know the api/],
  ["ui knows fetch", { "src/ui/mod.rs": "\nuse crate::fetch::send;\n" }, /src\/ui\/mod\.rs:2: ui must not know fetch/],
  ["shell knows pages, in a nested use", { "src/shell/mod.rs": "use crate::{routes::Route, pages::{inbox}};\n" }, /shell must not know pages/],
  ["a page knows another", { "src/pages/inbox/list.rs": "use crate::pages::account::Form;\n" }, /inbox must not know the page account/],
  ["a page knows another by super", { "src/pages/inbox/list.rs": "use super::super::account::Form;\n" }, /inbox must not know the page account/],
  ["a page knows another by a bare path", { "src/pages/inbox/list.rs": "fn f() { crate::pages::account::go() }\n" }, /must not know the page account/],
  ["a page knows the shell", { "src/pages/inbox/mod.rs": "use crate::shell::Shell;\n" }, /pages must not know shell/],
  ["fetch knows i18n", { "src/fetch/mod.rs": "use crate::i18n::t;\n" }, /fetch must not know i18n/],
  ["fetch knows ui", { "src/fetch/mod.rs": "use crate::ui::Button;\n" }, /fetch must not know ui/],
  ["api knows leptos", { "api/Cargo.toml": "[dependencies]\nleptos = \"0.8\"\n" }, /must not depend on leptos/],
  [
    "two files of a crate import each other",
    { "model/src/lib.rs": "mod a;\nmod b;\n", "model/src/a.rs": "use super::b::B;\npub struct A;\n", "model/src/b.rs": "pub struct B;\nfn f() -> super::a::A { crate::a::A }\n" },
    /model\/src: a circle of imports between 2 files/,
  ],
  [
    "a circle through an index's re-export",
    {
      "model/src/lib.rs": "mod part;\n",
      "model/src/part/mod.rs": "mod a;\nmod b;\npub use b::B;\n",
      "model/src/part/a.rs": "use super::{B as Other};\npub struct A(Other);\n",
      "model/src/part/b.rs": "use crate::part::a::A;\npub struct B(A);\n",
    },
    /part\/a\.rs → part\/b\.rs\n  part\/b\.rs → part\/a\.rs/,
  ],
  ["a page's file with a name of its own", { "src/pages/inbox/stuff.rs": "fn f() {}\n" }, /src\/pages\/inbox\/stuff\.rs:1: a page's folder has/],
  ["a style attribute", { "src/ui/mod.rs": "fn f() { view! { <p style=\"color:red\"></p> } }\n" }, /style attribute/],
  ["markup from text", { "src/ui/mod.rs": "fn f() { view! { <p inner_html=x></p> } }\n" }, /must not become markup/],
  ["a timer of its own", { "src/ui/mod.rs": "fn f() { set_timeout(g, SHORT) }\n" }, /src\/ui\/mod\.rs:1: set_timeout: by src\/browser\/timers\.rs/],
  ["another crate's timer", { "src/fetch/mod.rs": "use gloo_timers::callback::Interval;\n" }, /gloo_timers: by src\/browser\/timers\.rs/],
  ["the client's clock", { "src/fetch/mod.rs": "fn f() { js_sys::Date::now() }\n" }, /Date::now: by src\/browser\/clock\.rs/],
  ["a key by its name alone", { "src/ui/mod.rs": "fn f() { match event.key().as_str() {} }\n" }, /by src\/browser\/keys\.rs/],
  ["the clipboard itself", { "src/ui/mod.rs": "fn f() { navigator.clipboard() }\n" }, /by src\/browser\/clipboard\.rs/],
  ["a constructor of Intl", { "src/i18n/mod.rs": "fn f() { Intl::NumberFormat::new(&a, &b) }\n" }, /by src\/browser\/languages\.rs/],
  ["the browser's module knows a layer", { "src/browser/mod.rs": "use crate::ui::Button;\n" }, /browser must not know ui/],
  ["a text of the catalogue as a text node", { "src/ui/mod.rs": "fn f() { view! { <p>{t::ui::rows}</p> } }\n" }, /mod\.rs:1: a text that changes/],
  ["a changing text as a text node", { "src/ui/mod.rs": "fn f() { view! { <p>{move || title.get()}</p> } }\n" }, /mod\.rs:1: a text that changes/],
  ["left and right", { "style/a.css": ".a {\n  padding-left: 4px;\n  text-align: right;\n}\n" }, /a\.css:2: padding-left[\s\S]*a\.css:3/],
];

for (const [name, changes, message] of BROKEN) {
  test(name, () => {
    const { status, stderr } = check(changes);
    assert.match(stderr, message);
    assert.equal(status, 1);
  });
}
