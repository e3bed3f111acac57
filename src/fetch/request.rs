//! A request: without its type, and as a query definition of the cache.

use std::sync::Arc;

use trunkline_api::endpoint::{Endpoint, Method, request_target};
use trunkline_api::lenient::UnreadableRecords;
use trunkline_api::{Error, ErrorKind, Service};

use super::config;
use super::response::{Data, RawResponse};
use super::streaming_list::ListReader;

/// A request without its type: what is sent, and how an error names it.
pub struct RawRequest {
    /// The service it is sent to.
    pub service: Service,
    /// HTTP method.
    pub method: Method,
    /// Path template, for errors.
    pub path: &'static str,
    /// Path and query, relative to the service's base URL.
    pub target: String,
    /// JSON body, if any.
    pub body: Option<String>,
    /// `true` if it has no side effects, so that it may be sent again.
    pub is_read: bool,
    /// `true` if the app sends it by itself: it does not extend the session.
    pub is_background: bool,
}

impl RawRequest {
    /// The raw form of a typed request.
    pub fn new<E: Endpoint>(request: &E) -> Self {
        Self {
            service: E::SERVICE,
            method: E::METHOD,
            path: E::PATH,
            target: request_target(request),
            body: request.body(),
            is_read: E::IS_READ_ONLY,
            is_background: false,
        }
    }

    /// A copy, for a person's request or in the background.
    pub fn with_background(&self, is_background: bool) -> Self {
        Self { target: self.target.clone(), body: self.body.clone(), is_background, ..*self }
    }

    /// Service, path and query, which name what it is about.
    pub fn resource(&self) -> String {
        format!("{} {}", self.service.key(), self.target)
    }

    /// The error of a request without a response. It names the gateway, or the service if there is no gateway.
    pub fn to_error(&self, kind: ErrorKind) -> Error {
        let service = if config::has_gateway() { Service::Gateway } else { self.service };
        Error::without_answer(kind, service, format!("{} {}", self.method, self.path))
    }
}

/// Decodes a response and erases its type; also returns the records of a list that can't be parsed.
pub type Decode = fn(&RawResponse) -> Result<(Data, UnreadableRecords), Error>;

/// A query definition: a request that can be sent repeatedly, and how its response is decoded.
pub struct QueryDef {
    /// Cache key: service, path and query, body.
    pub key: String,
    /// The request to send.
    pub request: RawRequest,
    /// Decodes its response.
    pub decode: Decode,
    /// Parses the response while it arrives; `None` if it is no long list.
    pub list_reader: Option<ListReader>,
}

impl QueryDef {
    /// The definition of a request of type `E`.
    pub fn new<E>(request: &E) -> Self
    where
        E: Endpoint,
        E::Response: Send + Sync + 'static,
    {
        let request = RawRequest::new(request);
        let key =
            format!("{} {} {}", request.service.key(), request.target, request.body.as_deref().unwrap_or_default());
        let decode: Decode =
            |received| received.read_list::<E>().map(|(data, unreadable)| (Arc::new(data) as Data, unreadable));
        Self { key, request, decode, list_reader: ListReader::of::<E>() }
    }
}
