//! Sorts texts by a language's collation, using the browser's `Intl.Collator`.
//!
//! The browser sorts all texts in one call, without callbacks into the module. ASCII texts are passed first and in byte
//! order, which equals the collation except for some punctuation: the sort finds a long sorted run and compares less.

/// Separates the texts that are passed to the browser. No visible text contains it.
#[cfg(any(target_arch = "wasm32", test))]
const SEPARATOR: char = '\0';

/// The indices of texts in the collation of the language `tag`. The texts must be distinct and sorted by their bytes.
#[cfg(target_arch = "wasm32")]
pub fn collate(texts: &[&str], tag: &str) -> Vec<usize> {
    let (ascii, others) = partition(texts);
    let sorted = sort(&[joined(texts, &ascii), joined(texts, &others)], tag);
    // A text with a separator in it is two for the browser: the order stays as it is.
    let order = sorted.filter(|places| places.len() == texts.len());
    let order: Option<Vec<usize>> = order.map(|places| {
        let all: Vec<usize> = ascii.into_iter().chain(others).collect();
        places.into_iter().filter_map(|place| all.get(place as usize).copied()).collect()
    });
    order.unwrap_or_else(|| (0..texts.len()).collect())
}

/// Sorts two lists of texts together; returns their places in the first list followed by the second.
#[cfg(target_arch = "wasm32")]
fn sort(lists: &[String; 2], tag: &str) -> Option<Vec<u32>> {
    use js_sys::{Array, Function, JsString, Map, Reflect, Uint32Array};
    use wasm_bindgen::{JsCast, JsValue};

    let separator = SEPARATOR.to_string();
    // Two lists: a text that is cut from a string of two-byte characters has two-byte characters too, which compare slowly.
    let [ascii, others] = lists.each_ref().map(|list| match list.as_str() {
        "" => Array::new(),
        list => JsString::from(list).split(&separator),
    });
    let texts = ascii.concat(&others);
    let places = Map::new();
    for place in 0..texts.length() {
        places.set(&texts.get(place), &JsValue::from(place));
    }
    let function = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok()?.dyn_into::<Function>().ok();
    // Pass the collator's own function, so that the browser never calls into the module.
    function(&texts, "sort")?.call1(&texts, &collator(tag).compare()).ok()?;
    let sorted = function(&texts, "map")?.call2(&texts, &function(&places, "get")?.into(), &places).ok()?;
    Some(Uint32Array::new(&sorted).to_vec())
}

/// The indices of the texts of ASCII, and of the others.
#[cfg(any(target_arch = "wasm32", test))]
fn partition(texts: &[&str]) -> (Vec<usize>, Vec<usize>) {
    (0..texts.len()).partition(|place| texts.get(*place).is_some_and(|text| text.is_ascii()))
}

/// The texts at these places, with a separator between.
#[cfg(any(target_arch = "wasm32", test))]
fn joined(texts: &[&str], places: &[usize]) -> String {
    let mut joined = String::with_capacity(places.len() * 16);
    for text in places.iter().filter_map(|place| texts.get(*place)) {
        if !joined.is_empty() {
            joined.push(SEPARATOR);
        }
        joined.push_str(text);
    }
    joined
}

#[cfg(target_arch = "wasm32")]
fn collator(tag: &str) -> js_sys::Intl::Collator {
    js_sys::Intl::Collator::new(&js_sys::Array::of1(&tag.into()), &js_sys::Object::new())
}

/// Has the browser load what it sorts a language's texts with, ahead of the first sort. The first collator takes Chromium
/// some 10 ms, later ones 0.1 ms.
#[cfg(target_arch = "wasm32")]
pub fn prepare_collation(tag: &str) {
    collator(tag);
}

/// Outside of a browser: nothing to prepare.
#[cfg(not(target_arch = "wasm32"))]
pub fn prepare_collation(_tag: &str) {}

/// Outside of a browser: byte order.
#[cfg(not(target_arch = "wasm32"))]
pub fn collate(texts: &[&str], _tag: &str) -> Vec<usize> {
    (0..texts.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_ascii_come_first_and_each_list_is_joined() {
        let texts = ["anna", "eva", "zander", "änne", "éric"];
        let (ascii, others) = partition(&texts);
        assert_eq!((ascii.as_slice(), others.as_slice()), ([0, 1, 2].as_slice(), [3, 4].as_slice()));
        assert_eq!(joined(&texts, &ascii), "anna\0eva\0zander");
        assert_eq!(joined(&texts, &others), "änne\0éric");
        assert_eq!(joined(&texts, &[]), "");
    }
}
