//! The tickets, compared with what is known whenever a response has come. Only the tab that leads does this.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::oneview::{ListTickets, TicketSummary};
use trunkline_model::inbox_watch::{Notice, Watch, is_gap};

use super::announce::Announcer;
use super::storage::AgentStorage;
use crate::browser::clock::{monotonic_ms, now};
use crate::browser::timers::{self, Timer};
use crate::fetch::{Query, config, live, network, session, use_query};
use crate::reactive::effect;

/// Milliseconds between two comparisons: what comes within them is told together.
const PAUSE_MS: f64 = 2_000.0;
/// Milliseconds between two checks of the connection.
const TICK_MS: u32 = 10_000;
/// Seconds between two polls without a gateway.
const POLL_SECONDS: u32 = 5;
/// Seconds between two polls of a hidden tab while the stream is down. A visible one is polled anyway.
const HIDDEN_POLL_SECONDS: u32 = 20;

/// What is known, and what was stored last.
struct Watched {
    watch: Watch,
    stored: Option<String>,
    /// Epoch seconds when the tickets were last known to be current.
    current_at: Option<i64>,
    /// When they were last compared, by the monotonic clock.
    compared_at: f64,
    pending: Option<Timer>,
}

/// Watches an agent's tickets until the owner is disposed; `on_news` is called after the unseen tickets changed.
pub fn watch(agent_id: String, storage: AgentStorage, announcer: Announcer, on_news: Callback<()>) {
    let query = use_query(move || Some(ListTickets { agent_id: agent_id.clone() }));
    let watched = StoredValue::new_local(Watched {
        watch: Watch::default(),
        stored: None,
        current_at: storage.current_at(),
        compared_at: f64::NEG_INFINITY,
        pending: None,
    });
    let compare = {
        let storage = storage.clone();
        Callback::new(move |()| {
            let Some(tickets) = query.data.try_get_untracked().flatten() else { return };
            let notices = watched.try_update_value(|watched| watched.compare(&tickets, &storage));
            if let Some(Some(notices)) = notices {
                on_news.run(());
                announcer.announce(&notices);
            }
        })
    };
    effect(move || {
        // A locked page shows nothing of its user.
        if query.data.with(Option::is_none) || session::is_locked() {
            return;
        }
        watched.update_value(|watched| {
            let wait = watched.compared_at + PAUSE_MS - monotonic_ms();
            if watched.pending.is_none() {
                watched.pending = Some(timers::after(wait.clamp(0.0, PAUSE_MS), move || compare.run(())));
            }
        });
    });
    follow_connection(query, watched, storage);
}

impl Watched {
    /// Compares the tickets with what is known, stores that, and returns what to tell; `None` if nothing has happened.
    fn compare(&mut self, tickets: &[Arc<TicketSummary>], storage: &AgentStorage) -> Option<Vec<Notice>> {
        self.pending = None;
        self.compared_at = monotonic_ms();
        // Another tab has led meanwhile, or leads too: without https browsers have no lock.
        let stored = storage.known();
        if stored.is_some() && stored != self.stored {
            self.watch = stored.as_deref().and_then(Watch::load).unwrap_or_default();
            self.current_at = storage.current_at();
        }
        let now = now();
        let was_away = self.current_at.is_some_and(|at| is_gap(at, now));
        self.current_at = Some(now);
        storage.set_current_at(now);
        let news = self.watch.update(tickets, now);
        if news.changes_nothing() && stored.is_some() {
            self.stored = stored;
            return None;
        }
        // Stored before it is told: a tab that is closed right now must not tell it again.
        let text = self.watch.store();
        storage.set_known(&text);
        self.stored = Some(text);
        let mut unseen = storage.unseen();
        unseen.apply(&news, &self.watch);
        storage.set_unseen(&unseen);
        Some(Notice::of(&news, was_away))
    }
}

/// Keeps the time when the tickets were last known to be current, and polls where nothing else does.
fn follow_connection(
    query: Query<Vec<Arc<TicketSummary>>>,
    watched: StoredValue<Watched, LocalStorage>,
    storage: AgentStorage,
) {
    let was_connected = StoredValue::new(false);
    timers::repeat(TICK_MS / 2, move || {
        let is_connected = live::is_connected();
        // What was missed may not have been read yet when the stream has just come back.
        if is_connected && was_connected.get_value() && !query.loading.get_untracked() {
            watched.update_value(|watched| {
                if watched.pending.is_none() && watched.current_at.is_some() {
                    watched.current_at = Some(now());
                    storage.set_current_at(now());
                }
            });
        }
        was_connected.set_value(is_connected);
        if !config::has_gateway() {
            query.poll(POLL_SECONDS);
        } else if !is_connected && !network::is_visible() {
            query.poll(HIDDEN_POLL_SECONDS);
        }
    });
}
