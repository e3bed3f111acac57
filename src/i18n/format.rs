//! Numbers and times in the language in force, by the browser's `Intl`. Formatters are costly, so each is made once.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

use super::language;

/// The formatters of the language in force, as far as they were needed.
#[derive(Default)]
struct Formatters {
    forms: [Option<Function>; 6],
    relative: Option<Intl::RelativeTimeFormat>,
    plurals: Option<Intl::PluralRules>,
}

thread_local! {
    static FORMATTERS: RefCell<Formatters> = RefCell::new(Formatters::default());
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
}

/// Another language is in force.
pub(super) fn forget() {
    FORMATTERS.take();
}

/// A whole number with the language's grouping: `10,000`.
pub fn number(value: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "counts and ids stay far below 2^53")]
    write(Form::Number, &[], &JsValue::from_f64(value as f64))
}

/// Date and time of epoch seconds in the browser's zone: `15 Sept 2020, 02:59`.
pub fn date_time(epoch_seconds: i64) -> String {
    time(Form::DateTime, &[("dateStyle", "medium"), ("timeStyle", "short")], epoch_seconds)
}

/// Date and time to the second of epoch seconds in the browser's zone: `15 Sept 2020, 02:59:32`.
pub fn date_time_seconds(epoch_seconds: i64) -> String {
    time(Form::Seconds, &[("dateStyle", "medium"), ("timeStyle", "medium")], epoch_seconds)
}

/// Date, time to the second and zone of epoch seconds: for a title on hover.
pub fn date_time_exact(epoch_seconds: i64) -> String {
    time(Form::Exact, &[("dateStyle", "full"), ("timeStyle", "long")], epoch_seconds)
}

/// How long ago, in the largest unit that fits: `3 minutes ago`.
pub fn ago(epoch_seconds: i64, now: i64) -> String {
    let tag = language().tag;
    let seconds = (now - epoch_seconds).max(0);
    let (value, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    #[allow(clippy::cast_precision_loss, reason = "days since 1970 stay far below 2^53")]
    let value = -(value as f64);
    FORMATTERS.with_borrow_mut(|formatters| {
        let make = || Intl::RelativeTimeFormat::new(&locales(tag), &object(&[("numeric", "auto"), ("style", "short")]));
        formatters.relative.get_or_insert_with(make).format(value, unit).into()
    })
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
    time(Form::Local, &[("dateStyle", "medium"), ("timeStyle", "short"), ("timeZone", "UTC")], seconds)
}

/// A day (`2020-09-15`) in the language's short form: `Tue 15 Sept`. Where a language writes it without spaces, it may be
/// broken between month, day and weekday all the same.
pub fn local_day(day: &str) -> String {
    let Some(seconds) = parse_iso(&format!("{day}T00:00:00Z")) else { return day.to_owned() };
    let options = [("month", "short"), ("day", "numeric"), ("weekday", "short"), ("timeZone", "UTC")];
    time(Form::Day, &options, seconds).replace('月', "月\u{200b}").replace('周', " 周")
}

/// Today by the browser's clock and zone, as `2020-09-15`.
pub fn today() -> String {
    let now = Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// The plural category of a count: `one`, `other`, ….
pub(super) fn plural_category(count: i64) -> JsValue {
    let tag = language().tag;
    FORMATTERS.with_borrow_mut(|formatters| {
        let rules = formatters.plurals.get_or_insert_with(|| Intl::PluralRules::new(&locales(tag), &Object::new()));
        #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        rules.select(count as f64).into()
    })
}

fn time(form: Form, options: &[(&str, &str)], epoch_seconds: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "epoch milliseconds stay below 2^53")]
    let date = Date::new(&JsValue::from_f64(epoch_seconds as f64 * 1000.0));
    // A time outside what a Date can hold would throw in the formatter.
    if date.get_time().is_nan() {
        return epoch_seconds.to_string();
    }
    write(form, options, &date)
}

/// Calls the bound formatter of a form.
fn write(form: Form, options: &[(&str, &str)], value: &JsValue) -> String {
    let tag = language().tag;
    let make = || match form {
        Form::Number => Intl::NumberFormat::new(&locales(tag), &Object::new()).format(),
        _ => Intl::DateTimeFormat::new(&locales(tag), &object(options)).format(),
    };
    let formatter = FORMATTERS.with_borrow_mut(|formatters| match formatters.forms.get_mut(form as usize) {
        Some(place) => place.get_or_insert_with(make).clone(),
        None => make(),
    });
    formatter.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The language as the browser's owner writes it, if that is known (`en-GB`, `fr-CH`), then the language itself.
fn locales(tag: &str) -> Array {
    let own =
        window().navigator().languages().iter().find(|own| {
            own.as_string().is_some_and(|own| own.strip_prefix(tag).is_some_and(|rest| rest.starts_with('-')))
        });
    own.into_iter().chain([JsValue::from_str(tag)]).collect()
}

fn object(options: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in options {
        // Setting a plain property of a fresh object cannot fail.
        let _ = Reflect::set(object.unchecked_ref(), &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}
