//! Generates the enum `Route` from `routes.json`, the one table of the console's addresses.

#![allow(clippy::expect_used, clippy::panic, reason = "a build script reports errors by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use serde::Deserialize;

/// One row of `routes.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// The variant of `Route`.
    name: String,
    /// The path; `{id}` is the record's ID.
    path: String,
    /// The file that draws the page, relative to `src/pages`.
    page: String,
    /// The lazy-loaded chunk with the page's code, named like its entry point in `src/chunks.rs`.
    chunk: Option<String>,
    /// The text of `locales/*/routes.json` that is the document's title.
    #[expect(dead_code, reason = "read by the app's build script, which knows the texts")]
    title: Option<String>,
    /// The list that the navigation marks as current; the route itself if absent.
    section: Option<String>,
    /// The role that a user needs; every signed-in user may open the page if absent.
    role: Option<String>,
    /// Cargo feature without which the route does not exist.
    feature: Option<String>,
    /// The lists that the page loads first: of each group the first one that the user may read.
    #[serde(default)]
    preload: Vec<Vec<String>>,
}

impl Row {
    fn segments(&self) -> Vec<&str> {
        self.path.split('/').filter(|segment| !segment.is_empty()).collect()
    }

    fn has_id(&self) -> bool {
        self.path.contains("{id}")
    }

    /// The pattern that matches the route whatever its ID.
    fn any(&self) -> String {
        format!("Self::{}{}", self.name, if self.has_id() { "(_)" } else { "" })
    }
}

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let file = root.join("../routes.json");
    println!("cargo::rerun-if-changed={}", file.display());
    let text = fs::read_to_string(&file).expect("routes.json can be read");
    let rows: Vec<Row> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("routes.json: {error}"));
    check(&rows);
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo"));
    fs::write(out.join("routes.rs"), generate(&rows)).expect("OUT_DIR is writable");
}

fn check(rows: &[Row]) {
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), rows.len(), "routes.json: a name occurs twice");
    for (index, row) in rows.iter().enumerate() {
        let section = row.section.as_deref().unwrap_or(&row.name);
        assert!(names.contains(section), "routes.json: {} has the unknown section {section}", row.name);
        // Rows are matched in order, so `/events/{id}` must not come before `/events/new`.
        let shadowed = rows.iter().take(index).find(|earlier| {
            let (a, b) = (earlier.segments(), row.segments());
            a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a == b || *a == "{id}")
        });
        assert!(shadowed.is_none(), "routes.json: {} never matches, an earlier row takes its path", row.name);
    }
    assert!(names.contains("NotFound"), "routes.json: NotFound is missing");
}

fn generate(rows: &[Row]) -> String {
    let mut out = String::from("/// An address of the console. Generated from `routes.json`.\n");
    out.push_str("#[derive(Clone, Debug, PartialEq, Eq)]\npub enum Route {\n");
    for row in rows {
        let id = if row.has_id() { "(String)" } else { "" };
        line(&mut out, &format!("    /// `{}`, drawn by `src/pages/{}`.\n    {}{id},", row.path, row.page, row.name));
    }
    out.push_str("}\n\nimpl Route {\n");

    function(
        &mut out,
        "The route of a path's decoded segments.",
        "fn of_segments(segments: &[&str]) -> Self",
        "segments",
        {
            rows.iter().filter(|row| row.name != "NotFound").map(|row| {
                let pattern: Vec<String> = row
                    .segments()
                    .iter()
                    .map(|segment| if *segment == "{id}" { "id".to_owned() } else { format!("{segment:?}") })
                    .collect();
                let guard = row.feature.as_ref().map_or(String::new(), |name| format!(" if cfg!(feature = {name:?})"));
                let id = if row.has_id() { "((*id).to_owned())" } else { "" };
                format!("[{}]{guard} => Self::{}{id}", pattern.join(", "), row.name)
            })
        },
        Some("Self::NotFound"),
    );

    function(
        &mut out,
        "The path's template, with `{id}` for the record's ID.",
        "fn template(&self) -> &'static str",
        "self",
        rows.iter().map(|row| format!("{} => {:?}", row.any(), row.path)),
        None,
    );

    function(
        &mut out,
        "The list or page that the route belongs to, which the navigation marks as current.",
        "pub fn section(&self) -> Self",
        "self",
        {
            rows.iter()
                .filter(|row| !row.has_id() || row.section.is_some())
                .map(|row| format!("{} => Self::{}", row.any(), row.section.as_deref().unwrap_or(&row.name)))
        },
        rows.iter().any(|row| row.has_id() && row.section.is_none()).then_some("self.clone()"),
    );

    let with_id: Vec<String> =
        rows.iter().filter(|row| row.has_id()).map(|row| format!("Self::{}(id)", row.name)).collect();
    function(
        &mut out,
        "The ID of the record that the route shows; `None` if it shows none.",
        "pub fn id(&self) -> Option<&str>",
        "self",
        [format!("{} => Some(id)", with_id.join(" | "))].into_iter(),
        Some("None"),
    );

    function(
        &mut out,
        "The lazy-loaded chunk with the page's code; `None` if the main chunk has it.",
        "pub fn chunk(&self) -> Option<&'static str>",
        "self",
        rows.iter().filter_map(|row| row.chunk.as_ref().map(|chunk| format!("{} => Some({chunk:?})", row.any()))),
        Some("None"),
    );

    function(
        &mut out,
        "The role that a user needs for the page; `None` if every user may open it.",
        "pub fn required_role(&self) -> Option<Role>",
        "self",
        rows.iter().filter_map(|row| row.role.as_ref().map(|role| format!("{} => Some(Role::{role})", row.any()))),
        Some("None"),
    );

    function(
        &mut out,
        "The lists that the page loads first, by their endpoints' names: of each group the first that the user may read.",
        "pub fn preload(&self) -> &'static [&'static [&'static str]]",
        "self",
        {
            rows.iter().filter(|row| !row.preload.is_empty()).map(|row| {
                let groups: Vec<String> = row.preload.iter().map(|group| format!("&{group:?}")).collect();
                format!("{} => &[{}]", row.any(), groups.join(", "))
            })
        },
        Some("&[]"),
    );

    out.push_str("}\n");
    out
}

/// Writes a method that is one `match`.
fn function(
    out: &mut String,
    docs: &str,
    signature: &str,
    on: &str,
    arms: impl Iterator<Item = String>,
    otherwise: Option<&str>,
) {
    line(out, &format!("    /// {docs}\n    {signature} {{\n        match {on} {{"));
    for arm in arms {
        line(out, &format!("            {arm},"));
    }
    if let Some(value) = otherwise {
        line(out, &format!("            _ => {value},"));
    }
    out.push_str("        }\n    }\n\n");
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a String can be written");
}
