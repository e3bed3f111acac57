//! Reading a request's body within bounds.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::refusal::Refused;

/// The most bytes a request may carry, where there is no limit of its own.
pub const LIMIT: usize = 1 << 20;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// The whole body.
///
/// # Errors
/// When it is over the limit, slow or broken off.
pub async fn read(body: Body) -> Result<Bytes, Refused> {
    read_within(body, LIMIT).await
}

async fn read_within(body: Body, limit: usize) -> Result<Bytes, Refused> {
    // What the head announces is refused before it arrives.
    if body.size_hint().lower() > limit as u64 {
        return Err(Refused::larger_than(limit));
    }
    match tokio::time::timeout(PATIENCE, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(Refused::larger_than(limit)),
        Ok(Err(_)) => Err(Refused::malformed("The request's body broke off or can't be read.")),
        Err(_) => Err(Refused::slow()),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<http_body_util::LengthLimitError>())
}

/// The whole body as a value.
///
/// # Errors
/// As [`read`], and when the JSON isn't what it should be. The words never quote the body: it may hold a password.
pub async fn json<T: DeserializeOwned>(body: Body) -> Result<T, Refused> {
    json_within(body, LIMIT).await
}

/// As [`json`], with a limit of its own.
///
/// # Errors
/// As [`json`].
pub async fn json_within<T: DeserializeOwned>(body: Body, limit: usize) -> Result<T, Refused> {
    let bytes = read_within(body, limit).await?;
    serde_json::from_slice(&bytes).map_err(|error| Refused::not_json(error.line(), error.column()))
}
