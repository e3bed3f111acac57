//! Finds the endpoint that a request below `/api/{vendor}` is for, and checks the request against its contract.

use axum::body::Body;
use axum::http::Uri;
use bytes::Bytes;
use trunkline_api::registry::{self, EndpointEntry};
use trunkline_api::request_body::{InvalidBody, RequestBody};
use trunkline_api::{Method, Service, endpoint};

use crate::gateway::body;
use crate::gateway::error::ApiError;

/// Finds the endpoint for a request, and the values in its path.
pub fn find(method: &str, uri: &Uri) -> Option<(&'static EndpointEntry, Vec<String>)> {
    let rest = uri.path().strip_prefix("/api/")?;
    let (key, _) = rest.split_once('/')?;
    let path = rest.strip_prefix(key)?;
    registry::find(Service::from_key(key)?, method, path)
}

/// The path template of the endpoint that a request is for; `None` if there is none.
pub fn template(method: &str, uri: &Uri) -> Option<String> {
    find(method, uri).map(|(entry, _)| format!("/api/{}{}", entry.service.key(), entry.path))
}

/// Returns true if a request only reads, whatever its method.
pub fn is_read(method: &str, uri: &Uri) -> bool {
    find(method, uri).is_some_and(|(entry, _)| entry.is_read_only)
}

/// The query parameters that the endpoint accepts.
pub fn query(entry: &EndpointEntry, text: &str) -> Vec<(String, String)> {
    let pairs = url::form_urlencoded::parse(text.as_bytes()).into_owned();
    pairs.filter(|(name, _)| entry.query.contains(&name.as_str())).collect()
}

/// The path, encoded again: the vendor gets exactly what was checked.
pub fn canonical_path(template: &str, values: &[String]) -> String {
    let names = template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
    let pairs: Vec<(&str, &str)> = names.zip(values.iter().map(String::as_str)).collect();
    endpoint::fill_path(template, &pairs)
}

/// Reads the body, and checks it against the endpoint's contract, for the vendor and the sandbox alike.
///
/// # Errors
/// If the body does not arrive, or does not match the contract.
pub async fn read_body(entry: &EndpointEntry, body: Body) -> Result<Bytes, ApiError> {
    let bytes = match entry.method {
        Method::Get | Method::Delete => Bytes::new(),
        _ => body::read(body).await?,
    };
    match (entry.check_body)(&bytes) {
        Ok(RequestBody::Json) => Ok(bytes),
        Ok(RequestBody::None) => Ok(Bytes::new()),
        Err(InvalidBody::Unexpected) => Err(ApiError::malformed("This endpoint takes no body.")),
        Err(InvalidBody::NotJson { line, column }) => Err(ApiError::not_json(line, column)),
        Err(InvalidBody::Fields(fields)) => Err(ApiError::invalid(fields)),
    }
}
