//! 99digital's access token: fetched once for everyone, kept for its hour. Wrong credentials are tried once, since the
//! vendor locks an address out after several.

use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::Mutex;
use trunkline_api::digital99::GetAccessToken;
use trunkline_api::wire::Failure;
use trunkline_api::{Endpoint, Vendor};

use super::upstream::Upstream;
use crate::config::Secret;
use crate::gateway::refusal::Refused;
use crate::gateway::state::now;
use crate::vendor_call::Reply;

/// The documented life, for an answer that names no end.
const LIFE: Duration = Duration::from_secs(60 * 60);
/// A token is not used in its last moments.
const MARGIN: Duration = Duration::from_secs(60);
/// How long a refusal of the credentials is remembered.
const REMEMBER: Duration = Duration::from_secs(5 * 60);

/// Why there is no token.
pub enum NoToken {
    /// The vendor refused the credentials: its answer.
    Vendor(Reply),
    /// The gateway could not ask.
    Refused(Refused),
}

/// The token, and whether the credentials were refused.
#[derive(Default)]
pub struct Tokens(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    token: Option<(Secret, Instant)>,
    refused: Option<(Reply, Instant)>,
}

impl Tokens {
    /// The token. `spent` is one that the vendor no longer takes. Whoever comes while one is fetched waits for it.
    ///
    /// # Errors
    /// [`NoToken`].
    pub async fn get(
        &self,
        upstream: &Upstream,
        id: &Secret,
        secret: &Secret,
        spent: Option<&Secret>,
    ) -> Result<Secret, NoToken> {
        let mut kept = self.0.lock().await;
        if let Some((reply, until)) = &kept.refused
            && Instant::now() < *until
        {
            return Err(NoToken::Vendor(reply.clone()));
        }
        if let Some((token, until)) = &kept.token
            && Some(token) != spent
            && Instant::now() < *until
        {
            return Ok(token.clone());
        }
        kept.token = None;
        let (token, life) = match fetch(upstream, id, secret).await {
            Ok(found) => found,
            Err(NoToken::Vendor(reply)) => {
                // A vendor that is down has refused nothing.
                if reply.status < 500 {
                    kept.refused = Some((reply.clone(), Instant::now() + REMEMBER));
                }
                return Err(NoToken::Vendor(reply));
            }
            Err(other) => return Err(other),
        };
        kept.refused = None;
        kept.token = Some((token.clone(), Instant::now() + life));
        Ok(token)
    }
}

async fn fetch(upstream: &Upstream, id: &Secret, secret: &Secret) -> Result<(Secret, Duration), NoToken> {
    let request = GetAccessToken { client_id: id.reveal().to_owned(), client_secret: secret.reveal().to_owned() };
    let body = Bytes::from(request.body().unwrap_or_default());
    let sent = upstream.post(GetAccessToken::PATH, body).await.map_err(NoToken::Refused)?;
    let (head, body) = upstream.read_whole(sent).await.map_err(NoToken::Refused)?;
    let reply = |body: Bytes| Reply { status: head.status, content_type: head.content_type, retry_after: None, body };
    if !(200..300).contains(&head.status) {
        return Err(NoToken::Vendor(reply(body)));
    }
    match GetAccessToken::decode(&body) {
        Ok(token) => {
            let until = token.expiration_time.and_then(|time| time.as_i64());
            let life = until.and_then(|until| u64::try_from(until - now()).ok()).map(Duration::from_secs);
            // An end in the past is a clock that is off: the vendor says reason 3 in time.
            let life = life.filter(|life| !life.is_zero()).unwrap_or(LIFE).min(LIFE);
            Ok((Secret::literal(token.access_token), life.saturating_sub(MARGIN)))
        }
        Err(Failure::Refused { .. }) => Err(NoToken::Vendor(reply(body))),
        // It may hold a token in a shape that nobody knows: not for the browser.
        Err(Failure::Undecodable { .. }) => Err(NoToken::Refused(Refused::unsafe_answer(Vendor::Digital99))),
    }
}
