//! `config.json`: the vendors' base URLs. Read once, before any other request.

use gloo_net::http::Request;
use std::cell::RefCell;
use trunkline_api::Service;
pub use trunkline_model::config::Config;

thread_local! {
    static CONFIG: RefCell<Option<Config>> = const { RefCell::new(None) };
}

/// Reads `config.json`.
///
/// # Errors
/// Errors with a message for the start-up error page if the file can't be fetched or parsed.
pub async fn load() -> Result<(), String> {
    let response = Request::get("/config.json").send().await.map_err(|error| error.to_string())?;
    if !response.ok() {
        return Err(format!("config.json: HTTP {}", response.status()));
    }
    let bytes = response.binary().await.map_err(|error| error.to_string())?;
    let file = serde_json::from_slice(&bytes).map_err(|error| format!("config.json: {error}"))?;
    set(Config::parse(&file));
    Ok(())
}

/// Sets the configuration; component tests call it directly.
pub fn set(config: Config) {
    CONFIG.with(|cell| *cell.borrow_mut() = Some(config));
}

/// `true` if there is a gateway.
pub fn has_gateway() -> bool {
    CONFIG.with(|cell| cell.borrow().as_ref().is_none_or(|config| config.session.is_some()))
}

/// The agentID of a console without a gateway.
pub fn agent_id() -> Option<String> {
    CONFIG.with(|cell| cell.borrow().as_ref().and_then(|config| config.agent_id.clone()))
}

/// The base URL that a service's paths are appended to, without a trailing slash.
pub fn base(service: Service) -> String {
    CONFIG.with(|cell| {
        cell.borrow().as_ref().map_or_else(|| Config::default().base(service), |config| config.base(service))
    })
}
