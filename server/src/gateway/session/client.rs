//! Whose address a request comes from.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The log says once that a proxy's word is passed over.
static UNNAMED: Once = Once::new();

/// The person's address. The peer's own, unless that is a proxy that the operator trusts: then the last address of
/// `X-Forwarded-For` that isn't a trusted proxy's, since whatever stands before it is only claimed. None where a trusted
/// proxy doesn't tell it: the proxy's address would make one person of everybody.
pub fn address(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let peer = peer.ip().to_canonical();
    if !is_trusted(&peer) {
        if peer.is_loopback() && headers.contains_key("x-forwarded-for") {
            UNNAMED.call_once(|| {
                tracing::warn!(
                    "a proxy on this machine isn't named in trusted_proxies: everybody behind it has its address"
                );
            });
        }
        return Some(peer);
    }
    let all = headers.get_all("x-forwarded-for");
    let lines: Vec<&str> = all.iter().map(|value| value.to_str().unwrap_or("unknown")).collect();
    let hops = lines.iter().rev().flat_map(|line| line.rsplit(',')).map(str::trim).filter(|hop| !hop.is_empty());
    let mut nearest = None;
    for hop in hops {
        match parse(hop) {
            // A proxy's own check, or somebody at a proxy's machine.
            Some(address) if is_trusted(&address) => nearest = Some(address),
            other => return other,
        }
    }
    nearest
}

/// An address as proxies write it: with or without a port, in brackets, in quotes; none for `unknown` and hidden names.
fn parse(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim_matches('"').trim();
    let bare = match hop.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        // One colon parts an IPv4 address from its port, more are an IPv6 address.
        None if hop.matches(':').count() == 1 => hop.split(':').next().unwrap_or(hop),
        None => hop,
    };
    let bare = bare.split('%').next().unwrap_or(bare);
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(peer: &str, lines: &[&str], trusted: &[&str]) -> Option<IpAddr> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        address(SocketAddr::new(peer.parse().unwrap(), 1), &headers, &trusted)
    }

    #[test]
    fn only_a_named_proxy_is_believed() {
        let ip = |text: &str| Some(text.parse().unwrap());
        assert_eq!(told("127.0.0.1", &["192.0.2.7"], &[]), ip("127.0.0.1"), "loopback is named like any other");
        assert_eq!(told("127.0.0.1", &["192.0.2.7"], &["127.0.0.0/8"]), ip("192.0.2.7"));
        assert_eq!(told("10.0.0.5", &["192.0.2.7"], &["10.1.0.0/16"]), ip("10.0.0.5"));
        assert_eq!(told("::ffff:10.1.0.5", &["192.0.2.7"], &["10.1.0.0/16"]), ip("192.0.2.7"));
        assert_eq!(told("fd00::1", &["192.0.2.7"], &["fd00::/8"]), ip("192.0.2.7"));
    }

    #[test]
    fn an_address_is_read_however_a_proxy_writes_it() {
        for (lines, wanted) in [
            (&["203.0.113.7"][..], Some("203.0.113.7")),
            (&["203.0.113.7:51234"], Some("203.0.113.7")),
            (&["[2001:db8::7]:443"], Some("2001:db8::7")),
            (&["[2001:db8::7]"], Some("2001:db8::7")),
            (&["2001:db8::7"], Some("2001:db8::7")),
            (&["\"[2001:db8::7]:443\""], Some("2001:db8::7")),
            (&["fe80::7%eth0"], Some("fe80::7")),
            (&["::ffff:203.0.113.7"], Some("203.0.113.7")),
            (&["  203.0.113.7  ,"], Some("203.0.113.7")),
            (&["192.0.2.66, 203.0.113.7"], Some("203.0.113.7")),
            (&["192.0.2.66", "203.0.113.7"], Some("203.0.113.7")),
            (&["203.0.113.7", "203.0.113.7"], Some("203.0.113.7")),
            (&["192.0.2.66, 203.0.113.7, 127.0.0.1"], Some("203.0.113.7")),
            (&["unknown, 203.0.113.7"], Some("203.0.113.7")),
            (&["127.0.0.1"], Some("127.0.0.1")),
            (&["unknown"], None),
            (&["203.0.113.7, unknown"], None),
            (&["_hidden"], None),
            (&[], None),
        ] {
            let wanted = wanted.map(|text| text.parse().unwrap());
            assert_eq!(told("127.0.0.1", lines, &["127.0.0.1/32"]), wanted, "{lines:?}");
        }
    }
}
