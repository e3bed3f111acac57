//! Who is signed in. Only the gateway's `signed-out` ends a session here; a vendor's 401 is that vendor's error.

use leptos::prelude::*;
use trunkline_api::gateway::{AgentStatus, GetSession, Session, SignOut, User};
use trunkline_api::{Error, Role};

use super::{cache, config, transport::send};

thread_local! {
    static SESSION: ArcRwSignal<Option<Session>> = ArcRwSignal::new(None);
    static OVER: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// The session as last read; none before the first answer. Tracked.
pub fn session() -> Option<Session> {
    SESSION.with(|session| session.get())
}

/// The signed-in user. Tracked.
pub fn user() -> Option<User> {
    SESSION.with(|session| session.with(|session| session.as_ref().and_then(|session| session.user.clone())))
}

/// Whether the session ended under the user's hands, so that sign-in stands over the page. Tracked.
pub fn is_over() -> bool {
    OVER.with(|over| over.get())
}

/// The gateway said `signed-out`.
pub fn signed_out() {
    let was_in =
        SESSION.with(|session| session.with_untracked(|session| session.as_ref().is_some_and(|s| s.user.is_some())));
    OVER.with(|over| {
        if was_in && !over.get_untracked() {
            over.set(true);
        }
    });
}

/// The user wants to read on without signing in: the next request that needs a session asks again.
pub fn not_now() {
    OVER.with(|over| {
        if over.get_untracked() {
            over.set(false);
        }
    });
}

/// Reads who is signed in. Without a gateway everything is allowed, as the agent that `config.json` names.
///
/// # Errors
/// When the gateway can't be reached.
pub async fn load() -> Result<(), Error> {
    let session = if config::has_gateway() { send(&GetSession, None).await? } else { without_gateway() };
    SESSION.with(|cell| cell.set(Some(session)));
    Ok(())
}

/// A sign-in succeeded: the page goes on; what had failed is asked again. Another user than before starts afresh.
pub fn signed_in(session: Session) {
    let name = |session: &Option<Session>| session.as_ref().and_then(|s| Some(s.user.as_ref()?.name.clone()));
    let before = SESSION.with(|cell| cell.with_untracked(name));
    let other = before.is_some() && before != name(&Some(session.clone()));
    SESSION.with(|cell| cell.set(Some(session)));
    if other {
        cache::clear();
        reload_page();
        return;
    }
    OVER.with(|over| over.set(false));
    cache::replay_signed_out();
}

/// Signs out and leaves nothing behind in the tab.
///
/// # Errors
/// When the gateway can't be reached: then the user is still signed in.
pub async fn sign_out() -> Result<(), Error> {
    send(&SignOut, None).await?;
    cache::clear();
    SESSION.with(|cell| {
        cell.update(|session| {
            if let Some(session) = session {
                session.user = None;
            }
        });
    });
    Ok(())
}

/// Remembers the status that one-view just confirmed.
pub fn set_status(status: AgentStatus) {
    SESSION.with(|cell| {
        cell.update(|session| {
            if let Some(user) = session.as_mut().and_then(|session| session.user.as_mut()) {
                user.status = Some(status);
            }
        });
    });
}

/// The session of a console behind somebody else's proxy.
fn without_gateway() -> Session {
    let user =
        User { name: String::new(), role: Role::Admin, agent_id: config::agent_id(), users_id: None, status: None };
    Session { user: Some(user), ..Session::default() }
}

fn reload_page() {
    // Reloading only fails where a browser forbids it; then the page stays, signed in.
    let _ = window().location().reload();
}
