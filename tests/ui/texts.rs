//! Texts with values: the right plural form, and correct bidirectional isolation.

use trunkline::i18n::t;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::set_language;

#[wasm_bindgen_test]
fn count_selects_plural_form_and_is_grouped() {
    set_language("en");
    assert_eq!(t::ui::rows(1), "1 row");
    assert_eq!(t::ui::rows(0), "0 rows");
    assert_eq!(t::ui::rows(12_345), "12,345 rows");
}

#[wasm_bindgen_test]
fn placeholders_are_filled_by_name() {
    set_language("en");
    // In the text the order is name, id, server; the arguments are sorted by name: id, name, server.
    assert_eq!(t::account::option("8", "Online", "online"), "Online (8, online)");
}

#[wasm_bindgen_test]
fn only_right_to_left_values_are_isolated() {
    set_language("en");
    assert_eq!(t::account::option("8", "שלום", "online"), "\u{2068}שלום\u{2069} (8, online)");
}
