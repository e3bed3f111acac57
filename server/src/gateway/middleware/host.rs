//! Requires exactly one host per request, the same wherever it is named. Proxies and servers that choose differently
//! between two names allow request smuggling and cache poisoning.

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::gateway::error::ApiError;

/// Rejects a request without a host, with two, or with one in its target that differs from `Host`.
pub async fn guard(request: Request, next: Next) -> Response {
    let hosts: Vec<&[u8]> = request.headers().get_all(header::HOST).iter().map(|host| host.as_bytes()).collect();
    match hosts.as_slice() {
        [host] if is_single_host(host, request.uri()) => next.run(request).await,
        _ => ApiError::bad_request("The request must name one host.").into_response(),
    }
}

fn is_single_host(host: &[u8], target: &Uri) -> bool {
    let Ok(host) = Authority::try_from(host) else { return false };
    !host.as_str().contains('@')
        && target.authority().is_none_or(|named| named.as_str().eq_ignore_ascii_case(host.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn target_and_host_header_must_agree() {
        for (host, target, right) in [
            ("a.example", "/", true),
            ("a.example:8080", "http://A.example:8080/x", true),
            ("a.example", "http://b.example/", false),
            ("a.example", "http://a.example:81/", false),
            ("", "/", false),
            ("a b", "/", false),
            ("a/b", "/", false),
            ("user@a.example", "/", false),
            ("[::1]:8080", "/", true),
        ] {
            assert_eq!(is_single_host(host.as_bytes(), &target.parse().unwrap()), right, "{host} {target}");
        }
    }
}
