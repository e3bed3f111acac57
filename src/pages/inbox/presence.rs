//! Online or offline. one-view has no way to ask, so the switch shows what a PUT last confirmed, and nothing else.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::gateway::{AgentStatus, GetSession};
use trunkline_api::oneview::{AgentInfo, GoOffline, GoOnline, ListTickets};

use crate::browser::clock;
use crate::fetch::mutation::Look;
use crate::fetch::{Mutation, Truth, cache, config, network, send, session, use_mutation};
use crate::i18n::{format, t};
use crate::parts::words;
use crate::reactive::{catalogue, dynamic, live_text, memo};
use crate::ui::{ErrorPanel, Kind, Problem, Switch, Toasts, use_now, use_toasts};

/// The agent's status, and the PUT that changes it: one on the wire at a time, never sent again by itself.
#[derive(Clone, Copy)]
pub struct Presence {
    /// As last confirmed; none: never set from this console.
    pub status: Memo<Option<AgentStatus>>,
    agent_id: StoredValue<String>,
    writing: Mutation,
    toasts: Toasts,
    ask: fn(Self, bool),
}

impl Presence {
    /// Of this agent. `ask` has [`Presence::switch`] done, whose code no list needs.
    pub fn new(agent_id: String, ask: fn(Self, bool)) -> Self {
        Self {
            status: memo(|| session::user().and_then(|user| user.status)),
            agent_id: StoredValue::new(agent_id),
            writing: use_mutation(),
            toasts: use_toasts(),
            ask,
        }
    }

    /// Has a status asked for.
    pub fn ask(self, online: bool) {
        (self.ask)(self, online);
    }

    /// The code for it didn't come: the agent's next click asks for it again.
    pub fn unavailable(self) {
        // Without a connection a reload would not help, and would lose the page.
        let why = if network::is_online() { t::shell::page_missing() } else { t::inbox::switch_not_sent() };
        self.toasts.push(Kind::Error, format!("{why} {}", t::inbox::switch_unchanged()));
    }

    /// Whether the agent is known to be online; tracked.
    pub fn is_online(self) -> bool {
        self.status.get().is_some_and(|status| status.online)
    }

    /// Asks one-view for a status. Ignored while another request is on the wire.
    pub fn switch(self, online: bool) {
        let agent_id = self.agent_id.get_value();
        let toasts = self.toasts;
        let done = move |info: AgentInfo| {
            let now = clock::now();
            confirmed(toasts, AgentStatus { online, since: info.since(now).unwrap_or(now) });
        };
        let look = look(toasts, online, self.status.get_untracked());
        if online {
            self.writing.run_sure(GoOnline { agent_id }, done, |_| {}, look);
        } else {
            self.writing.run_sure(GoOffline { agent_id }, done, |_| {}, look);
        }
    }
}

/// one-view can't be asked; but what it confirmed to the gateway, and was lost on the way from there, the gateway knows.
fn look(toasts: Toasts, online: bool, before: Option<AgentStatus>) -> Look {
    Look::new(&GetSession, move |session| match session.user.as_ref().and_then(|user| user.status) {
        Some(status) if status.online == online && Some(status) != before => {
            confirmed(toasts, status);
            Truth::Done
        }
        _ => Truth::Unknown,
    })
}

/// Another tab may have switched while this one was out of sight: the gateway keeps what was last confirmed, and is
/// asked for it when the tab comes back, until the owner is gone.
pub fn catch_up(presence: Presence) {
    let listener = window_event_listener(ev::visibilitychange, move |_| {
        let writing = presence.writing.busy;
        let Some(before) = presence.status.try_get_untracked() else { return };
        if !network::is_visible() || !config::has_gateway() || writing.get_untracked() {
            return;
        }
        spawn_local(async move {
            // Without an answer the switch shows what it showed.
            let status = send(&GetSession, None).await.ok().and_then(|session| session.user?.status);
            let unchanged =
                writing.try_get_untracked() == Some(false) && presence.status.try_get_untracked() == Some(before);
            // A switch of this tab is newer than the question.
            if let Some(status) = status.filter(|_| unchanged) {
                session::set_status(status);
            }
        });
    });
    on_cleanup(move || listener.remove());
}

/// one-view confirmed a status.
fn confirmed(toasts: Toasts, status: AgentStatus) {
    session::set_status(status);
    cache::invalidate(&cache::prefix::<ListTickets>());
    toasts.push(Kind::Success, if status.online { t::inbox::now_online() } else { t::inbox::now_offline() });
}

/// The switch, and for how long the agent has had the status.
#[component]
pub fn PresenceSwitch(
    /// The status.
    presence: Presence,
) -> impl IntoView {
    let now = use_now();
    let time = move || {
        match presence.status.get() {
        None => {
            view! { <span class="muted small" title=t::inbox::status_unknown_hint prop:textContent=catalogue(t::inbox::status_unknown) /> }
                .into_any()
        }
        Some(AgentStatus { online, since }) => {
            let text = move || {
                let time = format::duration(now.get() - since);
                if online { t::inbox::online_for(&time) } else { t::inbox::offline_for(&time) }
            };
            view! { <span class="muted small presence-time" title=format::date_time_exact(since) prop:textContent=live_text(text) /> }
                .into_any()
        }
    }
    };
    view! {
        <div class="presence">
            {move || time()}
            <Switch
                label=t::inbox::online
                checked=Signal::derive(move || presence.is_online())
                busy=presence.writing.busy
                on_change=move |online| presence.ask(online)
            />
        </div>
    }
}

/// Why the last switch failed. Trying again is the agent's own click: a late "online" could undo a newer "offline".
#[component]
pub fn PresenceProblem(
    /// The status.
    presence: Presence,
) -> impl IntoView {
    dynamic(move || {
        let Problem { title, message, details } = words(&presence.writing.error.get()?);
        let message = format!("{message} {}", t::inbox::switch_unchanged());
        Some(view! { <ErrorPanel problem=Problem { title, message, details } /> }.into_any())
    })
}
