//! The gateway's cookies: HttpOnly, SameSite=Strict, and with the port in the name, so that two consoles on one host
//! don't share them. Browsers share cookies between the ports of a host.

use axum::http::{HeaderMap, HeaderValue, header};

/// Holds a session's token.
pub const SESSION: &str = "trunkline";
/// Proves that this browser has signed in as a user before.
pub const DEVICE: &str = "trunkline-device";

/// Returns true if the browser uses plain HTTP to this machine, going by the `Host` header.
pub fn is_local(headers: &HeaderMap) -> bool {
    !is_tls(headers) && headers.get(header::HOST).is_some_and(is_loopback)
}

/// Returns true if a proxy reports that the browser used TLS. If it lists several schemes, one of them being TLS is
/// enough.
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

/// Returns true if a host, with or without port, is a loopback name.
pub fn is_loopback(host: &HeaderValue) -> bool {
    let (name, _) = split_port(host);
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Splits a host into name and port.
fn split_port(host: &HeaderValue) -> (&str, Option<&str>) {
    let host = host.to_str().unwrap_or("");
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            (name, Some(port).filter(|port| !port.is_empty() && port.len() <= 5))
        }
        _ => (host, None),
    }
}

/// A cookie's name, and its name in older versions, without the port. Over TLS the `__Host-` prefix binds it to the
/// exact host and to TLS; on plain-HTTP loopback some browsers reject `Secure`.
fn names(headers: &HeaderMap, base: &str) -> (String, String) {
    let prefix = if is_local(headers) { "" } else { "__Host-" };
    let old = format!("{prefix}{base}");
    let port = headers.get(header::HOST).and_then(|host| split_port(host).1);
    (port.map_or_else(|| old.clone(), |port| format!("{old}-{port}")), old)
}

/// A cookie's value; `None` if the browser did not send it.
pub fn get<'a>(headers: &'a HeaderMap, base: &str) -> Option<&'a str> {
    let (name, old) = names(headers, base);
    let find = |wanted: &str| {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find_map(|(name, value)| (name == wanted).then_some(value))
    };
    find(&name).or_else(|| find(&old))
}

/// Builds `Set-Cookie`. `max_age` is in seconds; 0 deletes the cookie.
pub fn set_cookie(headers: &HeaderMap, base: &str, value: &str, max_age: u32) -> Option<HeaderValue> {
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
        set_cookie(&headers(pairs), SESSION, "t", 9).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn cookie_name_has_the_port_and_over_tls_the_host_prefix() {
        let local = "; Path=/; Max-Age=9; HttpOnly; SameSite=Strict";
        assert_eq!(written(&[("host", "localhost:8080")]), format!("trunkline-8080=t{local}"));
        assert_eq!(written(&[("host", "[::1]:81")]), format!("trunkline-81=t{local}"));
        assert_eq!(written(&[("host", "127.0.0.1")]), format!("trunkline=t{local}"));
        assert_eq!(written(&[("host", "console.example")]), format!("__Host-trunkline=t{local}; Secure"));
        assert_eq!(written(&[("host", "console.example:8443")]), format!("__Host-trunkline-8443=t{local}; Secure"));
    }

    #[test]
    fn cookie_is_secure_behind_any_tls_proxy() {
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
    fn cookie_is_found_by_port_or_old_name() {
        let both = [("host", "localhost:8080"), ("cookie", "trunkline-8081=b; trunkline-8080=a")];
        assert_eq!(get(&headers(&both), SESSION), Some("a"));
        let before = [("host", "localhost:8080"), ("cookie", "x=1; trunkline=old")];
        assert_eq!(get(&headers(&before), SESSION), Some("old"));
        let other = [("host", "localhost:8082"), ("cookie", "trunkline-8081=b")];
        assert_eq!(get(&headers(&other), SESSION), None);
    }
}
