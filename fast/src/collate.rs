//! The order of letters in a language, as the browser's collator has it.
//!
//! Texts of ASCII alone stay in the order of their bytes, which is a collator's but for some punctuation. The others are
//! sorted by one call of the browser, which compares without a way back into the module, and are put among them.

/// The order of texts that differ and are sorted by their bytes: their places, in the order of the language `tag`.
#[cfg(target_arch = "wasm32")]
pub fn collate(texts: &[&str], tag: &str) -> Vec<usize> {
    use js_sys::{Array, Intl::Collator, JsString, Object};
    use wasm_bindgen::JsValue;

    let compare = Collator::new(&Array::of1(&tag.into()), &Object::new()).compare();
    let others: Array = texts.iter().filter(|text| !text.is_ascii()).map(|text| JsString::from(*text)).collect();
    // Without a function of the module's: the browser calls itself.
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
    let is_before = |a: &str, b: &str| {
        let less = compare.call2(&JsValue::NULL, &a.into(), &b.into()).ok().and_then(|less| less.as_f64());
        less.is_some_and(|less| less < 0.0)
    };
    merge(texts, &others, &is_before)
}

/// Elsewhere the order of bytes must do.
#[cfg(not(target_arch = "wasm32"))]
pub fn collate(texts: &[&str], _tag: &str) -> Vec<usize> {
    (0..texts.len()).collect()
}

/// Puts `others`, the places of the texts with more than ASCII in their order, among the rest, which are in theirs.
#[cfg(any(target_arch = "wasm32", test))]
fn merge(texts: &[&str], others: &[usize], is_before: &dyn Fn(&str, &str) -> bool) -> Vec<usize> {
    let text = |place: usize| texts.get(place).copied().unwrap_or_default();
    let plain: Vec<usize> = (0..texts.len()).filter(|place| text(*place).is_ascii()).collect();
    let mut merged = Vec::with_capacity(texts.len());
    let mut from = 0;
    for other in others {
        let rest = plain.get(from..).unwrap_or_default();
        let before = rest.partition_point(|place| is_before(text(*place), text(*other)));
        merged.extend(rest.iter().take(before));
        merged.push(*other);
        from += before;
    }
    merged.extend(plain.get(from..).unwrap_or_default());
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_ascii_are_put_among_the_others() {
        let texts = ["anna", "eva", "zander", "änne", "éric"];
        // By a collator's rule: an accent counts only between letters that are the same without it.
        let plain = |text: &str| text.replace('ä', "a").replace('é', "e");
        let order = merge(&texts, &[3, 4], &|a, b| plain(a) < plain(b));
        let names: Vec<&str> = order.into_iter().map(|place| texts[place]).collect();
        assert_eq!(names, ["anna", "änne", "éric", "eva", "zander"]);
    }

    #[test]
    fn every_text_has_one_place() {
        let texts = ["a", "b", "ä", "ö"];
        for is_before in [true, false] {
            let mut order = merge(&texts, &[3, 2], &|_, _| is_before);
            order.sort_unstable();
            assert_eq!(order, [0, 1, 2, 3]);
        }
        assert_eq!(merge(&["ä"], &[0], &|_, _| true), [0]);
        assert!(merge(&[], &[], &|_, _| true).is_empty());
    }
}
