//! A single figure.

use leptos::prelude::*;

use super::{Icon, IconName, Tone};
use crate::reactive::{fixed, live_text};

/// A labelled value; its label is a link if `href` is given.
#[component]
pub fn Stat(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The formatted value.
    #[prop(into)]
    value: Signal<String>,
    /// A note below the value.
    #[prop(optional, into)]
    note: Signal<String>,
    /// Link to the list behind it.
    #[prop(optional, into)]
    href: Option<Signal<String>>,
    /// Its meaning: a value to act on is coloured, and has a sign beside it.
    #[prop(optional, into)]
    tone: Signal<Tone>,
) -> impl IntoView {
    let sign = move || match tone.get() {
        Tone::Good => Some(IconName::Done),
        Tone::Warn | Tone::Bad => Some(IconName::Alert),
        Tone::Neutral | Tone::Accent => None,
    };
    let name = match href {
        Some(href) => {
            view! { <a href=move || href.get() prop:textContent=live_text(move || label.get()) /> }.into_any()
        }
        None => view! { <span prop:textContent=live_text(move || label.get()) /> }.into_any(),
    };
    view! {
        <div class="stat" data-tone=move || tone.get().id()>
            <span class="stat-label">{name}</span>
            <span class="stat-figure">
                <span class="stat-value" prop:textContent=live_text(move || value.get()) />
                {move || sign().map(|name| view! { <Icon name /> }.into_any())}
            </span>
            {move || Some(note.get()).filter(|note| !note.is_empty()).map(|note| view! { <span class="meta" prop:textContent=fixed(note) /> }.into_any())}
        </div>
    }
}
