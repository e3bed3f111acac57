//! Calls that a vendor's own service answers: adds the credentials, and keeps them out of the responses.

use std::time::Duration;

use axum::http::header;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use tokio::sync::Semaphore;
use trunkline_api::Service;
use trunkline_api::digital99;

use super::budget::Budget;
use super::headers::{bearer, head, sensitive};
use super::http_client::HttpClient;
use super::redact::{self, must_inspect, strip_secrets};
use super::shared_response::{Head, Writer, write_chunk, write_head};
use super::token_cache::{TokenCache, TokenError};
use crate::config::{self, Auth, Secret};
use crate::gateway::error::ApiError;
use crate::gateway::upstream_text::TextBody;
use crate::vendor_request::VendorRequest;

/// Maximum concurrent calls to one vendor; further ones wait.
const MAX_CONCURRENT: usize = 64;
/// Time-out of a whole response, as a multiple of the time-out of its next chunk.
const TOTAL_TIMEOUT_FACTOR: u32 = 6;

/// A vendor's own service.
pub struct Upstream {
    vendor: Service,
    auth: Auth,
    client: HttpClient,
    token_cache: TokenCache,
    slots: Semaphore,
    total_timeout: Duration,
    /// Calls left in the budget below which background calls are skipped.
    short_below: u32,
}

impl Upstream {
    /// Creates the client; `None` if that fails.
    pub fn new(vendor: Service, settings: &config::Upstream) -> Option<Self> {
        Some(Self {
            vendor,
            auth: settings.auth.clone(),
            client: HttpClient::new(vendor, settings)?,
            token_cache: TokenCache::default(),
            slots: Semaphore::new(MAX_CONCURRENT),
            total_timeout: settings.timeout.saturating_mul(TOTAL_TIMEOUT_FACTOR),
            short_below: settings.budget.map_or(0, |budget| budget.calls / 2),
        })
    }

    /// The upstream's host, and port if it has one.
    pub fn host(&self) -> String {
        self.client.host()
    }

    /// Number of calls left in the budget; `None` without a budget.
    pub fn calls_left(&self) -> Option<u32> {
        self.client.budget().map(Budget::left)
    }

    /// Returns true if less than half of the budget is left: then background calls are skipped.
    pub fn is_short(&self) -> bool {
        self.calls_left().is_some_and(|left| left < self.short_below)
    }

    /// Makes a call and writes the response.
    ///
    /// # Errors
    /// If there is no complete response in time.
    pub async fn respond(&self, call: &VendorRequest, writer: &Writer) -> Result<(), ApiError> {
        let work = async {
            let _slot = self.slots.acquire().await.map_err(|_| ApiError::internal())?;
            self.respond_in_slot(call, writer).await
        };
        let result = tokio::time::timeout(self.total_timeout, work).await;
        result.unwrap_or_else(|_| Err(ApiError::timeout(self.vendor)))
    }

    /// Makes one call. The response is streamed unless it has to be inspected first.
    async fn respond_in_slot(&self, call: &VendorRequest, writer: &Writer) -> Result<(), ApiError> {
        let request = self.client.request(call)?;
        let request = match &self.auth {
            Auth::None => request,
            Auth::Bearer(token) => request.header(header::AUTHORIZATION, bearer(token)?),
            Auth::Basic(user, password) => request.basic_auth(user, Some(password.reveal())),
            Auth::Header(name, value) => request.header(name, sensitive(value.reveal())?),
            Auth::Client(id, secret) => return self.respond_with_token(call, writer, id, secret).await,
        };
        let response = self.client.send(request).await?;
        if must_inspect(self.vendor, response.status().as_u16()) {
            let (head, body) = self.client.read_whole(response).await?;
            let body = strip_secrets(self.vendor, body).await?;
            write_head(writer, head);
            return write_chunk(writer, self.mask_credentials(body, None));
        }
        write_head(writer, head(&response));
        let mut body = TextBody::new(response);
        let mut size = 0;
        while let Some(chunk) = self.client.next_chunk(&mut body, size).await? {
            size += chunk.len();
            write_chunk(writer, chunk)?;
        }
        Ok(())
    }

    /// Makes one call to 99digital. An expired token is renewed once and the call repeated, because the vendor has not
    /// executed it.
    async fn respond_with_token(
        &self,
        call: &VendorRequest,
        writer: &Writer,
        id: &Secret,
        secret: &Secret,
    ) -> Result<(), ApiError> {
        let mut rejected = None;
        loop {
            let token = match self.token_cache.get(&self.client, id, secret, rejected.as_ref()).await {
                Ok(token) => token,
                Err(TokenError::Refused(error)) => return Err(error),
                Err(TokenError::Vendor(reply)) => {
                    let head = Head { status: reply.status, content_type: reply.content_type, retry_after: None };
                    write_head(writer, head);
                    return write_chunk(writer, self.mask_credentials(reply.body, None));
                }
            };
            let request = self.client.request(call)?.header(header::AUTHORIZATION, bearer(&token)?);
            let (head, body) = self.client.read_whole(self.client.send(request).await?).await?;
            let is_expired = head.status == 401 || digital99::error::parse(&body).code.as_deref() == Some("3");
            if !is_expired || rejected.is_some() {
                write_head(writer, head);
                return write_chunk(writer, self.mask_credentials(body, Some(&token)));
            }
            rejected = Some(token);
        }
    }

    /// Masks the credentials in a body, in case the vendor quotes them.
    fn mask_credentials(&self, body: Bytes, token: Option<&Secret>) -> Bytes {
        let own: &[&Secret] = match &self.auth {
            Auth::None => &[],
            Auth::Bearer(secret) | Auth::Basic(_, secret) | Auth::Header(_, secret) => &[secret],
            Auth::Client(id, secret) => &[id, secret],
        };
        let basic = match &self.auth {
            Auth::Basic(user, password) => Some(STANDARD.encode(format!("{user}:{}", password.reveal()))),
            _ => None,
        };
        let words = own.iter().copied().chain(token).map(Secret::reveal).chain(basic.as_deref());
        words.flat_map(redact::spellings).fold(body, |body, word| redact::mask_word(body, &word))
    }
}
