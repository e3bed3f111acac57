//! The vendors push nothing: while somebody listens, the gateway looks at each once for everybody.
//!
//! An agent's tickets are watched while a stream of that agent is open. The list of a vendor with an upstream is watched
//! while somebody who may see it has a stream open, from the first time that it was read by anyone. The sandbox's lists
//! change through the gateway alone, which tells of it at once.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use trunkline_api::comm100::{Include, ListChannelAccounts};
use trunkline_api::digital99::ListAccounts;
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::oneview::ListTickets;
use trunkline_api::{Access, Endpoint, Method, Vendor};

use super::Change;
use crate::gateway::proxy;
use crate::gateway::session::{self, SignedIn};
use crate::gateway::state::State;
use crate::vendor_call::Call;

/// Seconds between two looks at the tickets of the sandbox or of an agent who is online, and at those of others.
const TICKETS: (u64, u64) = (5, 15);
/// A vendor that fails is looked at more rarely, up to so many doublings.
const DOUBLINGS: u32 = 3;

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An agent's tickets.
    Tickets(String),
    /// A vendor's list.
    List(Vendor),
}

/// What is being watched, and for how many streams.
#[derive(Debug, Default)]
pub struct Watches {
    watched: Mutex<HashMap<Subject, (usize, CancellationToken)>>,
    /// The vendors that somebody has read from, since anyone listens.
    read: Mutex<HashSet<Vendor>>,
    news: Notify,
}

/// A stream's part in the watches; when it is dropped, and it was the last, they end.
pub struct Watching {
    state: State,
    subjects: Vec<Subject>,
}

impl Watches {
    /// Somebody reads from a vendor.
    pub(super) fn read(&self, vendor: Vendor) {
        if self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(vendor) {
            self.news.notify_waiters();
        }
    }

    pub(super) fn is_watching(&self) -> bool {
        !self.watched.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    pub(super) fn is_watched(&self, subject: &Subject) -> bool {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner).contains_key(subject)
    }

    fn is_read(&self, vendor: Vendor) -> bool {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).contains(&vendor)
    }

    async fn until_read(&self, vendor: Vendor) {
        loop {
            let news = self.news.notified();
            if self.is_read(vendor) {
                return;
            }
            news.await;
        }
    }
}

/// Watches for a user's stream.
pub fn watch(state: &State, who: &SignedIn) -> Watching {
    let tickets = who.user.agent_id.clone().map(Subject::Tickets);
    let lists = [Vendor::Comm100, Vendor::Jtel, Vendor::Digital99].into_iter().filter(|vendor| {
        let every = state.config.live.lists_seconds > 0 && state.upstreams.contains_key(vendor);
        every && who.may(Subject::List(*vendor).access(), None).is_ok()
    });
    let subjects: Vec<Subject> = tickets.into_iter().chain(lists.map(Subject::List)).collect();
    let mut watched = state.live.watches.watched.lock().unwrap_or_else(PoisonError::into_inner);
    for subject in &subjects {
        let (streams, _) = watched.entry(subject.clone()).or_insert_with(|| {
            let stop = CancellationToken::new();
            tokio::spawn(run(Arc::clone(state), subject.clone(), stop.clone()));
            (0, stop)
        });
        *streams += 1;
    }
    drop(watched);
    Watching { state: Arc::clone(state), subjects }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let watches = &self.state.live.watches;
        let mut watched = watches.watched.lock().unwrap_or_else(PoisonError::into_inner);
        for subject in &self.subjects {
            let Some((streams, stop)) = watched.get_mut(subject) else { continue };
            *streams -= 1;
            if *streams == 0 {
                stop.cancel();
                watched.remove(subject);
                if let Subject::List(vendor) = subject {
                    watches.read.lock().unwrap_or_else(PoisonError::into_inner).remove(vendor);
                }
            }
        }
    }
}

async fn run(state: State, subject: Subject, stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = state.shutdown.cancelled() => {}
        () = look_on(&state, &subject) => {}
    }
}

async fn look_on(state: &State, subject: &Subject) {
    let mut failures = 0_u32;
    loop {
        if let Subject::List(vendor) = subject {
            state.live.watches.until_read(*vendor).await;
        }
        failures = if subject.look(state).await { 0 } else { (failures + 1).min(DOUBLINGS) };
        tokio::time::sleep(subject.every(state).await * 2_u32.pow(failures)).await;
    }
}

impl Subject {
    /// What a call reads of what is watched, if anything. The sandbox's lists are not: it tells of its changes itself.
    pub fn of(call: &Call, has_upstream: bool) -> Option<Self> {
        let includes_chatbot = || call.query.iter().any(|(name, value)| name == "include" && value == "chatbot");
        match call.endpoint.path {
            ListTickets::PATH => call.values.first().cloned().map(Self::Tickets),
            _ if !has_upstream || call.endpoint.method != Method::Get => None,
            ListChannelAccounts::PATH if includes_chatbot() => Some(Self::List(Vendor::Comm100)),
            ListAcdEvents::PATH => Some(Self::List(Vendor::Jtel)),
            ListAccounts::PATH => Some(Self::List(Vendor::Digital99)),
            _ => None,
        }
    }

    fn access(&self) -> Access {
        match self {
            Self::Tickets(_) => ListTickets::ACCESS,
            Self::List(Vendor::Comm100) => ListChannelAccounts::ACCESS,
            Self::List(Vendor::Digital99) => ListAccounts::ACCESS,
            Self::List(_) => ListAcdEvents::ACCESS,
        }
    }

    async fn every(&self, state: &State) -> Duration {
        let live = state.config.live;
        let seconds = match (self, live.tickets_seconds) {
            (Self::List(_), _) => live.lists_seconds.into(),
            (Self::Tickets(_), Some(seconds)) => seconds.into(),
            (Self::Tickets(agent), None) => {
                let is_upstream = state.upstreams.contains_key(&Vendor::Oneview);
                // An unknown status costs a few calls less, and nothing else.
                let status = session::status(state, agent).await.ok().flatten();
                if !is_upstream || status.is_some_and(|status| status.online) { TICKETS.0 } else { TICKETS.1 }
            }
        };
        Duration::from_secs(seconds.max(1))
    }

    /// Asks the vendor; false without a good answer.
    async fn look(&self, state: &State) -> bool {
        match self {
            Self::Tickets(agent) => proxy::look(state, &ListTickets { agent_id: agent.clone() }).await,
            // As the console's own pages ask, so that looks and reads under way are one call.
            Self::List(Vendor::Comm100) => {
                proxy::look(state, &ListChannelAccounts { include: Some(Include::Chatbot) }).await
            }
            Self::List(Vendor::Digital99) => proxy::look(state, &ListAccounts).await,
            Self::List(_) => proxy::look(state, &ListAcdEvents).await,
        }
    }

    pub(super) fn change(&self) -> Change {
        let (vendor, agent_id) = match self {
            Self::Tickets(agent) => (Vendor::Oneview, Some(agent.clone())),
            Self::List(vendor) => (*vendor, None),
        };
        Change { vendor, resource: super::resource(vendor), access: self.access(), agent_id }
    }
}
