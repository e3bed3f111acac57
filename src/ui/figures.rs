//! Figures: one, a part of a whole, the progress of a work.

use leptos::prelude::*;

use super::badge::Tone;
use crate::i18n::t;
use crate::reactive::{fixed, live_text};

/// One figure with its name; a link if `href` is given.
#[component]
pub fn Stat(
    /// The name.
    #[prop(into)]
    label: Signal<String>,
    /// The figure in words.
    #[prop(into)]
    value: Signal<String>,
    /// A line below it.
    #[prop(optional, into)]
    note: Signal<String>,
    /// The list behind it.
    #[prop(optional, into)]
    href: Option<Signal<String>>,
) -> impl IntoView {
    let name = match href {
        Some(href) => {
            view! { <a href=move || href.get() prop:textContent=live_text(move || label.get()) /> }.into_any()
        }
        None => view! { <span prop:textContent=live_text(move || label.get()) /> }.into_any(),
    };
    view! {
        <div class="stat">
            <span class="stat-label">{name}</span>
            <span class="stat-value" prop:textContent=live_text(move || value.get()) />
            {move || Some(note.get()).filter(|note| !note.is_empty()).map(|note| view! { <span class="muted small" prop:textContent=fixed(note) /> }.into_any())}
        </div>
    }
}

/// A percentage as a bar and in words. `value` is shown as it came, also outside 0–100; the bar ends at its edges.
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

/// The progress of a work with a known number of steps.
#[component]
pub fn ProgressBar(
    /// What is being done.
    #[prop(into)]
    label: Signal<String>,
    /// Steps done.
    #[prop(into)]
    done: Signal<usize>,
    /// Steps in all.
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
