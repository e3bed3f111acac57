//! A status label.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::reactive::live_text;

/// The meaning of a status: one for each colour, everywhere. The text says it too, so it never depends on colour alone.
///
/// | tone | priority | waiting | status | bot | outcome, vendor |
/// |---|---|---|---|---|---|
/// | `Neutral` | low | short | closed, disabled | off | not asked |
/// | `Accent` | – | snoozed | new, assigned | – | – |
/// | `Good` | – | – | working, enabled | on | succeeded, working |
/// | `Warn` | high | long | escalated | on without effect | outcome unknown |
/// | `Bad` | urgent | too long | blocked | – | failed |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// The accent colour: new, selected.
    Accent,
    /// Working, enabled, done.
    Good,
    /// Needs attention.
    Warn,
    /// Failed, refused, urgent.
    Bad,
}

impl Tone {
    /// The value of `data-tone`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A short text in a tinted pill.
#[component]
pub fn Badge(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Its meaning.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// Shows a dot before the text, for the status of something live.
    #[prop(optional)]
    dot: bool,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
) -> impl IntoView {
    let tone = move || tone.get().id();
    match icon {
        // The text alone needs no element of its own.
        None => view! {
            <span class="badge" data-tone=tone data-dot=dot.then_some("") prop:textContent=live_text(move || text.get()) />
        }
        .into_any(),
        Some(name) => view! {
            <span class="badge" data-tone=tone data-dot=dot.then_some("")>
                <Icon name />
                <span prop:textContent=live_text(move || text.get()) />
            </span>
        }
        .into_any(),
    }
}
