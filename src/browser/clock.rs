//! What time it is, and how long something takes.
//!
//! - [`now`], [`now_ms`], [`today`]: by the server's clock, as the answers' `Date` tells it. They count the time in which
//!   the computer slept, as soon as an answer has come. Without a readable `Date` they go by the client's clock.
//! - [`monotonic_ms`]: for durations within the page. Nobody can set it; it may stand still while the computer sleeps.

use std::cell::Cell;

use js_sys::Date;
use leptos::prelude::{ArcRwSignal, Get, Update};
use trunkline_api::server_clock::{Dated, ServerClock};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Milliseconds by which the client's clock must leave the monotonic one to count as a jump.
const JUMP_MS: f64 = 3000.0;

/// Milliseconds from the page's beginning in which an answer may be one that the document had preloaded: the server may
/// have dated it long before the app asked for it.
const PRELOADED_MS: f64 = 10_000.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

thread_local! {
    static SERVER: Cell<ServerClock> = const { Cell::new(ServerClock::new()) };
    /// Where the client's clock last stood against the monotonic one.
    static OWN: Cell<f64> = Cell::new(own_offset());
    static JUMPS: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Milliseconds since the page began.
pub fn monotonic_ms() -> f64 {
    performance_now()
}

/// Epoch milliseconds now.
pub fn now_ms() -> f64 {
    SERVER.get().at(monotonic_ms()).unwrap_or_else(Date::now)
}

/// Epoch seconds now.
pub fn now() -> i64 {
    whole_seconds(now_ms())
}

/// Today in the browser's zone, as `2020-09-15`.
pub fn today() -> String {
    let now = Date::new(&JsValue::from_f64(now_ms()));
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// Learns the server's time from an answer that has just come; `sent` is when its request went out, by
/// [`monotonic_ms`]. Gives the answer's own time in epoch seconds, if it is dated.
pub fn learn(date: &str, sent: f64) -> Option<i64> {
    let date = Date::parse(date);
    let sent = if sent < PRELOADED_MS { 0.0 } else { sent };
    let mut server = SERVER.get();
    server.learn(Dated { date, sent, received: monotonic_ms() }, own_offset());
    SERVER.set(server);
    date.is_finite().then(|| whole_seconds(date))
}

/// How often the computer has slept or its clock was set, as far as somebody has [looked](look_for_jump). Tracked.
pub fn jumps() -> u32 {
    JUMPS.with(Get::get)
}

/// Whether the computer has slept, or its clock was set, since the last look. Either moves the client's clock against the
/// monotonic one; only an answer tells which it was.
pub fn look_for_jump() -> bool {
    let own = own_offset();
    let jumped = (own - OWN.replace(own)).abs() > JUMP_MS;
    if jumped {
        JUMPS.with(|jumps| jumps.update(|count| *count += 1));
    }
    jumped
}

fn own_offset() -> f64 {
    Date::now() - monotonic_ms()
}

fn whole_seconds(milliseconds: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "epoch seconds fit")]
    let seconds = (milliseconds / 1000.0).floor() as i64;
    seconds
}
