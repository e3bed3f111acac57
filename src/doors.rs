//! The doors to the pages: one function a section, the only way into its code.
//!
//! In a release a page's code is a file of its own, which comes when the page is first opened
//! (`scripts/split-wasm.mjs`, which knows the doors by this module's name). So a door may be called only once
//! [`crate::fetch::code`] has its page; [`page`] sees to that, and nothing else may name a page.

use leptos::prelude::*;

use crate::fetch::code::{self, Code, SIGN_IN};
use crate::i18n::t;
use crate::pages::account::AccountPage;
use crate::pages::acd_events::{AcdEventPage, AcdEventsPage, NewAcdEventPage};
use crate::pages::channel_accounts::{
    ChannelAccountPage, ChannelAccountsPage, EditChannelAccountPage, NewChannelAccountPage,
};
use crate::pages::customers::CustomersPage;
use crate::pages::inbox::InboxPage;
use crate::pages::overview::OverviewPage;
use crate::pages::settings::SettingsPage;
use crate::pages::sign_in::SignInForm;
use crate::routes::Route;
use crate::shell::focus_heading;
use crate::ui::{ErrorPanel, Problem, SkeletonBlock};

/// The page of a route, or what stands in its place until its code is here. `now` is the route in force: the inbox
/// stays while its tickets change. `None`: no page is at that route.
pub fn page(route: Route, now: Memo<Route>) -> Option<AnyView> {
    let name = route.code()?;
    Some(match code::of(name) {
        Code::Ready => {
            focus_again();
            open(route, now)
        }
        other => view! { <div class="page">{waiting(name, other)}</div> }.into_any(),
    })
}

/// The sign-in form, or what stands in its place until its code is here.
pub fn sign_in_form() -> AnyView {
    match code::of(SIGN_IN) {
        Code::Ready => to::sign_in(),
        other => waiting(SIGN_IN, other),
    }
}

fn waiting(name: &'static str, state: Code) -> AnyView {
    if state == Code::Failed {
        let problem = Problem::new(t::shell::page_missing_title(), t::shell::page_missing());
        return view! { <ErrorPanel problem on_retry=move |()| code::load(name) /> }.into_any();
    }
    view! { <SkeletonBlock /> }.into_any()
}

/// A page that was waited for takes the focus from where it waited: a heading did not stand yet.
fn focus_again() {
    if document().active_element().is_some_and(|element| element.id() == "main") {
        focus_heading();
    }
}

fn open(route: Route, now: Memo<Route>) -> AnyView {
    match route.section() {
        Route::Overview => to::overview(),
        Route::ChannelAccounts => to::channel_accounts(route),
        Route::AcdEvents => to::events(route),
        Route::Inbox => to::inbox(now),
        Route::Customers => to::customers(),
        Route::ExternalApis => to::external_apis(route),
        Route::Account => to::account(),
        _ => to::settings(),
    }
}

/// The doors themselves, never part of what calls them.
mod to {
    use super::*;

    #[inline(never)]
    pub fn overview() -> AnyView {
        view! { <OverviewPage /> }.into_any()
    }

    #[inline(never)]
    pub fn channel_accounts(route: Route) -> AnyView {
        match route {
            Route::NewChannelAccount => view! { <NewChannelAccountPage /> }.into_any(),
            Route::ChannelAccount(id) => view! { <ChannelAccountPage id /> }.into_any(),
            Route::EditChannelAccount(id) => view! { <EditChannelAccountPage id /> }.into_any(),
            _ => view! { <ChannelAccountsPage /> }.into_any(),
        }
    }

    #[inline(never)]
    pub fn events(route: Route) -> AnyView {
        match route {
            Route::NewAcdEvent => view! { <NewAcdEventPage /> }.into_any(),
            Route::AcdEvent(id) => view! { <AcdEventPage id /> }.into_any(),
            _ => view! { <AcdEventsPage /> }.into_any(),
        }
    }

    #[inline(never)]
    pub fn inbox(now: Memo<Route>) -> AnyView {
        view! { <InboxPage route=now /> }.into_any()
    }

    #[inline(never)]
    pub fn customers() -> AnyView {
        view! { <CustomersPage /> }.into_any()
    }

    #[inline(never)]
    pub fn external_apis(route: Route) -> AnyView {
        crate::pages::external_apis::page(route)
    }

    #[inline(never)]
    pub fn account() -> AnyView {
        view! { <AccountPage /> }.into_any()
    }

    #[inline(never)]
    pub fn sign_in() -> AnyView {
        view! { <SignInForm /> }.into_any()
    }

    #[inline(never)]
    pub fn settings() -> AnyView {
        view! { <SettingsPage /> }.into_any()
    }
}
