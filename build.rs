//! Generates typed functions from `locales/{language}/{area}.json`: a module per area, a function per text.
//!
//! English is the reference: the build fails if another language lacks a key, a placeholder or a plural form, or has
//! one too many. A text is a string whose `{name}` placeholders become parameters, or an object of plural forms (`one`,
//! `other`, …), of which the parameter `count` selects one.
//!
//! The texts themselves are not in the module: they are numbered, sorted by area and key in byte order, and
//! `scripts/build-locales.mjs` writes them in that order into one file per language. Both compute a hash of the keys,
//! so that a file of another build is detected.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a build script fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

type Area = BTreeMap<String, Value>;
type Language = BTreeMap<String, Area>;

/// Facts about a language.
struct LanguageFacts {
    tag: &'static str,
    /// Its name in the language itself.
    name: &'static str,
    right_to_left: bool,
    /// The categories of `Intl.PluralRules` for whole numbers; each plural must have all of them.
    plurals: &'static [&'static str],
}

/// The languages in the order of the settings page; the first is the default. French also has `many`, for millions,
/// which is optional.
const LANGUAGES: [LanguageFacts; 5] = [
    LanguageFacts { tag: "en", name: "English", right_to_left: false, plurals: &["one", "other"] },
    LanguageFacts { tag: "de", name: "Deutsch", right_to_left: false, plurals: &["one", "other"] },
    LanguageFacts { tag: "fr", name: "Français", right_to_left: false, plurals: &["one", "other"] },
    LanguageFacts { tag: "he", name: "עברית", right_to_left: true, plurals: &["one", "two", "other"] },
    LanguageFacts { tag: "zh", name: "简体中文", right_to_left: false, plurals: &["other"] },
];
const OPTIONAL_PLURALS: [&str; 1] = ["many"];
/// The area of the static page's texts, which `boot.js` fills in: no functions are generated for it.
const BOOT: &str = "boot";

fn main() {
    println!("cargo::rerun-if-changed=locales");
    // scripts/split-wasm.mjs splits the release module by its relocations.
    if env::var("PROFILE").as_deref() == Ok("release") && env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-bin=trunkline=--emit-relocs");
    }
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    write_routes(&manifest.join("routes.json"), &out);
    let root = manifest.join("locales");
    let english = read_language(&root.join("en"));
    let mut found = Vec::new();
    for folder in list(&root) {
        println!("cargo::rerun-if-changed={}", folder.display());
        let facts = LANGUAGES.iter().find(|facts| folder.ends_with(facts.tag));
        let facts = facts.unwrap_or_else(|| panic!("{}: build.rs does not know this language", folder.display()));
        found.push(facts.tag);
        check_translation(&english, &read_language(&folder), facts);
    }
    let gone: Vec<_> = LANGUAGES.iter().map(|facts| facts.tag).filter(|tag| !found.contains(tag)).collect();
    assert!(gone.is_empty(), "locales has no {gone:?}");
    fs::write(out.join("texts.rs"), functions(&english)).expect("OUT_DIR can be written");
    fs::write(out.join("languages.rs"), languages()).expect("OUT_DIR can be written");
    // The texts that the component tests use.
    fs::write(out.join("english.json"), texts_by_number(&english).to_string()).expect("OUT_DIR can be written");
}

/// Writes the `match` from route to title, and from route to lazy page. `model/build.rs` checks the table.
fn write_routes(table: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", table.display());
    let text = fs::read_to_string(table).expect("routes.json can be read");
    let rows: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("routes.json: {error}"));
    let mut titles = String::from("match route {\n");
    let mut pages = String::from("match route {\n");
    for row in &rows {
        let text = |key: &str| row.get(key).and_then(Value::as_str);
        let name = text("name").expect("a route has a name");
        let id = if text("path").is_some_and(|path| path.contains("{id}")) { "(_)" } else { "" };
        match text("title") {
            Some(key) => writeln!(titles, "    Route::{name}{id} => t::routes::{key}(),").expect("memory"),
            None => writeln!(titles, "    Route::{name}{id} => {name:?}.to_owned(),").expect("memory"),
        }
        if let Some(chunk) = text("chunk") {
            let feature = text("feature").map(|feature| format!("#[cfg(feature = {feature:?})] ")).unwrap_or_default();
            writeln!(pages, "    {feature}Route::{name}{id} => lazy_page!({chunk}),").expect("memory");
        }
    }
    fs::write(out.join("route_titles.rs"), titles + "}\n").expect("OUT_DIR can be written");
    fs::write(out.join("lazy_pages.rs"), pages + "    _ => return None,\n}\n").expect("OUT_DIR can be written");
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

/// Checks that a language has exactly the texts of English, with the same placeholders and the language's plural forms.
///
/// # Panics
/// Panics at the first difference, which fails the build.
fn check_translation(english: &Language, other: &Language, facts: &LanguageFacts) {
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
            let expected = placeholders(text);
            for (form, words) in forms(translated) {
                let found = placeholders(&Value::from(words));
                // A form such as "One ticket" may leave the number out.
                let all = found == expected || (form != "other" && found.is_subset(&expected));
                assert!(all, "{name}: its places are {found:?}, not {expected:?}");
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

/// The plural forms of a text; a plain text has the form `other`.
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

/// The `{name}` placeholders of a text, in any of its plural forms.
fn placeholders(text: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, form) in forms(text) {
        for part in form.split('{').skip(1) {
            found.insert(part.split('}').next().expect("split gives one").to_owned());
        }
    }
    found
}

/// The parameters of a text, sorted by name; a plural always has `count`.
fn parameters(text: &Value) -> Vec<String> {
    let mut names = placeholders(text);
    if text.is_object() {
        names.insert("count".to_owned());
    }
    names.into_iter().collect()
}

/// The areas whose texts are numbered: all but [`BOOT`].
fn numbered_areas(language: &Language) -> impl Iterator<Item = (&String, &Area)> {
    language.iter().filter(|(area, _)| *area != BOOT)
}

/// Rust code of the functions. A text without parameters is a function pointer, so that all of them have one type and
/// view code is compiled once instead of per text.
fn functions(english: &Language) -> String {
    let mut out = String::new();
    let mut index = 0_usize;
    for (area, texts) in numbered_areas(english) {
        writeln!(out, "/// Texts of `locales/*/{area}.json`.\npub mod {area} {{\n").expect("memory");
        for (key, text) in texts {
            let names = parameters(text);
            let sample = forms(text).into_iter().find(|(form, _)| *form == "other").expect("a plural has `other`").1;
            writeln!(out, "    /// {sample:?}").expect("memory");
            if names.is_empty() {
                writeln!(out, "    pub const {key}: fn() -> String = || super::super::text({index});\n")
                    .expect("memory");
            } else {
                // A parameter must not have the name of a constant of the same module: hence the underscore.
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
    writeln!(out, "/// The mark of these keys.\npub(super) const MARK: &str = {:?};", keys_hash(english))
        .expect("memory");
    out
}

/// Rust code of the languages.
fn languages() -> String {
    let mut out = String::from("&[\n");
    for LanguageFacts { tag, name, right_to_left, .. } in &LANGUAGES {
        writeln!(out, "    Language {{ tag: {tag:?}, name: {name:?}, right_to_left: {right_to_left} }},")
            .expect("memory");
    }
    out + "]\n"
}

/// FNV-1a hash of the names of the texts, in order, as 8 hexadecimal digits.
fn keys_hash(english: &Language) -> String {
    let names =
        numbered_areas(english).flat_map(|(area, texts)| texts.keys().map(move |key| format!("{area}.{key}\n")));
    let hash = names
        .flat_map(String::into_bytes)
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

/// The texts in the order of their numbers, with numbered placeholders in the order of the parameters.
fn texts_by_number(language: &Language) -> Value {
    let numbered_places = |text: &Value, form: &str| {
        parameters(text)
            .iter()
            .enumerate()
            .fold(form.to_owned(), |form, (at, name)| form.replace(&format!("{{{name}}}"), &format!("{{{at}}}")))
    };
    numbered_areas(language)
        .flat_map(|(_, texts)| texts.values())
        .map(|text| match text {
            Value::Object(_) => {
                forms(text).into_iter().map(|(form, words)| (form.to_owned(), numbered_places(text, words))).collect()
            }
            plain => Value::from(numbered_places(plain, forms(plain)[0].1)),
        })
        .collect()
}
