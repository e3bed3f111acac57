//! Formatting of numbers and times in the current language, by the browser's `Intl`. Formatters are expensive to
//! create, so each is created once per language.

use std::cell::RefCell;

use js_sys::{Date, Function, Object, Reflect};
pub use trunkline_model::duration::duration;
use trunkline_model::duration::in_largest_unit;
use wasm_bindgen::{JsCast, JsValue};

use super::language::language;
use crate::browser::clock::parse_iso;
use crate::browser::languages::intl;
use crate::browser::property;

/// A count as texts, formatters and charts take it.
pub fn count_of(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

/// An `Intl` object and its formatting method.
#[derive(Clone)]
struct Formatter {
    object: JsValue,
    format: Function,
}

thread_local! {
    /// The formatters of the current language, each created at first use.
    static FORMATTERS: RefCell<[Option<Formatter>; 14]> = RefCell::default();
}

/// The format of a value, and the index of its formatter.
#[derive(Clone, Copy)]
enum ValueFormat {
    Number,
    DateTime,
    Seconds,
    Exact,
    Local,
    Day,
    Weekday,
    Relative,
    Plural,
    Clock,
    ClockSeconds,
    Minutes,
    Hours,
    Days,
}

/// Drops all formatters: the language has changed.
pub(super) fn clear_formatters() {
    FORMATTERS.take();
}

/// An integer with the language's grouping: `10,000`.
pub fn number(value: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "counts and ids stay far below 2^53")]
    let text = write(ValueFormat::Number, &[], &JsValue::from_f64(value as f64), &JsValue::UNDEFINED);
    text.unwrap_or_else(|| value.to_string())
}

/// Date and time of epoch seconds in the browser's time zone: `15 Sept 2020, 02:59`.
pub fn date_time(epoch_seconds: i64) -> String {
    time(ValueFormat::DateTime, &[("dateStyle", "medium"), ("timeStyle", "short")], epoch_seconds)
}

/// Date and time to the second of epoch seconds in the browser's time zone: `15 Sept 2020, 02:59:32`.
pub fn date_time_seconds(epoch_seconds: i64) -> String {
    time(ValueFormat::Seconds, &[("dateStyle", "medium"), ("timeStyle", "medium")], epoch_seconds)
}

/// Time of day of epoch seconds in the browser's time zone: `02:59`; to the second if it is less than two minutes
/// `away` (in seconds).
pub fn time_of_day(epoch_seconds: i64, away: u32) -> String {
    if away < 120 {
        return time(ValueFormat::ClockSeconds, &[("timeStyle", "medium")], epoch_seconds);
    }
    // Rounded up to the next minute, so that the time shown is not too early.
    time(ValueFormat::Clock, &[("timeStyle", "short")], epoch_seconds + 59)
}

/// Date, time to the second and time zone of epoch seconds, for a tooltip.
pub fn date_time_exact(epoch_seconds: i64) -> String {
    time(ValueFormat::Exact, &[("dateStyle", "full"), ("timeStyle", "long")], epoch_seconds)
}

/// Epoch seconds as `2020-09-15T02:59:32.000Z`; `None` if the browser can't write a time so far away.
pub fn iso8601(epoch_seconds: i64) -> Option<String> {
    #[allow(clippy::cast_precision_loss, reason = "epoch milliseconds stay below 2^53")]
    let date = Date::new(&JsValue::from_f64(epoch_seconds as f64 * 1000.0));
    (!date.get_time().is_nan()).then(|| date.to_iso_string().into())
}

/// Epoch seconds in UTC, for a file: `2020-09-15T02:59:32Z`; the number itself if it is no time.
pub fn utc(epoch_seconds: i64) -> String {
    iso8601(epoch_seconds).map_or_else(|| epoch_seconds.to_string(), |text| text.replace(".000Z", "Z"))
}

/// Relative time in the largest unit that fits: `3 minutes ago`.
pub fn ago(epoch_seconds: i64, now: i64) -> String {
    let (value, unit) = in_largest_unit(now - epoch_seconds);
    #[allow(clippy::cast_precision_loss, reason = "days since 1970 stay far below 2^53")]
    let value = -(value as f64);
    // Hebrew's short form reads like a machine's: `לפני שנ׳ (1)`.
    let style = if language().tag == "he" { "long" } else { "short" };
    let options = [("numeric", "auto"), ("style", style)];
    write(ValueFormat::Relative, &options, &value.into(), &unit.into()).unwrap_or_default()
}

/// A duration in its largest unit, rounded down: `5 min`, `3 hr`; `None` below a minute.
pub fn short_duration(seconds: i64) -> Option<String> {
    let (value, unit) = in_largest_unit(seconds);
    let form = match unit {
        "minute" => ValueFormat::Minutes,
        "hour" => ValueFormat::Hours,
        "day" => ValueFormat::Days,
        _ => return None,
    };
    #[allow(clippy::cast_precision_loss, reason = "days since 1970 stay far below 2^53")]
    let value = JsValue::from_f64(value as f64);
    write(form, &[("style", "unit"), ("unit", unit), ("unitDisplay", "short")], &value, &JsValue::UNDEFINED)
}

/// A time without a time zone, as its vendor sent it (`2020-09-15T02:59:32.794`), formatted without any conversion.
pub fn local_date_time(text: &str) -> String {
    // Parsed and formatted as UTC, so that the digits don't change.
    let Some(seconds) = parse_iso(&format!("{}Z", text.trim_end_matches('Z'))) else { return text.to_owned() };
    time(ValueFormat::Local, &[("dateStyle", "medium"), ("timeStyle", "short"), ("timeZone", "UTC")], seconds)
}

/// A day (`2020-09-15`) in the language's short form: `Tue 15 Sept`. In Chinese, which has no spaces here, line breaks
/// are allowed between month, day and weekday.
pub fn local_day(day: &str) -> String {
    let Some(seconds) = parse_iso(&format!("{day}T00:00:00Z")) else { return day.to_owned() };
    let options = [("month", "short"), ("day", "numeric"), ("weekday", "short"), ("timeZone", "UTC")];
    time(ValueFormat::Day, &options, seconds).replace('月', "月\u{200b}").replace('周', " 周")
}

/// The weekday of a day (`2020-09-15`) in its short form, and the day of the month: `Tue 15`.
pub fn local_weekday(day: &str) -> String {
    let Some(seconds) = parse_iso(&format!("{day}T00:00:00Z")) else { return day.to_owned() };
    let weekday = time(ValueFormat::Weekday, &[("weekday", "short"), ("timeZone", "UTC")], seconds);
    let number = day.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
    format!("{weekday} {number}")
}

/// The plural category of a count: `one`, `other`, ….
pub(super) fn plural_category(count: i64) -> JsValue {
    #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let category = write(ValueFormat::Plural, &[], &JsValue::from_f64(count as f64), &JsValue::UNDEFINED);
    category.as_deref().unwrap_or("other").into()
}

fn time(form: ValueFormat, options: &[(&str, &str)], epoch_seconds: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "epoch milliseconds stay below 2^53")]
    let date = Date::new(&JsValue::from_f64(epoch_seconds as f64 * 1000.0));
    // The formatter throws for a time that a Date can't represent.
    if date.get_time().is_nan() {
        return epoch_seconds.to_string();
    }
    write(form, options, &date, &JsValue::UNDEFINED).unwrap_or_else(|| date.to_iso_string().into())
}

/// Formats a value, a relative time with its unit; `None` if the browser can't.
fn write(form: ValueFormat, options: &[(&str, &str)], value: &JsValue, unit: &JsValue) -> Option<String> {
    let tag = language().tag;
    let formatter = FORMATTERS.with_borrow_mut(|formatters| {
        let slot = formatters.get_mut(form as usize)?;
        if slot.is_none() {
            *slot = formatter(form, tag, options);
        }
        slot.clone()
    })?;
    formatter.format.call2(&formatter.object, value, unit).ok()?.as_string()
}

fn formatter(form: ValueFormat, tag: &str, options: &[(&str, &str)]) -> Option<Formatter> {
    let (class, method) = match form {
        ValueFormat::Number | ValueFormat::Minutes | ValueFormat::Hours | ValueFormat::Days => {
            ("NumberFormat", "format")
        }
        ValueFormat::Relative => ("RelativeTimeFormat", "format"),
        ValueFormat::Plural => ("PluralRules", "select"),
        _ => ("DateTimeFormat", "format"),
    };
    let made = intl(class, tag, &object(options))?;
    let write = property(&made, method)?.dyn_into().ok()?;
    Some(Formatter { object: made, format: write })
}

fn object(options: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in options {
        // Setting a plain property of a new object doesn't fail.
        let _ = Reflect::set(object.unchecked_ref(), &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}
