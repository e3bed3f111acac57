//! Takes the list over from the first rows, lazy-loaded: the marks decide its views, its first rows and their looks, and it
//! does not move while it is read.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_model::inbox::{Inbox, InboxTicket};
use trunkline_model::inbox_view::KnownViews;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::filters::Filters;
use super::held_list::HeldList;
use super::rows::{MarkedList, Rows};
use super::search_index;
use crate::browser::clock;
use crate::browser::timers;
use crate::components::ticket_marks::{TicketMarks, has_ticket_marks, use_ticket_marks};
use crate::i18n::{count_of, t};
use crate::reactive::{dyn_view, effect, fixed, memo};
use crate::ui::Cursor;

/// Milliseconds between a change of the marks and the write to storage.
const STORE_MS: u32 = 1000;

/// Takes the list over until the owner is disposed. Shows the button for what waits.
#[component]
pub fn MarkedRows(
    /// The agentID.
    agent_id: StoredValue<String>,
    /// The agent's tickets.
    inbox: Memo<Arc<Inbox>>,
    /// The URL parameters.
    filters: Filters,
    /// The rows to take over.
    rows: Rows,
    /// The current row.
    cursor: Cursor,
    /// The id of the open ticket.
    open: Memo<Option<String>>,
) -> impl IntoView {
    let marks = use_ticket_marks();
    let held = HeldList::new(inbox, marks, memo(move || filters.arrangement()), open, rows.known);
    held.keep_cursor(cursor);
    rows.marked.set(Some(MarkedList {
        marks,
        held,
        rows: memo(move || held.rows().rows.clone()),
        add_words: Arc::new(move |item, words| add_words(marks, item, words)),
        first: Arc::new(move || {
            if !marks.settled.get() {
                return rows.known_first();
            }
            let marks = marks.all.get();
            if !marks.iter().any(|mark| mark.pinned) {
                return None;
            }
            let is_pinned = move |item: &InboxTicket| marks.get(item.id()).is_some_and(|mark| mark.pinned);
            Some(Box::new(is_pinned) as Box<dyn Fn(&InboxTicket) -> bool>)
        }),
    }));
    on_cleanup(move || _ = rows.marked.try_set(None));
    store_views(agent_id, inbox, marks);
    search_index::build_after_paint(inbox);
    dyn_view(move || waiting_button(held))
}

/// Adds whether a row is pinned or unread.
fn add_words(marks: TicketMarks, item: &InboxTicket, words: &mut String) {
    // Before the marks are loaded nobody knows which tickets are new.
    if !marks.loaded.get() || !has_ticket_marks() {
        return;
    }
    let (is_pinned, is_seen) = marks
        .all
        .with(|marks| marks.get(item.id()).map_or((false, false), |mark| (mark.pinned, mark.seen_at.is_some())));
    words.push_str(if is_pinned { " pinned" } else { "" });
    words.push_str(if is_seen || item.is_gone() { "" } else { " unread" });
}

/// Keeps the views of the tickets for the next visit.
fn store_views(agent_id: StoredValue<String>, inbox: Memo<Arc<Inbox>>, marks: TicketMarks) {
    let pending = StoredValue::new(false);
    let store = move || {
        pending.try_set_value(false);
        let Some(inbox) = inbox.try_get_untracked() else { return };
        let text = marks.all.try_with_untracked(|marks| {
            agent_id.try_with_value(|agent_id| KnownViews::store(agent_id, &inbox.tickets, marks, clock::now()))
        });
        if let Some(Some(text)) = text {
            Rows::store_known(&text);
        }
    };
    effect(move || {
        inbox.track();
        marks.all.track();
        if marks.loaded.get() && has_ticket_marks() && !pending.get_value() {
            pending.set_value(true);
            timers::after(STORE_MS, store).detach();
        }
    });
}

/// The button that shows what waits: "3 new". It is no live region: a ticket that came is announced by its toast. Tracked.
fn waiting_button(held: HeldList) -> Option<AnyView> {
    let text = match held.waiting.get() {
        (0, 0) => return None,
        (0, changed) => t::inbox_list::changed(count_of(changed)),
        (new, _) => t::inbox_list::new(count_of(new)),
    };
    let show = move |_| {
        held.release();
        // The button goes: the keyboard continues in the list.
        let list = document().query_selector(".inbox-list > .table-scroll").ok().flatten();
        if let Some(list) = list.and_then(|list| list.dyn_into::<HtmlElement>().ok()) {
            // A list on the screen takes the focus.
            let _ = list.focus();
        }
    };
    let button = view! {
        <button type="button" class="inbox-waiting" title=t::inbox_list::show_hint on:click=show prop:textContent=fixed(text) />
    };
    Some(button.into_any())
}
