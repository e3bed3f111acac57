//! What a page of the console will ask for first, named in its answer's `Link`: the browser fetches it beside the
//! WebAssembly, not after it, and the app's own request takes it.
//!
//! Exactly what the page asks for, else it would be fetched twice: a journey counts. Lists alone, where there is something
//! to wait for, and at most two of a page: a browser has six connections, and a vendor that hangs must leave some to the
//! app itself.

use axum::http::HeaderValue;
use trunkline_api::comm100::{Include, ListChannelAccounts};
use trunkline_api::digital99::ListAccounts;
use trunkline_api::endpoint::{Endpoint, target};
use trunkline_api::gateway::{GetSession, ListActivity, ListExternalApis, ListVendors};
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::oneview::ListTickets;
use trunkline_api::{Access, Vendor};

use super::session::SignedIn;

/// The value of `Link` for a page's answer. `path` is the page's, still encoded.
pub fn link(path: &str, who: Option<&SignedIn>) -> Option<HeaderValue> {
    // Who is signed in is asked on every page, before anything else.
    let mut links = vec![preload(&GetSession)];
    if let Some(who) = who {
        links.extend(data(path, who));
    }
    HeaderValue::try_from(links.join(", ")).ok()
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
    format!("</api{vendor}{}>; rel=preload; as=fetch; crossorigin", target(request))
}
