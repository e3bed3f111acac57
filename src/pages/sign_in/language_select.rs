//! The language select of the sign-in page.

use leptos::prelude::*;

use crate::components::{language_options, use_preferences};
use crate::i18n::t;
use crate::reactive::catalogue;
use crate::ui::{Icon, IconName, unique_id};

/// The select; a change is applied and stored at once.
#[component]
pub fn LanguageSelect() -> impl IntoView {
    let chosen = use_preferences().language;
    let id = unique_id("language");
    view! {
        <div class="sign-in-language">
            <Icon name=IconName::Globe />
            <label class="visually-hidden" for=id.clone() prop:textContent=catalogue(t::settings::language) />
            <select class="input" id=id on:change=move |event| chosen.set(event_target_value(&event))>
                {language_options()}
            </select>
        </div>
    }
}
