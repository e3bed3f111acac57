//! The search texts, made before anybody searches: slice by slice, when the rows are painted.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::oneview::inbox::Inbox;

use crate::fetch::pause::pause;
use crate::reactive::effect;

/// Milliseconds that the painting of the rows has first.
const BEFORE_MS: u32 = 50;
/// Tickets at a time: about a millisecond.
const SLICE: usize = 250;

/// Prepares each list that comes; tickets that did not change are ready.
pub fn ahead(inbox: Memo<Arc<Inbox>>) {
    effect(move || {
        let inbox = inbox.get();
        spawn_local(async move {
            TimeoutFuture::new(BEFORE_MS).await;
            let mut next = Some(0);
            while let Some(at) = next {
                next = inbox.prepare(at, SLICE);
                pause().await;
            }
        });
    });
}
