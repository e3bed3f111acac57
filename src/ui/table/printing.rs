//! Print state: while the page is printed, tables render all rows.

use leptos::prelude::{ArcRwSignal, Get, Set};

/// Maximum number of printed rows: about fifty sheets of paper.
pub const MAX_PRINTED: usize = 2_000;

thread_local! { static PRINTING: ArcRwSignal<bool> = ArcRwSignal::new(false); }

/// Sets the print state.
pub fn set_printing(printing: bool) {
    PRINTING.with(|signal| signal.set(printing));
}

/// Returns `true` while the page is being printed. Tracked.
pub(super) fn is_printing() -> bool {
    PRINTING.with(Get::get)
}
