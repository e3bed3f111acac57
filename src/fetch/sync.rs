//! The one place that knows what follows from what: tabs, session, network, live updates and cache know nothing of each
//! other and report to the handlers here.
//!
//! | event | what follows |
//! |---|---|
//! | the connection is back, the window gets the focus, the computer woke up | the stream reopens; stale data refetches |
//! | the stream reports a change | all tabs hear of it; data older than the change refetches, after this tab's own writes |
//! | there is no stream | what is on the screen is polled |
//! | the gateway says `signed-out` | the session expires in all tabs |
//! | a user signs in | all tabs resume; for another user the page reloads |
//! | a user signs out | the stream closes; cache and drafts are deleted |

use leptos::task::spawn_local;
use trunkline_api::Error;
use trunkline_api::gateway::{GetSession, Session};

use super::cache::{self, Entry};
use super::tabs::{self, HEAD_START_MS, Message, kind};
use super::transport::{self, send_in_background};
use super::{drafts, live, mutation, network, session};

/// Seconds after which data is stale when the window gets the focus.
const FOCUS_STALE_SECONDS: i64 = 15;

/// Connects the modules, until the owner is disposed.
pub fn start() {
    transport::set_signed_out_handler(session::expire);
    live::set_handler(on_live_event);
    network::start(on_network_event);
    tabs::start(session::user_name, on_message);
}

fn on_network_event(event: network::Event) {
    match event {
        network::Event::Reconnected => {
            live::on_reconnect();
            cache::refetch_older_than(0, Entry::refetch_in_background);
        }
        network::Event::Focused => {
            live::on_focus();
            cache::refetch_older_than(FOCUS_STALE_SECONDS, Entry::refetch);
        }
        network::Event::WokeUp => {
            live::on_focus();
            cache::refetch_older_than(FOCUS_STALE_SECONDS, Entry::refetch_in_background);
        }
    }
}

fn on_live_event(event: live::Event<'_>) {
    match event {
        live::Event::Changed { prefix, id } => {
            tabs::broadcast_change(prefix, id);
            apply_change(prefix, id);
        }
        live::Event::PollDue { seconds } => cache::poll_observed(seconds),
        live::Event::SignedOut => session::expire(true),
    }
}

/// Applies a change of the stream. One that may be the echo of a write of this tab waits for its response: the page
/// refetches then anyway, and a refetch begun before would be aborted.
fn apply_change(prefix: &str, id: &str) {
    if !mutation::is_writing(prefix) {
        return cache::on_remote_change(prefix, id, 0);
    }
    let (prefix, id) = (prefix.to_owned(), id.to_owned());
    spawn_local(async move {
        mutation::writes_done(&prefix).await;
        cache::on_remote_change(&prefix, &id, 0);
    });
}

fn on_message(message: Message) {
    match message.kind {
        kind::CHANGED => cache::on_remote_change(&message.text, &message.change, HEAD_START_MS),
        kind::STREAM_UP => live::set_connected(true),
        kind::STREAM_DOWN => {
            live::set_connected(false);
            network::verify_connection();
        }
        kind::STATE_REQUEST => broadcast_state(),
        kind::STREAM_RETRY => live::retry_now(),
        kind::SIGNED_OUT => session::expire(true),
        kind::SIGNED_IN => refresh_session(),
        kind::SESSION_EXTENDED => session::on_peer_extended(),
        kind::STATUS => session::on_peer_status(&message.text),
        kind::REQUESTED => cache::on_peer_request(&message.text),
        kind::RESPONSE => cache::on_peer_response(&message.text, message.fingerprint, message.body, message.change),
        _ => {}
    }
}

/// Reports the stream's state and all changes to a new tab, if this tab is the leader.
fn broadcast_state() {
    if live::broadcast_state() {
        cache::for_each_change(tabs::broadcast_change);
    }
}

/// Loads the session at start, and deletes the drafts of other users.
///
/// # Errors
/// Errors if the gateway can't be reached.
pub async fn load_session() -> Result<(), Error> {
    if session::load().await? {
        drafts::wipe_foreign();
    }
    Ok(())
}

/// Resumes with a new session after sign-in, in all tabs.
pub fn on_signed_in(session: Session) {
    resume(session);
    tabs::broadcast(kind::SIGNED_IN, "");
}

/// Resumes after a sign-in in another tab: the gateway knows the session by its cookie.
fn refresh_session() {
    spawn_local(async {
        if let Ok(session) = send_in_background(&GetSession).await
            && session.user.is_some()
        {
            resume(session);
        }
    });
}

/// Sends failed requests again with the new session. For another user than before the page reloads.
fn resume(session: Session) {
    let is_other_user = session::replace(session);
    drafts::wipe_foreign();
    if is_other_user {
        cache::clear();
        return session::reload();
    }
    session::unlock();
    live::reopen();
    cache::retry_unauthenticated();
}

/// Signs out and deletes all data of the user in this browser.
///
/// # Errors
/// Errors if the gateway can't be reached: the user stays signed in.
pub async fn sign_out() -> Result<(), Error> {
    // Close the stream first, so that it does not report the sign-out to this tab.
    live::stop();
    if let Err(error) = session::sign_out().await {
        live::start();
        return Err(error);
    }
    tabs::broadcast(kind::SIGNED_OUT, "");
    cache::clear();
    drafts::wipe_all();
    session::clear_user();
    Ok(())
}
