//! The agent's inbox: own tickets, live, one of them open beside the list.
//!
//! - [`agent`]: whose inbox it is
//! - [`filters`], [`columns`], [`list`]: the list, by what the URL asks for
//! - [`detail`]: the open ticket's pane; in a part of their own: [`fields`], [`content`], [`actions`]
//! - [`presence`]: online or offline; [`poll`], [`alerts`]: what comes in meanwhile
//! - [`prepare`]: what takes its time, ahead of it; [`keys`]: the keyboard

mod actions;
mod agent;
mod alerts;
mod columns;
mod content;
mod detail;
mod fields;
mod filters;
mod focus;
mod keys;
mod list;
mod poll;
mod prepare;
mod presence;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use trunkline_api::Vendor;
use trunkline_api::oneview::ListTickets;

use agent::ChangeAgent;
pub use agent::{Agent, NoAgent};
use detail::TicketPane;
pub use fields::TicketFields;
use filters::Filters;
use keys::Commands;
use list::{Bar, TicketList};
pub use presence::Presence;
use presence::{PresenceProblem, PresenceSwitch};
use trunkline_api::oneview::inbox::{Inbox, Item};

use crate::fetch::use_query;
use crate::i18n::t;
use crate::parts::SandboxBadge;
use crate::parts::extras::{Extra, want};
use crate::reactive::{dynamic, memo};
use crate::routes::Route;
use crate::ui::{Button, Cursor, IconName, PageHeader, Variant};

/// The page of [`Route::Inbox`] and [`Route::Ticket`]; it stays while tickets change.
#[component]
pub fn InboxPage(
    /// Where the console is.
    route: Memo<Route>,
    /// Draws [`TicketFields`], which no list needs; tracked.
    ticket: fn(Arc<Item>) -> AnyView,
    /// Draws [`NoAgent`], which only who has no agentID sees; tracked.
    no_agent: fn(Agent) -> AnyView,
    /// Has [`Presence::switch`] done.
    switch: fn(Presence, bool),
) -> impl IntoView {
    let agent = Agent::known();
    dynamic(move || match agent.id.get() {
        Some(agent_id) => view! { <AgentInbox agent agent_id route ticket switch /> }.into_any(),
        None => view! {
            <div class="page">
                <PageHeader title=t::routes::inbox />
                {move || no_agent(agent)}
            </div>
        }
        .into_any(),
    })
}

/// The inbox of one agent.
#[component]
fn AgentInbox(
    agent: Agent,
    agent_id: String,
    route: Memo<Route>,
    ticket: fn(Arc<Item>) -> AnyView,
    switch: fn(Presence, bool),
) -> impl IntoView {
    let presence = Presence::new(agent_id.clone(), switch);
    let query = use_query(move || Some(ListTickets { agent_id: agent_id.clone() }));
    let loaded = memo(move || query.data.with(Option::is_some));
    let inbox = Memo::new_with_compare(
        move |before: Option<&Arc<Inbox>>| {
            let next = query.data.with(|data| {
                let tickets = data.as_ref().map(|data| data.as_slice()).unwrap_or_default();
                Inbox::next(before.map(AsRef::as_ref), tickets)
            });
            next.map(Arc::new).or_else(|| before.cloned()).unwrap_or_default()
        },
        |before, after| before.zip(after).is_none_or(|(before, after)| !Arc::ptr_eq(before, after)),
    );
    poll::poll(query, presence);
    presence::catch_up(presence);
    alerts::watch(inbox, loaded);
    let painted = prepare::texts(inbox);

    let filters = Filters::new();
    let search = use_location().search;
    let address = move |route: &Route| {
        let (path, search) = (route.path(), search.get());
        if search.is_empty() { path } else { format!("{path}?{search}") }
    };
    let open = memo(move || match route.get() {
        Route::Ticket(id) => Some(id),
        _ => None,
    });
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |route: Route| {
        let options = NavigateOptions { resolve: false, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&untrack(|| address(&route)), options));
    };
    let close = Callback::new(move |()| {
        if open.with_untracked(Option::is_some) {
            go(Route::Inbox);
        }
    });
    let (cursor, heading) = (Cursor::new(), NodeRef::<html::H2>::new());
    focus::follow(open, cursor, heading);
    keys::listen(Commands { cursor, open: Callback::new(move |id| go(Route::Ticket(id))), close });
    let list = Signal::derive(move || address(&Route::Inbox));
    let pane = move || {
        let id = open.get()?;
        Some(view! { <TicketPane id inbox loaded heading list ticket on_close=close /> }.into_any())
    };
    view! {
        <div class="page inbox" class:has-ticket=move || open.with(Option::is_some)>
            <PageHeader title=t::routes::inbox>
                <SandboxBadge vendor=Vendor::Oneview />
                <ChangeAgent agent />
                <PresenceSwitch presence />
                <Button
                    label=t::shortcuts::title
                    icon=IconName::Keyboard
                    icon_only=true
                    variant=Variant::Ghost
                    on_click=|()| want(Extra::Shortcuts)
                />
            </PageHeader>
            <PresenceProblem presence />
            <Bar query inbox filters painted />
            <div class="inbox-columns">
                <TicketList query inbox filters presence cursor href=move |id| address(&Route::Ticket(id)) />
                {move || pane()}
            </div>
        </div>
    }
}
