//! Buttons that set some filters at once: today, yesterday, unassigned, mine.

use leptos::prelude::*;
use trunkline_model::acd_events::Preset;

use super::filter_bar::EventList;
use super::filters::Filters;
use crate::browser::clock;
use crate::fetch::{Query, session};
use crate::i18n::t;
use crate::reactive::{catalogue, memo};
use crate::ui::{aria_bool, use_announcer};

/// The presets. A preset whose filters are on is pressed, and pressing it again clears them. "Mine" needs a UsersID of the
/// signed-in person.
#[component]
pub fn Presets(
    /// The list's filters.
    filters: Filters,
    /// The list: by the time of a new response the day may have changed.
    query: Query<EventList>,
) -> impl IntoView {
    let me = untrack(session::user).and_then(|user| user.users_id).map(|id| id.to_string()).unwrap_or_default();
    let announcer = use_announcer();
    let button = |preset: Preset, label: fn() -> String| {
        let me = me.clone();
        let values = move || preset.values(&clock::today(), &me);
        let read = values.clone();
        let is_on = memo(move || {
            query.data.track();
            read().into_iter().all(|(name, value)| filters.param(name).is_some_and(|param| param.get() == value))
        });
        let press = move |_| {
            let clears = is_on.get_untracked();
            for (name, value) in values() {
                if let Some(param) = filters.param(name) {
                    param.set(if clears { "" } else { &value });
                }
            }
            announcer.request_count();
        };
        view! {
            <button
                type="button"
                class="button"
                data-small=""
                aria-pressed=move || aria_bool(is_on.get())
                on:click=press
            >
                <span prop:textContent=catalogue(label) />
            </button>
        }
        .into_any()
    };
    let mine = (!me.is_empty()).then(|| button(Preset::Mine, t::acd_events::mine));
    view! {
        <div class="presets" role="group" aria-label=t::acd_events::presets>
            {button(Preset::Today, t::acd_events::today)}
            {button(Preset::Yesterday, t::acd_events::yesterday)}
            {button(Preset::Unassigned, t::acd_events::unassigned)}
            {mine}
        </div>
    }
}
