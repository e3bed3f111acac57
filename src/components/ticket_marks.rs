//! The marks of the agent's tickets, which the gateway keeps: note, pin, snooze, done and seen. They don't depend on
//! one-view: they are there and can be changed while it can't be asked.
//!
//! A change is shown at once, and taken back with a toast if the gateway refuses it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::Error;
use trunkline_api::gateway::{ListTicketMarks, MarkTicketsSeen, TicketMark, TicketMarkChange, UpdateTicketMark};
use trunkline_model::ticket_marks as model;

use super::describe;
use crate::browser::clock;
use crate::fetch::mutation::{ReadBack, Write, write_optimistic};
use crate::fetch::{OptimisticUpdate, WriteOutcome, cache, config, invalidate, session, use_query};
use crate::reactive::memo;
use crate::ui::{Severity, Toasts, use_toasts};

/// The marks. Copies share their state.
#[derive(Clone, Copy)]
pub struct TicketMarks {
    /// All marks; empty before they are loaded. It changes only if one of them does.
    pub all: Memo<Arc<model::TicketMarks>>,
    /// True once the marks are loaded: before, nobody knows which tickets are new.
    pub loaded: Signal<bool>,
    /// True once the marks are loaded, or can't be.
    pub settled: Signal<bool>,
    toasts: Toasts,
}

/// True if the gateway keeps marks for the signed-in user; tracked.
pub fn has_ticket_marks() -> bool {
    config::has_gateway() && session::user().is_some_and(|user| user.agent_id.is_some())
}

/// Loads the marks, for as long as the calling component lives.
pub fn use_ticket_marks() -> TicketMarks {
    let query = use_query(|| has_ticket_marks().then_some(ListTicketMarks));
    let all = memo(move || {
        let marks = query.data.with(|data| data.as_ref().map(|marks| model::TicketMarks::new(marks)));
        Arc::new(marks.unwrap_or_default())
    });
    let loaded = Signal::derive(move || query.data.with(Option::is_some));
    let settled = memo(move || loaded.get() || query.error.with(Option::is_some)).into();
    TicketMarks { all, loaded, settled, toasts: use_toasts() }
}

impl TicketMarks {
    /// The mark of a ticket, by its id in the inbox; tracked.
    pub fn get(self, ticket_id: &str) -> Option<TicketMark> {
        self.all.with(|marks| marks.get(ticket_id).cloned())
    }

    /// Changes the mark of a ticket.
    pub fn change(self, ticket_id: &str, change: TicketMarkChange) {
        self.change_then(ticket_id, change, |_| {});
    }

    /// Changes the mark of a ticket. `then` gets the result, which is reported already.
    pub fn change_then(
        self,
        ticket_id: &str,
        change: TicketMarkChange,
        then: impl FnOnce(Result<(), Error>) + 'static,
    ) {
        let ticket_id = ticket_id.to_owned();
        let update = {
            let (ticket_id, change, now) = (ticket_id.clone(), change.clone(), clock::now());
            OptimisticUpdate::new(&ListTicketMarks, move |marks| model::with_change(marks, &ticket_id, &change, now))
        };
        let read_back = {
            let (ticket_id, change) = (ticket_id.clone(), change.clone());
            ReadBack::new(&ListTicketMarks, move |marks| {
                let none = TicketMark::default();
                let mark = marks.iter().find(|mark| mark.ticket_id == ticket_id).unwrap_or(&none);
                if model::has_values_of(mark, &change) { WriteOutcome::Done } else { WriteOutcome::NotDone }
            })
        };
        let write = Write::new(UpdateTicketMark { ticket_id, change }, |_| {}, |_| {}, read_back);
        self.send(write, update, true, Box::new(then));
    }

    /// Marks tickets as seen. A failure is not reported: they are marked the next time that they are opened.
    pub fn see(self, ticket_ids: Vec<String>) {
        if ticket_ids.is_empty() {
            return;
        }
        let update = {
            let (ticket_ids, now) = (ticket_ids.clone(), clock::now());
            OptimisticUpdate::new(&ListTicketMarks, move |marks| model::with_seen(marks, &ticket_ids, now))
        };
        let read_back = ReadBack::new(&ListTicketMarks, |_| WriteOutcome::Unknown);
        let write = Write::new(MarkTicketsSeen { ticket_ids }, |()| {}, |_| {}, read_back);
        self.send(write, update, false, Box::new(|_| {}));
    }

    fn send(self, write: Write, update: OptimisticUpdate, is_reported: bool, then: Box<dyn FnOnce(Result<(), Error>)>) {
        spawn_local(async move {
            let result = write_optimistic(write, Some(update)).await;
            match &result {
                Ok(()) => invalidate(&cache::stale_prefix::<UpdateTicketMark>()),
                Err(error) if is_reported => {
                    let problem = describe(error);
                    self.toasts.push(Severity::Error, format!("{} {}", problem.title, problem.message));
                }
                Err(_) => {}
            }
            then(result);
        });
    }
}
