//! Whether demo users exist, and who is offered them: a person at this very machine, with nothing in between.

use axum::http::request::Parts;
use axum::http::{HeaderName, Version, header};

use super::cookie;
use crate::gateway::state::App;

/// Headers that proxies add, besides those whose names begin as [`PREFIXES`] do.
const ADDED: [&str; 12] = [
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "true-client-ip",
    "client-ip",
    "x-host",
    "x-proxyuser-ip",
    "x-scheme",
    "x-request-start",
    "cdn-loop",
];
const PREFIXES: [&str; 10] = [
    "x-forwarded",
    "cf-",
    "x-envoy-",
    "x-original-",
    "x-amzn-",
    "x-azure-",
    "x-arr-",
    "x-appengine-",
    "fly-",
    "fastly-",
];

/// Whether demo users exist: on loopback, if the operator says so, or as long as no upstream is configured and no user was
/// ever made.
///
/// # Errors
/// When the database fails.
pub async fn exists(app: &App) -> Result<bool, sqlx::Error> {
    match (app.loopback, app.config.demo_users) {
        (false, _) | (_, Some(false)) => Ok(false),
        (true, Some(true)) => Ok(true),
        (true, None) if !app.upstreams.is_empty() => Ok(false),
        (true, None) => {
            let made: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM gateway_facts WHERE name = 'user_made'")
                .fetch_one(&app.pool)
                .await?;
            Ok(made == 0)
        }
    }
}

/// Whether there are demo users, and for whom asks this way.
///
/// # Errors
/// When the database fails.
pub async fn offered(app: &App, request: &Parts) -> Result<bool, sqlx::Error> {
    Ok(is_direct(request) && exists(app).await?)
}

/// Whether a request comes from a browser on this machine, as far as anyone can tell: through a proxy everyone may look
/// local. nginx's bare `proxy_pass` is known by its HTTP/1.0.
fn is_direct(request: &Parts) -> bool {
    let headers = &request.headers;
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let target = request.uri.authority().is_none_or(|target| target.as_str().as_bytes() == host.as_bytes());
    let is_own = |origin: &axum::http::HeaderValue| {
        let text = origin.to_str().unwrap_or("");
        let host = text.strip_prefix("http://").and_then(|host| axum::http::HeaderValue::from_str(host).ok());
        host.is_some_and(|host| cookie::is_loopback(&host))
    };
    request.version >= Version::HTTP_11
        && target
        && cookie::is_local(headers)
        && headers.get_all(header::ORIGIN).iter().all(is_own)
        && !headers.keys().any(is_added)
}

fn is_added(name: &HeaderName) -> bool {
    let name = name.as_str();
    ADDED.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
