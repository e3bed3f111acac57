//! Times, and how fresh data is.

use leptos::prelude::*;

use super::{Button, IconName, Variant};
use crate::browser::{clock, timers};
use crate::i18n::{format, t};
use crate::reactive::{dynamic, live_text};

/// Epoch seconds now, changing every second. The clock runs while somebody looks at it.
#[must_use]
pub fn use_now() -> Signal<i64> {
    let now = RwSignal::new(clock::now());
    timers::repeat(1000, move || {
        now.try_set(clock::now());
    });
    now.into()
}

/// A moment: how long ago, or date and time; the exact time with its zone on hover. `epoch` in seconds; none: a dash.
#[component]
pub fn TimeText(
    /// Epoch seconds.
    #[prop(into)]
    epoch: Signal<Option<i64>>,
    /// "3 min. ago" instead of date and time.
    #[prop(optional)]
    relative: bool,
) -> impl IntoView {
    let now = relative.then(use_now);
    let text = move |epoch| now.map_or_else(|| format::date_time(epoch), |now| format::ago(epoch, now.get()));
    dynamic(move || {
        epoch.get().map(|epoch| {
            view! { <time datetime=iso(epoch) title=move || format::date_time_exact(epoch) prop:textContent=live_text(move || text(epoch)) /> }
            .into_any()
        })
    })
}

/// Epoch seconds as `2020-09-15T02:59:32.000Z`; empty if no calendar has them.
fn iso(epoch: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "epoch milliseconds stay below 2^53")]
    let date = js_sys::Date::new(&(epoch as f64 * 1000.0).into());
    if date.get_time().is_nan() { String::new() } else { date.to_iso_string().into() }
}

/// "Updated 12 s ago", with a button that loads again.
#[component]
pub fn StaleMarker(
    /// When the data was loaded, epoch seconds.
    #[prop(into)]
    updated_at: Signal<Option<i64>>,
    /// It is being loaded again.
    #[prop(into)]
    refreshing: Signal<bool>,
    /// Loads it again.
    #[prop(into)]
    on_refresh: Callback<()>,
) -> impl IntoView {
    let now = use_now();
    let text = move || match updated_at.get() {
        Some(at) => t::ui::updated(&format::ago(at, now.get())),
        None if refreshing.get() => t::ui::refreshing(),
        None => t::ui::not_loaded(),
    };
    view! {
        <div class="stale">
            <span prop:textContent=live_text(move || text()) />
            <Button
                label=t::common::refresh
                icon=IconName::Refresh
                icon_only=true
                small=true
                variant=Variant::Ghost
                busy=refreshing
                on_click=on_refresh
            />
        </div>
    }
}
