//! The strip above the list: the agent's status, and the figures of the shift: what came and was done, the longest wait,
//! by hour and by queue, beside those of the same weekday a week before.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{GetShift, Shift, ShiftHour};
use trunkline_model::shift_figures::{change_percent, hours_without_gaps};

use crate::browser::{clock, storage, timers};
use crate::components::Presence;
use crate::components::presence::PresenceSwitch;
use crate::components::ticket_marks::has_ticket_marks;
use crate::fetch::{network, use_query};
use crate::i18n::{format, t};
use crate::reactive::{catalogue, dyn_view, fixed, memo};
use crate::ui::{Icon, IconName, aria_bool};

/// The key in local storage: `folded`, or empty.
const STORAGE_KEY: &str = "trunkline.shift";
const FOLDED: &str = "folded";
/// Seconds between two requests.
const POLL_SECONDS: u32 = 60;
/// The most queues that are shown.
const MAX_QUEUES: usize = 3;

/// The strip above the list.
#[component]
pub fn ShiftStrip(
    /// The agent's status: online or offline.
    presence: Presence,
) -> impl IntoView {
    view! {
        <div class="shift-strip">
            <PresenceSwitch presence />
            {dyn_view(|| has_ticket_marks().then(|| view! { <ShiftFigures /> }.into_any()))}
        </div>
    }
}

/// The figures, which the gateway keeps. They can be folded away, which this browser remembers.
#[component]
fn ShiftFigures() -> impl IntoView {
    let folded = RwSignal::new(storage::load(STORAGE_KEY).as_deref() == Some(FOLDED));
    let from = memo(|| midnight());
    let query = use_query(move || (!folded.get()).then(|| GetShift { from: from.get() }));
    timers::repeat(POLL_SECONDS * 1000, move || {
        if !folded.get_untracked() && network::is_visible() {
            query.poll(POLL_SECONDS);
        }
    });
    let shift = memo(move || query.data.get());
    let toggle = move |_| {
        folded.update(|folded| *folded = !*folded);
        storage::store(STORAGE_KEY, if folded.get_untracked() { FOLDED } else { "" });
    };
    view! {
        <section class="shift" aria-label=t::inbox_list::shift>
            <button
                type="button"
                class="shift-toggle"
                aria-expanded=move || aria_bool(!folded.get())
                on:click=toggle
            >
                <Icon name=IconName::SortUp />
                <span prop:textContent=catalogue(t::inbox_list::shift_today) />
            </button>
            {move || {
                let shift = shift.get().filter(|_| !folded.get())?;
                Some(figures(&shift).into_any())
            }}
        </section>
    }
}

/// Epoch seconds of the browser's last midnight.
fn midnight() -> i64 {
    let date = js_sys::Date::new(&(clock::now_ms().into()));
    date.set_hours(0);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0);
    #[allow(clippy::cast_possible_truncation, reason = "epoch seconds fit")]
    let seconds = (date.get_time() / 1000.0) as i64;
    seconds
}

fn figures(shift: &Arc<Shift>) -> impl IntoView + use<> {
    let last = shift.last_week;
    let wait = |seconds: Option<i64>| {
        // Less than a minute is shown as one.
        seconds.and_then(|seconds| format::short_duration(seconds.max(60))).unwrap_or_else(|| "\u{2013}".to_owned())
    };
    let before = t::inbox_list::shift_before(
        &format::number(last.came),
        &format::number(last.done),
        &wait(last.longest_wait_seconds),
    );
    view! {
        <dl class="shift-figures" title=before.clone()>
            {figure(t::inbox_list::shift_came, format::number(shift.came), change_percent(shift.came, last.came))}
            {figure(t::inbox_list::shift_done, format::number(shift.done), change_percent(shift.done, last.done))}
            {figure(t::inbox_list::shift_longest, wait(shift.longest_wait_seconds), None)}
        </dl>
        <span class="visually-hidden" prop:textContent=fixed(before) />
        {hours(&hours_without_gaps(&shift.hours), shift.from)}
        {queues(shift)}
    }
}

/// A figure with its change against the week before.
fn figure(label: fn() -> String, value: String, change: Option<i64>) -> impl IntoView {
    let change = change.map(|percent| {
        let sign = if percent > 0 { "+" } else { "" };
        let text = t::inbox_list::shift_change(&format!("{sign}{}", format::number(percent)));
        view! { <dd class="shift-change" prop:textContent=fixed(text) /> }
    });
    view! {
        <div>
            <dt prop:textContent=catalogue(label) />
            <dd prop:textContent=fixed(value) />
            {change}
        </div>
    }
}

/// Tiny bars, one for each hour: what came, and in it what was done.
fn hours(hours: &[ShiftHour], from: i64) -> Option<impl IntoView + use<>> {
    let most = hours.iter().map(|hour| hour.came.max(hour.done)).max().filter(|most| *most > 0)?;
    let share = move |count: i64| format!("{}%", (count.max(0) * 100 / most).clamp(0, 100));
    let bars = hours
        .iter()
        .map(|hour| {
            let time = format::time_of_day(from + hour.hour * 3600, 3600);
            let text = t::inbox_list::shift_hour(&format::number(hour.came), &format::number(hour.done), &time);
            let title = text.clone();
            view! {
                <li title=title>
                    <span class="visually-hidden" prop:textContent=fixed(text) />
                    <span class="shift-bar" style:--came=share(hour.came) style:--done=share(hour.done)></span>
                </li>
            }
        })
        .collect_view();
    Some(view! { <ul class="shift-hours" role="list" aria-label=t::inbox_list::shift_hours>{bars}</ul> })
}

/// The queues with the most tickets first.
fn queues(shift: &Shift) -> Option<impl IntoView + use<>> {
    let mut queues = shift.queues.clone();
    queues.sort_by_key(|queue| std::cmp::Reverse(queue.came));
    let items = queues
        .iter()
        .take(MAX_QUEUES)
        .map(|queue| {
            let name = if queue.queue.is_empty() { t::common::none() } else { queue.queue.clone() };
            let counts = t::inbox_list::shift_counts(&format::number(queue.came), &format::number(queue.done));
            // A name that has no room ends in dots.
            let title = format!("{name} {counts}");
            view! {
                <li title=title>
                    <bdi prop:textContent=fixed(name) />
                    <span class="muted" prop:textContent=fixed(counts) />
                </li>
            }
        })
        .collect_view();
    (!queues.is_empty())
        .then(|| view! { <ul class="shift-queues" role="list" aria-label=t::inbox_list::shift_queues>{items}</ul> })
}
