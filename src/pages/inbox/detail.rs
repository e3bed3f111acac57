//! The pane of one ticket beside the list: its heading, its status, and the states loading, not found and gone. What
//! is below the heading is lazy-loaded.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use trunkline_model::inbox::{Inbox, InboxTicket};

use super::columns::status_badge;
use super::rows::Rows;
use crate::components::record::keep_last;
use crate::i18n::t;
use crate::reactive::{catalogue, live_text, memo};
use crate::ui::{Banner, Button, EmptyState, Icon, IconName, Severity, SkeletonBlock, Variant};

/// The open ticket, as the lazy-loaded parts of its pane get it. Copies share their state.
#[derive(Clone, Copy)]
pub struct OpenTicket {
    /// The ticket's id in the URL.
    pub id: StoredValue<String>,
    /// The ticket as it was last listed; `None` before it was.
    pub item: Memo<Option<Arc<InboxTicket>>>,
    /// All of the agent's tickets.
    pub inbox: Memo<Arc<Inbox>>,
    /// The rows of the list, with the marks.
    pub rows: Rows,
}

/// Renders the lazy-loaded parts of the pane; tracked.
#[derive(Clone, Copy)]
pub struct TicketParts {
    /// What is below the heading.
    pub details: fn(OpenTicket) -> AnyView,
    /// The customer beside the ticket.
    pub customer: fn(OpenTicket) -> AnyView,
}

/// What the pane shows below its heading.
#[derive(Clone, Copy, PartialEq)]
enum PaneState {
    Loading,
    NotFound,
    Details,
}

/// The pane of the ticket with this id.
#[component]
pub fn TicketPane(
    /// The ticket's id in the URL.
    id: String,
    /// The agent's tickets.
    inbox: Memo<Arc<Inbox>>,
    /// The rows of the list, with the marks.
    rows: Rows,
    /// True once the first response is here.
    loaded: Memo<bool>,
    /// True if the tickets can't be loaded.
    failed: Memo<bool>,
    /// The pane's heading, which takes the focus when a ticket is opened.
    heading: NodeRef<html::H2>,
    /// The list's URL.
    #[prop(into)]
    list_url: Signal<String>,
    /// Renders what is lazy-loaded.
    ticket: TicketParts,
    /// Closes the pane.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let listed = memo(move || id.with_value(|id| inbox.with(|inbox| inbox.find(id).cloned())));
    // A ticket that leaves the list while it is open stays readable.
    let item = keep_last(move || listed.get());
    let has_item = memo(move || item.with(Option::is_some));
    let gone = memo(move || has_item.get() && loaded.get() && listed.with(Option::is_none));
    let title = move || match item.get() {
        Some(item) => item.name(),
        None if loaded.get() => t::inbox::not_found(),
        None if failed.get() => id.get_value(),
        None => t::common::loading(),
    };
    let open = OpenTicket { id, item, inbox, rows };
    // Drawn once per ticket: its parts follow its changes by themselves, so that nothing that is typed there is lost.
    let state = memo(move || match (has_item.get(), loaded.get(), failed.get()) {
        // What Trunkline keeps about a ticket is there while the vendor can't be asked.
        (true, ..) | (false, false, true) => PaneState::Details,
        (false, true, _) => PaneState::NotFound,
        (false, false, false) => PaneState::Loading,
    });
    let body = move || match state.get() {
        PaneState::Details => (ticket.details)(open),
        PaneState::NotFound => {
            let message = t::inbox::not_found_hint;
            view! { <EmptyState title=t::components::not_found_title message icon=IconName::Search /> }.into_any()
        }
        PaneState::Loading => view! { <SkeletonBlock /> }.into_any(),
    };
    view! {
        <div class="ticket-side">
        <section class="ticket" aria-label=t::ticket::region>
            <a class="ticket-back" href=move || list_url.get()><Icon name=IconName::ChevronStart /><span prop:textContent=catalogue(t::inbox::back) /></a>
            <div class="ticket-head">
                <h2 id="ticket-title" tabindex="-1" node_ref=heading><bdi prop:textContent=live_text(title) /></h2>
                {move || item.get().map(|item| status_badge(&item).into_any())}
                <Button
                    label=t::inbox::close
                    icon=IconName::Close
                    icon_only=true
                    small=true
                    variant=Variant::Ghost
                    on_click=on_close
                />
            </div>
            {move || gone.get().then(|| view! { <Banner severity=Severity::Info text=t::inbox::gone /> }.into_any())}
            {move || body()}
        </section>
        {move || has_item.get().then(|| (ticket.customer)(open))}
        </div>
    }
}
