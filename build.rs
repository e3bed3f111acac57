//! Turns `locales/{language}/{area}.json` into typed functions: one module an area, one function a text.
//!
//! English is the reference: a key, a place or a plural form that another language lacks, or has too many, fails the
//! build. A text is a string, whose `{name}` places become parameters, or an object of plural forms (`one`, `other`, …)
//! chosen by the parameter `count`.
//!
//! The texts themselves are not in the module: they are numbered, by area and key in the order of their bytes, and
//! `scripts/catalogues.mjs` writes them in that order into one file per language. Both make a mark of the keys, so that
//! a file of another build is noticed.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a build script fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

type Area = BTreeMap<String, Value>;
type Language = BTreeMap<String, Area>;

/// What is known of a language besides its texts.
struct Facts {
    tag: &'static str,
    /// In itself.
    name: &'static str,
    right_to_left: bool,
    /// The plural categories that `Intl.PluralRules` chooses whole numbers by, and that each plural must have.
    plurals: &'static [&'static str],
}

/// In the order in which they are offered; the first is the default. French has `many` too, for millions: optional.
const LANGUAGES: [Facts; 5] = [
    Facts { tag: "en", name: "English", right_to_left: false, plurals: &["one", "other"] },
    Facts { tag: "de", name: "Deutsch", right_to_left: false, plurals: &["one", "other"] },
    Facts { tag: "fr", name: "Français", right_to_left: false, plurals: &["one", "other"] },
    Facts { tag: "he", name: "עברית", right_to_left: true, plurals: &["one", "two", "other"] },
    Facts { tag: "zh", name: "简体中文", right_to_left: false, plurals: &["other"] },
];
const OPTIONAL_PLURALS: [&str; 1] = ["many"];
/// Texts of the static page, which `boot.js` fills in: they have no function.
const BOOT: &str = "boot";

fn main() {
    println!("cargo::rerun-if-changed=locales");
    // scripts/split-wasm.mjs takes the released module apart by its relocations.
    if env::var("PROFILE").as_deref() == Ok("release") && env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-bin=trunkline=--emit-relocs");
    }
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("locales");
    let english = read_language(&root.join("en"));
    let mut there = Vec::new();
    for folder in list(&root) {
        println!("cargo::rerun-if-changed={}", folder.display());
        let facts = LANGUAGES.iter().find(|facts| folder.ends_with(facts.tag));
        let facts = facts.unwrap_or_else(|| panic!("{}: build.rs does not know this language", folder.display()));
        there.push(facts.tag);
        compare(&english, &read_language(&folder), facts);
    }
    let gone: Vec<_> = LANGUAGES.iter().map(|facts| facts.tag).filter(|tag| !there.contains(tag)).collect();
    assert!(gone.is_empty(), "locales has no {gone:?}");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("texts.rs"), functions(&english)).expect("OUT_DIR can be written");
    fs::write(out.join("languages.rs"), languages()).expect("OUT_DIR can be written");
    // What the component tests show.
    fs::write(out.join("english.json"), packed(&english).to_string()).expect("OUT_DIR can be written");
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

/// Every text of English, with the same places and the language's plural forms, and nothing else.
fn compare(english: &Language, other: &Language, facts: &Facts) {
    let tag = facts.tag;
    let keys = |language: &Language| -> BTreeSet<String> {
        language.iter().flat_map(|(area, texts)| texts.keys().map(move |key| format!("{area}.{key}"))).collect()
    };
    let (here, there) = (keys(english), keys(other));
    let missing: Vec<_> = here.difference(&there).collect();
    let surplus: Vec<_> = there.difference(&here).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "locales/{tag}: missing {missing:?}, unknown {surplus:?}");
    for (area, texts) in english {
        for (key, text) in texts {
            let translated = &other[area][key];
            let name = format!("locales/{tag}: {area}.{key}");
            assert_eq!(text.is_object(), translated.is_object(), "{name}: plural or not");
            let wanted = places(text);
            for (form, words) in forms(translated) {
                let found = places(&Value::from(words));
                // "One ticket" and its like may do without the number.
                let all = found == wanted || (form != "other" && found.is_subset(&wanted));
                assert!(all, "{name}: its places are {found:?}, not {wanted:?}");
                assert!(!words.trim().is_empty(), "{name} is empty");
            }
            if let Value::Object(there) = translated {
                let has = |form: &&str| there.contains_key(*form);
                assert!(facts.plurals.iter().all(has), "{name}: it needs the forms {:?}", facts.plurals);
                let known = |form: &String| [facts.plurals, &OPTIONAL_PLURALS].concat().contains(&form.as_str());
                assert!(there.keys().all(known), "{name}: only {:?} are asked for", facts.plurals);
            }
        }
    }
}

/// The forms of a text: a plain one is `other`.
fn forms(text: &Value) -> Vec<(&str, &str)> {
    match text {
        Value::String(text) => vec![("other", text)],
        Value::Object(forms) => forms
            .iter()
            .map(|(form, text)| (form.as_str(), text.as_str().expect("a plural form is a string")))
            .collect(),
        _ => panic!("a text is a string or an object of plural forms"),
    }
}

/// The `{name}` places of a text, over all its plural forms.
fn places(text: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, form) in forms(text) {
        for part in form.split('{').skip(1) {
            found.insert(part.split('}').next().expect("split gives one").to_owned());
        }
    }
    found
}

/// The places in the order of the parameters; a plural always has `count`.
fn parameters(text: &Value) -> Vec<String> {
    let mut names = places(text);
    if text.is_object() {
        names.insert("count".to_owned());
    }
    names.into_iter().collect()
}

/// The areas whose texts have numbers.
fn numbered(language: &Language) -> impl Iterator<Item = (&String, &Area)> {
    language.iter().filter(|(area, _)| *area != BOOT)
}

/// Rust of the functions. A text without parameters is a function pointer, so that all of them are of one type: what a
/// view makes of them is compiled once, not once per text.
fn functions(english: &Language) -> String {
    let mut out = String::new();
    let mut index = 0_usize;
    for (area, texts) in numbered(english) {
        writeln!(out, "/// Texts of `locales/*/{area}.json`.\npub mod {area} {{\n").expect("memory");
        for (key, text) in texts {
            let names = parameters(text);
            let sample = forms(text).into_iter().find(|(form, _)| *form == "other").expect("a plural has `other`").1;
            writeln!(out, "    /// {sample:?}").expect("memory");
            if names.is_empty() {
                writeln!(out, "    pub const {key}: fn() -> String = || super::super::text({index});\n")
                    .expect("memory");
            } else {
                // A parameter must not bear the name of a constant beside it.
                let typed: Vec<String> = names
                    .iter()
                    .map(|name| if name == "count" { "count_: i64".to_owned() } else { format!("{name}_: &str") })
                    .collect();
                let values: Vec<String> =
                    names
                        .iter()
                        .map(|name| {
                            if name == "count" {
                                "&super::super::number(count_)".to_owned()
                            } else {
                                format!("{name}_")
                            }
                        })
                        .collect();
                let call =
                    if text.is_object() { format!("plural({index}, count_, ") } else { format!("filled({index}, ") };
                let (typed, values) = (typed.join(", "), values.join(", "));
                writeln!(
                    out,
                    "    pub fn {key}({typed}) -> String {{\n        super::super::{call}&[{values}])\n    }}\n"
                )
                .expect("memory");
            }
            index += 1;
        }
        out.push_str("}\n\n");
    }
    writeln!(out, "/// The mark of these keys.\npub(super) const MARK: &str = {:?};", mark(english)).expect("memory");
    out
}

/// Rust of the languages.
fn languages() -> String {
    let mut out = String::from("&[\n");
    for Facts { tag, name, right_to_left, .. } in &LANGUAGES {
        writeln!(out, "    Language {{ tag: {tag:?}, name: {name:?}, right_to_left: {right_to_left} }},")
            .expect("memory");
    }
    out + "]\n"
}

/// FNV-1a over the names of the texts, in order: 8 hexadecimal digits.
fn mark(english: &Language) -> String {
    let names = numbered(english).flat_map(|(area, texts)| texts.keys().map(move |key| format!("{area}.{key}\n")));
    let hash = names
        .flat_map(String::into_bytes)
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

/// The texts by number; their places numbered too, in the order of the parameters.
fn packed(language: &Language) -> Value {
    let numbered_places = |text: &Value, form: &str| {
        parameters(text)
            .iter()
            .enumerate()
            .fold(form.to_owned(), |form, (at, name)| form.replace(&format!("{{{name}}}"), &format!("{{{at}}}")))
    };
    numbered(language)
        .flat_map(|(_, texts)| texts.values())
        .map(|text| match text {
            Value::Object(_) => {
                forms(text).into_iter().map(|(form, words)| (form.to_owned(), numbered_places(text, words))).collect()
            }
            plain => Value::from(numbered_places(plain, forms(plain)[0].1)),
        })
        .collect()
}
