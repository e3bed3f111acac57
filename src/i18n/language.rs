//! The languages of the catalogue, and the current one.

use leptos::prelude::{ArcRwSignal, Get, Set, Track};

/// A language of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its name in the language itself.
    pub name: &'static str,
    /// `true` if it is written from right to left.
    pub right_to_left: bool,
}

/// The languages; the first is the default.
pub const LANGUAGES: &[Language] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// English, the reference of the catalogue.
pub const ENGLISH: Language = Language { tag: "en", name: "English", right_to_left: false };

thread_local! {
    static LANGUAGE: ArcRwSignal<Language> = ArcRwSignal::new(ENGLISH);
}

/// The current language. Tracked.
pub fn language() -> Language {
    LANGUAGE.with(Get::get)
}

/// Subscribes to the current language.
pub fn track() {
    LANGUAGE.with(Track::track);
}

/// Sets the current language; its texts must be in place.
pub fn set_current(language: Language) {
    LANGUAGE.with(|signal| signal.set(language));
}
