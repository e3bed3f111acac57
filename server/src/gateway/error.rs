//! The gateway's own errors, distinguished from vendors' responses by the header `Trunkline-Error`.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use trunkline_api::gateway::error::ErrorBody;
use trunkline_api::{FieldError, Service};

/// Response header of the gateway's own errors; no vendor's response has it.
pub const ERROR_HEADER: HeaderName = HeaderName::from_static("trunkline-error");
/// Response header with the request's id, on every response below `/api`.
pub const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("trunkline-request-id");

/// An error response. Its body is written when the request's id is known: see [`write_error`].
#[derive(Clone, Debug)]
pub struct ApiError {
    /// HTTP status.
    pub status: StatusCode,
    /// Error code, as in the header.
    pub code: &'static str,
    /// English message.
    pub message: String,
    /// Value of `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
    /// Validation errors by field, for `invalid`.
    pub fields: Vec<FieldError>,
    /// For `unreachable`: true if the request had been sent.
    pub sent: bool,
    /// For `budget`: the vendor whose limit is used up.
    pub vendor: Option<Service>,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after: None, fields: Vec::new(), sent: false, vendor: None }
    }

    /// 400: invalid HTTP request.
    pub fn bad_request(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", message)
    }

    /// 401: no session, or it has expired.
    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "signed-out", "Sign in first.")
    }

    /// 403: the user has no permission.
    pub fn forbidden(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// 403: possible cross-site request forgery.
    pub fn csrf() -> Self {
        Self::new(StatusCode::FORBIDDEN, "csrf", "The request lacks the header X-Trunkline or comes from another site.")
    }

    /// 404: no such endpoint.
    pub fn no_such_endpoint() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-allowed", "The gateway has no such endpoint.")
    }

    /// 404: the gateway has no such record.
    pub fn not_found(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", message)
    }

    /// 422: invalid values.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self { fields, ..Self::malformed("Some values are wrong.") }
    }

    /// 422: the request can't be parsed.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message)
    }

    /// 413: the body exceeds a limit in bytes.
    pub fn larger_than(limit: usize) -> Self {
        let size = match limit {
            0..1_048_576 => format!("{} KiB", limit / 1024),
            _ => format!("{} MiB", limit / 1_048_576),
        };
        let message = format!("The request's body is larger than {size}.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "invalid", message)
    }

    /// 422: the body is not the expected JSON. The message never quotes it: it may hold a password.
    pub fn not_json(line: usize, column: usize) -> Self {
        Self::malformed(format!("The body is not the JSON expected here (line {line}, column {column})."))
    }

    /// 429: too many calls. `seconds`: until the next is allowed.
    pub fn budget(seconds: u32, message: &str) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "budget", message) }
    }

    /// 429: a vendor's call budget is used up. `seconds`: until the next call is allowed.
    pub fn vendor_budget(vendor: Service, seconds: u32) -> Self {
        let message = format!("The calls to {} are used up for now.", vendor.name());
        Self { vendor: Some(vendor), ..Self::budget(seconds, &message) }
    }

    /// 409: someone else has changed the record since it was read.
    pub fn conflict(message: &str) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", message)
    }

    /// 502: no connection to the vendor.
    pub fn unreachable(vendor: Service) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, "unreachable", format!("{} can't be reached.", vendor.name()))
    }

    /// 502: the connection to the vendor broke after the request was sent.
    pub fn connection_reset(vendor: Service) -> Self {
        Self { sent: true, ..Self::unreachable(vendor) }
    }

    /// 504: the vendor did not respond in time.
    pub fn timeout(vendor: Service) -> Self {
        Self::new(StatusCode::GATEWAY_TIMEOUT, "timeout", format!("{} didn't answer in time.", vendor.name()))
    }

    /// 408: the request's body did not arrive in time.
    pub fn request_timeout() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The request's body took too long.")
    }

    /// 500: internal error. Details go to the log only.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "The gateway failed; its log says why.")
    }

    /// 502: a vendor responded with a status that no endpoint has.
    pub fn bad_status(vendor: Service, status: u16) -> Self {
        let message = format!("{} answered with the status {status}, which is none of an API.", vendor.name());
        Self { sent: true, ..Self::new(StatusCode::BAD_GATEWAY, "fault", message) }
    }

    /// 502: a vendor's response that can't be passed on safely.
    pub fn unsafe_response(vendor: Service) -> Self {
        let message = format!("{}'s answer could not be read and may hold secrets.", vendor.name());
        Self::new(StatusCode::BAD_GATEWAY, "fault", message)
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the database failed");
        Self::internal()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes an error's header and body once the request's id is known. Other responses stay unchanged.
pub fn write_error(mut response: Response, request_id: &str) -> Response {
    if let Some(refused) = response.extensions_mut().remove::<ApiError>() {
        let body = ErrorBody {
            error: refused.code.to_owned(),
            message: refused.message,
            request_id: request_id.to_owned(),
            fields: refused.fields,
            sent: refused.sent,
            vendor: refused.vendor.map(Service::key),
        };
        *response.body_mut() = Body::from(trunkline_api::decode::to_json(&body));
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ERROR_HEADER, HeaderValue::from_static(refused.code));
        if let Some(seconds) = refused.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    response
}
