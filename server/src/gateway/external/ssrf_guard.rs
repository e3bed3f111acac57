//! Guards against server-side request forgery: a test may not reach internal addresses, checked after name resolution.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use trunkline_api::gateway::NoResponseReason;
use url::{Host, Url};

use crate::config::ExternalApis;

/// Resolves a URL's host and returns the addresses to connect to.
///
/// # Errors
/// If there is none, or one of them is internal and not allowed: a name that resolves to both is an attack.
pub async fn resolve(url: &Url, config: &ExternalApis) -> Result<Vec<SocketAddr>, NoResponseReason> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(NoResponseReason::Address);
    }
    let port = url.port_or_known_default().unwrap_or(443);
    let addresses: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(ip)) => vec![(ip, port).into()],
        Some(Host::Ipv6(ip)) => vec![(ip, port).into()],
        Some(Host::Domain(name)) => match tokio::net::lookup_host((name, port)).await {
            Ok(found) => found.collect(),
            Err(_) => return Err(NoResponseReason::Name),
        },
        None => return Err(NoResponseReason::Address),
    };
    if addresses.is_empty() {
        return Err(NoResponseReason::Name);
    }
    let host = url.host_str().unwrap_or_default();
    for address in &addresses {
        if is_public(address.ip()) {
            if !config.ports.contains(&port) {
                return Err(NoResponseReason::Port);
            }
        } else if !config.allow_private.allows(host, port, address.ip()) {
            return Err(NoResponseReason::Private);
        }
    }
    Ok(addresses)
}

/// Returns true for an address of the public Internet.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// Follows IANA's special-purpose address registry.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let reserved = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !(reserved
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation())
}

/// Only global unicast, without ranges that lead to an IPv4 address or are reserved.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    // NAT64 and 6to4 addresses contain an IPv4 address.
    if (a, b, c, d, e, f) == (0x64, 0xff9b, 0, 0, 0, 0) {
        return is_public_v4(v4(g, h));
    }
    if a == 0x2002 {
        return is_public_v4(v4(b, c));
    }
    let global = a & 0xe000 == 0x2000;
    let protocol = a == 0x2001 && b < 0x200;
    let documentation = (a == 0x2001 && b == 0xdb8) || a == 0x3fff;
    global && !protocol && !documentation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::AllowPrivate;

    #[test]
    fn internal_addresses_are_not_public() {
        for inside in [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::127.0.0.1",
            "fec0::1",
            "100::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "93.184.216.34",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }

    #[tokio::test]
    async fn all_spellings_of_loopback_are_rejected() {
        for address in [
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://[::ffff:7f00:1]/",
            "http://localhost/",
        ] {
            let url = Url::parse(address).unwrap();
            assert!(resolve(&url, &ExternalApis::default()).await.is_err(), "{address}");
            assert!(resolve(&url, &open()).await.is_ok(), "{address}");
        }
        assert!(resolve(&Url::parse("ftp://1.1.1.1/").unwrap(), &open()).await.is_err());
    }

    fn open() -> ExternalApis {
        ExternalApis { allow_private: AllowPrivate::All, ..ExternalApis::default() }
    }

    #[tokio::test]
    async fn public_addresses_are_allowed_on_configured_ports_only() {
        let test = async |address: &str| resolve(&Url::parse(address).unwrap(), &open()).await;
        for address in ["http://1.1.1.1/", "https://1.1.1.1/", "http://1.1.1.1:8080/", "https://1.1.1.1:8443/"] {
            assert!(test(address).await.is_ok(), "{address}");
        }
        for address in ["http://1.1.1.1:22/", "http://1.1.1.1:25/", "https://[2606:4700::1111]:6379/"] {
            assert_eq!(test(address).await, Err(NoResponseReason::Port), "{address}");
        }
        assert!(test("http://127.0.0.1:6379/").await.is_ok(), "what the operator opens is open");
    }
}
