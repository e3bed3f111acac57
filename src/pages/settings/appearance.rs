//! Theme, density and language.

use leptos::prelude::*;

use super::card::Card;
use crate::components::use_preferences;
use crate::i18n::{LANGUAGES, t};
use crate::ui::{Density, SelectField, SelectOption};

/// Theme, density and language; changes are applied and stored at once.
#[component]
pub fn Appearance() -> impl IntoView {
    let preferences = use_preferences();
    let themes = Signal::derive(|| {
        vec![
            SelectOption::new("", t::settings::theme_system()),
            SelectOption::new("light", t::settings::theme_light()),
            SelectOption::new("dark", t::settings::theme_dark()),
        ]
    });
    let densities = Signal::derive(|| {
        vec![
            SelectOption::new(Density::Compact.id(), t::settings::density_compact()),
            SelectOption::new(Density::Comfortable.id(), t::settings::density_comfortable()),
        ]
    });
    let languages: Vec<SelectOption> =
        LANGUAGES.iter().map(|language| SelectOption::new(language.tag, language.name)).collect();
    let languages = Signal::stored(languages);
    view! {
        <Card title=t::settings::appearance>
            <SelectField label=t::settings::theme value=preferences.theme choices=themes />
            <SelectField
                label=t::settings::density
                value=preferences.density
                choices=densities
                hint=t::settings::density_hint
            />
            <SelectField label=t::settings::language value=preferences.language choices=languages />
        </Card>
    }
}
