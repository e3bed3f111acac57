//! Live updates: one event stream of the gateway for all tabs of a browser.
//!
//! Changes and responses are numbered: at start, after a break and in a new tab, exactly the data that is older than a
//! change refetches.
//!
//! A Web Lock elects the leader, the tab that holds the stream; it forwards events through [`super::tabs`]. When the
//! leader closes or crashes, the browser grants the lock to the next tab. While there is no stream, what is on the
//! screen is polled, at growing intervals.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Promise};
use leptos::prelude::{ArcRwSignal, Get, Set, window};
use leptos::task::spawn_local;
use trunkline_api::Service;
use trunkline_api::gateway::GetSession;
use trunkline_model::backoff::{poll_seconds, reopen_delay_ms};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventSource, MessageEvent};

use super::tabs::{self, kind};
use super::transport::send_in_background;
use super::{config, network};
use crate::browser::clock::now_ms;
use crate::browser::property;
use crate::browser::timers::{self, Timer};

/// Name of the Web Lock that the leader holds.
const LOCK: &str = "trunkline.live";
/// Types of the stream's events.
const EVENTS: [&str; 6] = ["hello", "changed", "beat", "replaced", "signed-out", "error"];
/// Milliseconds without an event until the stream counts as dead: two and a half heartbeats.
const SILENCE_MS: f64 = 25_000.0;
/// Milliseconds between two runs of the watchdog.
const WATCHDOG_MS: u32 = 5000;

/// A report of the event stream, or of its absence.
pub enum Event<'a> {
    /// Data whose keys begin with `prefix` has changed; `id` is the change's.
    Changed {
        /// Key prefix.
        prefix: &'a str,
        /// Id of the change.
        id: &'a str,
    },
    /// There is no stream: what is on the screen has to be polled.
    PollDue {
        /// Interval between two polls.
        seconds: f64,
    },
    /// The gateway has ended the session.
    SignedOut,
}

#[derive(Default)]
struct Live {
    /// `true` from sign-in to sign-out.
    enabled: Cell<bool>,
    /// The lock is requested or held.
    lock_requested: Cell<bool>,
    /// Releases the lock.
    release_lock: RefCell<Option<Function>>,
    source: RefCell<Option<EventSource>>,
    /// Epoch milliseconds since which there is no stream; zero while there is one, and before the first.
    down_since: Cell<f64>,
    /// Epoch milliseconds of the last event, in this tab or in the leader; zero before the first.
    last_event_at: Cell<f64>,
    retry_ms: Cell<u32>,
    /// Other streams of the session replaced this one: it reopens when the tab gets the focus, not by itself.
    replaced: Cell<bool>,
    retry: RefCell<Option<Timer>>,
    watchdog: RefCell<Option<Timer>>,
}

thread_local! {
    static LIVE: Live = Live::default();
    static HANDLER: Cell<Option<fn(Event<'_>)>> = const { Cell::new(None) };
    static LEADING: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static LISTENER: Function = {
        let listener = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| on_event(&event));
        listener.into_js_value().unchecked_into()
    };
}

/// Sets what follows from the events of this module.
pub fn set_handler(handler: fn(Event<'_>)) {
    HANDLER.set(Some(handler));
}

fn report(event: Event<'_>) {
    if let Some(handler) = HANDLER.get() {
        handler(event);
    }
}

/// `true` while this tab is the leader: of all tabs of this browser one, also without a gateway and its stream. Tracked.
pub fn is_leader() -> bool {
    LEADING.with(Get::get)
}

/// Starts live updates, at sign-in. They run until [`stop`].
pub fn start() {
    LIVE.with(|live| {
        if live.enabled.replace(true) {
            return;
        }
        live.acquire_leadership();
        if config::has_gateway() {
            live.watchdog.replace(Some(timers::every(WATCHDOG_MS, watch)));
            tabs::broadcast(kind::STATE_REQUEST, "");
        }
    });
}

/// Stops live updates, at sign-out.
pub fn stop() {
    LIVE.with(|live| {
        live.enabled.set(false);
        live.watchdog.take();
        live.close();
        live.down_since.set(0.0);
        live.last_event_at.set(0.0);
        if let Some(release) = live.release_lock.take() {
            live.lock_requested.set(false);
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    });
    LEADING.with(|leading| leading.set(false));
}

/// Sets whether the leader has an open stream.
pub fn set_connected(is_connected: bool) {
    LIVE.with(|live| {
        if is_connected {
            live.down_since.set(0.0);
            live.last_event_at.set(now_ms());
        } else if live.down_since.get() == 0.0 {
            live.down_since.set(now_ms());
        }
    });
}

/// `true` if this tab or another has an open stream, so that nothing has to be polled.
pub fn is_connected() -> bool {
    LIVE.with(|live| live.down_since.get() == 0.0 && now_ms() - live.last_event_at.get() < SILENCE_MS)
}

/// Reports the stream's state to a new tab, if this tab is the leader; `true` if the stream is open.
pub fn broadcast_state() -> bool {
    LIVE.with(|live| {
        let is_open = live.release_lock.borrow().is_some() && is_connected();
        if is_open {
            tabs::broadcast(kind::STREAM_UP, "");
        } else if live.release_lock.borrow().is_some() && live.down_since.get() > 0.0 {
            tabs::broadcast(kind::STREAM_DOWN, "");
        }
        is_open
    })
}

/// Handles a restored connection: the leader reopens its stream without waiting for the back-off.
pub fn on_reconnect() {
    retry_now();
    tabs::broadcast(kind::STREAM_RETRY, "");
}

/// Opens the stream now if it waits for its back-off, or was replaced by other streams.
pub fn retry_now() {
    LIVE.with(|live| {
        if live.retry.take().is_some() || live.replaced.get() {
            live.open();
        }
    });
}

/// Handles focus on this tab: a missing stream is reopened.
pub fn on_focus() {
    LIVE.with(|live| {
        if live.enabled.get() && live.down_since.get() > 0.0 {
            on_reconnect();
        }
    });
}

/// Opens the leader's stream with a new session, after the old one expired.
pub fn reopen() {
    LIVE.with(|live| {
        if live.release_lock.borrow().is_some() && live.source.borrow().is_none() {
            live.open();
        }
    });
}

impl Live {
    /// Becomes the leader as soon as no other tab is. Without Web Locks (an insecure context) every tab opens a stream.
    fn acquire_leadership(&self) {
        if self.lock_requested.replace(true) {
            return;
        }
        let granted = Closure::once_into_js(|| {
            Promise::new(&mut |release, _| {
                LIVE.with(|live| {
                    if live.enabled.get() {
                        live.release_lock.replace(Some(release));
                        LEADING.with(|leading| leading.set(true));
                        live.open();
                    } else {
                        live.lock_requested.set(false);
                        let _ = release.call0(&JsValue::UNDEFINED);
                    }
                });
            })
        });
        let requested = property(&window().navigator(), "locks").and_then(|locks| {
            let request: Function = property(&locks, "request")?.dyn_into().ok()?;
            request.call2(&locks, &LOCK.into(), &granted).ok()
        });
        match requested {
            Some(held) => spawn_local(async move {
                // The promise settles when the lock is released. If it is refused, this tab follows the leader.
                let _ = JsFuture::from(Promise::resolve(&held)).await;
            }),
            None => {
                let _ = granted.unchecked_ref::<Function>().call0(&JsValue::UNDEFINED);
            }
        }
    }

    fn open(&self) {
        self.close();
        if !config::has_gateway() {
            return;
        }
        if let Ok(source) = EventSource::new(&format!("{}/live", config::base(Service::Gateway))) {
            for event in EVENTS {
                // Adding a listener does not fail; without one, queries still refetch by themselves.
                let _ = LISTENER.with(|listener| source.add_event_listener_with_callback(event, listener));
            }
            self.last_event_at.set(now_ms());
            self.source.replace(Some(source));
        }
    }

    fn close(&self) {
        self.retry.take();
        self.replaced.set(false);
        if let Some(source) = self.source.take() {
            source.close();
        }
    }

    /// Handles a lost stream: polling takes over.
    fn on_lost(&self) {
        set_connected(false);
        tabs::broadcast(kind::STREAM_DOWN, "");
    }

    /// Handles a refused stream: reopens it with exponential back-off, and checks whether the session has expired.
    fn on_refused(&self) {
        self.close();
        let pause = reopen_delay_ms(self.retry_ms.get());
        self.retry_ms.set(pause);
        self.retry.replace(Some(timers::after(pause, || LIVE.with(Self::open))));
        spawn_local(async {
            if let Ok(session) = send_in_background(&GetSession).await
                && session.user.is_none()
            {
                LIVE.with(Self::close);
                report(Event::SignedOut);
            }
        });
    }
}

/// Handles an event of the stream.
fn on_event(event: &MessageEvent) {
    let event_kind = event.type_();
    LIVE.with(|live| {
        if event_kind == "error" {
            live.on_lost();
            if live.source.borrow().as_ref().is_some_and(|source| source.ready_state() == EventSource::CLOSED) {
                live.on_refused();
            }
            network::verify_connection();
            return;
        }
        live.retry_ms.set(0);
        set_connected(true);
        tabs::broadcast(kind::STREAM_UP, "");
        network::mark_online();
        match event_kind.as_str() {
            "hello" => on_hello(event),
            "changed" => report_change(&key_prefix(&event_data(event)), &event.last_event_id()),
            "signed-out" => {
                live.close();
                report(Event::SignedOut);
            }
            // The session has too many streams. Reopening at once would replace another tab's stream, and so on.
            "replaced" => {
                live.close();
                live.replaced.set(true);
                live.on_lost();
            }
            _ => {}
        }
    });
}

/// Handles `hello`, the first event of a stream: it lists the changes since the server's start.
fn on_hello(event: &MessageEvent) {
    let id = event.last_event_id();
    let start = id.rsplit_once('-').map_or("", |(start, _)| start);
    // Responses from before the server's last start count as older than every change.
    report_change("", &format!("{start}-0"));
    let moved = property(&event_data(event), "moved");
    for change in moved.iter().flat_map(|moved| Array::from(moved)) {
        report_change(&key_prefix(&change), &string_property(&change, "id"));
    }
}

fn report_change(prefix: &str, id: &str) {
    report(Event::Changed { prefix, id });
}

fn event_data(event: &MessageEvent) -> JsValue {
    js_sys::JSON::parse(&event.data().as_string().unwrap_or_default()).unwrap_or_default()
}

fn string_property(object: &JsValue, name: &str) -> String {
    property(object, name).and_then(|value| value.as_string()).unwrap_or_default()
}

/// The key prefix that `{"vendor", "resource"}` concerns.
fn key_prefix(change: &JsValue) -> String {
    let vendor = string_property(change, "vendor");
    // The gateway's own entries have no vendor in their keys.
    format!("{} {}", if vendor == "gateway" { "" } else { &vendor }, string_property(change, "resource"))
}

/// Reopens a silent stream, and polls while there is none.
fn watch() {
    LIVE.with(|live| {
        let now = now_ms();
        if live.source.borrow().is_some() && now - live.last_event_at.get() > SILENCE_MS {
            live.on_lost();
            live.open();
        }
        let since = live.down_since.get();
        // Nothing is polled for a stream that was lost this very moment: it may be back at once.
        if since > 0.0 && now > since && network::is_visible() && network::is_online_untracked() {
            report(Event::PollDue { seconds: poll_seconds(now - since) });
        }
    });
}
