//! The error type of every request, from the network to decoding.

use crate::endpoint::Service;
use crate::validate::FieldError;

/// The most bytes of a failed response that are stored for "Details".
pub const RAW_LIMIT: usize = 4096;

/// A failed request, with all available details. The user-facing text comes from the catalogue, by [`ErrorKind`].
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The failure's kind.
    pub kind: ErrorKind,
    /// The service that reported the failure: a vendor, or [`Service::Gateway`] for the gateway and the network in front
    /// of it. For a rate limit, the service that set the limit.
    pub service: Service,
    /// Method and path template, such as `GET /ticketing/channelAccounts`.
    pub endpoint: String,
    /// HTTP status, if there was a response.
    pub status: Option<u16>,
    /// The vendor's own code: Comm100 `code`, one-view `errorCode`, 99digital `reason`, Sobot `ret_code`.
    pub code: Option<String>,
    /// The vendor's own message.
    pub message: Option<String>,
    /// The request's id in the gateway's log.
    pub request_id: Option<String>,
    /// The start of the response body, if it explains the failure (at most [`RAW_LIMIT`] bytes).
    pub raw: Option<String>,
}

/// The kinds of failure that the user interface distinguishes.
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorKind {
    /// The browser has no connection, or the gateway does not respond.
    Offline,
    /// No response before the timeout.
    TimedOut,
    /// Superseded by a newer request, or the page was left. Never shown.
    Cancelled,
    /// The response to a write was lost, so it is unknown whether the write was done.
    Lost,
    /// The response to a write was lost, and a read-back showed that the write was not done.
    NotArrived,
    /// The gateway's session has expired; the sign-in page opens. Only the gateway reports this.
    SignedOut,
    /// The user's role does not allow the action (gateway), or the vendor refuses it (HTTP 403).
    Forbidden,
    /// The gateway has no such endpoint, or the CSRF check failed.
    NotAllowed,
    /// The vendor refused the console's key (HTTP 401).
    KeyRefused,
    /// No such record.
    NotFound,
    /// jtel: "already exists / precondition not met" (HTTP 409). Gateway: another user has saved the record.
    Conflict,
    /// The request's values are invalid. Empty if the vendor named no field.
    Invalid(Vec<FieldError>),
    /// Too many calls. Seconds until the next attempt, if known.
    RateLimited(Option<u32>),
    /// The vendor reported a failure in the body of a 2xx response (99digital, Sobot).
    Refused,
    /// The vendor failed (HTTP 5xx), or responded with a status that its contract does not name.
    ServerFault,
    /// The gateway could not reach the vendor.
    Unreachable,
    /// The response does not match the contract.
    Undecodable {
        /// JSON path, such as `$.records[3].ID`.
        path: String,
        /// The decoder's message about the value there.
        found: String,
    },
}

impl Error {
    /// An error of a request that has no response.
    pub fn without_answer(kind: ErrorKind, service: Service, endpoint: String) -> Self {
        Self { kind, service, endpoint, status: None, code: None, message: None, request_id: None, raw: None }
    }

    /// True if a retry may succeed without any other change.
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

    /// True if the request addressed a record by its id. If so, "not found" is about the record, else about the URL.
    pub fn is_about_record(&self) -> bool {
        // `{id}`, or an action on it such as `{id}:enableBot`.
        let by_id = self.endpoint.rsplit('/').next().is_some_and(|last| last.contains('}'));
        match self.code.as_deref() {
            Some(crate::jtel::error::NO_SUCH_ENDPOINT) => false,
            // The gateway's code for a missing record. For a missing endpoint its code is `not-allowed`.
            Some("not-found") => true,
            _ => by_id,
        }
    }

    /// The validation errors by field; empty if the error has none.
    pub fn fields(&self) -> &[FieldError] {
        match &self.kind {
            ErrorKind::Invalid(fields) => fields,
            _ => &[],
        }
    }
}
