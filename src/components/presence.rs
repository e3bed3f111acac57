//! The agent's presence, online or offline, shared by shell, inbox and palette. one-view has no GET for it, so the
//! console shows what a PUT last confirmed.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::gateway::{AgentStatus, GetSession};
use trunkline_api::oneview::{AgentInfo, GoOffline, GoOnline};
use trunkline_api::{Error, ErrorKind};

use super::{agent_details, describe};
use crate::browser::clock;
use crate::fetch::mutation::ReadBack;
use crate::fetch::{Mutation, WriteOutcome, cache, config, network, send, session, use_mutation};
use crate::i18n::{format, t};
use crate::reactive::{catalogue, dyn_view, effect_with_previous, live_text, memo};
use crate::ui::{ErrorMessage, ErrorPanel, Severity, Switch, Toasts, use_now, use_toasts};

/// The agent's status, and the PUT that changes it: one in progress at a time in the whole app, and never retried
/// automatically. Copies share their state.
#[derive(Clone, Copy)]
pub struct Presence {
    /// The last confirmed status; `None` if this console never set one.
    pub status: Memo<Option<AgentStatus>>,
    /// The agentID whose presence it is; `None` if the user has none.
    pub agent_id: Memo<Option<String>>,
    /// An agentID that the user entered, in a console without a gateway.
    entered: RwSignal<Option<String>>,
    writing: Mutation,
    /// Number of places that show the error of the last change; with none it is a toast.
    error_viewers: StoredValue<u32>,
    /// Number of times that the code for a change failed to load.
    load_failures: RwSignal<u32>,
    /// True after a change whose outcome is unknown, until a status is confirmed.
    in_doubt: RwSignal<bool>,
    toasts: Toasts,
    load_and_switch: fn(Self, bool),
}

/// Creates the presence of the signed-in user and provides it as context to the whole app. `load_and_switch` loads the
/// code of [`Presence::switch`] and calls it.
pub fn provide_presence(load_and_switch: fn(Presence, bool)) -> Presence {
    let presence = Presence::new(load_and_switch);
    provide_context(presence);
    presence.follow_gateway();
    presence.report_errors();
    // The page outlives a sign-out: the next user must not see the error of the one before.
    effect_with_previous(move |before: Option<Option<String>>| {
        let agent_id = presence.agent_id.get();
        if before.as_ref().is_some_and(|before| *before != agent_id) {
            presence.dismiss_error();
            presence.in_doubt.set(false);
        }
        if let Some(Some(signed_out)) = before.filter(|before| *before != agent_id) {
            agent_details::remove(&signed_out);
        }
        agent_id
    });
    presence
}

/// The presence from context; outside the app (tests of a single component), one that can't be changed.
pub fn use_presence() -> Presence {
    use_context().unwrap_or_else(|| Presence::new(|_, _| {}))
}

impl Presence {
    fn new(load_and_switch: fn(Self, bool)) -> Self {
        let entered = RwSignal::new(None);
        Self {
            status: memo(|| session::user().and_then(|user| user.status)),
            agent_id: memo(move || session::user().and_then(|user| user.agent_id).or_else(|| entered.get())),
            entered,
            writing: use_mutation(),
            error_viewers: StoredValue::new(0),
            load_failures: RwSignal::new(0),
            in_doubt: RwSignal::new(false),
            toasts: use_toasts(),
            load_and_switch,
        }
    }

    /// Uses an agentID that the user entered, unless the session has one.
    pub fn enter_agent(self, agent_id: String) {
        self.entered.maybe_update(|entered| {
            let other = entered.as_ref() != Some(&agent_id);
            *entered = Some(agent_id);
            other
        });
    }

    /// Requests a status, after the code for it is loaded.
    pub fn request(self, online: bool) {
        (self.load_and_switch)(self, online);
    }

    /// Reports that the code for it failed to load. The agent's next click loads it again.
    pub fn report_load_failure(self) {
        // Without a connection a reload would not help and would lose the page, so the text does not suggest it.
        let reason = if network::is_online() { t::shell::page_missing() } else { t::inbox::switch_not_sent() };
        self.toasts.push(Severity::Error, format!("{reason} {}", t::inbox::switch_unchanged()));
        self.load_failures.update(|failures| *failures += 1);
    }

    /// Number of times that the code for a change failed to load; tracked.
    pub fn load_failures(self) -> u32 {
        self.load_failures.get()
    }

    /// Shows errors where this is called, until the owner is disposed: they are no toasts, and forgotten then.
    pub fn show_errors_here(self) {
        self.error_viewers.update_value(|viewers| *viewers += 1);
        on_cleanup(move || {
            self.error_viewers.update_value(|viewers| *viewers -= 1);
            self.dismiss_error();
        });
    }

    /// The status in a word, and since when: `("Online", "5 min")`. `now` is in epoch seconds. Tracked.
    pub fn words(self, now: i64) -> (String, String) {
        match self.status.get() {
            None => (t::presence::offline(), t::presence::unconfirmed()),
            Some(AgentStatus { online, since, .. }) => {
                let word = if online { t::presence::online() } else { t::presence::offline() };
                (word, format::short_duration(now - since).unwrap_or_else(t::presence::just_now))
            }
        }
    }

    /// True if the last confirmed status is online; tracked.
    pub fn is_online(self) -> bool {
        self.status.get().is_some_and(|status| status.online)
    }

    /// True if the outcome of the last change is unknown; tracked.
    pub fn is_in_doubt(self) -> bool {
        self.in_doubt.get()
    }

    /// True while a change is in progress or its outcome is being verified.
    pub fn busy(self) -> RwSignal<bool> {
        self.writing.busy
    }

    /// The error of the last change.
    pub fn error(self) -> RwSignal<Option<Error>> {
        self.writing.error
    }

    /// Forgets the error of the last change.
    pub fn dismiss_error(self) {
        self.writing.error.set(None);
    }

    /// Sends the status to one-view. Ignored while another PUT is in progress.
    pub fn switch(self, online: bool) {
        let Some(agent_id) = self.agent_id.get_untracked() else { return };
        let reported_id = agent_id.clone();
        let done = move |info: AgentInfo| {
            agent_details::store(&reported_id, &info);
            let now = clock::now();
            self.on_confirmed(AgentStatus { online, since: info.since(now).unwrap_or(now), automatic: false });
        };
        let read_back = read_back(self, online, self.status.get_untracked());
        if online {
            self.writing.run_verified(GoOnline { agent_id }, done, |_| {}, read_back);
        } else {
            self.writing.run_verified(GoOffline { agent_id }, done, |_| {}, read_back);
        }
    }

    /// Reports a change that has finally failed as a toast, unless the page shows the error.
    fn report_errors(self) {
        let error = self.writing.error;
        self.writing.on_failure(move || {
            let Some(error) = error.get_untracked() else { return };
            self.in_doubt.set(matches!(error.kind, ErrorKind::Lost | ErrorKind::Undecodable { .. }));
            if self.error_viewers.get_value() == 0 {
                let ErrorMessage { title, message, .. } = describe(&error);
                self.toasts.push(Severity::Error, format!("{title}. {message} {}", t::inbox::switch_unchanged()));
                self.dismiss_error();
            }
        });
    }

    /// Stores and reports a status that one-view confirmed.
    fn on_confirmed(self, status: AgentStatus) {
        self.in_doubt.set(false);
        session::set_status(status);
        session::broadcast_status(status);
        cache::invalidate(&cache::stale_prefix::<GoOnline>());
        self.toasts
            .push(Severity::Success, if status.online { t::inbox::now_online() } else { t::inbox::now_offline() });
    }

    /// Requests the status from the gateway when the tab becomes visible, the connection is back or the computer woke up,
    /// until the owner is disposed: another browser may have changed it, or the gateway have set the agent offline.
    fn follow_gateway(self) {
        let listener = window_event_listener(ev::visibilitychange, move |_| {
            if network::is_visible() {
                self.refresh(false);
            }
        });
        on_cleanup(move || listener.remove());
        let returns = memo(|| (network::is_online(), clock::jumps()));
        effect_with_previous(move |before: Option<(bool, u32)>| {
            let now = returns.get();
            if before.is_some() && now.0 {
                self.refresh(true);
            }
            now
        });
    }

    /// Requests the status from the gateway, which keeps the last confirmed one. In the `background` this does not extend
    /// the session. Without a response nothing changes.
    fn refresh(self, background: bool) {
        let busy = self.writing.busy;
        if !session::user_has_agent() || !config::has_gateway() || busy.get_untracked() {
            return;
        }
        let before = self.status.get_untracked();
        spawn_local(async move {
            let session = if background { session::poll().await } else { send(&GetSession, None).await };
            let status = session.ok().and_then(|session| session.user?.status);
            let unchanged = busy.try_get_untracked() == Some(false) && self.status.try_get_untracked() == Some(before);
            // A change made in this tab meanwhile is newer than the response.
            if let Some(status) = status.filter(|_| unchanged) {
                session::set_status(status);
            }
        });
    }
}

/// The read-back after a lost response. one-view has no GET for the status, but the gateway keeps what it confirmed.
fn read_back(presence: Presence, online: bool, previous: Option<AgentStatus>) -> ReadBack {
    ReadBack::new(&GetSession, move |session| match session.user.as_ref().and_then(|user| user.status) {
        Some(status) if status.online == online && Some(status) != previous => {
            presence.on_confirmed(status);
            WriteOutcome::Done
        }
        _ => WriteOutcome::Unknown,
    })
}

/// The switch, and how long the agent has had the status.
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
        Some(AgentStatus { online, since, .. }) => {
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
            <Switch
                label=t::inbox::online
                checked=Signal::derive(move || presence.is_online())
                busy=presence.writing.busy
                on_change=move |online| presence.request(online)
            />
            {move || time()}
        </div>
    }
}

/// The error of the last change, without Retry: a late "online" could undo a newer "offline". It is forgotten when the
/// page is left.
#[component]
pub fn PresenceError(
    /// The status.
    presence: Presence,
) -> impl IntoView {
    presence.show_errors_here();
    dyn_view(move || {
        let ErrorMessage { title, message, details } = describe(&presence.writing.error.get()?);
        let message = format!("{message} {}", t::inbox::switch_unchanged());
        Some(view! { <ErrorPanel problem=ErrorMessage { title, message, details } /> }.into_any())
    })
}
