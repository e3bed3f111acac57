//! Determines the client's IP address.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Guards the warning about an untrusted local proxy: logged once.
static UNTRUSTED_PROXY_WARNING: Once = Once::new();

/// The client's address: the peer's, unless the peer is a trusted proxy. Then it is the last address of
/// `X-Forwarded-For` that is not a trusted proxy's, since anything before it may be forged. `None` if a trusted proxy
/// doesn't provide it: the proxy's own address would make one client of everybody.
pub fn resolve(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let peer = peer.ip().to_canonical();
    if !is_trusted(&peer) {
        if peer.is_loopback() && headers.contains_key("x-forwarded-for") {
            UNTRUSTED_PROXY_WARNING.call_once(|| {
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
        match parse_hop(hop) {
            // The proxy's own health check, or a person on the proxy's machine.
            Some(address) if is_trusted(&address) => nearest = Some(address),
            other => return other,
        }
    }
    nearest
}

/// Parses an address as proxies write it: with or without port, in brackets, in quotes. `None` for `unknown` and
/// obfuscated identifiers.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim_matches('"').trim();
    let bare = match hop.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        // One colon separates an IPv4 address from its port; several belong to an IPv6 address.
        None if hop.matches(':').count() == 1 => hop.split(':').next().unwrap_or(hop),
        None => hop,
    };
    let bare = bare.split('%').next().unwrap_or(bare);
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client_ip_behind(peer: &str, lines: &[&str], trusted: &[&str]) -> Option<IpAddr> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        resolve(SocketAddr::new(peer.parse().unwrap(), 1), &headers, &trusted)
    }

    #[test]
    fn forwarded_for_is_used_only_from_trusted_proxies() {
        let ip = |text: &str| Some(text.parse().unwrap());
        assert_eq!(
            client_ip_behind("127.0.0.1", &["192.0.2.7"], &[]),
            ip("127.0.0.1"),
            "loopback is named like any other"
        );
        assert_eq!(client_ip_behind("127.0.0.1", &["192.0.2.7"], &["127.0.0.0/8"]), ip("192.0.2.7"));
        assert_eq!(client_ip_behind("10.0.0.5", &["192.0.2.7"], &["10.1.0.0/16"]), ip("10.0.0.5"));
        assert_eq!(client_ip_behind("::ffff:10.1.0.5", &["192.0.2.7"], &["10.1.0.0/16"]), ip("192.0.2.7"));
        assert_eq!(client_ip_behind("fd00::1", &["192.0.2.7"], &["fd00::/8"]), ip("192.0.2.7"));
    }

    #[test]
    fn all_spellings_of_forwarded_addresses_are_parsed() {
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
            assert_eq!(client_ip_behind("127.0.0.1", lines, &["127.0.0.1/32"]), wanted, "{lines:?}");
        }
    }
}
