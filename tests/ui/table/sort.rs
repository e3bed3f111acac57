//! Sort orders.

use trunkline::ui::SortKey;
use trunkline::ui::table::sort::SortIndex;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn missing_values_sort_last_in_both_directions_and_sort_is_stable() {
    let keys = [SortKey::text("b"), SortKey::None, SortKey::text("A"), SortKey::text("B")];
    assert_eq!(SortIndex::by_bytes(&keys).indices(false), [2, 0, 3, 1]);
    assert_eq!(SortIndex::by_bytes(&keys).indices(true), [0, 3, 2, 1]);
}
