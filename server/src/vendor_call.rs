//! A request to a vendor and its answer: one shape for the sandbox and for an upstream.

use std::sync::Arc;

use axum::http::HeaderValue;
use bytes::Bytes;
use trunkline_api::registry::Entry;

/// A request that fits an endpoint of the registry.
#[derive(Clone, Debug)]
pub struct Call {
    /// The endpoint.
    pub endpoint: &'static Entry,
    /// The path below the vendor's base, still percent-encoded.
    pub path: String,
    /// The path's values, decoded, in the template's order.
    pub values: Vec<String>,
    /// Query parameters, decoded; only names that the endpoint allows.
    pub query: Vec<(String, String)>,
    /// The body; empty if there is none.
    pub body: Bytes,
    /// When it was asked, and for whom.
    pub origin: Origin,
}

/// When a vendor is asked, and for whom.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The number of the last change before.
    pub change: u64,
    /// The user's name; empty for the gateway itself.
    pub user: Arc<str>,
}

/// A vendor's answer, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Media type; none for an empty body.
    pub content_type: Option<&'static str>,
    /// `Retry-After`, in either of its forms.
    pub retry_after: Option<HeaderValue>,
    /// The body.
    pub body: Bytes,
}

impl Reply {
    /// A JSON answer.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, content_type: Some("application/json"), retry_after: None, body: body.into() }
    }

    /// An answer without a body.
    pub const fn empty(status: u16) -> Self {
        Self { status, content_type: None, retry_after: None, body: Bytes::new() }
    }
}
