//! What stands around every page: navigation, top bar, banners, announcements. It knows routes, not pages.

mod announcer;
mod banners;
mod extras;
mod nav;
mod top_bar;

pub use announcer::announce_route;
pub use banners::Banners;
pub use extras::Extras;
pub use nav::sections;
pub use top_bar::Mark;

use leptos::prelude::*;

use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::{catalogue, effect};
use crate::routes::Route;

/// The frame: skip link, navigation, top bar, banners and `<main>`.
#[component]
pub fn Shell(
    /// Where the console is.
    route: Memo<Route>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let menu_open = RwSignal::new(false);
    // On a small screen the menu lies over the page: it closes when a page is chosen.
    effect(move || {
        route.track();
        menu_open.set(false);
    });
    view! {
        <a class="skip-link" href="#main" rel="external" prop:textContent=catalogue(t::shell::skip) />
        <div class="shell" class:is-menu-open=move || menu_open.get() inert=session::is_locked>
            <top_bar::TopBar menu_open />
            <nav::Nav route menu_open />
            <div class="shell-content">
                <Banners />
                <main id="main" tabindex="-1">{children()}</main>
            </div>
        </div>
    }
}
