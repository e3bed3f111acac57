//! What the gateway says has changed: one event stream for all tabs of a browser, so that the vendors are asked once
//! for everybody.
//!
//! Changes have numbers, and so have answers: after a break, at a first start and in a new tab alike, exactly what is older
//! than a change is asked for again.
//!
//! A Web Lock elects the tab that holds the stream; it tells the others by [`super::tabs`]. When that tab goes, in
//! whatever way, the browser gives the lock to the next. While there is no stream, what is on the screen is polled,
//! less and less often.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Promise};
use leptos::prelude::window;
use leptos::task::spawn_local;
use trunkline_api::Vendor;
use trunkline_api::gateway::GetSession;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventSource, MessageEvent};

use super::tabs::{self, kind};
use super::{cache, config, network, property, session, transport::send_quietly};
use crate::browser::clock::now_ms;
use crate::browser::timers::{self, Timer};

/// Name of the lock whose holder has the stream.
const LOCK: &str = "trunkline.live";
/// The stream's events.
const EVENTS: [&str; 6] = ["hello", "changed", "beat", "replaced", "signed-out", "error"];
/// Milliseconds without a word until the line counts as dead: two heartbeats and a half.
const SILENCE_MS: f64 = 25_000.0;
/// Milliseconds between two looks at the stream.
const LOOK_MS: u32 = 5000;
/// Milliseconds until a stream that was refused is tried again: at first, and at most.
const RETRY_MS: (u32, u32) = (1000, 60_000);
/// Seconds between two polls while there is no stream: at first, and at most.
const POLL_SECONDS: (f64, f64) = (10.0, 60.0);

#[derive(Default)]
struct Live {
    /// Somebody is signed in.
    wanted: Cell<bool>,
    /// The lock is asked for, or held.
    queued: Cell<bool>,
    /// Gives the lock back.
    release: RefCell<Option<Function>>,
    source: RefCell<Option<EventSource>>,
    /// Since when there is no stream, in epoch milliseconds; zero while there is one, or none is known to be missing.
    down_since: Cell<f64>,
    /// When the stream last spoke, to this tab or to the one that holds it, in epoch milliseconds; zero: not yet.
    heard: Cell<f64>,
    pause: Cell<u32>,
    /// Others of the session took the place: this tab comes back when somebody looks at it, not by itself.
    replaced: Cell<bool>,
    retry: RefCell<Option<Timer>>,
    look: RefCell<Option<Timer>>,
}

thread_local! {
    static LIVE: Live = Live::default();
    static LISTENER: Function = {
        let hear = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| hear(&event));
        hear.into_js_value().unchecked_into()
    };
}

/// Follows the stream until [`stop`]: at sign-in.
pub fn start() {
    LIVE.with(|live| {
        if config::has_gateway() && !live.wanted.replace(true) {
            live.look.replace(Some(timers::every(LOOK_MS, look)));
            live.lead();
            tabs::say(kind::STATE, "");
        }
    });
}

/// Closes the stream: at sign-out.
pub fn stop() {
    LIVE.with(|live| {
        live.wanted.set(false);
        live.look.take();
        live.close();
        live.down_since.set(0.0);
        live.heard.set(0.0);
        if let Some(release) = live.release.take() {
            live.queued.set(false);
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    });
}

/// Whoever leads has a stream now, or has none.
pub fn set_up(up: bool) {
    LIVE.with(|live| {
        if up {
            live.down_since.set(0.0);
            live.heard.set(now_ms());
        } else if live.down_since.get() == 0.0 {
            live.down_since.set(now_ms());
        }
    });
}

/// Whether changes come by the stream, in whichever tab it is: then nothing has to be polled.
pub fn is_up() -> bool {
    LIVE.with(|live| live.down_since.get() == 0.0 && now_ms() - live.heard.get() < SILENCE_MS)
}

/// A new tab asks how things stand.
pub fn tell_state() {
    LIVE.with(|live| {
        if live.release.borrow().is_none() {
        } else if is_up() {
            tabs::say(kind::UP, "");
            cache::tell_changes();
        } else if live.down_since.get() > 0.0 {
            tabs::say(kind::DOWN, "");
        }
    });
}

/// The connection is back: a stream that waits for its next try need not wait.
pub fn came_back() {
    check();
    tabs::say(kind::CHECK, "");
}

/// Opens the stream now if this tab leads and is between two tries, or gave its place to others.
pub fn check() {
    LIVE.with(|live| {
        if live.retry.take().is_some() || live.replaced.get() {
            live.open();
        }
    });
}

/// Somebody looks at this tab: a stream that is not there is worth another try.
pub fn looked_at() {
    LIVE.with(|live| {
        if live.wanted.get() && live.down_since.get() > 0.0 {
            came_back();
        }
    });
}

/// Somebody signed in again: the stream that ended with the old session is opened with the new one.
pub fn renew() {
    LIVE.with(|live| {
        if live.release.borrow().is_some() && live.source.borrow().is_none() {
            live.open();
        }
    });
}

impl Live {
    /// Leads as soon as no other tab does. Without locks (an insecure context) every tab has its own stream.
    fn lead(&self) {
        if self.queued.replace(true) {
            return;
        }
        let granted = Closure::once_into_js(|| {
            Promise::new(&mut |release, _| {
                LIVE.with(|live| {
                    if live.wanted.get() {
                        live.release.replace(Some(release));
                        live.open();
                    } else {
                        live.queued.set(false);
                        let _ = release.call0(&JsValue::UNDEFINED);
                    }
                });
            })
        });
        let asked = property(&window().navigator(), "locks").and_then(|locks| {
            let request: Function = property(&locks, "request")?.dyn_into().ok()?;
            request.call2(&locks, &LOCK.into(), &granted).ok()
        });
        match asked {
            Some(held) => spawn_local(async move {
                // It ends with the lock; a refusal leaves the tab to what the others tell it.
                let _ = JsFuture::from(Promise::resolve(&held)).await;
            }),
            None => {
                let _ = granted.unchecked_ref::<Function>().call0(&JsValue::UNDEFINED);
            }
        }
    }

    fn open(&self) {
        self.close();
        if let Ok(source) = EventSource::new(&format!("{}/live", config::base(Vendor::Gateway))) {
            for event in EVENTS {
                // A listener that can't be added leaves the queries' own refetches.
                let _ = LISTENER.with(|listener| source.add_event_listener_with_callback(event, listener));
            }
            self.heard.set(now_ms());
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

    /// There is no stream now; polling takes over.
    fn lost(&self) {
        set_up(false);
        tabs::say(kind::DOWN, "");
    }

    /// The stream was refused: perhaps the session is over, else it is tried again, later and later.
    fn refused(&self) {
        self.close();
        let pause = self.pause.get().max(RETRY_MS.0);
        self.pause.set((pause * 2).min(RETRY_MS.1));
        self.retry.replace(Some(timers::after(pause, || LIVE.with(Self::open))));
        spawn_local(async {
            if let Ok(session) = send_quietly(&GetSession).await
                && session.user.is_none()
            {
                LIVE.with(Self::close);
                session::signed_out();
            }
        });
    }
}

/// An event of the stream.
fn hear(event: &MessageEvent) {
    let event_kind = event.type_();
    LIVE.with(|live| {
        if event_kind == "error" {
            live.lost();
            if live.source.borrow().as_ref().is_some_and(|source| source.ready_state() == EventSource::CLOSED) {
                live.refused();
            }
            network::doubt();
            return;
        }
        live.pause.set(0);
        set_up(true);
        tabs::say(kind::UP, "");
        network::answered();
        match event_kind.as_str() {
            "hello" => greeted(event),
            "changed" => tell(&prefix(&data(event)), &event.last_event_id()),
            "signed-out" => {
                live.close();
                session::signed_out();
            }
            // The session has too many streams. Who came back at once would take another's place, and so on.
            "replaced" => {
                live.close();
                live.replaced.set(true);
                live.lost();
            }
            _ => {}
        }
    });
}

/// A stream begins: it says what has changed since the server's start.
fn greeted(event: &MessageEvent) {
    let id = event.last_event_id();
    let start = id.rsplit_once('-').map_or("", |(start, _)| start);
    // An answer of another start of the server is older than all of it.
    tell("", &format!("{start}-0"));
    let moved = property(&data(event), "moved");
    for change in moved.iter().flat_map(|moved| Array::from(moved)) {
        tell(&prefix(&change), &text(&change, "id"));
    }
}

/// Something changed, for all tabs.
fn tell(prefix: &str, id: &str) {
    tabs::say_changed(prefix, id);
    cache::changed(prefix, id, 0);
}

fn data(event: &MessageEvent) -> JsValue {
    js_sys::JSON::parse(&event.data().as_string().unwrap_or_default()).unwrap_or_default()
}

fn text(of: &JsValue, name: &str) -> String {
    property(of, name).and_then(|value| value.as_string()).unwrap_or_default()
}

/// How the keys begin that `{"vendor", "resource"}` concerns.
fn prefix(change: &JsValue) -> String {
    let vendor = text(change, "vendor");
    // The gateway's own entries have no vendor in their keys.
    format!("{} {}", if vendor == "gateway" { "" } else { &vendor }, text(change, "resource"))
}

/// Looks whether the stream still lives, and polls while there is none.
fn look() {
    LIVE.with(|live| {
        let now = now_ms();
        if live.source.borrow().is_some() && now - live.heard.get() > SILENCE_MS {
            live.lost();
            live.open();
        }
        let since = live.down_since.get();
        // A stream that is back at once leaves nothing to poll for.
        if since > 0.0 && now > since && network::is_visible() && network::is_online_now() {
            let seconds = ((now - since) / 3000.0).clamp(POLL_SECONDS.0, POLL_SECONDS.1);
            cache::poll_shown(seconds);
        }
    });
}
