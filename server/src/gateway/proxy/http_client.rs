//! Sends requests to one vendor's service, within its budget and time-outs.

use std::time::Duration;

use axum::http::header;
use bytes::{Bytes, BytesMut};
use reqwest::{Client, Method, RequestBuilder, Response, Url};
use trunkline_api::Service;
use trunkline_api::sobot::CustomerQuery;

use super::budget::Budget;
use super::headers::{head, is_passable};
use super::memory_limit::MemoryPermit;
use super::shared_response::Head;
use crate::config;
use crate::gateway::error::ApiError;
use crate::gateway::upstream_text::TextBody;
use crate::vendor_request::VendorRequest;

/// Maximum bytes of one response.
const MAX_BODY: usize = 64 << 20;

/// A client for one vendor's service.
pub struct HttpClient {
    vendor: Service,
    url: Url,
    timeout: Duration,
    client: Client,
    budget: Option<Budget>,
}

impl HttpClient {
    /// Creates the client; `None` if that fails.
    pub fn new(vendor: Service, settings: &config::Upstream) -> Option<Self> {
        let mut client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(settings.timeout)
            .user_agent(concat!("trunkline/", env!("CARGO_PKG_VERSION")));
        if settings.url.scheme() == "http" {
            client = client.tls_built_in_root_certs(false);
        }
        // A proxy configured for the Internet must not handle requests to this machine.
        if matches!(settings.url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            client = client.no_proxy();
        }
        let budget = settings.budget.map(Budget::new);
        Some(Self {
            vendor,
            url: settings.url.clone(),
            timeout: settings.timeout,
            client: client.build().ok()?,
            budget,
        })
    }

    /// The service's host, and port if it has one.
    pub fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The call budget; `None` without one.
    pub const fn budget(&self) -> Option<&Budget> {
        self.budget.as_ref()
    }

    /// Builds the vendor's request, without credentials.
    ///
    /// # Errors
    /// If the body is no query for Sobot.
    pub fn request(&self, call: &VendorRequest) -> Result<RequestBuilder, ApiError> {
        if self.vendor == Service::Sobot {
            // The browser posts the keys to keep them out of URLs and logs; the vendor expects them in the query.
            let keys: CustomerQuery =
                serde_json::from_slice(&call.body).map_err(|_| ApiError::malformed("The body is not a query."))?;
            let query: Vec<(String, String)> =
                keys.provided().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            return Ok(self.client.get(self.url("", &query)));
        }
        let method = Method::from_bytes(call.endpoint.method.as_str().as_bytes()).map_err(|_| ApiError::internal())?;
        let reads = method == Method::GET;
        let mut request = self.client.request(method, self.url(&call.path, &call.query));
        if !call.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if !reads {
            request = request.body(call.body.clone());
        }
        Ok(request)
    }

    /// Sends a POST without credentials, for the token.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub async fn post(&self, path: &str, body: Bytes) -> Result<Response, ApiError> {
        let request = self.client.post(self.url(path, &[])).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body)).await
    }

    /// Sends a request, within the budget and the time-out.
    ///
    /// # Errors
    /// If the budget is used up, or there is no response with a valid status in time.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, ApiError> {
        if let Some(budget) = &self.budget {
            budget.take().map_err(|seconds| ApiError::vendor_budget(self.vendor, seconds))?;
        }
        let request = request.header(header::ACCEPT, "application/json");
        match tokio::time::timeout(self.timeout, request.send()).await {
            Ok(Ok(response)) if is_passable(response.status().as_u16()) => Ok(response),
            Ok(Ok(response)) => Err(ApiError::bad_status(self.vendor, response.status().as_u16())),
            Ok(Err(error)) if error.is_timeout() => Err(ApiError::timeout(self.vendor)),
            Ok(Err(error)) if error.is_connect() => Err(ApiError::unreachable(self.vendor)),
            Ok(Err(_)) => Err(ApiError::connection_reset(self.vendor)),
            Err(_) => Err(ApiError::timeout(self.vendor)),
        }
    }

    /// Reads the head and the whole body.
    ///
    /// # Errors
    /// As [`Self::next_chunk`], and if too much response data is in memory.
    pub async fn read_whole(&self, response: Response) -> Result<(Head, Bytes), ApiError> {
        let head = head(&response);
        let mut body = TextBody::new(response);
        let (mut whole, mut memory) = (BytesMut::new(), MemoryPermit::default());
        while let Some(chunk) = self.next_chunk(&mut body, whole.len()).await? {
            memory.grow(chunk.len())?;
            whole.extend_from_slice(&chunk);
        }
        Ok((head, whole.freeze()))
    }

    /// Reads the next chunk of the text, after `so_far` bytes.
    ///
    /// # Errors
    /// If it breaks off, exceeds the size limit or does not arrive in time.
    pub async fn next_chunk(&self, body: &mut TextBody, so_far: usize) -> Result<Option<Bytes>, ApiError> {
        match tokio::time::timeout(self.timeout, body.next()).await {
            Ok(Ok(Some(chunk))) if so_far + chunk.len() <= MAX_BODY => Ok(Some(chunk)),
            Ok(Ok(None)) => Ok(None),
            Ok(_) => Err(ApiError::connection_reset(self.vendor)),
            Err(_) => Err(ApiError::timeout(self.vendor)),
        }
    }

    /// The base URL with path and query parameters appended; the base's own query stays.
    fn url(&self, path: &str, query: &[(String, String)]) -> Url {
        let mut url = self.url.clone();
        if !path.is_empty() {
            let joined = format!("{}{path}", url.path().trim_end_matches('/'));
            url.set_path(&joined);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }
}
