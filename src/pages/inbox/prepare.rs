//! What takes its time, done before anybody waits for it.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::oneview::inbox::Inbox;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::fetch::network;
use crate::fetch::pause::pause;
use crate::i18n::format;
use crate::reactive::effect;

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
        spawn_local(async move {
            frame().await;
            if !inbox.items.is_empty() && painted.try_get_untracked() == Some(false) {
                painted.try_set(true);
            }
            let mut next = Some(0);
            while let Some(at) = next {
                next = inbox.prepare(at, SLICE);
                pause().await;
            }
        });
    });
    painted
}

/// The task after the next frame: what the frame shows is painted. In a tab that nobody looks at there is none, and who
/// waited for it would keep every list that comes until somebody does: there the task comes at once.
async fn frame() {
    if network::is_visible() {
        let frame = Promise::new(&mut |done, _| {
            request_animation_frame(move || _ = done.call0(&JsValue::UNDEFINED));
        });
        // It is never refused.
        let _ = JsFuture::from(frame).await;
    }
    TimeoutFuture::new(0).await;
}
