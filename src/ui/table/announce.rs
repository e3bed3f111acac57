//! How many rows there are, for those who don't see the table.

use leptos::prelude::*;

use crate::browser::timers;
use crate::i18n::t;
use crate::reactive::effect_from;
use crate::ui::use_announcer;

/// Milliseconds of quiet: a person who types hears the count once, after the last letter.
const PAUSE_MS: u32 = 500;

/// Says the count when the first rows are there, and when search or filters change it. What comes in by itself is told
/// by whoever knows what it is.
pub(super) fn announce_count(count: Memo<usize>, loading: Memo<bool>) {
    let announcer = use_announcer();
    effect_from(move |before: Option<(usize, bool)>| {
        let now = (count.get(), loading.get());
        let loaded = before.is_some_and(|before| before.1) && !now.1;
        let narrowed = !now.1 && before.is_some_and(|before| before.0 != now.0) && within_toolbar();
        if loaded || narrowed {
            let say = move || {
                if count.try_get_untracked() == Some(now.0) {
                    announcer.say(rows(now.0));
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
