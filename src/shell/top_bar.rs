//! The top bar: menu button, logo, the way to the commands, the agent's presence, the person's menu.

use leptos::prelude::*;

use super::popover::PopoverButton;
use crate::browser::keys::is_apple;
use crate::components::global_ui::{GlobalUi, Popover, open_global};
use crate::components::{Preferences, use_presence};
use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::{catalogue, live_text, memo};
use crate::ui::{Avatar, Icon, IconName, aria_bool, use_now};

/// The console's mark: lines that become one.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <path
                d="M3 6.5c9 0 7 9.5 14.5 9.5M3 25.5c9 0 7-9.5 14.5-9.5M3 16h20"
                fill="none"
                stroke="currentColor"
                stroke-width="3.5"
                stroke-linecap="round"
            />
            <circle cx="26" cy="16" r="4" fill="currentColor" />
        </svg>
    }
}

/// The top bar.
#[component]
pub fn TopBar(
    /// True while the menu is open, on a small screen.
    menu_open: RwSignal<bool>,
    /// For the state of the navigation on a large screen.
    preferences: Preferences,
) -> impl IntoView {
    let is_agent = memo(|| session::user().is_some_and(|user| user.agent_id.is_some()));
    let name = memo(|| session::user().map(|user| user.name).unwrap_or_default());
    let fold_label = move || if preferences.nav_folded() { t::nav::expand() } else { t::nav::collapse() };
    view! {
        <header class="top-bar">
            <div class="top-bar-start">
                <button
                    class="button menu-button"
                    type="button"
                    data-variant="ghost"
                    data-icon-only=""
                    aria-expanded=move || aria_bool(menu_open.get())
                    aria-controls="nav"
                    aria-label=t::shell::menu
                    on:click=move |_| menu_open.update(|open| *open = !*open)
                >
                    <Icon name=IconName::Menu />
                </button>
                <button
                    class="button fold-button"
                    type="button"
                    data-variant="ghost"
                    data-icon-only=""
                    aria-label=move || fold_label()
                    title=move || fold_label()
                    on:click=move |_| preferences.fold_nav(!untrack(|| preferences.nav_folded()))
                >
                    <Icon name=IconName::Fold />
                </button>
                <a class="brand" href="/">
                    <Logo />
                    <span prop:textContent=catalogue(t::common::app_name) />
                </a>
            </div>
            <div class="commands">
                <button
                    class="button"
                    type="button"
                    aria-label=t::palette::title
                    aria-keyshortcuts=if is_apple() { "Meta+K" } else { "Control+K" }
                    on:click=|_| open_global(GlobalUi::Palette)
                >
                    <Icon name=IconName::Search />
                    <span prop:textContent=catalogue(t::palette::title) />
                    <kbd aria-hidden="true" data-key=|| if is_apple() { "⌘ K".to_owned() } else { format!("{} K", t::shortcuts::ctrl()) }></kbd>
                </button>
            </div>
            <div class="top-bar-end">
                {move || is_agent.get().then(|| view! { <PresenceButton /> }.into_any())}
                {move || (!name.read().is_empty()).then(|| view! {
                    <PopoverButton popover=Popover::Person label=name class="person-button"><Avatar name /></PopoverButton>
                }.into_any())}
            </div>
        </header>
    }
}

/// The agent's status, since when, and the menu that changes it.
#[component]
fn PresenceButton() -> impl IntoView {
    let (presence, now) = (use_presence(), use_now());
    let words = memo(move || presence.words(now.get()));
    let label = move || words.with(|(state, time)| t::presence::since(state, time));
    let state = move || presence.status.get().map(|status| if status.online { "online" } else { "offline" });
    view! {
        <PopoverButton popover=Popover::Presence label=Signal::derive(label) class="presence-button" busy=presence.busy()>
            <span class="presence-dot" aria-hidden="true" data-state=move || state()></span>
            <span aria-hidden="true" prop:textContent=live_text(move || words.get().0) />
            <span class="presence-since" aria-hidden="true" prop:textContent=live_text(move || words.get().1) />
        </PopoverButton>
    }
}
