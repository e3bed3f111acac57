//! The gateway's cookies: HttpOnly, SameSite=Strict, and named so that two consoles on one host don't share them. A browser
//! keeps one set of cookies per host, whatever the port.

use axum::http::{HeaderMap, HeaderValue, header};

/// Holds a session's token.
pub const SESSION: &str = "trunkline";
/// Proves that this browser once signed in as a name.
pub const DEVICE: &str = "trunkline-device";

/// Whether the browser speaks plain http to this very machine, going by the `Host` header.
pub fn is_local(headers: &HeaderMap) -> bool {
    !is_tls(headers) && headers.get(header::HOST).is_some_and(is_loopback)
}

/// Whether a proxy says that the browser came by TLS. One that lists several schemes had TLS somewhere before it.
pub fn is_tls(headers: &HeaderMap) -> bool {
    let words = |name: &str| {
        let values: Vec<String> =
            headers.get_all(name).iter().filter_map(|value| Some(value.to_str().ok()?.to_ascii_lowercase())).collect();
        values
    };
    let is_https = |word: &str| matches!(word.trim().trim_matches('"'), "https" | "wss");
    words("x-forwarded-proto").iter().any(|value| value.split(',').any(is_https))
        || words("forwarded")
            .iter()
            .any(|value| value.split([',', ';']).any(|pair| pair.trim().strip_prefix("proto=").is_some_and(is_https)))
}

/// Whether a host, with or without a port, is this machine's own name.
pub fn is_loopback(host: &HeaderValue) -> bool {
    let (name, _) = split(host);
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// A host's name and port.
fn split(host: &HeaderValue) -> (&str, Option<&str>) {
    let host = host.to_str().unwrap_or("");
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            (name, Some(port).filter(|port| !port.is_empty() && port.len() <= 5))
        }
        _ => (host, None),
    }
}

/// A cookie's name here, and what it is called without the port, as older versions did. Over TLS it is bound to the host,
/// to the whole of it, and to TLS; on http loopback some browsers refuse `Secure`.
fn names(headers: &HeaderMap, base: &str) -> (String, String) {
    let prefix = if is_local(headers) { "" } else { "__Host-" };
    let old = format!("{prefix}{base}");
    let port = headers.get(header::HOST).and_then(|host| split(host).1);
    (port.map_or_else(|| old.clone(), |port| format!("{old}-{port}")), old)
}

/// A cookie's value, if the browser sent it.
pub fn read<'a>(headers: &'a HeaderMap, base: &str) -> Option<&'a str> {
    let (name, old) = names(headers, base);
    let find = |wanted: &str| {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find_map(|(name, value)| (name == wanted).then_some(value))
    };
    find(&name).or_else(|| find(&old))
}

/// The cookie with a value; `max_age` in seconds, 0 takes it away.
pub fn write(headers: &HeaderMap, base: &str, value: &str, max_age: u32) -> Option<HeaderValue> {
    let (name, _) = names(headers, base);
    let secure = if is_local(headers) { "" } else { "; Secure" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::try_from(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn written(pairs: &[(&'static str, &str)]) -> String {
        write(&headers(pairs), SESSION, "t", 9).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn the_name_holds_the_port_and_tls_binds_it_to_the_host() {
        let local = "; Path=/; Max-Age=9; HttpOnly; SameSite=Strict";
        assert_eq!(written(&[("host", "localhost:8080")]), format!("trunkline-8080=t{local}"));
        assert_eq!(written(&[("host", "[::1]:81")]), format!("trunkline-81=t{local}"));
        assert_eq!(written(&[("host", "127.0.0.1")]), format!("trunkline=t{local}"));
        assert_eq!(written(&[("host", "console.example")]), format!("__Host-trunkline=t{local}; Secure"));
        assert_eq!(written(&[("host", "console.example:8443")]), format!("__Host-trunkline-8443=t{local}; Secure"));
    }

    #[test]
    fn however_a_proxy_writes_https_the_cookie_is_secure() {
        for told in [
            ("x-forwarded-proto", "https"),
            ("x-forwarded-proto", "HTTPS"),
            ("x-forwarded-proto", "https, http"),
            ("x-forwarded-proto", "http,https"),
            ("x-forwarded-proto", " https "),
            ("forwarded", "for=192.0.2.1;proto=https;by=10.0.0.1"),
            ("forwarded", "for=192.0.2.1; Proto=\"https\""),
        ] {
            let cookie = written(&[("host", "localhost"), told]);
            assert!(cookie.starts_with("__Host-") && cookie.ends_with("; Secure"), "{told:?}: {cookie}");
        }
        assert!(!written(&[("host", "localhost"), ("x-forwarded-proto", "http")]).contains("Secure"));
    }

    #[test]
    fn a_cookie_is_read_by_its_own_port_and_else_by_the_name_of_before() {
        let both = [("host", "localhost:8080"), ("cookie", "trunkline-8081=b; trunkline-8080=a")];
        assert_eq!(read(&headers(&both), SESSION), Some("a"));
        let before = [("host", "localhost:8080"), ("cookie", "x=1; trunkline=old")];
        assert_eq!(read(&headers(&before), SESSION), Some("old"));
        let other = [("host", "localhost:8082"), ("cookie", "trunkline-8081=b")];
        assert_eq!(read(&headers(&other), SESSION), None);
    }
}
