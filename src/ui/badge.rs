//! A state in a word, and a person in two letters.

use crate::reactive::live_text;
use leptos::prelude::*;

/// What a state means for the reader; the word says it too, so colour is never alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// The app's own colour: new, chosen.
    Accent,
    /// Works, on, done.
    Good,
    /// Needs a look.
    Warn,
    /// Broken, refused, urgent.
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

/// A word in a tinted pill.
#[component]
pub fn Badge(
    /// The word.
    #[prop(into)]
    text: Signal<String>,
    /// What it means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// With a dot before it: a state of something that lives.
    #[prop(optional)]
    dot: bool,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=move || tone.get().id() data-dot=dot.then_some("") prop:textContent=live_text(move || text.get()) />
    }
}

/// A person's initials; the name stands beside it, so it says nothing to a screen reader.
#[component]
pub fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let hue = move || name.read().bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 6;
    view! { <span class="avatar" aria-hidden="true" data-hue=move || hue() prop:textContent=live_text(move || initials(&name.read())) /> }
}

/// The first letters of the first and the last word; the style sheet makes capitals of them.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect()
}
