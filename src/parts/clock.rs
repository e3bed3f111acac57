//! One clock for everything on the screen that counts seconds.

use leptos::prelude::*;

use crate::i18n::format::now;

/// Epoch seconds, once a second, for as long as the owner lives.
pub fn use_clock() -> Signal<i64> {
    let seconds = RwSignal::new(now());
    let interval = gloo_timers::callback::Interval::new(1000, move || {
        seconds.try_set(now());
    });
    let interval = StoredValue::new_local(Some(interval));
    on_cleanup(move || {
        interval.try_update_value(Option::take);
    });
    seconds.into()
}
