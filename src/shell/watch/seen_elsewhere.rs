//! Tickets that the agent opened in another browser: they are seen here too.

use std::collections::HashMap;

use leptos::prelude::*;
use trunkline_api::gateway::{ListTicketMarks, TicketMark};

use super::storage::AgentStorage;
use crate::components::ticket_marks::has_ticket_marks;
use crate::fetch::use_query;
use crate::reactive::effect;

/// Removes a ticket from the unseen ones when its mark says that it was seen since: after the marks of the response
/// before, and at first after this browser last knew the tickets. A mark from before says nothing about what escalated
/// since. Until the owner is disposed.
pub fn follow(storage: AgentStorage, changed: Callback<()>) {
    let query = use_query(|| has_ticket_marks().then_some(ListTicketMarks));
    let since = storage.current_at().unwrap_or(i64::MAX);
    let before = StoredValue::new(None::<HashMap<String, i64>>);
    effect(move || {
        let Some(marks) = query.data.get() else { return };
        let seen_at = |mark: &TicketMark| Some((mark.ticket_id.clone(), mark.seen_at?));
        let seen: HashMap<String, i64> = marks.iter().filter_map(seen_at).collect();
        let is_new = |id: &str, at: i64| {
            before.with_value(|before| match before {
                Some(before) => before.get(id).is_none_or(|before| *before < at),
                None => at > since,
            })
        };
        let mut unseen = storage.unseen();
        for (id, at) in &seen {
            if is_new(id, *at) {
                unseen.remove(id);
            }
        }
        before.set_value(Some(seen));
        if unseen != storage.unseen() {
            storage.set_unseen(&unseen);
            changed.run(());
        }
    });
}
