//! The watch over an agent's inbox, on every page: it counts and announces tickets that came or escalated. The tab that
//! holds the event stream watches and announces; the others follow the count.
//!
//! - [`tickets`]: compares responses with what is known
//! - [`announce`]: toast, desktop notification and sound
//! - [`news_toast`], [`peers`]: toasts of a hidden tab, shown by one that is on the screen
//! - [`seen_elsewhere`]: tickets that the agent opened in another browser
//! - [`storage`]: what is known, over reloads and sign-outs
//! - [`favicon`]: the dot on the tab's icon

mod announce;
mod favicon;
mod news_toast;
mod peers;
mod seen_elsewhere;
mod storage;
mod tickets;

use leptos::ev;
use leptos::prelude::*;
use web_sys::StorageEvent;

use crate::components::inbox_news;
use crate::fetch::{live, network, session};
use crate::reactive::{dyn_view, effect, memo};
use crate::routes::Route;
use announce::Announcer;
use storage::AgentStorage;

/// Watches the inbox of the signed-in agent, if the user is one. Shows nothing itself.
#[component]
pub fn InboxWatch(
    /// The current route.
    route: Memo<Route>,
) -> impl IntoView {
    let agent = memo(|| session::user().and_then(|user| user.agent_id).or_else(inbox_news::entered_agent));
    dyn_view(move || agent.get().map(|agent_id| watch_agent(agent_id, route)))
}

fn watch_agent(agent_id: String, route: Memo<Route>) -> impl IntoView {
    let storage = AgentStorage::of(&agent_id);
    let changes = RwSignal::new(0_u32);
    let changed = Callback::new(move |()| {
        changes.try_update(|changes| *changes = changes.wrapping_add(1));
    });
    let unseen = {
        let storage = storage.clone();
        memo(move || {
            changes.track();
            storage.unseen()
        })
    };
    let count = memo(move || unseen.with(|unseen| unseen.count()));
    effect(move || inbox_news::set_count(count.get()));
    on_cleanup(|| inbox_news::set_count(0));
    favicon::follow(count);
    follow_other_tabs(storage.unseen_key(), changed);
    mark_seen(storage.clone(), route, count, changed);
    let announcer = Announcer::new().with_peers(storage.key());
    let leads = memo(live::is_leader);
    dyn_view(move || {
        if leads.get() {
            seen_elsewhere::follow(storage.clone(), changed);
            tickets::watch(agent_id.clone(), storage.clone(), announcer, changed);
        }
    })
}

/// Counts again when another tab has changed the unseen tickets.
fn follow_other_tabs(key: String, changed: Callback<()>) {
    let listener = window_event_listener(ev::storage, move |event: StorageEvent| {
        // No key means that the storage was cleared.
        if event.key().is_none_or(|name| name == key) {
            changed.run(());
        }
    });
    on_cleanup(move || listener.remove());
}

/// Marks the open ticket as seen, and all while the inbox is on the screen, unless it holds new ones back.
fn mark_seen(storage: AgentStorage, route: Memo<Route>, count: Memo<usize>, changed: Callback<()>) {
    let is_visible = RwSignal::new(network::is_visible());
    let listener = window_event_listener(ev::visibilitychange, move |_| is_visible.set(network::is_visible()));
    on_cleanup(move || listener.remove());
    effect(move || {
        if !is_visible.get() || count.get() == 0 {
            return;
        }
        let route = route.get();
        let mut unseen = storage.unseen();
        if let Route::Ticket(id) = &route {
            unseen.remove(id);
        }
        if route.section() == Route::Inbox && !inbox_news::is_held() {
            unseen = Default::default();
        }
        if unseen != storage.unseen() {
            storage.set_unseen(&unseen);
            changed.run(());
        }
    });
}
