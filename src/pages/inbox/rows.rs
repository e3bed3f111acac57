//! The rows of the list. The first ones are those of the response, without what was put away at the last visit; once the
//! code for it is loaded, [`MarkedList`] decides: views by the marks, and a list that does not move while it is read.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_model::inbox::{Inbox, InboxTicket};
use trunkline_model::inbox_view::KnownViews;

use super::filters::Filters;
use super::held_list::HeldList;
use crate::browser::storage;
use crate::components::ticket_marks::TicketMarks;
use crate::reactive::memo;

/// The key in local storage of [`KnownViews`].
const KNOWN_VIEWS: &str = "trunkline.inbox-views";

/// A predicate of the rows that come first; `None` for none.
pub type FirstRows = Option<Box<dyn Fn(&InboxTicket) -> bool>>;

/// Adds words of a row to a text.
pub type AddWords = dyn Fn(&InboxTicket, &mut String) + Send + Sync;

/// What the lazy-loaded code tells about the list.
#[derive(Clone)]
pub struct MarkedList {
    /// The agent's marks.
    pub marks: TicketMarks,
    /// The rows, and what waits.
    pub held: HeldList,
    /// The rows, in the vendor's order.
    pub rows: Memo<Vec<Arc<InboxTicket>>>,
    /// Adds the words of a row for the style sheet. Tracked.
    pub add_words: Arc<AddWords>,
    /// The rows that come first. Tracked.
    pub first: Arc<dyn Fn() -> FirstRows + Send + Sync>,
}

/// The rows. Copies share their state.
#[derive(Clone, Copy)]
pub struct Rows {
    /// The rows, in the vendor's order. They change only if one of them does.
    pub shown: Memo<Vec<Arc<InboxTicket>>>,
    /// What the last visit left, for the time until the marks are loaded.
    pub known: StoredValue<KnownViews>,
    /// `None` until its code is loaded.
    pub marked: RwSignal<Option<MarkedList>>,
}

impl Rows {
    /// The rows of an agent's inbox.
    pub fn new(agent_id: &str, inbox: Memo<Arc<Inbox>>, filters: Filters) -> Self {
        let stored = storage::load(KNOWN_VIEWS).unwrap_or_default();
        let known = StoredValue::new(KnownViews::load(agent_id, &stored));
        let marked = RwSignal::new(None::<MarkedList>);
        let shown = memo(move || match marked.get() {
            Some(marked) => marked.rows.get(),
            None => inbox.with(|inbox| {
                let in_view = known.with_value(|known| known.select(filters.view(), &inbox.tickets));
                in_view.unwrap_or_else(|| inbox.tickets.clone())
            }),
        });
        Self { shown, known, marked }
    }

    /// The rows that come first as the last visit left them.
    pub fn known_first(self) -> FirstRows {
        let known = self.known;
        if !known.with_value(KnownViews::has_pinned) {
            return None;
        }
        Some(Box::new(move |item| known.with_value(|known| known.is_pinned(item.id()))))
    }

    /// Keeps the views of the tickets for the next visit.
    pub fn store_known(text: &str) {
        storage::store(KNOWN_VIEWS, text);
    }
}
