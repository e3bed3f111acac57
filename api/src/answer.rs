//! One mapper from an HTTP answer to a typed response or an [`Error`].

use crate::endpoint::{Endpoint, Method, Vendor};
use crate::error::{Error, ErrorKind, RAW_LIMIT};
use crate::lenient::{self, Unreadable};
use crate::validate::{FieldError, Problem};
use crate::wire::Failure;
use crate::{comm100, digital99, gateway, jtel, oneview, sobot};

/// An HTTP answer, as far as the mapper needs it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// The header `Trunkline-Error`: set by the gateway for what it refuses itself, never by a vendor.
    pub gateway_error: Option<&'a str>,
    /// `Retry-After`, already in seconds from now.
    pub retry_after: Option<u32>,
    /// The header `Trunkline-Request-Id`.
    pub request_id: Option<&'a str>,
    /// The body's bytes.
    pub body: &'a [u8],
}

/// What a vendor's failure body says; whatever is absent is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Complaint {
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's words.
    pub message: Option<String>,
    /// The field the words are about, where the vendor names one.
    pub field: Option<String>,
}

/// Reads an answer to a request of type `E`; of a list, the records that can be read.
#[allow(clippy::result_large_err, reason = "made once per failed request, never on the way of a good answer")]
pub fn read<E: Endpoint>(answer: &Answer<'_>) -> Result<E::Response, Error> {
    read_list::<E>(answer).map(|(response, _)| response)
}

/// As [`read`], with the list's records that can't be read.
#[allow(clippy::result_large_err, reason = "made once per failed request, never on the way of a good answer")]
pub fn read_list<E: Endpoint>(answer: &Answer<'_>) -> Result<(E::Response, Unreadable), Error> {
    // What is the same for every endpoint is compiled once.
    refusal(E::VENDOR, E::METHOD, E::PATH, answer)?;
    lenient::read::<E>(answer.body).map_err(|failure| unusable(E::VENDOR, E::METHOD, E::PATH, answer, failure))
}

/// An error that names the endpoint and carries what the answer has.
fn error(vendor: Vendor, endpoint: String, answer: &Answer<'_>, kind: ErrorKind, complaint: Complaint) -> Error {
    Error {
        kind,
        vendor,
        endpoint,
        status: Some(answer.status),
        code: complaint.code,
        message: complaint.message,
        request_id: answer.request_id.map(str::to_owned),
        raw: raw(answer.body),
    }
}

/// An answer that says no by its status, or that the gateway gave itself.
#[allow(clippy::result_large_err, reason = "made once per failed request, never on the way of a good answer")]
fn refusal(vendor: Vendor, method: Method, path: &str, answer: &Answer<'_>) -> Result<(), Error> {
    let name = || format!("{method} {path}");
    if let Some(word) = answer.gateway_error {
        let kind = gateway_kind(word, answer.retry_after, answer.body);
        let who = if word == "budget" { gateway::error::limited_by(answer.body) } else { Vendor::Gateway };
        return Err(error(who, name(), answer, kind, gateway::error::read(answer.body)));
    }
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    let mut complaint = complaint(vendor, answer.body);
    if answer.status != 404 && complaint.code.as_deref() == Some(jtel::error::NO_SUCH_ENDPOINT) {
        // Only with a 404 does jtel's empty body say that the endpoint is missing.
        complaint.code = None;
    }
    let kind = kind_of(answer, &complaint);
    Err(error(vendor, name(), answer, kind, complaint))
}

/// A successful answer that is none.
fn unusable(vendor: Vendor, method: Method, path: &str, answer: &Answer<'_>, failure: Failure) -> Error {
    let (kind, complaint) = match failure {
        Failure::Undecodable { path, found } => (ErrorKind::Undecodable { path, found }, Complaint::default()),
        Failure::Refused { code, message } => (ErrorKind::Refused, Complaint { code, message, field: None }),
    };
    error(vendor, format!("{method} {path}"), answer, kind, complaint)
}

/// `GET /ticketing/channelAccounts`: how an error names the endpoint.
pub fn endpoint_name<E: Endpoint>() -> String {
    format!("{} {}", E::METHOD, E::PATH)
}

/// Reads a failure body the way its vendor writes them.
pub fn complaint(vendor: Vendor, body: &[u8]) -> Complaint {
    match vendor {
        Vendor::Comm100 => comm100::error::read(body),
        Vendor::Jtel => jtel::error::read(body),
        Vendor::Oneview => oneview::error::read(body),
        Vendor::Sobot => sobot::error::read(body),
        Vendor::Digital99 => digital99::error::read(body),
        Vendor::Gateway => gateway::error::read(body),
    }
}

/// The gateway's own refusals, by the word in its header.
fn gateway_kind(word: &str, retry_after: Option<u32>, body: &[u8]) -> ErrorKind {
    match word {
        "signed-out" => ErrorKind::SignedOut,
        "forbidden" => ErrorKind::Forbidden,
        "budget" => ErrorKind::RateLimited(retry_after),
        "unreachable" if gateway::error::was_sent(body) => ErrorKind::Lost,
        "unreachable" => ErrorKind::Unreachable,
        "timeout" => ErrorKind::TimedOut,
        "invalid" => ErrorKind::Invalid(gateway::error::fields(body)),
        "not-found" => ErrorKind::NotFound,
        "conflict" => ErrorKind::Conflict,
        "fault" => ErrorKind::ServerFault,
        // csrf, not-allowed, and whatever a newer gateway may say.
        _ => ErrorKind::NotAllowed,
    }
}

/// The kind of a vendor's non-2xx answer.
fn kind_of(answer: &Answer<'_>, complaint: &Complaint) -> ErrorKind {
    match answer.status {
        400 | 422 => {
            let field = complaint.field.clone().zip(complaint.message.clone());
            ErrorKind::Invalid(
                field.map(|(field, words)| FieldError { field, problem: Problem::Said(words) }).into_iter().collect(),
            )
        }
        401 => ErrorKind::KeyRefused,
        // Comm100 may throttle with a 403: with a Retry-After it is one.
        403 if answer.retry_after.is_some() => ErrorKind::RateLimited(answer.retry_after),
        403 => ErrorKind::Forbidden,
        404 | 410 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited(answer.retry_after),
        408 | 504 => ErrorKind::TimedOut,
        _ => ErrorKind::ServerFault,
    }
}

/// The beginning of a body as text, cut at a character; none if there is nothing to read.
fn raw(body: &[u8]) -> Option<String> {
    let mut cut = body.get(..RAW_LIMIT).unwrap_or(body);
    if let (true, Err(error)) = (cut.len() < body.len(), std::str::from_utf8(cut))
        && error.error_len().is_none()
    {
        cut = cut.get(..error.valid_up_to()).unwrap_or(cut);
    }
    let text = String::from_utf8_lossy(cut).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Seconds to wait from a `Retry-After` header: a number of seconds, or an HTTP date that `parse_date` turns into
/// epoch seconds; `now` is epoch seconds. A time that is past is no wait, a wait past a day is held to a day; none for
/// anything else, a negative number included.
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
