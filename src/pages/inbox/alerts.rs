//! New tickets: said in a toast, and counted in the title while the tab is hidden.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use crate::fetch::network;
use crate::i18n::t;
use crate::reactive::effect_from;
use crate::ui::{Kind, use_toasts};
use trunkline_api::oneview::inbox::Inbox;

/// Watches the list from its first answer on, until the owner is gone.
pub fn watch(inbox: Memo<Arc<Inbox>>, loaded: Memo<bool>) {
    let toasts = use_toasts();
    let unseen = RwSignal::new(0_usize);
    effect_from(move |known: Option<Option<Arc<Inbox>>>| {
        if !loaded.get() {
            return None;
        }
        let inbox = inbox.get();
        if let Some(known) = known.flatten() {
            let count = inbox.new_since(&known);
            if count > 0 {
                // The toasts' region is a live one: what is pushed is also spoken, politely.
                toasts.push(Kind::Info, t::inbox::new_tickets(i64::try_from(count).unwrap_or(i64::MAX)));
                if !network::is_visible() {
                    unseen.update(|unseen| *unseen += count);
                }
            }
        }
        Some(inbox)
    });
    let seen = move || {
        if network::is_visible() {
            unseen.set(0);
        }
    };
    let listener = window_event_listener(ev::visibilitychange, move |_| seen());
    on_cleanup(move || listener.remove());
    count_in_title(unseen);
}

/// `(3) Inbox · Trunkline`, and as it was for none.
fn count_in_title(unseen: RwSignal<usize>) {
    effect_from(move |before: Option<usize>| {
        let unseen = unseen.get();
        if before.is_some_and(|before| before != unseen) {
            let title = document().title();
            let plain =
                title.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map_or(title.as_str(), |(_, rest)| rest);
            document().set_title(&if unseen > 0 { format!("({unseen}) {plain}") } else { plain.to_owned() });
        }
        unseen
    });
}
