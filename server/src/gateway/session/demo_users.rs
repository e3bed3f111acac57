//! Decides whether demo users exist and who is offered them: only a person on this machine, without a proxy in between.

use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Version, header};
use sqlx::SqlitePool;

use super::cookie;
use crate::config::Config;

/// Headers that proxies add, besides those with a prefix of [`PROXY_HEADER_PREFIXES`].
const PROXY_HEADERS: [&str; 12] = [
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
const PROXY_HEADER_PREFIXES: [&str; 10] = [
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

/// True if demo users exist.
#[derive(Clone, Copy)]
enum Mode {
    Never,
    Always,
    UntilFirstUser,
}

/// Decides whether demo users exist.
#[derive(Clone)]
pub struct DemoUsers {
    mode: Mode,
    pool: SqlitePool,
}

impl DemoUsers {
    /// Demo users exist only on loopback: if the operator enables them, or as long as no upstream is configured and no
    /// user was ever created.
    pub fn new(pool: SqlitePool, config: &Config, is_loopback: bool) -> Self {
        let mode = match (is_loopback, config.demo_users) {
            (false, _) | (_, Some(false)) => Mode::Never,
            (true, Some(true)) => Mode::Always,
            (true, None) if config.upstreams.is_empty() => Mode::UntilFirstUser,
            (true, None) => Mode::Never,
        };
        Self { mode, pool }
    }

    /// Returns true if demo users exist.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn are_enabled(&self) -> Result<bool, sqlx::Error> {
        match self.mode {
            Mode::Never => Ok(false),
            Mode::Always => Ok(true),
            Mode::UntilFirstUser => {
                let query = "SELECT COUNT(*) FROM gateway_facts WHERE name = 'user_made'";
                let created: i64 = sqlx::query_scalar(query).fetch_one(&self.pool).await?;
                Ok(created == 0)
            }
        }
    }

    /// Returns true if demo users exist and this request may use them.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn are_offered(&self, request: &Parts) -> Result<bool, sqlx::Error> {
        Ok(is_direct(request) && self.are_enabled().await?)
    }
}

/// Returns true if a request comes from a browser on this machine, as far as can be detected: through a proxy every
/// client may look local. nginx's bare `proxy_pass` is detected by its HTTP/1.0.
fn is_direct(request: &Parts) -> bool {
    let headers = &request.headers;
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let target = request.uri.authority().is_none_or(|target| target.as_str().as_bytes() == host.as_bytes());
    let is_own = |origin: &HeaderValue| {
        let text = origin.to_str().unwrap_or("");
        let host = text.strip_prefix("http://").and_then(|host| HeaderValue::from_str(host).ok());
        host.is_some_and(|host| cookie::is_loopback(&host))
    };
    request.version >= Version::HTTP_11
        && target
        && cookie::is_local(headers)
        && headers.get_all(header::ORIGIN).iter().all(is_own)
        && !headers.keys().any(is_proxy_header)
}

fn is_proxy_header(name: &HeaderName) -> bool {
    let name = name.as_str();
    PROXY_HEADERS.contains(&name) || PROXY_HEADER_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
