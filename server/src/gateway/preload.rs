//! Names what a page of the console requests first in its `Link` header: the page's code chunk, and data. The browser
//! fetches them in parallel with the WebAssembly, and the app's own request reuses them.
//!
//! A preload must equal the page's own request, or it is fetched twice; an end-to-end test counts the requests. Only
//! lists are preloaded, and at most two per page: a browser has six connections, and a vendor that hangs must leave
//! some to the app.

use std::collections::HashMap;

use axum::http::HeaderValue;
use trunkline_api::comm100::{Include, ListChannelAccounts};
use trunkline_api::digital99::ListAccounts;
use trunkline_api::endpoint::{Endpoint, request_target};
use trunkline_api::gateway::{GetSession, ListActivity, ListAgents, ListExternalApis, ListVendors};
use trunkline_api::jtel::ListAcdEvents;
use trunkline_api::oneview::ListTickets;
use trunkline_api::{Access, Service};
use trunkline_model::Route;

use super::session::CurrentUser;

/// Builds the `Link` value for a page. `path` is the page's encoded path; `console` is the document.
pub fn link(path: &str, user: Option<&CurrentUser>, console: &str) -> Option<HeaderValue> {
    // Every page requests the session before anything else.
    let mut links = vec![preload(&GetSession)];
    let route = Route::parse(path);
    links.extend(chunk(&route, console).map(|file| link_value(&file)));
    if let Some(user) = user {
        links.extend(data(&route, user));
    }
    HeaderValue::try_from(links.join(", ")).ok()
}

/// The URL of a route's code chunk, from the names in the document. `None` in a build without code splitting.
fn chunk(route: &Route, console: &str) -> Option<String> {
    let (_, names) = console.split_once("data-chunks='")?;
    let names: HashMap<String, String> = serde_json::from_str(names.split('\'').next()?).ok()?;
    names.get(route.chunk()?).cloned()
}

/// The lists that the page loads first, by the names in `routes.json`.
fn data(route: &Route, user: &CurrentUser) -> Vec<String> {
    route.preload().iter().filter_map(|group| group.iter().find_map(|name| list(name, user))).collect()
}

/// `None` if the user may not read the list.
fn list(name: &str, user: &CurrentUser) -> Option<String> {
    match name {
        "ListAccounts" => for_role(user, &ListAccounts),
        "ListAcdEvents" => for_role(user, &ListAcdEvents),
        "ListAgents" => for_role(user, &ListAgents),
        "ListActivity" => for_role(user, &ListActivity),
        "ListChannelAccounts" => for_role(user, &ListChannelAccounts { include: Some(Include::Chatbot) }),
        "ListExternalApis" => for_role(user, &ListExternalApis),
        "ListTickets" => user.user.agent_id.clone().map(|agent_id| preload(&ListTickets { agent_id })),
        "ListVendors" => for_role(user, &ListVendors),
        _ => None,
    }
}

/// `None` if the role has no access: the page says so without a request.
fn for_role<E: Endpoint>(user: &CurrentUser, request: &E) -> Option<String> {
    (matches!(E::ACCESS, Access::Browser(_)) && user.authorize(E::ACCESS, None).is_ok()).then(|| preload(request))
}

fn preload<E: Endpoint>(request: &E) -> String {
    let vendor = match E::SERVICE {
        Service::Gateway => String::new(),
        vendor => format!("/{}", vendor.key()),
    };
    link_value(&format!("/api{vendor}{}", request_target(request)))
}

fn link_value(url: &str) -> String {
    format!("<{url}>; rel=preload; as=fetch; crossorigin")
}

#[cfg(test)]
mod tests {
    use trunkline_model::Route;

    use super::chunk;

    #[test]
    fn page_preloads_the_chunk_of_its_route() {
        let names = r#"{"overview": "/o", "inbox": "/i", "channel_accounts": "/c", "channel_accounts_record": "/cr", "channel_accounts_form": "/cf"}"#;
        let document = format!("<template id=app-entry data-chunks='{names}' data-js='x'>");
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
            assert_eq!(chunk(&Route::parse(path), &document).as_deref(), file, "{path}");
        }
        assert_eq!(chunk(&Route::Inbox, "<template id=app-entry>"), None);
    }

    #[test]
    fn every_list_of_the_route_table_is_known_here() {
        let table = include_str!("../../../routes.json");
        let source = include_str!("preload.rs");
        for name in table.split('"').filter(|word| word.starts_with("List")) {
            assert!(source.contains(&format!("{name:?} =>")), "{name}");
        }
    }
}
