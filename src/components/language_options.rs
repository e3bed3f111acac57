//! The options of a select of languages. Each language has its own name, so people find theirs whatever is set.

use leptos::prelude::*;

use super::preferences::use_preferences;
use crate::i18n::LANGUAGES;
use crate::reactive::fixed;

/// The options, with the current language selected.
pub fn language_options() -> AnyView {
    let chosen = use_preferences().language;
    let options = LANGUAGES.iter().map(|language| {
        let is_chosen = move || *chosen.read() == language.tag;
        // A screen reader pronounces each name in its own language.
        view! {
            <option value=language.tag lang=language.tag prop:selected=move || is_chosen() prop:textContent=fixed(language.name) />
        }
    });
    options.collect_view().into_any()
}
