//! How many rows there are, for those who don't see the table.

use leptos::prelude::*;

use crate::browser::timers;
use crate::i18n::t;
use crate::reactive::effect_from;
use crate::ui::use_announcer;

/// Milliseconds of quiet: a person who types hears the count once, after the last letter.
const PAUSE_MS: u32 = 500;

/// Says the count when the first rows are there, and after each search or filter, also if there are as many rows as
/// before. What comes in by itself is told by whoever knows what it is.
pub(super) fn announce_count(count: Memo<usize>, loading: Memo<bool>) {
    let announcer = use_announcer();
    let newest = StoredValue::new(0_u32);
    effect_from(move |before: Option<(usize, bool, u32)>| {
        let now = (count.get(), loading.get(), announcer.count_asked());
        let loaded = before.is_some_and(|before| before.1) && !now.1;
        let asked = before.is_some_and(|before| before.2 != now.2);
        let narrowed = before.is_some_and(|before| before.0 != now.0) && within_toolbar();
        if loaded || (!now.1 && (asked || narrowed)) {
            let turn = newest.try_update_value(|newest| {
                *newest = newest.wrapping_add(1);
                *newest
            });
            let say = move || {
                if newest.try_get_value() == turn
                    && let Some(count) = count.try_get_untracked()
                {
                    announcer.say(rows(count));
                }
            };
            timers::after(PAUSE_MS, say).detach();
        }
        now
    });
}

/// "36 rows".
pub(super) fn rows(count: usize) -> String {
    t::ui::rows(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Whether the person is at the fields above the table.
fn within_toolbar() -> bool {
    let at = document().active_element();
    at.is_some_and(|at| at.closest(".toolbar, .empty").is_ok_and(|bar| bar.is_some()))
}
