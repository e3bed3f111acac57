//! Maps an HTTP response to a typed value or an [`Error`]. The only place that does so, for all vendors.

use crate::decode::DecodeError;
use crate::endpoint::{Endpoint, Method, Service};
use crate::error::{Error, ErrorKind, RAW_LIMIT};
use crate::lenient::{self, UnreadableRecords};
use crate::validate::{FieldError, ValidationError};
use crate::vendor_error::VendorError;
use crate::{comm100, digital99, gateway, jtel, oneview, sobot};

/// The parts of an HTTP response that the mapper needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct HttpResponse<'a> {
    /// HTTP status.
    pub status: u16,
    /// The header `Trunkline-Error`. Only the gateway sets it, on requests that it refuses itself.
    pub gateway_error: Option<&'a str>,
    /// `Retry-After`, converted to seconds from now.
    pub retry_after: Option<u32>,
    /// The header `Trunkline-Request-Id`.
    pub request_id: Option<&'a str>,
    /// The body's bytes.
    pub body: &'a [u8],
}

/// Parses the response to a request of type `E`. Unreadable records of a list are left out.
///
/// # Errors
/// If the gateway or the vendor refused the request, or the body does not match the contract.
#[allow(clippy::result_large_err, reason = "made once per failed request, never on the way of a good response")]
pub fn parse_response<E: Endpoint>(response: &HttpResponse<'_>) -> Result<E::Response, Error> {
    parse_list_response::<E>(response).map(|(response, _)| response)
}

/// Like [`parse_response`], and also returns the list's unreadable records.
///
/// # Errors
/// As [`parse_response`].
#[allow(clippy::result_large_err, reason = "made once per failed request, never on the way of a good response")]
pub fn parse_list_response<E: Endpoint>(
    response: &HttpResponse<'_>,
) -> Result<(E::Response, UnreadableRecords), Error> {
    // These two are not generic, so they are compiled once and not per endpoint.
    check_status(E::SERVICE, E::METHOD, E::PATH, response)?;
    lenient::decode::<E>(response.body)
        .map_err(|failure| decode_error(E::SERVICE, E::METHOD, E::PATH, response, failure))
}

/// Builds an error that names the endpoint and carries the response's details.
fn build_error(
    service: Service,
    endpoint: String,
    response: &HttpResponse<'_>,
    kind: ErrorKind,
    details: VendorError,
) -> Error {
    Error {
        kind,
        service,
        endpoint,
        status: Some(response.status),
        code: details.code,
        message: details.message,
        request_id: response.request_id.map(str::to_owned),
        raw: body_excerpt(response.body),
    }
}

/// Errors if the status is not 2xx, or if the gateway set its error header.
#[allow(clippy::result_large_err, reason = "made once per failed request, never on the way of a good response")]
fn check_status(service: Service, method: Method, path: &str, response: &HttpResponse<'_>) -> Result<(), Error> {
    let name = || format!("{method} {path}");
    if let Some(code) = response.gateway_error {
        let kind = kind_for_gateway_code(code, response.retry_after, response.body);
        let reporter = if code == "budget" { gateway::error::limited_by(response.body) } else { Service::Gateway };
        return Err(build_error(reporter, name(), response, kind, gateway::error::parse(response.body)));
    }
    if (200..300).contains(&response.status) {
        return Ok(());
    }
    let mut details = vendor_error(service, response.body);
    if response.status != 404 && details.code.as_deref() == Some(jtel::error::NO_SUCH_ENDPOINT) {
        // An empty body means a missing endpoint only with a 404.
        details.code = None;
    }
    let kind = kind_for_status(response, &details);
    Err(build_error(service, name(), response, kind, details))
}

/// Builds the error for a 2xx response that could not be decoded.
fn decode_error(
    service: Service,
    method: Method,
    path: &str,
    response: &HttpResponse<'_>,
    failure: DecodeError,
) -> Error {
    let (kind, details) = match failure {
        DecodeError::Undecodable { path, found } => (ErrorKind::Undecodable { path, found }, VendorError::default()),
        DecodeError::Refused { code, message } => (ErrorKind::Refused, VendorError { code, message, field: None }),
    };
    build_error(service, format!("{method} {path}"), response, kind, details)
}

/// The endpoint's name in errors, such as `GET /ticketing/channelAccounts`.
pub fn endpoint_name<E: Endpoint>() -> String {
    format!("{} {}", E::METHOD, E::PATH)
}

/// Parses a failure body in the vendor's format.
pub fn vendor_error(service: Service, body: &[u8]) -> VendorError {
    match service {
        Service::Comm100 => comm100::error::parse(body),
        Service::Jtel => jtel::error::parse(body),
        Service::Oneview => oneview::error::parse(body),
        Service::Sobot => sobot::error::parse(body),
        Service::Digital99 => digital99::error::parse(body),
        Service::Gateway => gateway::error::parse(body),
    }
}

/// Maps the code in the gateway's error header to an error kind.
fn kind_for_gateway_code(code: &str, retry_after: Option<u32>, body: &[u8]) -> ErrorKind {
    match code {
        "signed-out" => ErrorKind::SignedOut,
        "forbidden" => ErrorKind::Forbidden,
        "budget" => ErrorKind::RateLimited(retry_after),
        "unreachable" if gateway::error::was_sent(body) => ErrorKind::Lost,
        "unreachable" => ErrorKind::Unreachable,
        "timeout" => ErrorKind::TimedOut,
        "invalid" => ErrorKind::Invalid(gateway::error::field_errors(body)),
        "not-found" => ErrorKind::NotFound,
        "conflict" => ErrorKind::Conflict,
        "fault" => ErrorKind::ServerFault,
        // csrf, not-allowed, and any code of a newer gateway.
        _ => ErrorKind::NotAllowed,
    }
}

/// Maps a vendor's non-2xx status to an error kind.
fn kind_for_status(response: &HttpResponse<'_>, details: &VendorError) -> ErrorKind {
    match response.status {
        400 | 422 => {
            let field = details.field.clone().zip(details.message.clone());
            ErrorKind::Invalid(
                field
                    .map(|(field, words)| FieldError { field, problem: ValidationError::Said(words) })
                    .into_iter()
                    .collect(),
            )
        }
        401 => ErrorKind::KeyRefused,
        // Comm100 may throttle with a 403, which then has a Retry-After.
        403 if response.retry_after.is_some() => ErrorKind::RateLimited(response.retry_after),
        403 => ErrorKind::Forbidden,
        404 | 410 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited(response.retry_after),
        408 | 504 => ErrorKind::TimedOut,
        _ => ErrorKind::ServerFault,
    }
}

/// The first [`RAW_LIMIT`] bytes of a body as text, truncated at a character boundary. `None` if the body is blank.
fn body_excerpt(body: &[u8]) -> Option<String> {
    let mut cut = body.get(..RAW_LIMIT).unwrap_or(body);
    if let (true, Err(error)) = (cut.len() < body.len(), std::str::from_utf8(cut))
        && error.error_len().is_none()
    {
        cut = cut.get(..error.valid_up_to()).unwrap_or(cut);
    }
    let text = String::from_utf8_lossy(cut).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Seconds to wait according to a `Retry-After` header, which is a number of seconds or an HTTP date.
///
/// `parse_date` converts an HTTP date to epoch seconds; `now` is in epoch seconds. Past times give 0, waits are capped
/// at one day. `None` if the header is neither form, or is negative.
pub fn retry_after(header: &str, now: i64, parse_date: impl Fn(&str) -> Option<i64>) -> Option<u32> {
    const DAY: i64 = 86_400;
    let header = header.trim();
    let seconds = match header.parse::<i64>() {
        Ok(seconds) if seconds < 0 => return None,
        Ok(seconds) => seconds,
        Err(_) => parse_date(header)?.saturating_sub(now),
    };
    u32::try_from(seconds.clamp(0, DAY)).ok()
}
