//! The doors to the pages: the only ways into their code.
//!
//! In a release what stands behind a door is a file of its own, a part, which comes when a page that needs it is first
//! opened (`scripts/split-wasm.mjs`, which knows the doors by this module's name). So a door may be opened only once
//! [`crate::fetch::code`] has its part; [`page`] and [`enter`] see to that, and nothing else may name a page.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use trunkline_api::oneview::inbox::Item;

use crate::fetch::code::{self, Code};
use crate::fetch::{release, session};
use crate::i18n::t;
use crate::pages::account::AccountPage;
use crate::pages::acd_events::{AcdEventPage, AcdEventsPage, NewAcdEventPage};
use crate::pages::activity::ActivityPage;
use crate::pages::channel_accounts::{
    Accounts, BulkBar, ChannelAccountPage, ChannelAccountsPage, EditChannelAccountPage, NewChannelAccountPage, Rows,
};
use crate::pages::customers::CustomersPage;
use crate::pages::external_apis::{EditExternalApiPage, ExternalApiPage, ExternalApisPage, NewExternalApiPage};
use crate::pages::inbox::{Agent, InboxPage, NoAgent, Presence, TicketFields};
use crate::pages::overview::OverviewPage;
use crate::pages::settings::SettingsPage;
use crate::pages::sign_in::{SignInDialog, SignInForm};
use crate::parts::extras::{hear, opened, wanted};
use crate::reactive::{dynamic, effect, memo};
use crate::routes::{Route, reload};
use crate::shell::Extras;
use crate::ui::{
    Button, EmptyState, ErrorPanel, IconName, Kind, PageHeader, Problem, SkeletonBlock, Variant, focus_heading,
    use_toasts,
};

/// A door that a route leads to. It is told the route, and the one in force from then on.
struct Door {
    part: &'static str,
    open: fn(Route, Memo<Route>) -> AnyView,
}

/// The door of this name, which is its part's too.
macro_rules! door {
    ($part:ident) => {
        Door { part: stringify!($part), open: to::$part }
    };
}

/// Where each route leads; none: no page is there. A section has up to three parts: its list, which bears the section's
/// name, one record, and the form. `boot.js` tells them by the address alone, to ask for the first one in time.
fn door(route: &Route) -> Option<Door> {
    Some(match route {
        Route::Overview => door!(overview),
        Route::ChannelAccounts => door!(channel_accounts),
        Route::ChannelAccount(_) => door!(channel_accounts_record),
        Route::NewChannelAccount | Route::EditChannelAccount(_) => door!(channel_accounts_form),
        Route::AcdEvents => door!(events),
        Route::AcdEvent(_) => door!(events_record),
        Route::NewAcdEvent => door!(events_form),
        Route::Inbox | Route::Ticket(_) => door!(inbox),
        Route::Customers => door!(customers),
        Route::ExternalApis => door!(external_apis),
        Route::ExternalApi(_) => door!(external_apis_record),
        Route::NewExternalApi | Route::EditExternalApi(_) => door!(external_apis_form),
        Route::Account => door!(account),
        Route::Activity => door!(activity),
        Route::Settings => door!(settings),
        #[cfg(feature = "gallery")]
        Route::Gallery => door!(gallery),
        _ => return None,
    })
}

/// What is behind a door that no route leads to, or what stands in its place until its part is here. Tracked.
macro_rules! enter {
    ($part:ident $(, $given:expr)*) => {
        match code::of(stringify!($part)) {
            Code::Ready => to::$part($($given),*),
            state => waiting(stringify!($part), state),
        }
    };
}

/// The page of a route, or what stands in its place until its part is here. `now` is the route in force: the inbox
/// stays while its tickets change. `None`: no page is at that route. Tracked.
pub fn page(route: Route, now: Memo<Route>) -> Option<AnyView> {
    let Door { part, open } = door(&route)?;
    Some(match code::of(part) {
        Code::Ready => {
            focus_again();
            open(route, now)
        }
        state => {
            let title = Signal::derive(move || route.title());
            view! { <div class="page"><PageHeader title />{waiting(part, state)}</div> }.into_any()
        }
    })
}

/// The sign-in form, or what stands in its place until its part is here.
pub fn sign_in_form() -> AnyView {
    enter!(sign_in, None)
}

/// The same in a dialog over the page, once its part is here. Tracked.
pub fn sign_in_dialog(open: RwSignal<bool>) -> AnyView {
    match code::of("sign_in") {
        Code::Ready => to::sign_in(Some(open)),
        _ => ().into_any(),
    }
}

/// What is said in its place, in the corner, if its part did not come.
pub fn sign_in_missing(open: RwSignal<bool>) -> AnyView {
    dynamic(move || {
        (open.get() && code::of("sign_in") == Code::Failed).then(|| {
            let problem = Problem::new(t::sign_in::over_title(), t::sign_in::missing());
            view! { <div class="toast">{failed("sign_in", problem)}</div> }
        })
    })
}

/// A ticket's fields, or what stands in their place until their part is here.
fn ticket(item: Arc<Item>) -> AnyView {
    enter!(inbox_ticket, item)
}

/// The bar for many accounts at once, likewise.
fn bulk(selection: RwSignal<Vec<String>>, accounts: Accounts, rows: Rows) -> AnyView {
    enter!(channel_accounts_bulk, selection, accounts, rows)
}

/// The inbox of who has no agentID, likewise.
fn no_agent(agent: Agent) -> AnyView {
    enter!(inbox_agent, agent)
}

/// Does what the inbox's switch asks for, as soon as its part is here.
fn switch(presence: Presence, online: bool) {
    let part = "inbox_presence";
    code::run(part, move || to::inbox_presence(presence, online), move || presence.unavailable());
}

/// Has everything in these sections fetched when there is nothing better to do, so that opening it never waits; sign-in
/// too, which is wanted when the session ends.
pub fn load_later(sections: &[Route]) {
    code::load_later(sections.iter().filter_map(door).map(|door| door.part).chain(["sign_in"]));
}

/// What every page has besides its content: nothing until its code is here. It is asked for after the first page, or
/// by who wants a piece of it.
pub fn extras(route: Memo<Route>) -> AnyView {
    let due = RwSignal::new(false);
    code::after_first_page(move || {
        due.try_set(true);
    });
    effect(move || {
        if wanted().is_some() {
            due.set(true);
            if untrack(|| code::of("extras")) == Code::Failed {
                code::load("extras");
            }
        }
    });
    let toasts = use_toasts();
    effect(move || {
        if due.get() && code::of("extras") == Code::Failed && untrack(wanted).is_some() {
            opened();
            toasts.push(Kind::Error, t::shell::part_missing());
        }
    });
    let ready = memo(move || due.get() && code::of("extras") == Code::Ready);
    // Its own ear for keys comes with it.
    window_event_listener(ev::keydown, move |event| {
        if untrack(|| !ready.get() && session::user().is_some() && hear(&event)) {
            event.prevent_default();
        }
    });
    dynamic(move || ready.get().then(|| to::extras(route)))
}

fn waiting(part: &'static str, state: Code) -> AnyView {
    if state == Code::Failed {
        return failed(part, Problem::new(t::shell::page_missing_title(), t::shell::page_missing()));
    }
    view! { <SkeletonBlock /> }.into_any()
}

/// A part didn't come: it is tried again, or the new version is loaded, in which it has another name.
fn failed(part: &'static str, problem: Problem) -> AnyView {
    if release::is_newer() {
        return view! {
            <EmptyState title=t::reload::title message=t::reload::missing icon=IconName::Refresh>
                <Button label=t::reload::reload variant=Variant::Primary on_click=|()| reload() />
            </EmptyState>
        }
        .into_any();
    }
    let again = move |()| {
        code::load(part);
        // The button that had the focus goes.
        focus_heading();
    };
    view! { <ErrorPanel problem on_retry=again /> }.into_any()
}

/// A page that was waited for takes the focus from where it waited: a heading did not stand yet.
fn focus_again() {
    if document().active_element().is_some_and(|element| element.id() == "main") {
        focus_heading();
    }
}

/// The doors themselves, never part of what calls them.
mod to {
    use super::*;
    use crate::pages::external_apis::with_gateway;

    #[inline(never)]
    pub fn overview(_: Route, _: Memo<Route>) -> AnyView {
        view! { <OverviewPage /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts(_: Route, _: Memo<Route>) -> AnyView {
        view! { <ChannelAccountsPage bulk /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts_bulk(selection: RwSignal<Vec<String>>, accounts: Accounts, rows: Rows) -> AnyView {
        view! { <BulkBar selection accounts rows /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts_record(route: Route, _: Memo<Route>) -> AnyView {
        let id = route.id();
        view! { <ChannelAccountPage id /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts_form(route: Route, _: Memo<Route>) -> AnyView {
        match route {
            Route::EditChannelAccount(id) => view! { <EditChannelAccountPage id /> }.into_any(),
            _ => view! { <NewChannelAccountPage /> }.into_any(),
        }
    }

    #[inline(never)]
    pub fn events(_: Route, _: Memo<Route>) -> AnyView {
        view! { <AcdEventsPage /> }.into_any()
    }

    #[inline(never)]
    pub fn events_record(route: Route, _: Memo<Route>) -> AnyView {
        let id = route.id();
        view! { <AcdEventPage id /> }.into_any()
    }

    #[inline(never)]
    pub fn events_form(_: Route, _: Memo<Route>) -> AnyView {
        view! { <NewAcdEventPage /> }.into_any()
    }

    #[inline(never)]
    pub fn inbox(_: Route, now: Memo<Route>) -> AnyView {
        view! { <InboxPage route=now ticket no_agent switch /> }.into_any()
    }

    #[inline(never)]
    pub fn inbox_agent(agent: Agent) -> AnyView {
        view! { <NoAgent agent /> }.into_any()
    }

    #[inline(never)]
    pub fn inbox_presence(presence: Presence, online: bool) {
        // The inbox may have been left meanwhile.
        if presence.status.try_get_untracked().is_some() {
            presence.switch(online);
        }
    }

    #[inline(never)]
    pub fn inbox_ticket(item: Arc<Item>) -> AnyView {
        view! { <TicketFields item /> }.into_any()
    }

    #[inline(never)]
    pub fn customers(_: Route, _: Memo<Route>) -> AnyView {
        view! { <CustomersPage /> }.into_any()
    }

    #[inline(never)]
    pub fn external_apis(route: Route, _: Memo<Route>) -> AnyView {
        with_gateway(route, |_| view! { <ExternalApisPage /> }.into_any())
    }

    #[inline(never)]
    pub fn external_apis_record(route: Route, _: Memo<Route>) -> AnyView {
        with_gateway(route, |route| {
            let id = route.id();
            view! { <ExternalApiPage id /> }.into_any()
        })
    }

    #[inline(never)]
    pub fn external_apis_form(route: Route, _: Memo<Route>) -> AnyView {
        with_gateway(route, |route| match route {
            Route::EditExternalApi(id) => view! { <EditExternalApiPage id /> }.into_any(),
            _ => view! { <NewExternalApiPage /> }.into_any(),
        })
    }

    #[inline(never)]
    pub fn account(_: Route, _: Memo<Route>) -> AnyView {
        view! { <AccountPage /> }.into_any()
    }

    #[inline(never)]
    pub fn activity(_: Route, _: Memo<Route>) -> AnyView {
        view! { <ActivityPage /> }.into_any()
    }

    #[inline(never)]
    pub fn sign_in(over: Option<RwSignal<bool>>) -> AnyView {
        match over {
            Some(open) => view! { <SignInDialog open /> }.into_any(),
            None => view! { <SignInForm /> }.into_any(),
        }
    }

    #[inline(never)]
    pub fn extras(route: Memo<Route>) -> AnyView {
        view! { <Extras route /> }.into_any()
    }

    #[inline(never)]
    pub fn settings(_: Route, _: Memo<Route>) -> AnyView {
        view! { <SettingsPage /> }.into_any()
    }

    #[cfg(feature = "gallery")]
    #[inline(never)]
    pub fn gallery(_: Route, _: Memo<Route>) -> AnyView {
        view! { <div class="page"><crate::ui::gallery::Gallery /></div> }.into_any()
    }
}
