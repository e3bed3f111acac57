//! The page: it connects the list, the open ticket, the status and the keyboard.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use trunkline_api::Service;
use trunkline_api::oneview::ListTickets;

use trunkline_model::inbox::Inbox;

use super::agent::Agent;
use super::detail::{TicketPane, TicketParts};
use super::filters::Filters;
use super::list::TicketList;
use super::rows::Rows;
use super::shortcuts::ShortcutActions;
use super::tools::{InboxTools, ToolPart};
use super::{focus, polling, shortcuts};
use crate::components::global_ui::{GlobalUi, open_global};
use crate::components::list::ListToolbar;
use crate::components::ticket_marks::has_ticket_marks;
use crate::components::{SandboxBadge, use_presence};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::{after_paint, dyn_view, effect, memo};
use crate::routes::Route;
use crate::ui::{Button, Cursor, IconName, PageHeader, Variant};

/// The page of [`Route::Inbox`] and [`Route::Ticket`]; it stays mounted while the open ticket changes.
#[component]
pub fn InboxPage(
    /// The current route.
    route: Memo<Route>,
    /// Renders [`TicketDetails`](super::TicketDetails), which are lazy-loaded.
    ticket: TicketParts,
    /// Renders [`NoAgent`](super::NoAgent), which is lazy-loaded; tracked.
    no_agent: fn(Agent) -> AnyView,
    /// Renders one of the [`InboxTools`], which are lazy-loaded; tracked.
    tools: fn(InboxTools, ToolPart) -> AnyView,
) -> impl IntoView {
    let agent = Agent::resolve();
    dyn_view(move || match agent.id.get() {
        Some(agent_id) => view! { <AgentInbox agent agent_id route ticket tools /> }.into_any(),
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
    ticket: TicketParts,
    tools: fn(InboxTools, ToolPart) -> AnyView,
) -> impl IntoView {
    let presence = use_presence();
    presence.enter_agent(agent_id.clone());
    let filters = Filters::from_url();
    let stored_id = StoredValue::new(agent_id.clone());
    let query = use_query(move || Some(ListTickets { agent_id: agent_id.clone() }));
    let loaded = memo(move || query.data.with(Option::is_some));
    let failed = memo(move || query.error.with(Option::is_some));
    let inbox = Memo::new_with_compare(
        move |before: Option<&Arc<Inbox>>| {
            let next = query.data.with(|data| {
                let tickets = data.as_ref().map(|data| data.as_slice()).unwrap_or_default();
                Inbox::update(before.map(AsRef::as_ref), tickets)
            });
            next.map(Arc::new).or_else(|| before.cloned()).unwrap_or_default()
        },
        |before, after| before.zip(after).is_none_or(|(before, after)| !Arc::ptr_eq(before, after)),
    );
    polling::start(query, presence);
    let painted = RwSignal::new(false);
    effect(move || {
        // Notes and drafts are usable while the tickets can't be loaded. It is set once: what follows it is made once.
        if !query.is_first_load() && !painted.get_untracked() {
            after_paint(move || {
                if painted.try_get_untracked() == Some(false) {
                    painted.set(true);
                }
            });
        }
    });

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
    let rows = stored_id.with_value(|agent_id| Rows::new(agent_id, inbox, filters));
    focus::follow(open, cursor, heading);
    let open_ticket = Callback::new(move |id| go(Route::Ticket(id)));
    shortcuts::listen(ShortcutActions { cursor, opened: open, open: open_ticket, close });
    // With a ticket open, a step opens the next one: list and pane agree.
    effect(move || {
        if let Some(id) = cursor.stepped.get()
            && open.with_untracked(|open| open.as_ref().is_some_and(|open| *open != id))
        {
            go(Route::Ticket(id));
        }
    });
    let tools_state = InboxTools { agent, agent_id: stored_id, presence, inbox, filters, rows, cursor, open };
    let tool = move |part: ToolPart| move || painted.get().then(|| tools(tools_state, part));
    let views = move || has_ticket_marks().then(|| view! { {tool(ToolPart::Views)} }.into_any());
    let list_url = Signal::derive(move || address(&Route::Inbox));
    let pane = move || {
        let id = open.get()?;
        Some(view! { <TicketPane id inbox rows loaded failed heading list_url ticket on_close=close /> }.into_any())
    };
    view! {
        <div class="page inbox" class:has-ticket=move || open.with(Option::is_some)>
            <div class="inbox-top">
                <PageHeader title=t::routes::inbox>
                    <SandboxBadge vendor=Service::Oneview />
                    {tool(ToolPart::Agent)}
                    <Button
                        label=t::shortcuts::title
                        icon=IconName::Keyboard
                        icon_only=true
                        variant=Variant::Ghost
                        on_click=|()| open_global(GlobalUi::Shortcuts)
                    />
                </PageHeader>
                {views}
            </div>
            {tool(ToolPart::StatusError)}
            <div class="shift-slot">{tool(ToolPart::Shift)}</div>
            <ListToolbar
                params=filters.params.clears_in_toolbar()
                query
                search_label=t::inbox::search
                filters=move || tool(ToolPart::Filters)
            />
            {tool(ToolPart::Chips)}
            <div class="inbox-columns">
                <TicketList query rows filters presence cursor waiting=tool(ToolPart::MarkedRows) href=move |id| address(&Route::Ticket(id)) />
                {move || pane()}
            </div>
        </div>
    }
}
