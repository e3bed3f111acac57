//! The time line above the list: the events of each of the last days, as far as the other filters match. A day that is
//! pressed, or days that are brushed over, become the list's period.

use leptos::prelude::*;
use trunkline_model::overview::{Count, count_by_day, is_weekend};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

use super::filter_bar::EventList;
use super::filters::Filters;
use crate::browser::clock;
use crate::browser::keys::{Key, pressed};
use crate::fetch::Query;
use crate::i18n::{count_of, format, t};
use crate::reactive::{dyn_view, memo};
use crate::ui::{aria_bool, use_announcer};

/// The number of days shown.
const DAYS: usize = 30;

/// The time line.
#[component]
pub fn TimeLine(
    /// The list's filters.
    filters: Filters,
    /// The list.
    query: Query<EventList>,
) -> impl IntoView {
    let days = memo(move || {
        let matches = filters.predicate_of_any_day();
        let list = query.data.get()?;
        let matching = list.records.iter().filter(|event| matches(event));
        Some(count_by_day(matching.filter_map(|event| event.created.as_deref()), &clock::today(), DAYS))
    });
    dyn_view(move || days.get().map(|days| view! { <Bars filters days /> }.into_any()))
}

#[component]
fn Bars(filters: Filters, days: Vec<Count>) -> impl IntoView {
    let last = days.len().saturating_sub(1);
    let most = days.iter().map(|day| day.count).max().unwrap_or_default().max(1);
    let keys = StoredValue::new(days.iter().map(|day| day.key.clone()).collect::<Vec<_>>());
    // The days that are being brushed over, and the one that Tab reaches.
    let (brush, reached) = (RwSignal::new(None::<(usize, usize)>), RwSignal::new(last));
    let announcer = use_announcer();
    let choose = move |a: usize, b: usize| {
        let day = |at: usize| keys.with_value(|keys| keys.get(at).cloned()).unwrap_or_default();
        let (from, to) = (day(a.min(b)), day(a.max(b)));
        let is_chosen =
            filters.from.value.with_untracked(|now| *now == from) && filters.to.value.with_untracked(|now| *now == to);
        let (from, to) = if is_chosen { Default::default() } else { (from, to) };
        filters.from.set(&from);
        filters.to.set(&to);
        announcer.request_count();
    };
    let start = move |event: PointerEvent| {
        if event.button() == 0 && !event.shift_key() {
            brush.set(day_of(&event).map(|day| (day, day)));
        }
    };
    let extend = move |event: PointerEvent| {
        if let (Some((from, _)), Some(day)) = (brush.get_untracked(), day_of(&event)) {
            brush.set(Some((from, day)));
        }
    };
    let end = move |_| {
        if let Some((from, to)) = brush.try_update(Option::take).flatten().filter(|(from, to)| from != to) {
            choose(from, to);
        }
    };
    let click = move |event: MouseEvent| {
        let Some(day) = day_of(&event) else { return };
        reached.set(day);
        let begun =
            filters.from.value.with_untracked(|from| keys.with_value(|keys| keys.iter().position(|key| key == from)));
        choose(begun.filter(|_| event.shift_key()).unwrap_or(day), day);
    };
    let press = move |event: KeyboardEvent| {
        let is_rtl = document().dir() == "rtl";
        let to = match pressed(&event) {
            Some(Key::Left) => {
                if is_rtl {
                    1
                } else {
                    -1
                }
            }
            Some(Key::Right) => {
                if is_rtl {
                    -1
                } else {
                    1
                }
            }
            _ => return,
        };
        event.prevent_default();
        reached.update(|day| *day = day.saturating_add_signed(to).min(last));
        focus_day(&event, reached.get_untracked());
    };
    let bar = |(at, Count { key, count }): (usize, Count)| {
        let share = format!("{}%", count * 100 / most);
        let number = count_of(count);
        let day = key.clone();
        let label = move || t::acd_events::day_count(number, &format::local_day(&day));
        let name = label.clone();
        let weekend = is_weekend(&key).then_some("");
        let is_chosen = memo(move || match brush.get() {
            Some((a, b)) if a != b => (a.min(b)..=a.max(b)).contains(&at),
            _ => {
                let (from, to) = (filters.from.get(), filters.to.get());
                (!from.is_empty() || !to.is_empty()) && key >= from && (to.is_empty() || key <= to)
            }
        });
        view! {
            <button
                type="button"
                class="time-bar"
                data-day=at.to_string()
                data-weekend=weekend
                tabindex=move || if reached.get() == at { "0" } else { "-1" }
                aria-pressed=move || aria_bool(is_chosen.get())
                aria-label=name
                title=label
                style:--share=share
            ></button>
        }
        .into_any()
    };
    view! {
        <div
            class="time-line"
            role="group"
            aria-label=t::acd_events::time_line
            on:pointerdown=start
            on:pointerover=extend
            on:pointerup=end
            on:pointerleave=move |_| brush.set(None)
            on:click=click
            on:keydown=press
        >
            {days.into_iter().enumerate().map(bar).collect_view()}
        </div>
    }
}

/// The day on whose bar an event is.
fn day_of(event: &Event) -> Option<usize> {
    event.target()?.dyn_into::<Element>().ok()?.closest("[data-day]").ok()??.get_attribute("data-day")?.parse().ok()
}

/// Focuses the bar of a day.
fn focus_day(event: &Event, day: usize) {
    let line = event.current_target().and_then(|line| line.dyn_into::<Element>().ok());
    let bar = line.and_then(|line| line.query_selector(&format!("[data-day=\"{day}\"]")).ok().flatten());
    if let Some(bar) = bar.and_then(|bar| bar.dyn_into::<HtmlElement>().ok()) {
        // A bar that can't take the focus stays what Tab reaches.
        let _ = bar.focus();
    }
}
