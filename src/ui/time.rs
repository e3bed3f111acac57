//! Timestamps, and the time of the last update.

use leptos::prelude::*;

use super::{Button, IconName, Variant};
use crate::browser::{clock, timers};
use crate::i18n::{format, t};
use crate::reactive::{dyn_view, live_text, memo};

/// The current time in epoch seconds, updated every second until the owner is disposed.
#[must_use]
pub fn use_now() -> Signal<i64> {
    let now = RwSignal::new(clock::now());
    timers::repeat(1000, move || {
        now.try_set(clock::now());
    });
    now.into()
}

/// The current time in steps of ten seconds: one clock for all rows of a list, at which most texts stay the same.
#[must_use]
pub fn use_coarse_now() -> Memo<i64> {
    let now = use_now();
    memo(move || now.get() / 10 * 10)
}

/// A timestamp, relative or absolute; the exact time with its zone is the tooltip. `epoch` is in seconds; `None`
/// renders nothing.
#[component]
pub fn TimeText(
    /// Epoch seconds.
    #[prop(into)]
    epoch: Signal<Option<i64>>,
    /// Shows "3 min. ago" instead of date and time.
    #[prop(optional)]
    relative: bool,
) -> impl IntoView {
    let now = relative.then(use_now);
    let text = move |epoch| now.map_or_else(|| format::date_time(epoch), |now| format::ago(epoch, now.get()));
    dyn_view(move || {
        epoch.get().map(|epoch| {
            view! { <time datetime=format::iso8601(epoch).unwrap_or_default() title=move || format::date_time_exact(epoch) prop:textContent=live_text(move || text(epoch)) /> }
            .into_any()
        })
    })
}

/// "Updated 12 s ago", with a Refresh button.
#[component]
pub fn LastUpdated(
    /// When the data was loaded, in epoch seconds.
    #[prop(into)]
    updated_at: Signal<Option<i64>>,
    /// A refresh is in progress.
    #[prop(into)]
    refreshing: Signal<bool>,
    /// Reloads the data.
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
