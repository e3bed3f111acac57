//! The session of the signed-in user. Only the gateway's `signed-out` ends it; a vendor's 401 is that vendor's error.

use std::cell::Cell;

use leptos::prelude::*;
use trunkline_api::gateway::{AgentStatus, GetSession, Session, SignOut, User};
use trunkline_api::{Error, Role};

use super::config;
use super::tabs::{self, kind};
use super::transport::{send, send_in_background};
use crate::browser::page;

thread_local! {
    static SESSION: ArcRwSignal<Option<Session>> = ArcRwSignal::new(None);
    static EXPIRED: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static LOCKED: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static RELOADING: Cell<bool> = const { Cell::new(false) };
    static EXTENSIONS: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// The session; `None` before the first response. Tracked.
pub fn session() -> Option<Session> {
    SESSION.with(|session| session.get())
}

/// The signed-in user, if any. Tracked.
pub fn user() -> Option<User> {
    SESSION.with(|session| session.with(|session| session.as_ref().and_then(|session| session.user.clone())))
}

/// True if the signed-in user is an admin. Tracked.
pub fn is_admin() -> bool {
    user().is_some_and(|user| user.role == Role::Admin)
}

/// The signed-in user's name; empty if nobody is signed in, and without a gateway. Untracked.
pub fn user_name() -> String {
    SESSION.with(|session| session.with_untracked(|session| user_name_of(session.as_ref())))
}

/// `true` if the signed-in user has an agentID. Untracked.
pub fn user_has_agent() -> bool {
    SESSION.with(|session| {
        let agent_id = |session: &Session| session.user.as_ref().is_some_and(|user| user.agent_id.is_some());
        session.with_untracked(|session| session.as_ref().is_some_and(agent_id))
    })
}

/// `true` while the page reloads because another user has signed in. That user must not be asked about unsaved changes
/// of the one before.
pub fn is_reloading() -> bool {
    RELOADING.get()
}

/// The key of the signed-in user's drafts; `None` if nobody is signed in, and without a gateway. Untracked.
pub fn draft_key() -> Option<String> {
    SESSION.with(|session| session.with_untracked(|session| session.as_ref()?.draft_key.clone()))
}

fn user_name_of(session: Option<&Session>) -> String {
    session.and_then(|session| session.user.as_ref()).map(|user| user.name.clone()).unwrap_or_default()
}

/// `true` while the session is expired and sign-in is open over the page. Tracked.
pub fn is_expired() -> bool {
    EXPIRED.with(|expired| expired.get())
}

/// `true` if the session expired without the user's doing: the page is hidden until the same user signs in. Tracked.
pub fn is_locked() -> bool {
    LOCKED.with(|locked| locked.get())
}

/// Expires the session after the gateway's `signed-out`, in all tabs. `lock` hides the page: it is `false` only after
/// what a person did in this tab a moment ago.
pub fn expire(lock: bool) {
    let was_in =
        SESSION.with(|session| session.with_untracked(|session| session.as_ref().is_some_and(|s| s.user.is_some())));
    EXPIRED.with(|expired| {
        if was_in && !expired.get_untracked() {
            LOCKED.with(|locked| locked.set(lock));
            expired.set(true);
            tabs::broadcast(kind::SIGNED_OUT, "");
        }
    });
}

/// Marks the session as active again.
pub fn unlock() {
    // First, so that the page is visible when the dialog closes: a hidden element can't get the focus back.
    LOCKED.with(|locked| locked.set(false));
    EXPIRED.with(|expired| expired.set(false));
}

/// Dismisses sign-in, so that the user can read on: the next request that needs a session opens it again. Does nothing
/// if the page is locked, since anybody may be at the computer.
pub fn dismiss() {
    EXPIRED.with(|expired| {
        if expired.get_untracked() && !untrack(is_locked) {
            expired.set(false);
        }
    });
}

/// Loads the session; `true` if somebody is signed in. Without a gateway everything is allowed, as the agent that
/// `config.json` names.
///
/// # Errors
/// Errors if the gateway can't be reached.
pub async fn load() -> Result<bool, Error> {
    let session = if config::has_gateway() { send(&GetSession, None).await? } else { without_gateway() };
    let is_in = session.user.is_some();
    SESSION.with(|cell| cell.set(Some(session)));
    Ok(is_in)
}

/// Fetches the session in the background, for its remaining time ([`Session::idle_left`]): this does not extend it.
///
/// # Errors
/// Errors if the gateway can't be reached.
pub async fn poll() -> Result<Session, Error> {
    send_in_background(&GetSession).await.inspect(apply)
}

/// Extends the session: its idle time starts again.
///
/// # Errors
/// Errors if the gateway can't be reached.
pub async fn extend() -> Result<Session, Error> {
    send(&GetSession, None).await.inspect(apply)
}

/// Handles a fetched session in which nobody is signed in.
fn apply(session: &Session) {
    if session.user.is_none() {
        expire(true);
    }
}

/// Number of times that the user has extended the session in another tab. Tracked.
pub fn extensions() -> u32 {
    EXTENSIONS.with(|extensions| extensions.get())
}

/// Handles an extension of the session in another tab.
pub fn on_peer_extended() {
    EXTENSIONS.with(|extensions| extensions.update(|times| *times += 1));
}

/// Reports to the other tabs that the user has extended the session in this one.
pub fn broadcast_extended() {
    tabs::broadcast(kind::SESSION_EXTENDED, "");
}

/// Replaces the session by a new one; `true` if it is of another user than before.
pub fn replace(session: Session) -> bool {
    let before = user_name();
    let is_other_user = !before.is_empty() && before != user_name_of(Some(&session));
    SESSION.with(|cell| cell.set(Some(session)));
    is_other_user
}

/// Reloads the page for another user.
pub fn reload() {
    RELOADING.set(true);
    page::reload();
}

/// Signs out at the gateway.
///
/// # Errors
/// Errors if the gateway can't be reached: the user stays signed in.
pub async fn sign_out() -> Result<(), Error> {
    send(&SignOut, None).await
}

/// Removes the user after sign-out.
pub fn clear_user() {
    SESSION.with(|cell| {
        cell.update(|session| {
            if let Some(session) = session {
                session.user = None;
            }
        });
    });
    // Another tab may have reported the sign-out already.
    unlock();
}

/// Stores the agent status that one-view just confirmed.
pub fn set_status(status: AgentStatus) {
    SESSION.with(|cell| {
        cell.update(|session| {
            if let Some(user) = session.as_mut().and_then(|session| session.user.as_mut()) {
                user.status = Some(status);
            }
        });
    });
}

/// Reports a status that one-view just confirmed to the other tabs.
pub fn broadcast_status(status: AgentStatus) {
    // A status can always be written as JSON.
    tabs::broadcast(kind::STATUS, &serde_json::to_string(&status).unwrap_or_default());
}

/// Handles a status that one-view has confirmed to another tab.
pub fn on_peer_status(text: &str) {
    if let Ok(status) = serde_json::from_str(text) {
        set_status(status);
    }
}

/// The session of a console without a gateway, behind a proxy of the operator.
fn without_gateway() -> Session {
    let user =
        User { name: String::new(), role: Role::Admin, agent_id: config::agent_id(), users_id: None, status: None };
    Session { user: Some(user), ..Session::default() }
}
