//! Keyboard cursor.

use leptos::prelude::*;
use trunkline::ui::Cursor;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{table, things};
use crate::support::{focused, press, until};

#[wasm_bindgen_test]
async fn cursor_keys_move_focus_to_rows_not_yet_rendered() {
    let (rows, sort, cursor) = (RwSignal::new(things(1000)), RwSignal::new(None), Cursor::new());
    let stage = table(rows, sort, cursor);
    let scroller = stage.one(".table-scroll");
    let at = |name: &str| focused().and_then(|element| element.text_content()).as_deref() == Some(name);
    press(&scroller, "ArrowDown");
    until("focus on the first row", || at("Thing 0")).await;
    press(&scroller, "ArrowDown");
    until("focus on the second row", || at("Thing 1")).await;
    press(&scroller, "End");
    until("focus on the last row", || at("Thing 999")).await;
    assert_eq!(cursor.current.get_untracked().as_deref(), Some("999"));
    assert_eq!(stage.all("[aria-current=true]").len(), 1);
    press(&scroller, "ArrowUp");
    until("focus on the row before it", || at("Thing 998")).await;
}
