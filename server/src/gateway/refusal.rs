//! What the gateway refuses itself, told apart from a vendor's answers by the header `Trunkline-Error`.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use trunkline_api::gateway::error::Refusal;
use trunkline_api::{FieldError, Vendor};

/// The header that no vendor's answer ever has.
pub const ERROR: HeaderName = HeaderName::from_static("trunkline-error");
/// The request's id, on every answer below `/api`.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("trunkline-request-id");

/// A refusal. It becomes an answer when the request's id is known: [`finish`].
#[derive(Clone, Debug)]
pub struct Refused {
    /// HTTP status.
    pub status: StatusCode,
    /// The word of the header.
    pub word: &'static str,
    /// In words.
    pub message: String,
    /// Seconds for `Retry-After`.
    pub retry_after: Option<u32>,
    /// Problems by field, for `invalid`.
    pub fields: Vec<FieldError>,
    /// For `unreachable`: whether the request had gone out.
    pub sent: bool,
    /// For `budget`: the vendor whose limit it is.
    pub vendor: Option<Vendor>,
}

impl Refused {
    fn new(status: StatusCode, word: &'static str, message: impl Into<String>) -> Self {
        Self { status, word, message: message.into(), retry_after: None, fields: Vec::new(), sent: false, vendor: None }
    }

    /// 400: not a request that HTTP allows.
    pub fn bad_request(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", message)
    }

    /// 401: no session, or one that is over.
    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "signed-out", "Sign in first.")
    }

    /// 403: the user may not.
    pub fn forbidden(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// 403: the request may come from another site.
    pub fn csrf() -> Self {
        Self::new(StatusCode::FORBIDDEN, "csrf", "The request lacks the header X-Trunkline or comes from another site.")
    }

    /// 404: no such endpoint.
    pub fn not_allowed() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-allowed", "The gateway has no such endpoint.")
    }

    /// 404: no such record of the gateway's own.
    pub fn not_found(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", message)
    }

    /// 422: values are wrong.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self { fields, ..Self::malformed("Some values are wrong.") }
    }

    /// 422: the request can't be read.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message)
    }

    /// 413: the request's body is over the usual limit.
    pub fn too_large() -> Self {
        Self::larger_than(super::body::LIMIT)
    }

    /// 413: the request's body is over a limit.
    pub fn larger_than(limit: usize) -> Self {
        let size = match limit {
            0..1_048_576 => format!("{} KiB", limit / 1024),
            _ => format!("{} MiB", limit / 1_048_576),
        };
        let message = format!("The request's body is larger than {size}.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "invalid", message)
    }

    /// 422: the body is not JSON of the shape expected. The words never quote it: it may hold a password.
    pub fn not_json(line: usize, column: usize) -> Self {
        Self::malformed(format!("The body is not the JSON expected here (line {line}, column {column})."))
    }

    /// 429: too many calls; seconds until the next may go out.
    pub fn budget(seconds: u32, message: &str) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "budget", message) }
    }

    /// 429: the calls that a vendor allows are used up; seconds until the next may go out.
    pub fn vendor_budget(vendor: Vendor, seconds: u32) -> Self {
        let message = format!("The calls to {} are used up for now.", vendor.name());
        Self { vendor: Some(vendor), ..Self::budget(seconds, &message) }
    }

    /// 409: somebody else changed the record since it was read.
    pub fn conflict(message: &str) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", message)
    }

    /// 502: the vendor can't be reached.
    pub fn unreachable(vendor: Vendor) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, "unreachable", format!("{} can't be reached.", vendor.name()))
    }

    /// 502: the connection to the vendor broke when the request had gone out.
    pub fn broken(vendor: Vendor) -> Self {
        Self { sent: true, ..Self::unreachable(vendor) }
    }

    /// 504: the vendor took too long.
    pub fn timeout(vendor: Vendor) -> Self {
        Self::new(StatusCode::GATEWAY_TIMEOUT, "timeout", format!("{} didn't answer in time.", vendor.name()))
    }

    /// 408: the request's own body took too long.
    pub fn slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The request's body took too long.")
    }

    /// 500: the gateway failed. What happened goes to the log alone.
    pub fn fault() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "The gateway failed; its log says why.")
    }

    /// 502: a vendor answered with a status that no endpoint has.
    pub fn bad_status(vendor: Vendor, status: u16) -> Self {
        let message = format!("{} answered with the status {status}, which is none of an API.", vendor.name());
        Self { sent: true, ..Self::new(StatusCode::BAD_GATEWAY, "fault", message) }
    }

    /// 502: a vendor's answer that can't be passed on safely.
    pub fn unsafe_answer(vendor: Vendor) -> Self {
        let message = format!("{}'s answer could not be read and may hold secrets.", vendor.name());
        Self::new(StatusCode::BAD_GATEWAY, "fault", message)
    }
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the database failed");
        Self::fault()
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes a refusal's header and body once the request's id is known; other answers stay as they are.
pub fn finish(mut response: Response, request_id: &str) -> Response {
    if let Some(refused) = response.extensions_mut().remove::<Refused>() {
        let body = Refusal {
            error: refused.word.to_owned(),
            message: refused.message,
            request_id: request_id.to_owned(),
            fields: refused.fields,
            sent: refused.sent,
            vendor: refused.vendor.map(Vendor::key),
        };
        *response.body_mut() = Body::from(trunkline_api::wire::to_json(&body));
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ERROR, HeaderValue::from_static(refused.word));
        if let Some(seconds) = refused.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    response
}
