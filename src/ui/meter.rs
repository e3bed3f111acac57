//! Percentages and progress.

use leptos::prelude::*;

use super::badge::Tone;
use crate::i18n::t;
use crate::reactive::live_text;

/// A percentage as a bar and as text. `value` is shown unchanged even outside 0–100; the bar is clamped.
#[component]
pub fn Meter(
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Percent.
    #[prop(into)]
    value: Signal<i64>,
    /// Its colour.
    #[prop(optional, into)]
    tone: Signal<Tone>,
) -> impl IntoView {
    view! {
        <span class="meter" data-tone=move || tone.get().id()>
            <svg class="meter-bar" aria-hidden="true">
                <rect class="bar" width=move || format!("{}%", value.get().clamp(0, 100)) height="100%"></rect>
            </svg>
            <span class="visually-hidden" prop:textContent=live_text(move || format!("{}: ", label.get())) />
            <span class="number" prop:textContent=live_text(move || t::ui::percent(&value.get().to_string())) />
        </span>
    }
}

/// The progress of a task with a known number of steps.
#[component]
pub fn ProgressBar(
    /// The name of the task.
    #[prop(into)]
    label: Signal<String>,
    /// Steps done.
    #[prop(into)]
    done: Signal<usize>,
    /// Total steps.
    #[prop(into)]
    total: Signal<usize>,
) -> impl IntoView {
    view! {
        <div class="progress">
            <span class="small" prop:textContent=live_text(move || label.get()) />
            <progress
                aria-label=move || label.get()
                max=move || total.get().max(1)
                prop:value=move || f64::from(u32::try_from(done.get()).unwrap_or(u32::MAX))
            ></progress>
        </div>
    }
}
