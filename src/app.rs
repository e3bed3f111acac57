//! Puts all together: providers, the frame, and the page of each route.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::doors;
use crate::fetch::{live, network, session, tabs};
use crate::i18n::t;
use crate::parts::{follow_encoded_links, provide_preferences};
use crate::reactive::{catalogue, dynamic, effect, live_text, memo};
use crate::routes::Route;
use crate::shell::{Mark, Shell, announce_route, sections};
use crate::ui::{AnnouncerRegion, EmptyState, IconName, LinkButton, ToastRegion, provide_announcer, provide_toasts};

/// The console.
#[component]
pub fn App() -> impl IntoView {
    network::start();
    tabs::start();
    provide_toasts();
    provide_announcer();
    provide_preferences();
    view! {
        <Router>
            <Console />
        </Router>
    }
}

/// The frame with the route's page in it, or sign-in where nobody is signed in.
#[component]
fn Console() -> impl IntoView {
    let path = use_location().pathname;
    let route = memo(move || Route::parse(&path.get()));
    complete_navigations(path);
    follow_encoded_links();
    announce_route(route);
    let signed_in = memo(|| session::user().is_some());
    leave_sign_in(route, signed_in);
    effect(move || {
        if signed_in.get() {
            live::start();
            doors::load_later(&untrack(sections));
        } else {
            live::stop();
        }
    });
    let session_over = RwSignal::new(false);
    view! {
        {move || if signed_in.get() {
            view! { <Shell route><Page route /></Shell> }.into_any()
        } else {
            view! { <main id="main" class="sign-in-screen"><SignInScreen /></main> }.into_any()
        }}
        <SessionOver open=session_over />
        {doors::extras(route)}
        <ToastRegion>
            {doors::sign_in_missing(session_over)}
        </ToastRegion>
        <AnnouncerRegion />
    }
}

/// The router waits for its own route components before it writes the address bar; this console matches routes by
/// [`Route`], so it tells the router itself that a navigation is complete.
fn complete_navigations(path: Memo<String>) {
    let history = use_context::<BrowserUrl>();
    effect(move || {
        path.track();
        history.iter().for_each(LocationProvider::ready_to_complete);
    });
}

/// Whoever is signed in has nothing to do at `/sign-in`: the overview takes its place, in the history too.
fn leave_sign_in(route: Memo<Route>, signed_in: Memo<bool>) {
    let navigate = use_navigate();
    effect(move || {
        if signed_in.get() && route.get() == Route::SignIn {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&Route::Overview.path(), options);
        }
    });
}

/// The page of a route. A ticket belongs to the inbox, which stays while tickets change.
#[component]
fn Page(
    /// Where the console is.
    route: Memo<Route>,
) -> impl IntoView {
    let role = memo(|| session::user().map(|user| user.role));
    let page = memo(move || match route.get() {
        Route::Ticket(_) => Route::Inbox,
        // Until the address follows.
        Route::SignIn => Route::Overview,
        other => other,
    });
    dynamic(move || {
        let page = page.get();
        if role.get().is_some_and(|role| !page.allows(role)) {
            return view! { <NoAccess route=page /> }.into_any();
        }
        doors::page(page, route).unwrap_or_else(|| view! { <NotFound /> }.into_any())
    })
}

/// A page that the user's role may not see.
#[component]
fn NoAccess(
    /// Which page.
    route: Route,
) -> impl IntoView {
    view! {
        <h1 tabindex="-1" prop:textContent=live_text(move || route.section().title()) />
        <EmptyState icon=IconName::Account title=t::shell::no_access_title message=t::shell::no_access />
    }
}

/// No page at this address.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <h1 tabindex="-1" prop:textContent=catalogue(t::routes::not_found) />
        <EmptyState icon=IconName::Search title=t::shell::not_found>
            <LinkButton label=t::shell::to_overview href="/" />
        </EmptyState>
    }
}

/// Sign-in where nobody is signed in.
#[component]
fn SignInScreen() -> impl IntoView {
    view! {
        <section class="sign-in">
            <p class="sign-in-brand"><Mark /><span prop:textContent=catalogue(t::common::app_name) /></p>
            <h1 tabindex="-1" prop:textContent=catalogue(t::sign_in::title) />
            {doors::sign_in_form}
        </section>
    }
}

/// Sign-in over a page whose session ended. Its dialog is made when it is first wanted, and then stays.
#[component]
fn SessionOver(
    /// Open or not.
    open: RwSignal<bool>,
) -> impl IntoView {
    // Esc closes it: the page can be read on, and the next request opens it again. Where the session ended by itself,
    // nobody knows who presses it: until the user is back, styles hide all but the dialog, and nothing has left the page.
    effect(|| {
        if let Some(root) = document().document_element() {
            // It fails only for a name that is none.
            let _ = root.toggle_attribute_with_force("data-locked", session::is_locked());
        }
    });
    effect(move || open.set(session::is_over()));
    effect(move || {
        if !open.get() {
            session::not_now();
        }
    });
    let ever = Memo::new(move |before: Option<&bool>| before.is_some_and(|was| *was) || open.get());
    dynamic(move || ever.get().then(|| doors::sign_in_dialog(open)))
}
