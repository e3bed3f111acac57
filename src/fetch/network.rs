//! Online or offline, and the refetches that follow from it, from focus and from coming back.
//!
//! The browser's own events are a hint. A request that got no answer is another: then, and until it is there, the
//! connection is looked for with a small request of its own.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCache, RequestInit, Response};

use super::cache::{self, Entry};
use super::live;
use crate::browser::clock;
use crate::browser::timers::{self, sleep};

/// Seconds after which an answer is loaded again when the window gets the focus.
const FOCUS_STALE_SECONDS: i64 = 15;
/// Milliseconds that a doubted connection has to prove itself in before people are told that it is gone.
const PROOF_MS: u32 = 700;
/// Milliseconds until a look for the connection is given up.
const PROBE_MS: u32 = 5000;
/// Milliseconds between two looks whether the computer has slept.
const WAKE_MS: u32 = 5000;
/// The longest pause between two looks, in milliseconds.
const PAUSE_MS: u32 = 3000;

thread_local! {
    static ONLINE: ArcRwSignal<bool> = ArcRwSignal::new(true);
    static DOUBTED: Cell<bool> = const { Cell::new(false) };
}

/// Whether there is a connection, as far as anybody knows. Tracked where the caller tracks.
pub fn is_online() -> bool {
    ONLINE.with(|online| online.get())
}

/// As [`is_online`], for code that runs once.
pub fn is_online_now() -> bool {
    ONLINE.with(|online| online.get_untracked())
}

/// An answer arrived: whatever the browser believes, there is a connection.
pub fn answered() {
    set(true);
}

/// A request got no answer: finds out whether the connection is gone, says so within a second, and goes on looking
/// until it is back.
pub fn doubt() {
    if DOUBTED.replace(true) {
        return;
    }
    spawn_local(async {
        let mut pause = PAUSE_MS / 8;
        loop {
            let late = timers::after(PROOF_MS, || set(false));
            let there = probe().await;
            drop(late);
            if there {
                break;
            }
            set(false);
            sleep(pause).await;
            pause = (pause * 2).min(PAUSE_MS);
        }
        DOUBTED.set(false);
        set(true);
    });
}

/// Asks for a small file of the console's own: whether there is a connection now, and what time it is.
pub async fn probe() -> bool {
    let sent = clock::monotonic_ms();
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PROBE_MS)));
    let answer = JsFuture::from(window().fetch_with_str_and_init("/config.json", &init)).await;
    let Ok(answer) = answer.map(|answer| answer.unchecked_into::<Response>()) else { return false };
    if let Ok(Some(date)) = answer.headers().get("Date") {
        clock::learn(&date, sent);
    }
    answer.ok()
}

/// Whether the tab is in front.
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Listens for as long as the app lives.
pub fn start() {
    let listen = |gone: bool| {
        if gone {
            set(false);
        }
        doubt();
    };
    if !window().navigator().on_line() {
        listen(true);
    }
    let offline = window_event_listener(ev::offline, move |_| listen(true));
    let online = window_event_listener(ev::online, move |_| listen(false));
    let focus = window_event_listener(ev::focus, |_| {
        live::looked_at();
        cache::refetch_older_than(FOCUS_STALE_SECONDS, Entry::refetch);
    });
    on_cleanup(move || {
        offline.remove();
        online.remove();
        focus.remove();
    });
    // From here on it is known where the client's clock stands.
    clock::look_for_jump();
    timers::repeat(WAKE_MS, after_sleep);
}

/// The computer has slept, or its clock was set: an answer tells which, and what it shows is as old as the sleep was long.
fn after_sleep() {
    if clock::look_for_jump() {
        spawn_local(async {
            if probe().await {
                live::looked_at();
                cache::refetch_older_than(FOCUS_STALE_SECONDS, Entry::refetch_quietly);
            }
        });
    }
}

fn set(online: bool) {
    ONLINE.with(|signal| {
        if signal.get_untracked() != online {
            signal.set(online);
            if online {
                live::came_back();
                cache::refetch_older_than(0, Entry::refetch_quietly);
            }
        }
    });
}
