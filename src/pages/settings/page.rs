//! The page: the user's settings, then the system.

use leptos::prelude::*;

use super::appearance::Appearance;
use super::keyboard::Keyboard;
use super::notifications::Notifications;
use super::system::{Help, Vendors, Versions};
use super::waiting::Waiting;
use crate::fetch::config;
use crate::i18n::t;
use crate::reactive::catalogue;
use crate::ui::PageHeader;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <div class="page">
            <PageHeader title=t::routes::settings />
            <Group title=t::settings::you hint=t::settings::appearance_hint>
                <Appearance />
                <Notifications />
                <Waiting />
                <Keyboard />
            </Group>
            <Group title=t::settings::system>
                {config::has_gateway().then(|| view! { <Vendors /> })}
                <Help />
                <Versions />
            </Group>
        </div>
    }
}

/// A part of the page, with a title above its cards.
#[component]
fn Group(
    /// The title.
    title: fn() -> String,
    /// What the settings have in common.
    #[prop(optional)]
    hint: Option<fn() -> String>,
    /// Cards.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="settings-group">
            <div class="settings-title">
                <h2 prop:textContent=catalogue(title) />
                {hint.map(|hint| view! { <p class="muted small" prop:textContent=catalogue(hint) /> })}
            </div>
            {children()}
        </div>
    }
}
