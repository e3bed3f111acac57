//! The session's cookie.

use axum::http::{HeaderMap, HeaderValue, header};

/// Over TLS: bound to the host, to the whole of it, and to TLS.
const SECURE: &str = "__Host-trunkline";
/// On http loopback, where some browsers refuse `Secure`.
const PLAIN: &str = "trunkline";

/// Whether the browser speaks to this very machine, going by the `Host` header.
pub fn is_local(headers: &HeaderMap) -> bool {
    let forwarded = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    !forwarded && headers.get(header::HOST).is_some_and(is_loopback)
}

/// Whether a host, with or without a port, is this machine's own name.
fn is_loopback(host: &HeaderValue) -> bool {
    let host = host.to_str().unwrap_or("");
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// As [`is_local`], and nothing says that a proxy stands between: through one, everyone may look local.
pub fn is_direct(headers: &HeaderMap) -> bool {
    let passed = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];
    // A development server on this machine tells the name it was asked by.
    let asked = headers.get("x-forwarded-host").is_none_or(is_loopback);
    is_local(headers) && asked && !passed.iter().any(|name| headers.contains_key(*name))
}

/// The session's token, if the browser sent one.
pub fn read(headers: &HeaderMap) -> Option<&str> {
    let wanted = if is_local(headers) { PLAIN } else { SECURE };
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == wanted).then_some(value))
}

/// The cookie for a token; `max_age` in seconds, 0 takes it away.
pub fn write(headers: &HeaderMap, token: &str, max_age: u32) -> Option<HeaderValue> {
    let (name, secure) = if is_local(headers) { (PLAIN, "") } else { (SECURE, "; Secure") };
    let text = format!("{name}={token}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::try_from(text).ok()
}
