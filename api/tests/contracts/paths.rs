//! Paths and templates, and the registry that the gateway's allow-list is made of.

use std::collections::HashSet;

use trunkline_api::endpoint::{Access, Role, Vendor, decode, fill, matches};
use trunkline_api::registry::{ENDPOINTS, find};

#[test]
fn a_request_finds_its_own_endpoint_and_no_other() {
    for entry in ENDPOINTS {
        let names: Vec<&str> = entry.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let values: Vec<(&str, &str)> = names.iter().map(|name| (*name, "a b&c")).collect();
        let path = fill(entry.path, &values);
        let (found, values) = find(entry.vendor, entry.method.as_str(), &path).unwrap_or_else(|| panic!("{path}"));
        assert_eq!((found.path, found.method), (entry.path, entry.method));
        assert_eq!(values, vec!["a b&c".to_owned(); names.len()]);
        for other in Vendor::ALL.into_iter().filter(|vendor| *vendor != entry.vendor) {
            assert!(find(other, entry.method.as_str(), &path).is_none(), "{path} of {other:?}");
        }
    }
}

#[test]
fn the_registry_names_each_endpoint_once() {
    let lines: HashSet<_> = ENDPOINTS.iter().map(|entry| (entry.vendor, entry.method, entry.path)).collect();
    assert_eq!(lines.len(), ENDPOINTS.len());
}

#[test]
fn who_may_do_what() {
    for entry in ENDPOINTS {
        let expected = match entry.vendor {
            Vendor::Comm100 => Access::Browser(&[Role::Admin]),
            Vendor::Jtel | Vendor::Sobot => Access::Browser(&[Role::Admin, Role::Agent]),
            Vendor::Oneview => Access::OwnAgent,
            Vendor::Digital99 if entry.path == "/settings/accessToken" => Access::GatewayOnly,
            Vendor::Digital99 => Access::Browser(&[Role::Admin]),
            Vendor::Gateway => panic!("the gateway's own are not proxied"),
        };
        assert_eq!(entry.access, expected, "{}", entry.path);
    }
}

#[test]
fn nothing_climbs_and_nothing_is_smuggled() {
    for path in [
        "/ticketing/channelAccounts/..",
        "/ticketing/channelAccounts/%2e%2e",
        "/ticketing/channelAccounts/.%2E",
        "/ticketing/channelAccounts/a%2fb",
        "/ticketing/channelAccounts/a%5Cb",
        "/ticketing/channelAccounts/a%00",
        "/ticketing/channelAccounts/",
        "/ticketing/channelAccounts//",
        "//ticketing/channelAccounts",
        "/ticketing/channelAccounts/a:enableBot",
        "/ticketing/channelAccounts/a%3AenableBot",
        "/ticketing/channelAccounts/%",
        "/ticketing/channelAccounts/%f",
        "/ticketing/channelAccounts/%ff",
        "/Ticketing/channelAccounts/a",
        "ticketing/channelAccounts/a",
        "",
    ] {
        assert!(find(Vendor::Comm100, "GET", path).is_none(), "{path}");
    }
    assert!(find(Vendor::Comm100, "get", "/ticketing/channelAccounts").is_none());
    assert!(find(Vendor::Comm100, "HEAD", "/ticketing/channelAccounts").is_none());
    assert!(find(Vendor::Gateway, "GET", "/session").is_none());
}

#[test]
fn values_that_would_vanish_become_an_underscore() {
    for value in ["", ".", ".."] {
        assert_eq!(fill("/v1/{agentID}/tickets", &[("agentID", value)]), "/v1/_/tickets");
    }
    assert_eq!(fill("/v1/{agentID}/tickets", &[]), "/v1/_/tickets");
    assert_eq!(fill("/a/{x}/{y}", &[("y", "2"), ("x", "1")]), "/a/1/2");
    assert_eq!(fill("/a/{broken", &[("broken", "1")]), "/a/{broken");
    assert_eq!(fill("/a/{x}", &[("x", "é/?#%{}")]), "/a/%C3%A9%2F%3F%23%25%7B%7D");
}

#[test]
fn escapes() {
    assert_eq!(decode("a%20b%2B").as_deref(), Some("a b+"));
    assert_eq!(decode("%C3%BC").as_deref(), Some("ü"));
    assert_eq!(decode("a+b").as_deref(), Some("a+b"), "a plus is a plus in a path");
    for broken in ["%", "%2", "%zz", "%+1", "%ff", "%C3"] {
        assert_eq!(decode(broken), None, "{broken}");
    }
    assert_eq!(matches("/a", "/a/b"), None);
    assert_eq!(matches("/a/b", "/a"), None);
}

#[test]
fn vendors_have_keys_and_names() {
    let keys: Vec<&str> = Vendor::ALL.iter().map(|vendor| vendor.key()).collect();
    assert_eq!(keys, ["comm100", "jtel", "sobot", "digital99", "oneview"]);
    for vendor in Vendor::ALL {
        assert_eq!(Vendor::from_key(vendor.key()), Some(vendor));
        assert!(!vendor.name().is_empty());
        assert_eq!(serde_json::to_value(vendor).unwrap(), vendor.key());
    }
    assert_eq!((Vendor::from_key(""), Vendor::from_key("Jtel")), (None, None));
}
