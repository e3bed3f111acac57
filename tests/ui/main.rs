//! The UI kit in a real browser: accessibility, keyboard handling, and long tables. One file per component.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod button;
mod dialog;
mod draft;
mod error_panel;
mod field;
mod form;
#[cfg(feature = "gallery")]
mod gallery;
mod menu;
mod select;
mod support;
mod switch;
mod table;
mod texts;
mod timers;
mod toast;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
