//! Headers of calls to an upstream: those of the response that are passed on, and credentials.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use reqwest::Response;

use super::shared_response::Head;
use crate::config::Secret;
use crate::gateway::error::ApiError;

/// Status, media type and `Retry-After`; a vendor's other headers are dropped.
pub fn head(response: &Response) -> Head {
    Head {
        status: response.status().as_u16(),
        content_type: media_type(response.headers()),
        retry_after: retry_after(response.headers()),
    }
}

/// A vendor's `Retry-After`. A date becomes seconds relative to the vendor's own `Date`, because clocks differ.
fn retry_after(headers: &HeaderMap) -> Option<HeaderValue> {
    let wait = headers.get(header::RETRY_AFTER)?;
    let seconds = epoch_seconds(headers, &header::RETRY_AFTER).zip(epoch_seconds(headers, &header::DATE));
    Some(seconds.map_or_else(|| wait.clone(), |(then, now)| HeaderValue::from((then - now).max(0))))
}

/// Epoch seconds of a date header; `None` if it is not a date.
fn epoch_seconds(headers: &HeaderMap, name: &HeaderName) -> Option<i64> {
    let text = headers.get(name)?.to_str().ok()?;
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(jiff::Timestamp::as_second)
}

/// The media type to pass on: JSON as JSON, anything else as text, so that it never runs.
fn media_type(headers: &HeaderMap) -> Option<&'static str> {
    headers.get(header::CONTENT_TYPE).map(|value| passed_media(value.to_str().unwrap_or("")))
}

/// Maps a vendor's media type to the one that is passed on.
pub fn passed_media(value: &str) -> &'static str {
    let value = value.to_ascii_lowercase();
    let media = value.split(';').next().unwrap_or("").trim();
    if media == "application/json" || media.ends_with("+json") {
        "application/json"
    } else {
        "text/plain; charset=utf-8"
    }
}

/// Returns true if a status may be passed on. 1xx and 407 concern a connection, which is the gateway's own here; above
/// 599 nothing is defined.
pub fn is_passable(status: u16) -> bool {
    (200..600).contains(&status) && status != 407
}

/// `Bearer …`.
///
/// # Errors
/// If the token is no valid header value.
pub fn bearer(token: &Secret) -> Result<HeaderValue, ApiError> {
    sensitive(&format!("Bearer {}", token.reveal()))
}

/// A header value marked as sensitive, so that libraries don't log it.
///
/// # Errors
/// If it is no valid header value.
pub fn sensitive(value: &str) -> Result<HeaderValue, ApiError> {
    let mut value = HeaderValue::try_from(value).map_err(|_| ApiError::internal())?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_date_is_relative_to_the_vendors_clock() {
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
