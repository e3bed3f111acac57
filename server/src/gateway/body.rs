//! Reads a request's body within a size and a time limit.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::error::ApiError;

/// Maximum bytes of a request body, unless an endpoint has its own limit.
pub const LIMIT: usize = 1 << 20;
/// Maximum time for a body to arrive.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Reads the whole body.
///
/// # Errors
/// If it exceeds the limit, is too slow or breaks off.
pub async fn read(body: Body) -> Result<Bytes, ApiError> {
    read_within(body, LIMIT).await
}

async fn read_within(body: Body, limit: usize) -> Result<Bytes, ApiError> {
    // An announced length over the limit is rejected before the body arrives.
    if body.size_hint().lower() > limit as u64 {
        return Err(ApiError::larger_than(limit));
    }
    match tokio::time::timeout(TIMEOUT, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(ApiError::larger_than(limit)),
        Ok(Err(_)) => Err(ApiError::malformed("The request's body broke off or can't be read.")),
        Err(_) => Err(ApiError::request_timeout()),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<http_body_util::LengthLimitError>())
}

/// Reads the whole body as JSON.
///
/// # Errors
/// As [`read`], and if the body is not the expected JSON. The message never quotes the body, which may hold a password.
pub async fn json<T: DeserializeOwned>(body: Body) -> Result<T, ApiError> {
    json_within(body, LIMIT).await
}

/// As [`json`], with its own limit in bytes.
///
/// # Errors
/// As [`json`].
pub async fn json_within<T: DeserializeOwned>(body: Body, limit: usize) -> Result<T, ApiError> {
    let bytes = read_within(body, limit).await?;
    serde_json::from_slice(&bytes).map_err(|error| ApiError::not_json(error.line(), error.column()))
}
