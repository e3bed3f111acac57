//! The frame of every page: navigation, top bar, banners, route announcements. It depends on routes, not on pages.

mod banners;
mod deferred;
mod nav;
mod popover;
mod route_focus;
mod top_bar;
mod watch;

pub use banners::Banners;
pub use deferred::DeferredUi;
pub use nav::sections;
pub use route_focus::announce_route;
pub use top_bar::Logo;

use leptos::prelude::*;

use crate::browser::keys::{Key, pressed};
use crate::components::use_preferences;
use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::{catalogue, effect};
use crate::routes::Route;

/// The frame: skip link, navigation, top bar, banners and `<main>`.
#[component]
pub fn Shell(
    /// The current route.
    route: Memo<Route>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let menu_open = RwSignal::new(false);
    let preferences = use_preferences();
    // On a small screen the menu covers the page, so close it after a navigation.
    effect(move || {
        route.track();
        menu_open.set(false);
    });
    let press = move |event: web_sys::KeyboardEvent| {
        if menu_open.get_untracked() && pressed(&event) == Some(Key::Escape) {
            event.prevent_default();
            event.stop_propagation();
            nav::close_menu(menu_open);
        }
    };
    view! {
        <a class="skip-link" href="#main" rel="external" prop:textContent=catalogue(t::shell::skip) />
        <div
            class="shell"
            class:is-menu-open=move || menu_open.get()
            class:is-folded=move || preferences.nav_folded()
            inert=session::is_locked
            on:keydown=press
        >
            <top_bar::TopBar menu_open preferences />
            <nav::Nav route menu_open />
            <div class="nav-scrim" on:click=move |_| nav::close_menu(menu_open)></div>
            <div class="shell-content" inert=move || menu_open.get()>
                <Banners />
                <main id="main" tabindex="-1">{children()}</main>
            </div>
        </div>
    }
}
