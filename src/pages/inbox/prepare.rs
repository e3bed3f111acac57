//! What takes its time, done before anybody waits for it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::oneview::inbox::Inbox;

use crate::fetch::pause::pause;
use crate::reactive::{after_frame, effect};

/// Tickets at a time: about a millisecond.
const SLICE: usize = 250;

/// The search texts of each list that comes, slice by slice, when the rows are painted; tickets that did not change have
/// theirs. True from the first list's painting on.
pub fn texts(inbox: Memo<Arc<Inbox>>) -> RwSignal<bool> {
    let painted = RwSignal::new(false);
    effect(move || {
        let inbox = inbox.get();
        after_frame(move || {
            spawn_local(async move {
                if !inbox.items.is_empty() && painted.try_get_untracked() == Some(false) {
                    painted.try_set(true);
                }
                let mut next = Some(0);
                while let Some(at) = next {
                    next = inbox.prepare(at, SLICE);
                    pause().await;
                }
            })
        });
    });
    painted
}
