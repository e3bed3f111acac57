//! Whether the page is being printed: a table then shows all of its rows.

use leptos::prelude::{ArcRwSignal, Get, Set};

/// No more rows than this are printed: some fifty sheets of paper.
pub const MOST: usize = 2_000;

thread_local! { static PRINTING: ArcRwSignal<bool> = ArcRwSignal::new(false); }

/// Says that printing begins or has ended.
pub fn set_printing(printing: bool) {
    PRINTING.with(|signal| signal.set(printing));
}

/// Whether the page is being printed; tracked.
pub(super) fn is_printing() -> bool {
    PRINTING.with(Get::get)
}
