//! The navigation: the pages that the user's role may see, one of them current.

use leptos::prelude::*;
use trunkline_api::Role;
use wasm_bindgen::JsCast;

use crate::browser::keys::{Key, pressed};
use crate::fetch::{config, session};
use crate::i18n::t;
use crate::reactive::{live_text, memo};
use crate::routes::Route;
use crate::ui::{Icon, IconName};

/// The sections in their order, as far as the user is offered them; tracked.
pub fn sections() -> Vec<Route> {
    let Some(user) = session::user() else { return Vec::new() };
    let (role, has_agent) = (user.role, user.agent_id.is_some());
    let all = [
        Route::Overview,
        Route::Inbox,
        Route::AcdEvents,
        Route::Customers,
        Route::ChannelAccounts,
        Route::ExternalApis,
        Route::Account,
        Route::Activity,
        Route::Settings,
    ];
    all.into_iter().filter(|section| offered(section, role, has_agent)).collect()
}

const fn icon(section: &Route) -> IconName {
    match section {
        Route::Inbox => IconName::Inbox,
        Route::AcdEvents => IconName::Event,
        Route::Customers => IconName::Customer,
        Route::ChannelAccounts => IconName::Channel,
        Route::ExternalApis => IconName::Api,
        Route::Account => IconName::Account,
        Route::Activity => IconName::Clock,
        Route::Settings => IconName::Settings,
        _ => IconName::Overview,
    }
}

/// Whether a page is offered: the inbox to who has an agentID, external APIs and activity where there is a gateway.
fn offered(route: &Route, role: Role, has_agent: bool) -> bool {
    match route {
        Route::Inbox => has_agent || !config::has_gateway(),
        Route::ExternalApis | Route::Activity => role == Role::Admin && config::has_gateway(),
        other => other.allows(role),
    }
}

/// Folds the menu of a small screen; the focus, which was in it, goes to the button that opened it.
fn close(menu_open: RwSignal<bool>) {
    menu_open.set(false);
    let button = document().query_selector(".menu-button").ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// The navigation.
#[component]
pub fn Nav(
    /// Where the console is.
    route: Memo<Route>,
    /// Whether the menu is open, on a small screen.
    menu_open: RwSignal<bool>,
) -> impl IntoView {
    let current = memo(move || route.with(Route::section));
    // Their links are made anew only when they are others: one of them may have the focus.
    let sections = memo(sections);
    let link = move |section: Route| {
        let (path, icon, of) = (section.path(), icon(&section), section.clone());
        let is_current = move || (current.get() == of).then_some("page");
        view! {
            <li>
                <a class="nav-link" href=path aria-current=move || is_current()>
                    <Icon name=icon />
                    <span prop:textContent=live_text(move || section.title()) />
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <nav
            class="nav"
            id="nav"
            aria-label=t::shell::navigation
            on:keydown=move |event| if pressed(&event) == Some(Key::Escape) && menu_open.get_untracked() { close(menu_open) }
        >
            <ul role="list">{move || sections.get().into_iter().map(link).collect_view().into_any()}</ul>
        </nav>
    }
}
