//! Who is signed in. Only the gateway's `signed-out` ends a session here; a vendor's 401 is that vendor's error.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::gateway::{AgentStatus, GetSession, Session, SignOut, User};
use trunkline_api::{Error, Role};

use super::tabs::{self, kind};
use super::transport::{send, send_quietly};
use super::{cache, config, drafts, live};
use crate::routes::reload;

thread_local! {
    static SESSION: ArcRwSignal<Option<Session>> = ArcRwSignal::new(None);
    static OVER: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static LOCKED: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static GOING: Cell<bool> = const { Cell::new(false) };
    static STAYED: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// The session as last read; none before the first answer. Tracked.
pub fn session() -> Option<Session> {
    SESSION.with(|session| session.get())
}

/// The signed-in user. Tracked.
pub fn user() -> Option<User> {
    SESSION.with(|session| session.with(|session| session.as_ref().and_then(|session| session.user.clone())))
}

/// The signed-in user's name; empty for nobody, and without a gateway.
pub fn name() -> String {
    SESSION.with(|session| session.with_untracked(|session| name_in(session.as_ref())))
}

/// Whether the page is on its way out because another user has signed in: what is typed there is not for that one to
/// be asked about.
pub fn is_going() -> bool {
    GOING.get()
}

/// The key of the signed-in user's drafts; none for nobody, and without a gateway.
pub fn draft_key() -> Option<String> {
    SESSION.with(|session| session.with_untracked(|session| session.as_ref()?.draft_key.clone()))
}

fn name_in(session: Option<&Session>) -> String {
    session.and_then(|session| session.user.as_ref()).map(|user| user.name.clone()).unwrap_or_default()
}

/// Whether the session ended under the user's hands, so that sign-in stands over the page. Tracked.
pub fn is_over() -> bool {
    OVER.with(|over| over.get())
}

/// Whether it ended by itself, with nobody known to be there: then the page is for nobody's eyes until its user is back.
/// Tracked.
pub fn is_locked() -> bool {
    LOCKED.with(|locked| locked.get())
}

/// The gateway said `signed-out`, to this tab by itself, or to another tab.
pub fn signed_out() {
    end(true);
}

/// The gateway said `signed-out` to what a person did in this tab a moment ago: the page is still theirs.
pub fn signed_out_at_work() {
    end(false);
}

fn end(by_itself: bool) {
    let was_in =
        SESSION.with(|session| session.with_untracked(|session| session.as_ref().is_some_and(|s| s.user.is_some())));
    OVER.with(|over| {
        if was_in && !over.get_untracked() {
            LOCKED.with(|locked| locked.set(by_itself));
            over.set(true);
            tabs::say(kind::OUT, "");
        }
    });
}

/// The session is no longer over.
fn unlock() {
    // First: what had the focus takes it again when the dialog closes, if it can be seen by then.
    LOCKED.with(|locked| locked.set(false));
    OVER.with(|over| over.set(false));
}

/// The user wants to read on without signing in: the next request that needs a session asks again. Not where the
/// session ended by itself: nobody knows who that is.
pub fn not_now() {
    OVER.with(|over| {
        if over.get_untracked() && !untrack(is_locked) {
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
    let is_in = session.user.is_some();
    SESSION.with(|cell| cell.set(Some(session)));
    if is_in {
        drafts::wipe_foreign();
    }
    Ok(())
}

/// How the session stands, such as how long it lasts ([`Session::idle_left`]). To look does not make it longer.
///
/// # Errors
/// When the gateway can't be reached.
pub async fn look() -> Result<Session, Error> {
    send_quietly(&GetSession).await.inspect(heed)
}

/// The user is still there: the session's idle time begins anew.
///
/// # Errors
/// When the gateway can't be reached.
pub async fn stay() -> Result<Session, Error> {
    send(&GetSession, None).await.inspect(heed)
}

/// It may have turned out that nobody is signed in any more.
fn heed(session: &Session) {
    if session.user.is_none() {
        signed_out();
    }
}

/// How often the user has asked in another tab for the session to go on. Tracked.
pub fn times_stayed() -> u32 {
    STAYED.with(|stayed| stayed.get())
}

/// The user has asked in another tab for the session to go on.
pub fn stayed_elsewhere() {
    STAYED.with(|stayed| stayed.update(|times| *times += 1));
}

/// The user has asked in this tab for the session to go on.
pub fn say_stayed() {
    tabs::say(kind::STAYED, "");
}

/// A sign-in succeeded: the page goes on, and so do the other tabs.
pub fn signed_in(session: Session) {
    go_on(session);
    tabs::say(kind::IN, "");
}

/// Somebody signed in in another tab: who that is, the gateway knows.
pub fn renew() {
    spawn_local(async {
        if let Ok(session) = send_quietly(&GetSession).await
            && session.user.is_some()
        {
            go_on(session);
        }
    });
}

/// What had failed is asked again. Another user than before starts afresh.
fn go_on(session: Session) {
    let before = name();
    let other = !before.is_empty() && before != name_in(Some(&session));
    SESSION.with(|cell| cell.set(Some(session)));
    drafts::wipe_foreign();
    if other {
        cache::clear();
        GOING.set(true);
        reload();
        return;
    }
    unlock();
    live::renew();
    cache::replay_signed_out();
}

/// Signs out and leaves nothing behind in the browser.
///
/// # Errors
/// When the gateway can't be reached: then the user is still signed in.
pub async fn sign_out() -> Result<(), Error> {
    // Its end is no news in this tab.
    live::stop();
    if let Err(error) = send(&SignOut, None).await {
        live::start();
        return Err(error);
    }
    tabs::say(kind::OUT, "");
    cache::clear();
    drafts::wipe_all();
    SESSION.with(|cell| {
        cell.update(|session| {
            if let Some(session) = session {
                session.user = None;
            }
        });
    });
    // Another tab may have heard of it first, and said so.
    unlock();
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
