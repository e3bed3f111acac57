//! Numbers and times in the language in force, by the browser's `Intl`. Formatters are costly, so each is made once.

use std::cell::RefCell;

use js_sys::{Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::language;
use crate::browser::languages::intl;
use crate::browser::property;

/// An object of `Intl`, and its method that writes.
#[derive(Clone)]
struct Formatter {
    object: JsValue,
    write: Function,
}

thread_local! {
    /// The formatters of the language in force, as far as they were needed.
    static FORMATTERS: RefCell<[Option<Formatter>; 10]> = RefCell::default();
}

/// How a value is written: the place of its formatter.
#[derive(Clone, Copy)]
enum Form {
    Number,
    DateTime,
    Seconds,
    Exact,
    Local,
    Day,
    Relative,
    Plural,
    Clock,
    ClockSeconds,
}

/// Another language is in force.
pub(super) fn forget() {
    FORMATTERS.take();
}

/// A whole number with the language's grouping: `10,000`.
pub fn number(value: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "counts and ids stay far below 2^53")]
    let text = write(Form::Number, &[], &JsValue::from_f64(value as f64), &JsValue::UNDEFINED);
    text.unwrap_or_else(|| value.to_string())
}

/// Date and time of epoch seconds in the browser's zone: `15 Sept 2020, 02:59`.
pub fn date_time(epoch_seconds: i64) -> String {
    time(Form::DateTime, &[("dateStyle", "medium"), ("timeStyle", "short")], epoch_seconds)
}

/// Date and time to the second of epoch seconds in the browser's zone: `15 Sept 2020, 02:59:32`.
pub fn date_time_seconds(epoch_seconds: i64) -> String {
    time(Form::Seconds, &[("dateStyle", "medium"), ("timeStyle", "medium")], epoch_seconds)
}

/// The time of day of epoch seconds in the browser's zone: `02:59`. Of what is less than two minutes away, to the second.
pub fn time_of_day(epoch_seconds: i64, away: u32) -> String {
    if away < 120 {
        return time(Form::ClockSeconds, &[("timeStyle", "medium")], epoch_seconds);
    }
    // Not before that minute.
    time(Form::Clock, &[("timeStyle", "short")], epoch_seconds + 59)
}

/// Date, time to the second and zone of epoch seconds: for a title on hover.
pub fn date_time_exact(epoch_seconds: i64) -> String {
    time(Form::Exact, &[("dateStyle", "full"), ("timeStyle", "long")], epoch_seconds)
}

/// How long ago, in the largest unit that fits: `3 minutes ago`.
pub fn ago(epoch_seconds: i64, now: i64) -> String {
    let seconds = (now - epoch_seconds).max(0);
    let (value, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    #[allow(clippy::cast_precision_loss, reason = "days since 1970 stay far below 2^53")]
    let value = -(value as f64);
    let options = [("numeric", "auto"), ("style", "short")];
    write(Form::Relative, &options, &value.into(), &unit.into()).unwrap_or_default()
}

/// A duration in seconds as `1:02:03` or `02:03`.
pub fn duration(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes:02}:{rest:02}") }
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
    time(Form::Local, &[("dateStyle", "medium"), ("timeStyle", "short"), ("timeZone", "UTC")], seconds)
}

/// A day (`2020-09-15`) in the language's short form: `Tue 15 Sept`. Where a language writes it without spaces, it may be
/// broken between month, day and weekday all the same.
pub fn local_day(day: &str) -> String {
    let Some(seconds) = parse_iso(&format!("{day}T00:00:00Z")) else { return day.to_owned() };
    let options = [("month", "short"), ("day", "numeric"), ("weekday", "short"), ("timeZone", "UTC")];
    time(Form::Day, &options, seconds).replace('月', "月\u{200b}").replace('周', " 周")
}

/// The plural category of a count: `one`, `other`, ….
pub(super) fn plural_category(count: i64) -> JsValue {
    #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let category = write(Form::Plural, &[], &JsValue::from_f64(count as f64), &JsValue::UNDEFINED);
    category.as_deref().unwrap_or("other").into()
}

fn time(form: Form, options: &[(&str, &str)], epoch_seconds: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "epoch milliseconds stay below 2^53")]
    let date = Date::new(&JsValue::from_f64(epoch_seconds as f64 * 1000.0));
    // A time outside what a Date can hold would throw in the formatter.
    if date.get_time().is_nan() {
        return epoch_seconds.to_string();
    }
    write(form, options, &date, &JsValue::UNDEFINED).unwrap_or_else(|| date.to_iso_string().into())
}

/// Writes a value, of relative times with its unit; none where the browser can't.
fn write(form: Form, options: &[(&str, &str)], value: &JsValue, unit: &JsValue) -> Option<String> {
    let tag = language().tag;
    let formatter = FORMATTERS.with_borrow_mut(|formatters| {
        let place = formatters.get_mut(form as usize)?;
        if place.is_none() {
            *place = formatter(form, tag, options);
        }
        place.clone()
    })?;
    formatter.write.call2(&formatter.object, value, unit).ok()?.as_string()
}

fn formatter(form: Form, tag: &str, options: &[(&str, &str)]) -> Option<Formatter> {
    let (class, method) = match form {
        Form::Number => ("NumberFormat", "format"),
        Form::Relative => ("RelativeTimeFormat", "format"),
        Form::Plural => ("PluralRules", "select"),
        _ => ("DateTimeFormat", "format"),
    };
    let made = intl(class, tag, &object(options))?;
    let write = property(&made, method)?.dyn_into().ok()?;
    Some(Formatter { object: made, write })
}

fn object(options: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in options {
        // Setting a plain property of a fresh object cannot fail.
        let _ = Reflect::set(object.unchecked_ref(), &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}
