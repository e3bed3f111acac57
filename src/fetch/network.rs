//! The connection: online or offline, and the events after which data may be stale: focus, sleep, a restored connection.
//!
//! The browser's `online` and `offline` events are hints, and so is a request without a response. After either the
//! connection is verified with a small request, which is repeated until it succeeds.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCache, RequestInit, Response};

use crate::browser::clock;
use crate::browser::timers::{self, sleep};

/// Milliseconds that the first probe may take before the console counts as offline.
const GRACE_MS: u32 = 700;
/// Milliseconds until a probe times out.
const PROBE_MS: u32 = 5000;
/// Milliseconds between two checks whether the computer has slept.
const SLEEP_CHECK_MS: u32 = 5000;
/// Longest pause between two probes, in milliseconds.
const MAX_PROBE_PAUSE_MS: u32 = 3000;

/// An event after which data on the screen may be stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The connection is back.
    Reconnected,
    /// The window got the focus.
    Focused,
    /// The computer has slept, and there is a connection.
    WokeUp,
}

thread_local! {
    static ONLINE: ArcRwSignal<bool> = ArcRwSignal::new(true);
    static VERIFYING: Cell<bool> = const { Cell::new(false) };
    static HANDLER: Cell<Option<fn(Event)>> = const { Cell::new(None) };
}

fn report(event: Event) {
    if let Some(handler) = HANDLER.get() {
        handler(event);
    }
}

/// `true` while the console counts as online. Tracked.
pub fn is_online() -> bool {
    ONLINE.with(|online| online.get())
}

/// Like [`is_online`], untracked.
pub fn is_online_untracked() -> bool {
    ONLINE.with(|online| online.get_untracked())
}

/// Marks the console as online after a response, whatever the browser reports.
pub fn mark_online() {
    set_online(true);
}

/// Verifies the connection after a request without a response: marks the console as offline within a second if a probe
/// fails or is slow, and probes until one succeeds.
pub fn verify_connection() {
    if VERIFYING.replace(true) {
        return;
    }
    spawn_local(async {
        let mut pause = MAX_PROBE_PAUSE_MS / 8;
        loop {
            let grace_timer = timers::after(GRACE_MS, || set_online(false));
            let is_reachable = probe().await;
            drop(grace_timer);
            if is_reachable {
                break;
            }
            set_online(false);
            sleep(pause).await;
            pause = (pause * 2).min(MAX_PROBE_PAUSE_MS);
        }
        VERIFYING.set(false);
        set_online(true);
    });
}

/// Fetches `config.json`, a small static file: `true` if there is a connection. Also synchronises the clock.
pub async fn probe() -> bool {
    let sent = clock::monotonic_ms();
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PROBE_MS)));
    let response = JsFuture::from(window().fetch_with_str_and_init("/config.json", &init)).await;
    let Ok(response) = response.map(|response| response.unchecked_into::<Response>()) else { return false };
    if let Ok(Some(date)) = response.headers().get("Date") {
        clock::sync(&date, sent);
    }
    response.ok()
}

/// `true` if the tab is visible.
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Starts listening to the browser's events, until the owner is disposed. `handler` gets the events of this module.
pub fn start(handler: fn(Event)) {
    HANDLER.set(Some(handler));
    let listen = |gone: bool| {
        if gone {
            set_online(false);
        }
        verify_connection();
    };
    if !window().navigator().on_line() {
        listen(true);
    }
    let offline = window_event_listener(ev::offline, move |_| listen(true));
    let online = window_event_listener(ev::online, move |_| listen(false));
    let focus = window_event_listener(ev::focus, |_| report(Event::Focused));
    on_cleanup(move || {
        offline.remove();
        online.remove();
        focus.remove();
    });
    // The first call only records the offset of the client's clock.
    clock::detect_jump();
    timers::repeat(SLEEP_CHECK_MS, report_sleep);
}

/// Reports that the computer has slept. The `Date` of a probe's response tells whether it did, or only its clock was
/// set.
fn report_sleep() {
    if clock::detect_jump() {
        spawn_local(async {
            if probe().await {
                report(Event::WokeUp);
            }
        });
    }
}

fn set_online(online: bool) {
    ONLINE.with(|signal| {
        if signal.get_untracked() != online {
            signal.set(online);
            if online {
                report(Event::Reconnected);
            }
        }
    });
}
