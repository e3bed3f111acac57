//! The root component: providers, the shell, and the page of each route.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};
use trunkline_api::Role;
use trunkline_api::gateway::User;

use crate::components::form_templates::FormTemplatesEntry;
use crate::components::{ListToolsEntry, follow_encoded_links, provide_preferences, provide_presence};
use crate::fetch::{chunks, live, session, sync};
use crate::i18n::t;
use crate::lazy_pages;
use crate::reactive::{catalogue, dyn_view, effect, effect_with_previous, live_text, memo};
use crate::routes::{self, Route};
use crate::shell::{Logo, Shell, announce_route, sections};
use crate::ui::{AnnouncerRegion, EmptyState, IconName, LinkButton, ToastRegion, provide_announcer, provide_toasts};

/// The console.
#[component]
pub fn App() -> impl IntoView {
    sync::start();
    provide_toasts();
    provide_announcer();
    provide_preferences();
    provide_presence(lazy_pages::switch_presence);
    lazy_pages::provide_form_tools();
    provide_context(ListToolsEntry(lazy_pages::list_tools));
    provide_context(FormTemplatesEntry(lazy_pages::form_templates));
    view! {
        <Router>
            <Console />
        </Router>
    }
}

/// The shell with the route's page, or sign-in if nobody is signed in.
#[component]
fn Console() -> impl IntoView {
    let path = use_location().pathname;
    let route = memo(move || Route::parse(&path.get()));
    complete_navigations(path);
    follow_encoded_links();
    announce_route(route);
    chunks::load_tail_later();
    chunks::load_face_later();
    let signed_in = memo(|| session::user().is_some());
    redirect_after_sign_in(route, signed_in);
    effect(move || {
        if signed_in.get() {
            live::start();
            lazy_pages::prefetch(&untrack(sections));
        } else {
            live::stop();
        }
    });
    let session_expired = RwSignal::new(false);
    view! {
        {move || if signed_in.get() {
            view! { <Shell route><Page route /></Shell> }.into_any()
        } else {
            view! { <main id="main" class="sign-in-screen"><SignInScreen /></main> }.into_any()
        }}
        <SessionExpired open=session_expired />
        {lazy_pages::deferred_ui(route)}
        <ToastRegion>
            {lazy_pages::sign_in_load_error(session_expired)}
        </ToastRegion>
        <AnnouncerRegion />
    }
}

/// Completes navigations: the router updates the address bar only once its own route components are ready. The console
/// matches routes by [`Route`] instead, so it reports completion itself.
fn complete_navigations(path: Memo<String>) {
    let history = use_context::<BrowserUrl>();
    effect(move || {
        path.track();
        history.iter().for_each(LocationProvider::ready_to_complete);
    });
}

/// Redirects a signed-in user from `/sign-in` to where the user's work begins, and an agent who has just signed in from
/// the overview too, replacing the history entry.
fn redirect_after_sign_in(route: Memo<Route>, signed_in: Memo<bool>) {
    let navigate = use_navigate();
    effect_with_previous(move |before: Option<bool>| {
        let (signed_in, route) = (signed_in.get(), route.get());
        let has_just_signed_in = signed_in && before == Some(false);
        let home = untrack(home);
        if signed_in && route != home && (route == Route::SignIn || (has_just_signed_in && route == Route::Overview)) {
            navigate(&home.path(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
        signed_in
    });
}

/// Where the user's work begins: an agent's in the inbox.
fn home() -> Route {
    let is_agent = |user: &User| user.role == Role::Agent && user.agent_id.is_some();
    if session::user().as_ref().is_some_and(is_agent) { Route::Inbox } else { Route::Overview }
}

/// The page of the current route. A ticket is shown by the inbox, which stays mounted while tickets change.
#[component]
fn Page(
    /// The current route.
    route: Memo<Route>,
) -> impl IntoView {
    let role = memo(|| session::user().map(|user| user.role));
    let page = memo(move || match route.get() {
        Route::Ticket(_) => Route::Inbox,
        // Until the redirect changes the URL.
        Route::SignIn => Route::Overview,
        other => other,
    });
    dyn_view(move || {
        let page = page.get();
        if role.get().is_some_and(|role| !page.allows(role)) {
            return view! { <NoAccess route=page /> }.into_any();
        }
        lazy_pages::page(page, route).unwrap_or_else(|| view! { <NotFound /> }.into_any())
    })
}

/// The message in place of a page that the user's role may not open.
#[component]
fn NoAccess(
    /// The route of that page.
    route: Route,
) -> impl IntoView {
    view! {
        <h1 tabindex="-1" prop:textContent=live_text(move || routes::title(&route.section())) />
        <EmptyState icon=IconName::Account title=t::shell::no_access_title message=t::shell::no_access />
    }
}

/// The message at a URL without a page.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <h1 tabindex="-1" prop:textContent=catalogue(t::routes::not_found) />
        <EmptyState icon=IconName::Search title=t::shell::not_found>
            <LinkButton label=t::shell::to_overview href="/" />
        </EmptyState>
    }
}

/// The sign-in screen, shown if nobody is signed in.
#[component]
fn SignInScreen() -> impl IntoView {
    view! {
        <section class="sign-in">
            <p class="sign-in-brand"><Logo /><span prop:textContent=catalogue(t::common::app_name) /></p>
            <h1 tabindex="-1" prop:textContent=catalogue(t::sign_in::title) />
            {lazy_pages::sign_in_form}
        </section>
    }
}

/// Sign-in over a page whose session expired. Its dialog is created when first needed, and then kept.
#[component]
fn SessionExpired(
    /// `true` while the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    // Esc closes the dialog, so that the user can read on; the next request opens it again. If the session expired by
    // itself, anybody may be at the computer: styles then hide everything but the dialog until the user signs in. The
    // page keeps its state.
    effect(|| {
        if let Some(root) = document().document_element() {
            // It fails only for an invalid attribute name.
            let _ = root.toggle_attribute_with_force("data-locked", session::is_locked());
        }
    });
    effect(move || open.set(session::is_expired()));
    effect(move || {
        if !open.get() {
            session::dismiss();
        }
    });
    let was_opened = Memo::new(move |before: Option<&bool>| before.is_some_and(|was| *was) || open.get());
    dyn_view(move || was_opened.get().then(|| lazy_pages::sign_in_dialog(open)))
}
