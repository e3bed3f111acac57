//! The navigation: the pages that the user's role may see, one of them current.

use leptos::prelude::*;
use trunkline_api::Role;

use crate::fetch::{code, config, session};
use crate::i18n::t;
use crate::reactive::memo;
use crate::routes::Route;
use crate::ui::{Icon, IconName};

/// A page in the navigation.
struct Item {
    route: Route,
    icon: IconName,
}

/// The pages in their order.
fn items() -> Vec<Item> {
    let item = |route, icon| Item { route, icon };
    vec![
        item(Route::Overview, IconName::Overview),
        item(Route::Inbox, IconName::Inbox),
        item(Route::AcdEvents, IconName::Event),
        item(Route::Customers, IconName::Customer),
        item(Route::ChannelAccounts, IconName::Channel),
        item(Route::ExternalApis, IconName::Api),
        item(Route::Account, IconName::Account),
        item(Route::Settings, IconName::Settings),
    ]
}

/// Whether a page is offered: the inbox to who has an agentID, external APIs where there is a gateway.
fn offered(route: &Route, role: Role, has_agent: bool) -> bool {
    match route {
        Route::Inbox => has_agent || !config::has_gateway(),
        Route::ExternalApis => role == Role::Admin && config::has_gateway(),
        other => other.allows(role),
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
    let who = memo(|| session::user().map(|user| (user.role, user.agent_id.is_some())));
    let section = memo(move || route.with(Route::section));
    let links = move || {
        let (role, has_agent) = who.get()?;
        let link = move |item: Item| {
            let path = item.route.path();
            let target = item.route.clone();
            let current = move || (section.get() == target).then_some("page");
            view! {
                <li>
                    <a class="nav-link" href=path aria-current=move || current()>
                        <Icon name=item.icon />
                        <span>{move || item.route.title()}</span>
                    </a>
                </li>
            }
        };
        let items = || items().into_iter().filter(move |item| offered(&item.route, role, has_agent));
        // Sign-in is there when the session ends.
        code::load_later(items().filter_map(|item| item.route.code()).chain([code::SIGN_IN]));
        Some(items().map(link).collect_view())
    };
    view! {
        <nav
            class="nav"
            id="nav"
            aria-label=t::shell::navigation
            on:keydown=move |event| if event.key() == "Escape" { menu_open.set(false) }
        >
            <ul role="list">{links}</ul>
        </nav>
    }
}
