//! A vendor request and its response, in one form for the sandbox and for upstreams.

use std::sync::Arc;

use axum::http::HeaderValue;
use bytes::Bytes;
use trunkline_api::registry::EndpointEntry;

/// A request to an endpoint of the registry.
#[derive(Clone, Debug)]
pub struct VendorRequest {
    /// The endpoint.
    pub endpoint: &'static EndpointEntry,
    /// The path below the vendor's base, still percent-encoded.
    pub path: String,
    /// The path's parameters, decoded, in the template's order.
    pub path_params: Vec<String>,
    /// Query parameters, decoded; only names that the endpoint allows.
    pub query: Vec<(String, String)>,
    /// The body; empty if there is none.
    pub body: Bytes,
    /// Change number and user of the request.
    pub origin: RequestOrigin,
}

/// Change number and user of a vendor request.
#[derive(Clone, Debug, Default)]
pub struct RequestOrigin {
    /// Number of the last change before the request.
    pub change: u64,
    /// The user's name; empty for the gateway itself.
    pub user: Arc<str>,
}

/// A vendor's complete response.
#[derive(Clone, Debug, PartialEq)]
pub struct VendorResponse {
    /// HTTP status.
    pub status: u16,
    /// Media type; `None` for an empty body.
    pub content_type: Option<&'static str>,
    /// `Retry-After`, in either of its forms.
    pub retry_after: Option<HeaderValue>,
    /// The body.
    pub body: Bytes,
}

impl VendorResponse {
    /// A JSON response.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, content_type: Some("application/json"), retry_after: None, body: body.into() }
    }

    /// A response without a body.
    pub const fn empty(status: u16) -> Self {
        Self { status, content_type: None, retry_after: None, body: Bytes::new() }
    }
}
