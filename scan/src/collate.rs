//! Sorts texts by a language's collation, using the browser's `Intl.Collator`.
//!
//! ASCII texts stay in byte order, which equals the collation except for some punctuation. The others are sorted by one
//! call into the browser, without callbacks into the module, and merged with the ASCII texts.

/// The indices of texts in the collation of the language `tag`. The texts must be distinct and sorted by their bytes.
#[cfg(target_arch = "wasm32")]
pub fn collate(texts: &[&str], tag: &str) -> Vec<usize> {
    use js_sys::{Array, JsString};
    use wasm_bindgen::JsValue;

    let compare = collator(tag).compare();
    let others: Array = texts.iter().filter(|text| !text.is_ascii()).map(|text| JsString::from(*text)).collect();
    // Pass the collator's own function, so that the browser never calls into the module.
    let sort = js_sys::Reflect::get(&others, &"sort".into()).ok();
    let sort = sort.and_then(|sort| wasm_bindgen::JsCast::dyn_into::<js_sys::Function>(sort).ok());
    let sorted = sort.and_then(|sort| sort.call1(&others, &compare).ok());
    if sorted.is_none() {
        return (0..texts.len()).collect();
    }
    let others: Vec<usize> = others
        .iter()
        .filter_map(|text| texts.binary_search(&text.as_string().unwrap_or_default().as_str()).ok())
        .collect();
    let place_of = |text: &str| {
        let text = JsValue::from(text);
        let compare = compare.clone();
        move |other: &str| {
            let less = compare.call2(&JsValue::NULL, &other.into(), &text).ok().and_then(|less| less.as_f64());
            less.is_some_and(|less| less < 0.0)
        }
    };
    merge(texts, &others, place_of)
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

/// Merges `others`, the sorted indices of the non-ASCII texts, with the ASCII texts, which are sorted already.
/// `texts_before` returns a predicate of the texts that come before its argument.
#[cfg(any(target_arch = "wasm32", test))]
fn merge<P: Fn(&str) -> bool>(texts: &[&str], others: &[usize], texts_before: impl Fn(&str) -> P) -> Vec<usize> {
    let text = |place: usize| texts.get(place).copied().unwrap_or_default();
    let plain: Vec<usize> = (0..texts.len()).filter(|place| text(*place).is_ascii()).collect();
    let mut merged = Vec::with_capacity(texts.len());
    let mut from = 0;
    for other in others {
        let rest = plain.get(from..).unwrap_or_default();
        let is_before = texts_before(text(*other));
        let before = gallop(rest, |place| is_before(text(*place)));
        merged.extend(rest.iter().take(before));
        merged.push(*other);
        from += before;
    }
    merged.extend(plain.get(from..).unwrap_or_default());
    merged
}

/// The number of leading places of which the predicate is true. Each call of it is a call into the browser, and most
/// texts stand close to the one before: the first places are tried before the middle of all.
#[cfg(any(target_arch = "wasm32", test))]
fn gallop(places: &[usize], is_before: impl Fn(&usize) -> bool) -> usize {
    let (mut from, mut step) = (0, 1);
    while let Some(place) = places.get(from + step - 1) {
        if !is_before(place) {
            break;
        }
        from += step;
        step *= 2;
    }
    let end = places.len().min(from + step - 1);
    from + places.get(from..end).unwrap_or_default().partition_point(is_before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn non_ascii_texts_are_merged_by_collation() {
        let texts = ["anna", "eva", "zander", "änne", "éric"];
        // As in a collator, accents count only between otherwise equal texts.
        let plain = |text: &str| text.replace('ä', "a").replace('é', "e");
        let before = |text: &str| {
            let text = plain(text);
            move |other: &str| plain(other) < text
        };
        let order = merge(&texts, &[3, 4], before);
        let names: Vec<&str> = order.into_iter().map(|place| texts[place]).collect();
        assert_eq!(names, ["anna", "änne", "éric", "eva", "zander"]);
    }

    #[test]
    fn every_text_occurs_once() {
        let texts = ["a", "b", "ä", "ö"];
        for is_before in [true, false] {
            let mut order = merge(&texts, &[3, 2], |_| move |_: &str| is_before);
            order.sort_unstable();
            assert_eq!(order, [0, 1, 2, 3]);
        }
        assert_eq!(merge(&["ä"], &[0], |_| |_: &str| true), [0]);
        assert!(merge(&[], &[], |_| |_: &str| true).is_empty());
    }

    #[test]
    fn galloping_finds_the_same_place_in_few_steps() {
        let places: Vec<usize> = (0..1000).collect();
        for count in [0, 1, 2, 3, 7, 8, 100, 511, 512, 999, 1000] {
            let calls = std::cell::Cell::new(0);
            let is_before = |place: &usize| {
                calls.set(calls.get() + 1);
                *place < count
            };
            assert_eq!(gallop(&places, is_before), count);
            let most = if count < 4 { 6 } else { 22 };
            assert!(calls.get() <= most, "{} calls for {count}", calls.get());
        }
        assert_eq!(gallop(&[], |_| true), 0);
    }
}
