//! Settings: how the console looks in this browser, the vendors' connections, and the version.

use leptos::prelude::*;

use crate::fetch::{config, session};
use crate::i18n::{LANGUAGES, t};
use crate::parts::extras::{Extra, want};
use crate::parts::{Connections, use_preferences, use_vendors};
use crate::reactive::{catalogue, effect};
use crate::ui::{
    Button, CheckField, Choice, Definition, DefinitionList, Density, IconName, PageHeader, SelectField, unique_id,
};

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <div class="page">
            <PageHeader title=t::routes::settings />
            <Appearance />
            <Keyboard />
            {config::has_gateway().then(|| view! { <Vendors /> })}
            <Help />
            <Versions />
        </div>
    }
}

/// Theme, density and language: applied and kept at once.
#[component]
fn Appearance() -> impl IntoView {
    let preferences = use_preferences();
    let themes = Signal::derive(|| {
        vec![
            Choice::new("", t::settings::theme_system()),
            Choice::new("light", t::settings::theme_light()),
            Choice::new("dark", t::settings::theme_dark()),
        ]
    });
    let densities = Signal::derive(|| {
        vec![
            Choice::new(Density::Compact.id(), t::settings::density_compact()),
            Choice::new(Density::Comfortable.id(), t::settings::density_comfortable()),
        ]
    });
    let languages: Vec<Choice> = LANGUAGES.iter().map(|language| Choice::new(language.tag, language.name)).collect();
    let languages = Signal::stored(languages);
    let id = unique_id("appearance");
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <div class="stack-s">
                <h2 id=id.clone() prop:textContent=catalogue(t::settings::appearance) />
                <p class="muted small" prop:textContent=catalogue(t::settings::appearance_hint) />
            </div>
            <SelectField label=t::settings::theme value=preferences.theme choices=themes />
            <SelectField
                label=t::settings::density
                value=preferences.density
                choices=densities
                hint=t::settings::density_hint
            />
            <SelectField label=t::settings::language value=preferences.language choices=languages />
        </section>
    }
}

/// Which shortcuts work: a person who dictates, or whose keyboard slips, may want none of a single key (WCAG 2.1.4).
#[component]
fn Keyboard() -> impl IntoView {
    let preferences = use_preferences();
    let single = RwSignal::new(untrack(|| preferences.single_keys()));
    effect(move || single.set(preferences.single_keys()));
    effect(move || {
        let on = single.get();
        if untrack(|| preferences.single_keys()) != on {
            preferences.set_single_keys(on);
        }
    });
    let id = unique_id("keyboard");
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <h2 id=id.clone() prop:textContent=catalogue(t::settings::keyboard) />
            <CheckField label=t::settings::single_keys value=single hint=t::settings::single_keys_hint />
        </section>
    }
}

/// The vendors' connections, from the gateway's memory.
#[component]
fn Vendors() -> impl IntoView {
    let query = use_vendors();
    let id = unique_id("vendors");
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <div class="stack-s">
                <h2 id=id.clone() prop:textContent=catalogue(t::parts::vendors) />
                <p class="muted small" prop:textContent=catalogue(t::settings::vendors_hint) />
            </div>
            <Connections query />
        </section>
    }
}

/// What explains the console.
#[component]
fn Help() -> impl IntoView {
    let id = unique_id("help");
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <h2 id=id.clone() prop:textContent=catalogue(t::settings::help) />
            <div class="row">
                <Button label=t::tour::start icon=IconName::Play on_click=|()| want(Extra::Tour) />
                <Button label=t::shortcuts::title icon=IconName::Keyboard on_click=|()| want(Extra::Shortcuts) />
            </div>
        </section>
    }
}

/// What runs in the browser, and behind it.
#[component]
fn Versions() -> impl IntoView {
    let gateway = Signal::derive(|| session::session().map(|session| session.version).unwrap_or_default());
    let id = unique_id("about");
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <h2 id=id.clone() prop:textContent=catalogue(t::settings::about) />
            <DefinitionList>
                <Definition term=t::settings::app_version value=env!("CARGO_PKG_VERSION") mono=true />
                {config::has_gateway()
                    .then(|| view! { <Definition term=t::settings::gateway_version value=gateway mono=true /> })}
            </DefinitionList>
        </section>
    }
}
