//! Sort orders.

use trunkline::ui::SortKey;
use trunkline::ui::table::sort::SortIndex;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn missing_values_sort_last_in_both_directions_and_sort_is_stable() {
    let keys = [SortKey::text("b"), SortKey::None, SortKey::text("A"), SortKey::text("B")];
    assert_eq!(SortIndex::by_bytes(&keys).indices(false), [2, 0, 3, 1]);
    assert_eq!(SortIndex::by_bytes(&keys).indices(true), [0, 3, 2, 1]);
}

/// Texts of four scripts, among them pairs that differ in an accent only.
fn words(count: usize) -> Vec<String> {
    let parts = ["an", "än", "zo", "zoë", "é", "e", "דן", "אב", "王", "李", "ß", "ss", "o", "ø", " ", "-"];
    let mut seed = 7_u64;
    let mut part = move || {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        parts[usize::try_from(seed >> 8).unwrap() % parts.len()]
    };
    (0..count).map(|_| (0..4).map(|_| part()).collect()).collect()
}

#[wasm_bindgen_test]
fn texts_are_sorted_as_the_browsers_collator_sorts_them() {
    for tag in ["en", "de", "he", "zh"] {
        let words = words(2_000);
        let keys: Vec<SortKey> = words.iter().map(|word| SortKey::text(word)).collect();
        let collator = js_sys::Intl::Collator::new(&js_sys::Array::of1(&tag.into()), &js_sys::Object::new()).compare();
        let compare =
            |a: &str, b: &str| collator.call2(&JsValue::NULL, &a.into(), &b.into()).unwrap().as_f64().unwrap();
        let folded = |row: usize| match &keys[row] {
            SortKey::Text(text) => text.clone(),
            _ => String::new(),
        };
        let order = SortIndex::by_language(&keys, tag).indices(false);
        let mut rows = order.clone();
        rows.sort_unstable();
        assert!(rows.into_iter().eq(0..words.len()), "every row once");
        for pair in order.windows(2) {
            let (one, other) = (folded(pair[0]), folded(pair[1]));
            assert!(compare(&one, &other) <= 0.0, "{tag}: {one} before {other}");
        }
    }
    // What the browser takes for two texts stays in byte order.
    let odd = [SortKey::text("b\0é"), SortKey::text("a"), SortKey::text("é")];
    assert_eq!(SortIndex::by_language(&odd, "en").indices(false).len(), 3);
}
