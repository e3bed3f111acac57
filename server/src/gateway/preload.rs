//! What a page of the console will ask for first, named in its answer's `Link`: the browser fetches it beside the
//! WebAssembly, not after it, and the app's own request takes it. That is the page's part of the code, and data.
//!
//! Exactly what the page asks for, else it would be fetched twice: a journey counts. Lists alone, where there is something
//! to wait for, and at most two of a page: a browser has six connections, and a vendor that hangs must leave some to the
//! app itself.

use std::collections::HashMap;

use axum::http::HeaderValue;
use trunkline_api::comm100::{Include, ListChannelAccounts};
use trunkline_api::digital99::ListAccounts;
use trunkline_api::endpoint::{Endpoint, target};
use trunkline_api::gateway::{GetSession, ListActivity, ListExternalApis, ListVendors};
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::oneview::ListTickets;
use trunkline_api::{Access, Vendor};

use super::session::SignedIn;

/// The value of `Link` for a page's answer. `path` is the page's, still encoded; `console` is the document.
pub fn link(path: &str, who: Option<&SignedIn>, console: &str) -> Option<HeaderValue> {
    // Who is signed in is asked on every page, before anything else.
    let mut links = vec![preload(&GetSession)];
    links.extend(part(path, console).map(|file| fetched(&file)));
    if let Some(who) = who {
        links.extend(data(path, who));
    }
    HeaderValue::try_from(links.join(", ")).ok()
}

/// The file with the code of a page, as `boot.js` chooses it, by the names that stand in the document; none in a build
/// that was not taken apart.
fn part(path: &str, console: &str) -> Option<String> {
    let (_, parts) = console.split_once("data-parts='")?;
    let parts: HashMap<String, String> = serde_json::from_str(parts.split('\'').next()?).ok()?;
    let path = path.replace('-', "_");
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let section = segments.next().unwrap_or("overview");
    let inside = segments.next().map(|id| match (id, segments.next()) {
        ("new", _) | (_, Some(_)) => format!("{section}_form"),
        _ => format!("{section}_record"),
    });
    inside.and_then(|inside| parts.get(&inside)).or_else(|| parts.get(section)).cloned()
}

fn data(path: &str, who: &SignedIn) -> Vec<String> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let accounts = || for_role(who, &ListChannelAccounts { include: Some(Include::Chatbot) });
    let tickets = || {
        let agent_id = who.user.agent_id.clone()?;
        Some(preload(&ListTickets { agent_id }))
    };
    let links = match (segments.next(), segments.next()) {
        (None, _) => [for_role(who, &ListAcdEvents), accounts().or_else(tickets)],
        // List and detail stand together: both ask for the list.
        (Some("inbox"), _) => [tickets(), None],
        (Some("channel-accounts"), None) => [accounts(), None],
        (Some("events"), None) => [for_role(who, &ListAcdEvents), None],
        (Some("external-apis"), None) => [for_role(who, &ListExternalApis), None],
        (Some("account"), None) => [for_role(who, &ListAccounts), None],
        (Some("activity"), None) => [for_role(who, &ListActivity), None],
        (Some("settings"), None) => [for_role(who, &ListVendors), None],
        _ => [None, None],
    };
    links.into_iter().flatten().collect()
}

/// Nothing where the role may not ask: the page says so without a request.
fn for_role<E: Endpoint>(who: &SignedIn, request: &E) -> Option<String> {
    (matches!(E::ACCESS, Access::Browser(_)) && who.may(E::ACCESS, None).is_ok()).then(|| preload(request))
}

fn preload<E: Endpoint>(request: &E) -> String {
    let vendor = match E::VENDOR {
        Vendor::Gateway => String::new(),
        vendor => format!("/{}", vendor.key()),
    };
    fetched(&format!("/api{vendor}{}", target(request)))
}

fn fetched(url: &str) -> String {
    format!("<{url}>; rel=preload; as=fetch; crossorigin")
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_page_has_the_code_of_its_section_record_or_form() {
        let parts = r#"{"overview": "/o", "inbox": "/i", "channel_accounts": "/c", "channel_accounts_record": "/cr", "channel_accounts_form": "/cf"}"#;
        let document = format!("<template id=app-entry data-parts='{parts}' data-js='x'>");
        for (path, file) in [
            ("/", Some("/o")),
            ("/inbox", Some("/i")),
            ("/inbox/7", Some("/i")),
            ("/channel-accounts/", Some("/c")),
            ("/channel-accounts/7", Some("/cr")),
            ("/channel-accounts/new", Some("/cf")),
            ("/channel-accounts/7/edit", Some("/cf")),
            ("/nowhere", None),
        ] {
            assert_eq!(part(path, &document).as_deref(), file, "{path}");
        }
        assert_eq!(part("/inbox", "<template id=app-entry>"), None);
    }
}
