//! The small pieces of a call to an upstream: what makes two equal, what of an answer is passed on, how credentials are
//! written.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use reqwest::Response;
use trunkline_api::Vendor;

use super::answer::Head;
use crate::config::Secret;
use crate::gateway::refusal::Refused;
use crate::vendor_call::Call;

/// What makes two reads equal. Whose they are doesn't: the vendor sees the same key for every user.
pub fn flight_key(call: &Call) -> String {
    let mut key = format!("{} {}", call.endpoint.method, call.path);
    for (name, value) in &call.query {
        key.push('\0');
        key.push_str(name);
        key.push('\0');
        key.push_str(value);
    }
    key.push('\n');
    key.push_str(&String::from_utf8_lossy(&call.body));
    key
}

/// Status, media type and `Retry-After`; a vendor's other headers stay here.
pub fn head(response: &Response) -> Head {
    Head {
        status: response.status().as_u16(),
        content_type: media_type(response.headers()),
        retry_after: retry_after(response.headers()),
    }
}

/// A vendor's `Retry-After`. A date is made seconds by the vendor's own `Date`: nobody else's clock is the vendor's.
fn retry_after(headers: &HeaderMap) -> Option<HeaderValue> {
    let wait = headers.get(header::RETRY_AFTER)?;
    let seconds = moment(headers, &header::RETRY_AFTER).zip(moment(headers, &header::DATE));
    Some(seconds.map_or_else(|| wait.clone(), |(then, now)| HeaderValue::from((then - now).max(0))))
}

/// The epoch seconds of a header that is a date.
fn moment(headers: &HeaderMap, name: &HeaderName) -> Option<i64> {
    let text = headers.get(name)?.to_str().ok()?;
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(jiff::Timestamp::as_second)
}

/// JSON stays JSON; whatever else is shown as text, never run.
fn media_type(headers: &HeaderMap) -> Option<&'static str> {
    headers.get(header::CONTENT_TYPE).map(|value| passed_media(value.to_str().unwrap_or("")))
}

/// What a vendor's media type is passed on as.
pub fn passed_media(value: &str) -> &'static str {
    let value = value.to_ascii_lowercase();
    let media = value.split(';').next().unwrap_or("").trim();
    if media == "application/json" || media.ends_with("+json") {
        "application/json"
    } else {
        "text/plain; charset=utf-8"
    }
}

/// Whether an answer is looked at before anything of it is passed on: one-view's for its secrets, 99digital's for a token
/// that is over; Sobot complains with status 200, too, and a complaint may quote what it complains of.
pub fn is_read_whole(vendor: Vendor, status: u16) -> bool {
    matches!(vendor, Vendor::Oneview | Vendor::Digital99 | Vendor::Sobot) || !(200..300).contains(&status)
}

/// Whether a status may be passed on. 1xx and 407 are about a connection, which is the gateway's own here; above 599
/// nothing is defined.
pub fn is_final(status: u16) -> bool {
    (200..600).contains(&status) && status != 407
}

/// `Bearer …`.
///
/// # Errors
/// When the token is no header's value.
pub fn bearer(token: &Secret) -> Result<HeaderValue, Refused> {
    sensitive(&format!("Bearer {}", token.reveal()))
}

/// A value that no log of a library shows.
///
/// # Errors
/// When it is no header's value.
pub fn sensitive(value: &str) -> Result<HeaderValue, Refused> {
    let mut value = HeaderValue::try_from(value).map_err(|_| Refused::fault())?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dated_wait_goes_by_the_vendors_own_clock() {
        let passed = |wait: &'static str, date: Option<&'static str>| {
            let mut headers = HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from_static(wait))]);
            headers.extend(date.map(|date| (header::DATE, HeaderValue::from_static(date))));
            retry_after(&headers).unwrap().to_str().unwrap().to_owned()
        };
        let now = Some("Sun, 06 Nov 1994 08:49:32 GMT");
        assert_eq!(passed("Sun, 06 Nov 1994 08:49:37 GMT", now), "5");
        assert_eq!(passed("Sun, 06 Nov 1994 08:00:00 GMT", now), "0");
        assert_eq!(passed("7", now), "7");
        assert_eq!(passed("soon", now), "soon");
        assert_eq!(passed("Sun, 06 Nov 1994 08:49:37 GMT", None), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
