//! Online or offline, and the refetches that follow from it, from focus and from coming back.

use leptos::ev;
use leptos::prelude::*;

use super::cache;

/// Seconds after which an answer is loaded again when the window gets the focus.
const FOCUS_STALE_SECONDS: i64 = 15;

thread_local! {
    static ONLINE: ArcRwSignal<bool> = ArcRwSignal::new(true);
}

/// Whether the browser has a connection. Tracked where the caller tracks.
pub fn is_online() -> bool {
    ONLINE.with(|online| online.get())
}

/// As [`is_online`], for code that runs once.
pub fn is_online_now() -> bool {
    ONLINE.with(|online| online.get_untracked())
}

/// An answer arrived: whatever the browser believes, there is a connection.
pub fn answered() {
    ONLINE.with(|online| {
        if !online.get_untracked() {
            online.set(true);
        }
    });
}

/// Whether the tab is in front.
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Listens for as long as the app lives.
pub fn start() {
    ONLINE.with(|online| online.set(window().navigator().on_line()));
    let offline = window_event_listener(ev::offline, |_| ONLINE.with(|online| online.set(false)));
    let online = window_event_listener(ev::online, |_| {
        ONLINE.with(|online| online.set(true));
        cache::refetch_older_than(0);
    });
    let focus = window_event_listener(ev::focus, |_| cache::refetch_older_than(FOCUS_STALE_SECONDS));
    on_cleanup(move || {
        offline.remove();
        online.remove();
        focus.remove();
    });
}
