//! What takes its time, done before anybody waits for it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::oneview::inbox::Inbox;

use crate::fetch::pause::pause;
use crate::i18n::format;
use crate::reactive::{after_frame, effect};

/// Tickets at a time: about a millisecond.
const SLICE: usize = 250;

/// Has the browser make its writer of times while the tickets are on their way: it takes as long as all rows do.
pub fn times() {
    spawn_local(async {
        pause().await;
        let now = format::now();
        format::ago(now, now);
    });
}

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
