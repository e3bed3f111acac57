//! The navigation: the pages that the user's role may see, in groups, with the current one marked. On a large screen it
//! can be folded to icons; on a small one it is a sheet over the page.

use leptos::ev;
use leptos::prelude::*;
use trunkline_api::Role;
use wasm_bindgen::JsCast;

use crate::components::{global_ui, inbox_news};
use crate::fetch::{config, session};
use crate::i18n::t;
use crate::reactive::{catalogue, effect, fixed, live_text, memo};
use crate::routes::{self, Route};
use crate::ui::{Icon, IconName};

/// The sections offered to the user, in order. Tracked.
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
        Route::Agents,
        Route::Activity,
        Route::Settings,
    ];
    all.into_iter().filter(|section| is_offered(section, role, has_agent)).collect()
}

const fn icon(section: &Route) -> IconName {
    match section {
        Route::Inbox => IconName::Inbox,
        Route::AcdEvents => IconName::Event,
        Route::Customers => IconName::Customer,
        Route::ChannelAccounts => IconName::Channel,
        Route::ExternalApis => IconName::Api,
        Route::Account => IconName::Account,
        Route::Agents => IconName::Customer,
        Route::Activity => IconName::Clock,
        Route::Settings => IconName::Settings,
        _ => IconName::Overview,
    }
}

/// Returns `true` if a page is offered: the inbox to users with an agentID; external APIs, agents and activity if
/// there is a gateway.
fn is_offered(route: &Route, role: Role, has_agent: bool) -> bool {
    match route {
        Route::Inbox => has_agent || !config::has_gateway(),
        Route::ExternalApis | Route::Activity | Route::Agents => role == Role::Admin && config::has_gateway(),
        other => other.allows(role),
    }
}

/// A group of sections; the last one has no heading.
struct Group {
    heading: Option<fn() -> String>,
    sections: &'static [Route],
}

/// The groups of the navigation, in order.
const GROUPS: [Group; 4] = [
    Group { heading: Some(t::nav::work), sections: &[Route::Inbox, Route::AcdEvents, Route::Customers] },
    Group {
        heading: Some(t::nav::set_up),
        sections: &[Route::ChannelAccounts, Route::ExternalApis, Route::Account, Route::Agents],
    },
    Group { heading: Some(t::nav::watch), sections: &[Route::Overview, Route::Activity] },
    Group { heading: None, sections: &[Route::Settings] },
];

/// Closes the menu of a small screen and returns the focus to its button. Does nothing if it isn't open.
pub fn close_menu(menu_open: RwSignal<bool>) {
    if menu_open.get_untracked() {
        menu_open.set(false);
        focus(".menu-button");
    }
}

fn focus(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Ignore an element that can't be focused.
        let _ = element.focus();
    }
}

/// Moves the focus into the menu of a small screen when it opens, and closes it when the screen is no longer small.
fn follow_menu(menu_open: RwSignal<bool>) {
    effect(move || {
        if menu_open.get() {
            request_animation_frame(|| focus(".nav-link"));
        }
    });
    let resized = window_event_listener(ev::resize, move |_| {
        let button = document().query_selector(".menu-button").ok().flatten();
        if menu_open.get_untracked() && button.is_none_or(|button| button.client_width() == 0) {
            menu_open.set(false);
        }
    });
    on_cleanup(move || resized.remove());
}

/// The navigation.
#[component]
pub fn Nav(
    /// The current route.
    route: Memo<Route>,
    /// True while the menu is open, on a small screen.
    menu_open: RwSignal<bool>,
) -> impl IntoView {
    let current = memo(move || route.with(Route::section));
    follow_menu(menu_open);
    // Recreate the links only when the sections change: one of them may have the focus.
    let sections = memo(sections);
    let link = move |section: Route| {
        let (path, icon, own_section) = (section.path(), icon(&section), section.clone());
        let is_current = move || (current.get() == own_section).then_some("page");
        let count = if section == Route::Inbox { inbox_news::count } else { || 0 };
        let title = {
            let section = section.clone();
            move || routes::title(&section)
        };
        let name = move || match i64::try_from(count()) {
            Ok(0) | Err(_) => None,
            Ok(count) => Some(t::nav::new(count, &title())),
        };
        view! {
            <li>
                <a
                    class="nav-link"
                    href=path
                    aria-current=move || is_current()
                    on:click=move |_| close_menu(menu_open)
                >
                    <Icon name=icon />
                    <span
                        class="nav-text"
                        aria-hidden=move || (count() > 0).then_some("true")
                        prop:textContent=live_text(move || routes::title(&section))
                    />
                    {move || name().map(|name| view! {
                        <span class="nav-count" aria-hidden="true" prop:textContent=fixed(count_text(count())) />
                        <span class="visually-hidden" prop:textContent=fixed(name) />
                    }.into_any())}
                </a>
            </li>
        }
        .into_any()
    };
    let group = move |offered: &[Route], (at, Group { heading, sections }): (usize, Group)| {
        let links: Vec<AnyView> =
            sections.iter().filter(|section| offered.contains(section)).cloned().map(link).collect();
        if links.is_empty() {
            return None;
        }
        let id = format!("nav-{at}");
        let labelled_by = heading.is_some().then(|| id.clone());
        let heading =
            heading.map(|heading| view! { <p class="nav-heading" id=id prop:textContent=catalogue(heading) /> });
        Some(view! { {heading}<ul role="list" aria-labelledby=labelled_by>{links}</ul> }.into_any())
    };
    let groups = move || {
        let offered = sections.get();
        GROUPS.into_iter().enumerate().filter_map(|numbered| group(&offered, numbered)).collect_view()
    };
    let saved_views = move || global_ui::saved_views().map(|render| render(route, menu_open));
    view! {
        <nav class="nav" id="nav" aria-label=t::shell::navigation>
            <div class="nav-groups">{move || groups().into_any()}{saved_views}</div>
        </nav>
    }
}

/// A count for a place of two digits.
fn count_text(count: usize) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}
