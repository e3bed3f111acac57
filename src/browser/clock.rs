//! Clocks: the server's time, and a monotonic one for durations.
//!
//! - [`now`], [`now_ms`], [`today`]: the server's time, from the `Date` of its responses. It includes time during which
//!   the computer slept as soon as the next response has arrived. Without a valid `Date` it is the client's clock.
//! - [`monotonic_ms`]: for durations within the page. It can't be set, and may stop while the computer sleeps.

use std::cell::Cell;

use js_sys::Date;
use leptos::prelude::{ArcRwSignal, Get, Update};
use trunkline_model::server_clock::{DatedResponse, ServerClock};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Milliseconds by which the client's clock must move against the monotonic one to count as a jump.
const JUMP_MS: f64 = 3000.0;

/// Milliseconds from the page's start during which a response may be a preload of the document: the server may have
/// dated it long before the app requested it.
const PRELOADED_MS: f64 = 10_000.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

thread_local! {
    static SERVER: Cell<ServerClock> = const { Cell::new(ServerClock::new()) };
    /// Last known offset of the client's clock from the monotonic one, in milliseconds.
    static CLIENT_OFFSET: Cell<f64> = Cell::new(client_offset());
    static JUMPS: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// Milliseconds since the page started.
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

/// Today's date in the browser's time zone, as `2020-09-15`.
pub fn today() -> String {
    let now = Date::new(&JsValue::from_f64(now_ms()));
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// Epoch seconds of an hour of the day after today, in the browser's time zone.
pub fn tomorrow_at(hour: i32) -> i64 {
    let now = Date::new(&JsValue::from_f64(now_ms()));
    // The browser carries over the days of the month.
    let (year, month) = (now.get_full_year(), now.get_month().cast_signed());
    let then = Date::new_with_year_month_day_hr(year, month, now.get_date().cast_signed() + 1, hour);
    whole_seconds(then.get_time())
}

/// Epoch seconds as `2020-09-15T02:59` in the browser's time zone, as the browser's field for date and time has it.
pub fn local_minute(epoch_seconds: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "epoch milliseconds stay below 2^53")]
    let date = Date::new(&JsValue::from_f64(epoch_seconds as f64 * 1000.0));
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// Epoch seconds of an ISO 8601 text, in the browser's time zone if it names none; `None` if it is invalid.
pub fn parse_iso(text: &str) -> Option<i64> {
    let milliseconds = Date::parse(text);
    milliseconds.is_finite().then(|| whole_seconds(milliseconds))
}

/// Synchronises with the server's time by the `Date` header of a response that has just arrived; `sent` is when its
/// request was sent, by [`monotonic_ms`]. Returns the date in epoch seconds; `None` if it is invalid.
pub fn sync(date: &str, sent: f64) -> Option<i64> {
    let date = Date::parse(date);
    let sent = if sent < PRELOADED_MS { 0.0 } else { sent };
    let mut server = SERVER.get();
    server.observe(DatedResponse { date, sent, received: monotonic_ms() }, client_offset());
    SERVER.set(server);
    date.is_finite().then(|| whole_seconds(date))
}

/// Number of times that [`detect_jump`] has found that the computer slept or its clock was set. Tracked.
pub fn jumps() -> u32 {
    JUMPS.with(Get::get)
}

/// `true` if the computer has slept or its clock was set since the last call. Either moves the client's clock against
/// the monotonic one; only the `Date` of a response tells which it was.
pub fn detect_jump() -> bool {
    let offset = client_offset();
    let jumped = (offset - CLIENT_OFFSET.replace(offset)).abs() > JUMP_MS;
    if jumped {
        JUMPS.with(|jumps| jumps.update(|count| *count += 1));
    }
    jumped
}

fn client_offset() -> f64 {
    Date::now() - monotonic_ms()
}

fn whole_seconds(milliseconds: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "epoch seconds fit")]
    let seconds = (milliseconds / 1000.0).floor() as i64;
    seconds
}
