//! Path templates, and the registry of endpoints behind the gateway's allow-list.

use std::collections::HashSet;

use trunkline_api::endpoint::{Access, Method, Role, Service, fill_path, match_path, percent_decode};
use trunkline_api::oneview::{Metadata, SECRET_MEMBERS, is_secret_member};
use trunkline_api::registry::{ENDPOINTS, EndpointEntry, find};

#[test]
fn requests_match_only_their_own_endpoint() {
    for entry in ENDPOINTS {
        let names: Vec<&str> = entry.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let values: Vec<(&str, &str)> = names.iter().map(|name| (*name, "a b&c")).collect();
        let path = fill_path(entry.path, &values);
        let (found, values) = find(entry.service, entry.method.as_str(), &path).unwrap_or_else(|| panic!("{path}"));
        assert_eq!((found.path, found.method), (entry.path, entry.method));
        assert_eq!(values, vec!["a b&c".to_owned(); names.len()]);
        for other in Service::VENDORS.into_iter().filter(|vendor| *vendor != entry.service) {
            assert!(find(other, entry.method.as_str(), &path).is_none(), "{path} of {other:?}");
        }
    }
}

#[test]
fn registry_has_no_duplicates() {
    let lines: HashSet<_> = ENDPOINTS.iter().map(|entry| (entry.service, entry.method, entry.path)).collect();
    assert_eq!(lines.len(), ENDPOINTS.len());
}

#[test]
fn access_by_vendor() {
    for entry in ENDPOINTS {
        let expected = match entry.service {
            Service::Comm100 => Access::Browser(&[Role::Admin]),
            Service::Jtel | Service::Sobot => Access::Browser(&[Role::Admin, Role::Agent]),
            Service::Oneview => Access::OwnAgent,
            Service::Digital99 if entry.path == "/settings/accessToken" => Access::GatewayOnly,
            Service::Digital99 => Access::Browser(&[Role::Admin]),
            Service::Gateway => panic!("the gateway's own are not proxied"),
        };
        assert_eq!(entry.access, expected, "{}", entry.path);
    }
}

/// The truth for both sides: the client's retries and the gateway's shared reads go by `is_read_only`, the client's cache
/// and the gateway's change events by `invalidates`.
#[test]
fn every_write_names_the_records_it_changes_and_no_read_does() {
    let reads_by_post = ["/customer/query", "/online/getAgents"];
    for entry in ENDPOINTS.iter().filter(|entry| entry.access != Access::GatewayOnly) {
        let is_read = entry.method == Method::Get || reads_by_post.contains(&entry.path);
        assert_eq!(entry.is_read_only, is_read, "{}", entry.path);
        assert_eq!(entry.invalidates.is_none(), is_read, "{}", entry.path);
        let Some(resource) = entry.invalidates else { continue };
        assert_eq!(resource.service, entry.service, "{}", entry.path);
        // A list of the changed records exists, and the prefix covers it and no other vendor's.
        let covers = |read: &EndpointEntry| read.is_read_only && read.path.starts_with(resource.path_prefix);
        assert!(ENDPOINTS.iter().any(|read| read.service == resource.service && covers(read)), "{resource:?}");
    }
    assert_eq!(trunkline_api::comm100::CHANNEL_ACCOUNTS.key_prefix(), "comm100 /ticketing/channelAccounts");
    assert_eq!(trunkline_api::gateway::EXTERNAL_APIS.key_prefix(), " /sobot/external-apis");
}

#[test]
fn secret_members_are_members_of_the_metadata() {
    for name in SECRET_MEMBERS {
        assert!(Metadata::MEMBERS.contains(&name) && is_secret_member(&name.to_uppercase()), "{name}");
    }
    assert!(!is_secret_member("roomId"));
}

#[test]
fn path_traversal_is_refused() {
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
        assert!(find(Service::Comm100, "GET", path).is_none(), "{path}");
    }
    assert!(find(Service::Comm100, "get", "/ticketing/channelAccounts").is_none());
    assert!(find(Service::Comm100, "HEAD", "/ticketing/channelAccounts").is_none());
    assert!(find(Service::Gateway, "GET", "/session").is_none());
}

#[test]
fn empty_values_and_dot_segments_become_an_underscore() {
    for value in ["", ".", ".."] {
        assert_eq!(fill_path("/v1/{agentID}/tickets", &[("agentID", value)]), "/v1/_/tickets");
    }
    assert_eq!(fill_path("/v1/{agentID}/tickets", &[]), "/v1/_/tickets");
    assert_eq!(fill_path("/a/{x}/{y}", &[("y", "2"), ("x", "1")]), "/a/1/2");
    assert_eq!(fill_path("/a/{broken", &[("broken", "1")]), "/a/{broken");
    assert_eq!(fill_path("/a/{x}", &[("x", "é/?#%{}")]), "/a/%C3%A9%2F%3F%23%25%7B%7D");
}

#[test]
fn percent_decoding() {
    assert_eq!(percent_decode("a%20b%2B").as_deref(), Some("a b+"));
    assert_eq!(percent_decode("%C3%BC").as_deref(), Some("ü"));
    assert_eq!(percent_decode("a+b").as_deref(), Some("a+b"), "a plus is a plus in a path");
    for broken in ["%", "%2", "%zz", "%+1", "%ff", "%C3"] {
        assert_eq!(percent_decode(broken), None, "{broken}");
    }
    assert_eq!(match_path("/a", "/a/b"), None);
    assert_eq!(match_path("/a/b", "/a"), None);
}

#[test]
fn vendors_have_keys_and_names() {
    let keys: Vec<&str> = Service::VENDORS.iter().map(|vendor| vendor.key()).collect();
    assert_eq!(keys, ["comm100", "jtel", "sobot", "digital99", "oneview"]);
    for vendor in Service::VENDORS {
        assert_eq!(Service::from_key(vendor.key()), Some(vendor));
        assert!(!vendor.name().is_empty());
        assert_eq!(serde_json::to_value(vendor).unwrap(), vendor.key());
    }
    assert_eq!((Service::from_key(""), Service::from_key("Jtel")), (None, None));
}
