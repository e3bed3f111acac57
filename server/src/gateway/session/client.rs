//! Whose address counts a failed sign-in.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// The browser's address: the peer's, or behind a proxy that is trusted (this machine's own, or one the operator names)
/// the last of `X-Forwarded-For`, which that proxy added itself.
pub fn address(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let peer = peer.ip().to_canonical();
    if !(peer.is_loopback() || trusted.iter().any(|proxy| proxy.to_canonical() == peer)) {
        return peer;
    }
    let last = headers.get_all("x-forwarded-for").iter().next_back();
    let last = last.and_then(|value| value.to_str().ok()).and_then(|value| value.rsplit(',').next());
    last.and_then(|text| text.trim().parse::<IpAddr>().ok()).map_or(peer, |address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trusted_proxy_says_who_asks_and_nobody_else_does() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "192.0.2.66, 192.0.2.7".parse().unwrap());
        let from =
            |peer: &str, trusted: &[IpAddr]| address(SocketAddr::new(peer.parse().unwrap(), 1), &headers, trusted);
        assert_eq!(from("127.0.0.1", &[]), IpAddr::from([192, 0, 2, 7]));
        assert_eq!(from("10.0.0.5", &[]), IpAddr::from([10, 0, 0, 5]));
        assert_eq!(from("::ffff:10.0.0.5", &[[10, 0, 0, 5].into()]), IpAddr::from([192, 0, 2, 7]));
    }
}
