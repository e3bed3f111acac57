//! The top bar: the mark, the menu button of small screens, who is signed in, and the way out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::fetch::{config, session};
use crate::i18n::t;
use crate::parts::extras::{Extra, want};
use crate::parts::words;
use crate::reactive::{catalogue, fixed};
use crate::ui::{Button, Icon, IconName, Kind, Variant, use_toasts, word};

/// The console's mark.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M4 7h24v5h-9.5v13h-5V12H4z" fill="currentColor" />
        </svg>
    }
}

/// The top bar.
#[component]
pub fn TopBar(
    /// Whether the menu is open, on a small screen.
    menu_open: RwSignal<bool>,
) -> impl IntoView {
    let toasts = use_toasts();
    let leaving = RwSignal::new(false);
    let sign_out = move |()| {
        if leaving.get_untracked() {
            return;
        }
        leaving.set(true);
        spawn_local(async move {
            if let Err(error) = session::sign_out().await {
                toasts.push(Kind::Error, words(&error).message);
            }
            leaving.set(false);
        });
    };
    let name = move || session::user().map(|user| user.name).filter(|name| !name.is_empty());
    view! {
        <header class="top-bar">
            <button
                class="button menu-button"
                type="button"
                data-variant="ghost"
                data-icon-only=""
                aria-expanded=move || word(menu_open.get())
                aria-controls="nav"
                aria-label=t::shell::menu
                on:click=move |_| menu_open.update(|open| *open = !*open)
            >
                <Icon name=IconName::Menu />
            </button>
            <a class="brand" href="/">
                <Mark />
                <span prop:textContent=catalogue(t::common::app_name) />
            </a>
            <div class="top-bar-end">
                <span class="commands">
                    <Button
                        label=t::palette::title
                        icon=IconName::Search
                        small=true
                        on_click=|()| want(Extra::Palette)
                    />
                </span>
                {move || name().map(|name| view! { <span class="who"><bdi prop:textContent=fixed(name) /></span> }.into_any())}
                {config::has_gateway()
                    .then(|| view! {
                        <Button
                            label=t::shell::sign_out
                            icon=IconName::SignOut
                            variant=Variant::Ghost
                            busy=leaving
                            on_click=sign_out
                        />
                    })}
            </div>
        </header>
    }
}
