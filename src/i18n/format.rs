//! Numbers and times in the language in force, by the browser's `Intl`. Formatters are costly, so each is made once.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::language;

thread_local! {
    static FORMATTERS: RefCell<HashMap<String, Function>> = RefCell::new(HashMap::new());
}

/// A whole number with the language's grouping: `10,000`.
pub fn number(value: i64) -> String {
    let tag = language();
    #[allow(clippy::cast_precision_loss, reason = "counts and ids stay far below 2^53")]
    let value = JsValue::from_f64(value as f64);
    call(&format!("number {tag}"), || Intl::NumberFormat::new(&locales(&tag), &Object::new()).format(), &value)
}

/// Date and time of epoch seconds in the browser's zone: `15 Sept 2020, 02:59`.
pub fn date_time(epoch_seconds: i64) -> String {
    let tag = language();
    let options = [("dateStyle", "medium"), ("timeStyle", "short")];
    time(&format!("date_time {tag}"), &tag, &options, epoch_seconds)
}

/// Date and time to the second of epoch seconds in the browser's zone: `15 Sept 2020, 02:59:32`.
pub fn date_time_seconds(epoch_seconds: i64) -> String {
    let tag = language();
    let options = [("dateStyle", "medium"), ("timeStyle", "medium")];
    time(&format!("seconds {tag}"), &tag, &options, epoch_seconds)
}

/// Date, time to the second and zone of epoch seconds: for a title on hover.
pub fn date_time_exact(epoch_seconds: i64) -> String {
    let tag = language();
    let options = [("dateStyle", "full"), ("timeStyle", "long")];
    time(&format!("exact {tag}"), &tag, &options, epoch_seconds)
}

/// How long ago, in the largest unit that fits: `3 minutes ago`.
pub fn ago(epoch_seconds: i64, now: i64) -> String {
    let tag = language();
    let seconds = (now - epoch_seconds).max(0);
    let (value, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let options = object(&[("numeric", "auto"), ("style", "short")]);
    #[allow(clippy::cast_precision_loss, reason = "days since 1970 stay far below 2^53")]
    let value = -(value as f64);
    Intl::RelativeTimeFormat::new(&locales(&tag), &options).format(value, unit).into()
}

/// A duration in seconds as `1:02:03` or `02:03`.
pub fn duration(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes:02}:{rest:02}") }
}

/// Epoch seconds now.
pub fn now() -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "epoch seconds fit")]
    let seconds = (Date::now() / 1000.0) as i64;
    seconds
}

/// Epoch seconds of an ISO 8601 text with a zone; none if the browser can't read it.
pub fn parse_iso(text: &str) -> Option<i64> {
    let millis = Date::parse(text);
    #[allow(clippy::cast_possible_truncation, reason = "epoch seconds fit")]
    let seconds = (millis / 1000.0) as i64;
    millis.is_finite().then_some(seconds)
}

/// A time without a zone, as its vendor sent it (`2020-09-15T02:59:32.794`), in the language's form and unshifted.
pub fn local_date_time(text: &str) -> String {
    // Read as UTC and written as UTC: the digits stay what they were.
    let Some(seconds) = parse_iso(&format!("{}Z", text.trim_end_matches('Z'))) else { return text.to_owned() };
    let tag = language();
    let options = [("dateStyle", "medium"), ("timeStyle", "short"), ("timeZone", "UTC")];
    time(&format!("local {tag}"), &tag, &options, seconds)
}

/// A day (`2020-09-15`) in the language's short form: `Tue 15 Sept`.
pub fn local_day(day: &str) -> String {
    let Some(seconds) = parse_iso(&format!("{day}T00:00:00Z")) else { return day.to_owned() };
    let tag = language();
    let options = [("month", "short"), ("day", "numeric"), ("weekday", "short"), ("timeZone", "UTC")];
    time(&format!("day {tag}"), &tag, &options, seconds)
}

/// Today by the browser's clock and zone, as `2020-09-15`.
pub fn today() -> String {
    let now = Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// The plural category of a count: `one`, `other`, ….
pub(super) fn plural_category(tag: &str, count: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    Intl::PluralRules::new(&locales(tag), &Object::new()).select(count as f64).into()
}

fn time(key: &str, tag: &str, options: &[(&str, &str)], epoch_seconds: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "epoch milliseconds stay below 2^53")]
    let date = Date::new(&JsValue::from_f64(epoch_seconds as f64 * 1000.0));
    // A time outside what a Date can hold would throw in the formatter.
    if date.get_time().is_nan() {
        return epoch_seconds.to_string();
    }
    call(key, || Intl::DateTimeFormat::new(&locales(tag), &object(options)).format(), &date)
}

/// Calls a cached bound formatter.
fn call(key: &str, make: impl FnOnce() -> Function, value: &JsValue) -> String {
    let formatter = FORMATTERS.with(|cache| cache.borrow_mut().entry(key.to_owned()).or_insert_with(make).clone());
    formatter.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn locales(tag: &str) -> Array {
    Array::of1(&JsValue::from_str(tag))
}

fn object(options: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in options {
        // Setting a plain property of a fresh object cannot fail.
        let _ = Reflect::set(object.unchecked_ref(), &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}
