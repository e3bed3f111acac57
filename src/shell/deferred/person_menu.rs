//! The popover of the person's button: who it is, theme, language, settings, sign-out.

use leptos::prelude::*;
use trunkline_api::Role;
use trunkline_api::gateway::User;

use super::sign_out;
use crate::components::global_ui::{GlobalUi, Popover, open_global};
use crate::components::{agent_details, language_options, use_preferences, use_presence};
use crate::fetch::session;
use crate::i18n::{format, t};
use crate::reactive::{catalogue, dyn_view, fixed, live_text};
use crate::routes::{self, Route};
use crate::ui::{Avatar, Button, Icon, IconName, unique_id};

/// The popover's content.
#[component]
pub fn PersonMenu(
    /// Closes it; `true` returns the focus to its button.
    on_close: Callback<bool>,
) -> impl IntoView {
    // A click into it must not count as a click outside, whatever it hits: hence the tab index.
    view! {
        <div class="popover person-menu" id=Popover::Person.id() tabindex="-1">
            {dyn_view(|| session::user().map(|user| who(user).into_any()))}
            <ThemeChoice />
            <LanguageChoice />
            <div class="person-actions">
                <a class="button" data-variant="ghost" href=Route::Settings.path() on:click=move |_| on_close.run(false)>
                    <Icon name=IconName::Settings />
                    <span prop:textContent=live_text(|| routes::title(&Route::Settings)) />
                </a>
                <Button
                    label=t::shell::sign_out
                    icon=IconName::SignOut
                    busy=Signal::derive(sign_out::is_signing_out)
                    on_click=|()| open_global(GlobalUi::SignOut)
                />
            </div>
        </div>
    }
}

/// Name and role; of an agent also what one-view last reported.
fn who(user: User) -> impl IntoView {
    let role = match user.role {
        Role::Admin => t::person::role_admin,
        Role::Agent => t::person::role_agent,
    };
    let presence = use_presence();
    let agent = user.agent_id.map(|id| {
        dyn_view(move || {
            // A change of status brings new details.
            presence.status.track();
            agent(&id).into_any()
        })
    });
    view! {
        <div class="person-head">
            <Avatar name=user.name.clone() />
            <div>
                <p class="person-name"><bdi prop:textContent=fixed(user.name) /></p>
                <p class="muted small" prop:textContent=catalogue(role) />
            </div>
        </div>
        {agent}
    }
}

fn agent(id: &str) -> impl IntoView + use<> {
    let info = agent_details::load(id).unwrap_or_default();
    let is_unreported = info.name.is_none() && info.last_login_time.is_none();
    let hint = is_unreported
        .then(|| view! { <p class="muted small" prop:textContent=catalogue(t::person::agent_hint) /> }.into_any());
    let name = info.name.map(|name| {
        view! {
            <dt prop:textContent=catalogue(t::person::agent_name) />
            <dd><bdi prop:textContent=fixed(name) /></dd>
        }
    });
    let last = info.last_login_time.map(|at| {
        view! {
            <dt prop:textContent=catalogue(t::person::last_sign_in) />
            <dd title=format::date_time_exact(at) prop:textContent=live_text(move || format::date_time(at)) />
        }
    });
    view! {
        {hint}
        <dl class="person-agent">
            {name}
            {last}
            <dt prop:textContent=catalogue(t::person::agent_id) />
            <dd><bdi dir="ltr" prop:textContent=fixed(id.to_owned()) /></dd>
        </dl>
    }
}

/// A theme's value, and its name.
type ThemeOption = (&'static str, fn() -> String);

/// The theme, as a row of radio buttons.
#[component]
fn ThemeChoice() -> impl IntoView {
    let chosen = use_preferences().theme;
    let name = unique_id("theme");
    let choices: [ThemeOption; 3] =
        [("", t::settings::theme_system), ("light", t::settings::theme_light), ("dark", t::settings::theme_dark)];
    let choice = |(value, label): ThemeOption| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name.clone()
                    value=value
                    prop:checked=move || *chosen.read() == value
                    on:change=move |_| chosen.set(value.to_owned())
                />
                <span prop:textContent=catalogue(label) />
            </label>
        }
    };
    let choices = choices.map(choice).into_iter().collect_view();
    view! {
        <fieldset class="segments">
            <legend prop:textContent=catalogue(t::settings::theme) />
            <div>{choices}</div>
        </fieldset>
    }
}

/// The language; each has its own name.
#[component]
fn LanguageChoice() -> impl IntoView {
    let chosen = use_preferences().language;
    let id = unique_id("language");
    view! {
        <div class="person-language">
            <label for=id.clone() prop:textContent=catalogue(t::settings::language) />
            <select class="input" id=id on:change=move |event| chosen.set(event_target_value(&event))>
                {language_options()}
            </select>
        </div>
    }
}
