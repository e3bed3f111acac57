//! Steps of the cursor.

use trunkline::ui::Step;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn cursor_stays_within_the_rows() {
    assert_eq!(Step::By(1).from(None, 3), Some(0));
    assert_eq!(Step::By(-1).from(Some(0), 3), Some(0));
    assert_eq!(Step::By(1).from(Some(2), 3), Some(2));
    assert_eq!(Step::Last.from(Some(0), 0), None);
}
