//! Turns `locales/{language}/{area}.json` into typed functions: one module an area, one function a text.
//!
//! English is the reference: a key, a placeholder or a plural form that another language lacks, or has too many, fails
//! the build. A text is a string, whose `{name}` places become parameters, or an object of plural forms (`one`,
//! `other`, …) chosen by the parameter `count`.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a build script fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

type Area = BTreeMap<String, Value>;
type Language = BTreeMap<String, Area>;

fn main() {
    println!("cargo::rerun-if-changed=locales");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("locales");
    let english = read_language(&root.join("en"));
    for entry in list(&root) {
        println!("cargo::rerun-if-changed={}", entry.display());
        compare(&english, &read_language(&entry), &entry);
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("texts.rs"), functions(&english)).expect("OUT_DIR can be written");
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}

fn read_language(folder: &Path) -> Language {
    list(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a file name in UTF-8").to_owned();
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let area = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (name, area)
        })
        .collect()
}

/// Every text of English, with the same places, and nothing else.
fn compare(english: &Language, other: &Language, folder: &Path) {
    let keys = |language: &Language| -> BTreeSet<String> {
        language.iter().flat_map(|(area, texts)| texts.keys().map(move |key| format!("{area}.{key}"))).collect()
    };
    let (here, there) = (keys(english), keys(other));
    let missing: Vec<_> = here.difference(&there).collect();
    let surplus: Vec<_> = there.difference(&here).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "{}: missing {missing:?}, unknown {surplus:?}", folder.display());
    for (area, texts) in english {
        for (key, text) in texts {
            let translated = &other[area][key];
            assert_eq!(places(text), places(translated), "{}: {area}.{key} has other places", folder.display());
            assert_eq!(text.is_object(), translated.is_object(), "{}: {area}.{key}: plural or not", folder.display());
        }
    }
}

/// The `{name}` places of a text, over all its plural forms.
fn places(text: &Value) -> BTreeSet<String> {
    let forms: Vec<&str> = match text {
        Value::String(text) => vec![text],
        Value::Object(forms) => forms.values().filter_map(Value::as_str).collect(),
        _ => panic!("a text is a string or an object of plural forms"),
    };
    let mut found = BTreeSet::new();
    for form in forms {
        for part in form.split('{').skip(1) {
            found.insert(part.split('}').next().expect("split gives one").to_owned());
        }
    }
    found
}

/// Rust for English: texts embedded, functions numbered over all areas in order.
fn functions(english: &Language) -> String {
    let mut out = String::new();
    let mut table = String::from("pub(super) const ENGLISH: &[Text] = &[\n");
    let mut index = 0_usize;
    for (area, texts) in english {
        writeln!(out, "/// Texts of `locales/*/{area}.json`.\npub mod {area} {{\n    use super::super::look_up;\n")
            .expect("memory");
        for (key, text) in texts {
            let plural = text.is_object();
            let mut names = places(text);
            if plural {
                names.insert("count".to_owned());
            }
            let parameters: Vec<String> = names
                .iter()
                .map(|name| if name == "count" { "count: i64".to_owned() } else { format!("{name}: &str") })
                .collect();
            let places: Vec<String> = names
                .iter()
                .map(|name| {
                    if name == "count" {
                        "(\"count\", &super::super::number(count))".to_owned()
                    } else {
                        format!("(\"{name}\", {name})")
                    }
                })
                .collect();
            let count = if plural { "Some(count)" } else { "None" };
            let sample = match text {
                Value::String(text) => text.clone(),
                other => other["other"].as_str().expect("a plural has `other`").to_owned(),
            };
            writeln!(
                out,
                "    /// {:?}\n    pub fn {key}({}) -> String {{\n        look_up({index}, {count}, &[{}])\n    }}\n",
                sample,
                parameters.join(", "),
                places.join(", ")
            )
            .expect("memory");
            match text {
                Value::String(text) => writeln!(table, "    Text::One({text:?}),"),
                other => {
                    let forms: Vec<String> = other
                        .as_object()
                        .expect("checked by places")
                        .iter()
                        .map(|(form, text)| {
                            format!("({form:?}, {:?})", text.as_str().expect("a plural form is a string"))
                        })
                        .collect();
                    writeln!(table, "    Text::Plural(&[{}]),", forms.join(", "))
                }
            }
            .expect("memory");
            index += 1;
        }
        out.push_str("}\n\n");
    }
    table.push_str("];\n");
    out + &table
}
