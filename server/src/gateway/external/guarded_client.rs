//! The HTTP client of tests: it reaches checked addresses only.

use reqwest::{Client, redirect};
use trunkline_api::gateway::NoResponseReason;
use url::Url;

use super::ssrf_guard;
use crate::config::ExternalApis;

/// A client that connects to exactly the addresses that were checked, and follows no redirects.
///
/// # Errors
/// If the address is not allowed.
pub async fn client_for(url: &Url, config: &ExternalApis) -> Result<Client, NoResponseReason> {
    let addresses = ssrf_guard::resolve(url, config).await?;
    Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .tls_built_in_root_certs(url.scheme() == "https")
        .resolve_to_addrs(url.host_str().unwrap_or_default(), &addresses)
        .user_agent(concat!("trunkline/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|_| NoResponseReason::Request)
}
