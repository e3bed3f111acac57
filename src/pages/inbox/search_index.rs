//! Builds the tickets' search texts before the first search needs them.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_model::inbox::Inbox;

use crate::fetch::scheduler::yield_to_main;
use crate::reactive::{after_paint, effect};

/// Tickets per slice, which takes about a millisecond.
const SLICE: usize = 250;

/// Builds the search texts of each new list in slices, after its rows are painted. Unchanged tickets keep theirs.
pub fn build_after_paint(inbox: Memo<Arc<Inbox>>) {
    effect(move || {
        let inbox = inbox.get();
        after_paint(move || {
            spawn_local(async move {
                let mut next = Some(0);
                while let Some(at) = next {
                    next = inbox.prepare_search(at, SLICE);
                    yield_to_main().await;
                }
            })
        });
    });
}
