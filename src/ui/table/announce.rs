//! Announces the row count to screen readers.

use leptos::prelude::*;

use crate::browser::timers;
use crate::i18n::{count_of, t};
use crate::reactive::effect_with_previous;
use crate::ui::use_announcer;

/// Debounce in milliseconds: the count is announced once, after the last keystroke.
const DEBOUNCE_MS: u32 = 500;

/// Announces the count after the first load and after each search or filter, even if it has not changed. Changes that
/// arrive from the server are announced by the page.
pub(super) fn announce_count(count: Memo<usize>, loading: Memo<bool>) {
    let announcer = use_announcer();
    let newest = StoredValue::new(0_u32);
    effect_with_previous(move |before: Option<(usize, bool, u32)>| {
        let now = (count.get(), loading.get(), announcer.count_requests());
        let loaded = before.is_some_and(|before| before.1) && !now.1;
        let asked = before.is_some_and(|before| before.2 != now.2);
        let narrowed = before.is_some_and(|before| before.0 != now.0) && within_toolbar();
        if loaded || (!now.1 && (asked || narrowed)) {
            let turn = newest.try_update_value(|newest| {
                *newest = newest.wrapping_add(1);
                *newest
            });
            let announce = move || {
                if newest.try_get_value() == turn
                    && let Some(count) = count.try_get_untracked()
                {
                    announcer.announce(row_count_text(count));
                }
            };
            timers::after(DEBOUNCE_MS, announce).detach();
        }
        now
    });
}

/// The count as text: "36 rows".
pub(super) fn row_count_text(count: usize) -> String {
    t::ui::rows(count_of(count))
}

/// Returns `true` if the focus is in the toolbar or the empty state.
fn within_toolbar() -> bool {
    let at = document().active_element();
    at.is_some_and(|at| at.closest(".toolbar, .empty").is_ok_and(|bar| bar.is_some()))
}
