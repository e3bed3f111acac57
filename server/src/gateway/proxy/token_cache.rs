//! Caches 99digital's access token: fetched once for everyone, used for an hour. Wrong credentials are sent once only,
//! because the vendor locks an address out after several attempts.

use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::Mutex;
use trunkline_api::decode::DecodeError;
use trunkline_api::digital99::GetAccessToken;
use trunkline_api::{Endpoint, Service};

use super::http_client::HttpClient;
use crate::config::Secret;
use crate::gateway::clock::now;
use crate::gateway::error::ApiError;
use crate::vendor_request::VendorResponse;

/// The documented life, for a response without an expiry.
const LIFE: Duration = Duration::from_secs(60 * 60);
/// A token is not used this shortly before it expires.
const MARGIN: Duration = Duration::from_secs(60);
/// Time for which rejected credentials are remembered.
const REJECTION_LIFE: Duration = Duration::from_secs(5 * 60);

/// Error of fetching a token.
pub enum TokenError {
    /// The vendor rejected the credentials: its response.
    Vendor(VendorResponse),
    /// The request failed.
    Refused(ApiError),
}

/// The cached token, or the response that rejected the credentials.
#[derive(Default)]
pub struct TokenCache(Mutex<Cached>);

#[derive(Default)]
struct Cached {
    token: Option<(Secret, Instant)>,
    rejected: Option<(VendorResponse, Instant)>,
}

impl TokenCache {
    /// Returns the token. `rejected_token` is one that the vendor no longer accepts. Concurrent callers wait for one fetch.
    ///
    /// # Errors
    /// [`TokenError`].
    pub async fn get(
        &self,
        client: &HttpClient,
        id: &Secret,
        secret: &Secret,
        rejected_token: Option<&Secret>,
    ) -> Result<Secret, TokenError> {
        let mut cached = self.0.lock().await;
        if let Some((reply, until)) = &cached.rejected
            && Instant::now() < *until
        {
            return Err(TokenError::Vendor(reply.clone()));
        }
        if let Some((token, until)) = &cached.token
            && Some(token) != rejected_token
            && Instant::now() < *until
        {
            return Ok(token.clone());
        }
        cached.token = None;
        let (token, life) = match fetch(client, id, secret).await {
            Ok(found) => found,
            Err(TokenError::Vendor(reply)) => {
                // A vendor that is down has not rejected the credentials.
                if reply.status < 500 {
                    cached.rejected = Some((reply.clone(), Instant::now() + REJECTION_LIFE));
                }
                return Err(TokenError::Vendor(reply));
            }
            Err(other) => return Err(other),
        };
        cached.rejected = None;
        cached.token = Some((token.clone(), Instant::now() + life));
        Ok(token)
    }
}

async fn fetch(client: &HttpClient, id: &Secret, secret: &Secret) -> Result<(Secret, Duration), TokenError> {
    let request = GetAccessToken { client_id: id.reveal().to_owned(), client_secret: secret.reveal().to_owned() };
    let body = Bytes::from(request.body().unwrap_or_default());
    let sent = client.post(GetAccessToken::PATH, body).await.map_err(TokenError::Refused)?;
    let (head, body) = client.read_whole(sent).await.map_err(TokenError::Refused)?;
    let reply =
        |body: Bytes| VendorResponse { status: head.status, content_type: head.content_type, retry_after: None, body };
    if !(200..300).contains(&head.status) {
        return Err(TokenError::Vendor(reply(body)));
    }
    match GetAccessToken::decode(&body) {
        Ok(token) => {
            let until = token.expiration_time.and_then(|time| time.as_i64());
            let life = until.and_then(|until| u64::try_from(until - now()).ok()).map(Duration::from_secs);
            // An expiry in the past means a wrong clock: the vendor reports an expired token with reason 3.
            let life = life.filter(|life| !life.is_zero()).unwrap_or(LIFE).min(LIFE);
            Ok((Secret::literal(token.access_token), life.saturating_sub(MARGIN)))
        }
        Err(DecodeError::Refused { .. }) => Err(TokenError::Vendor(reply(body))),
        // It may hold a token in an unknown format, so it must not reach the browser.
        Err(DecodeError::Undecodable { .. }) => Err(TokenError::Refused(ApiError::unsafe_response(Service::Digital99))),
    }
}
