//! The language, before anyone is signed in: each by its own name, so that it is found in any other.

use leptos::prelude::*;

use crate::i18n::{LANGUAGES, t};
use crate::parts::use_preferences;
use crate::reactive::{catalogue, fixed};
use crate::ui::unique_id;

/// The choice. It is applied and kept at once.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let chosen = use_preferences().language;
    let id = unique_id("language");
    let options = LANGUAGES.iter().map(|language| {
        let is_chosen = move || *chosen.read() == language.tag;
        // A screen reader speaks each name in its language.
        view! {
            <option value=language.tag lang=language.tag prop:selected=move || is_chosen() prop:textContent=fixed(language.name) />
        }
    });
    view! {
        <div class="sign-in-language">
            <label for=id.clone() prop:textContent=catalogue(t::settings::language) />
            <select class="input" id=id on:change=move |event| chosen.set(event_target_value(&event))>
                {options.collect_view()}
            </select>
        </div>
    }
}
