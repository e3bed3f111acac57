//! Reading a request's body within bounds.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::refusal::Refused;

/// The most bytes a request may carry.
pub const LIMIT: usize = 1 << 20;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// The whole body.
///
/// # Errors
/// When it is over the limit, slow or broken off.
pub async fn read(body: Body) -> Result<Bytes, Refused> {
    match tokio::time::timeout(PATIENCE, axum::body::to_bytes(body, LIMIT)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Refused::too_large()),
        Err(_) => Err(Refused::slow()),
    }
}

/// The whole body as a value.
///
/// # Errors
/// As [`read`], and when the JSON isn't what it should be. The words never quote the body: it may hold a password.
pub async fn json<T: DeserializeOwned>(body: Body) -> Result<T, Refused> {
    let bytes = read(body).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Refused::malformed(format!("The body is not the JSON expected here (line {line}, column {column})."))
    })
}
