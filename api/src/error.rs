//! The one error type: everything that can go wrong between a click and a typed value.

use crate::endpoint::Vendor;
use crate::validate::FieldError;

/// How many bytes of a broken answer are kept for "Details".
pub const RAW_LIMIT: usize = 4096;

/// What went wrong, with all that is known about it. Words for people come from the catalogue, by [`ErrorKind`].
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// What went wrong.
    pub kind: ErrorKind,
    /// Who said so: a vendor, or [`Vendor::Gateway`] for the gateway and the network before it. Of a limit, whose it is.
    pub vendor: Vendor,
    /// Method and path template, such as `GET /ticketing/channelAccounts`.
    pub endpoint: String,
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The vendor's own code: Comm100 `code`, one-view `errorCode`, 99digital `reason`, Sobot `ret_code`.
    pub code: Option<String>,
    /// The vendor's own words.
    pub message: Option<String>,
    /// The gateway's id of the request, for its log.
    pub request_id: Option<String>,
    /// The beginning of the answer's body, where it explains something (at most [`RAW_LIMIT`] bytes).
    pub raw: Option<String>,
}

/// The kinds of failure that people are told apart.
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorKind {
    /// The browser has no connection, or the gateway doesn't answer.
    Offline,
    /// No answer in time.
    TimedOut,
    /// Superseded or left: never shown.
    Cancelled,
    /// The answer to a write was lost: nobody knows whether it arrived.
    Lost,
    /// The answer to a write was lost, and a look showed that the write was not done.
    NotArrived,
    /// The gateway's session is over: sign-in opens. Only the gateway says this.
    SignedOut,
    /// The user's role doesn't allow it (gateway), or the vendor refuses the action (HTTP 403).
    Forbidden,
    /// The gateway knows no such endpoint, or a forgery check failed.
    NotAllowed,
    /// The vendor refused the console's key (HTTP 401).
    KeyRefused,
    /// No such record.
    NotFound,
    /// jtel: "already exists / precondition not met" (HTTP 409); of the gateway: somebody else saved the record meanwhile.
    Conflict,
    /// The request's values are wrong; empty when the vendor named no field.
    Invalid(Vec<FieldError>),
    /// Too many calls; seconds until the next may be tried, where known.
    RateLimited(Option<u32>),
    /// The vendor answered "no" in a successful answer's body (99digital, Sobot).
    Refused,
    /// The vendor failed (HTTP 5xx), or answered with a status its contract doesn't name.
    ServerFault,
    /// The gateway could not reach the vendor.
    Unreachable,
    /// The answer is not what the contract says.
    Undecodable {
        /// Where in the JSON, such as `$.records[3].ID`.
        path: String,
        /// What stood there, in the decoder's words.
        found: String,
    },
}

impl Error {
    /// An error before or without an answer.
    pub fn without_answer(kind: ErrorKind, vendor: Vendor, endpoint: String) -> Self {
        Self { kind, vendor, endpoint, status: None, code: None, message: None, request_id: None, raw: None }
    }

    /// Whether asking again may help without anybody changing anything.
    pub fn is_transient(&self) -> bool {
        match self.kind {
            ErrorKind::Offline
            | ErrorKind::TimedOut
            | ErrorKind::Lost
            | ErrorKind::NotArrived
            | ErrorKind::RateLimited(_)
            | ErrorKind::ServerFault
            | ErrorKind::Unreachable => true,
            ErrorKind::Cancelled
            | ErrorKind::SignedOut
            | ErrorKind::Forbidden
            | ErrorKind::NotAllowed
            | ErrorKind::KeyRefused
            | ErrorKind::NotFound
            | ErrorKind::Conflict
            | ErrorKind::Invalid(_)
            | ErrorKind::Refused
            | ErrorKind::Undecodable { .. } => false,
        }
    }

    /// Whether a record by its id was asked for: then "not found" is about the record, else about the address.
    pub fn is_about_record(&self) -> bool {
        // `{id}`, or what is done with it: `{id}:enableBot`.
        let by_id = self.endpoint.rsplit('/').next().is_some_and(|last| last.contains('}'));
        match self.code.as_deref() {
            Some(crate::jtel::error::NO_SUCH_ENDPOINT) => false,
            // The gateway's own word for a record; an endpoint that it lacks is `not-allowed`.
            Some("not-found") => true,
            _ => by_id,
        }
    }

    /// The problems by field, when the error is about values.
    pub fn fields(&self) -> &[FieldError] {
        match &self.kind {
            ErrorKind::Invalid(fields) => fields,
            _ => &[],
        }
    }
}
