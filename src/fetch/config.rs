//! `config.json`: where the vendors' bases are. Read once, before anything else is fetched.

use gloo_net::http::Request;
use serde_json::{Map, Value};
use std::cell::RefCell;
use trunkline_api::Vendor;

/// The file's content.
#[derive(Clone, Debug)]
pub struct Config {
    /// A base by vendor key; a path on this origin, or an address.
    pub base: Vec<(String, String)>,
    /// The gateway's session endpoint; null when there is no gateway: no sign-in, and no gateway feature is offered.
    pub session: Option<String>,
    /// Without a gateway: the one-view agentID to work as.
    pub agent_id: Option<String>,
}

thread_local! {
    static CONFIG: RefCell<Option<Config>> = const { RefCell::new(None) };
}

/// Reads `config.json`.
///
/// # Errors
/// The reason in words, for the screen of a failed start.
pub async fn load() -> Result<(), String> {
    let response = Request::get("/config.json").send().await.map_err(|error| error.to_string())?;
    if !response.ok() {
        return Err(format!("config.json: HTTP {}", response.status()));
    }
    let bytes = response.binary().await.map_err(|error| error.to_string())?;
    let file = serde_json::from_slice(&bytes).map_err(|error| format!("config.json: {error}"))?;
    set(Config::read(&file));
    Ok(())
}

impl Config {
    /// What the file says; a base that it doesn't name is the gateway's.
    fn read(file: &Map<String, Value>) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let base = file.get("base").and_then(Value::as_object).into_iter().flatten();
        Self {
            base: base.filter_map(|(vendor, base)| Some((vendor.clone(), text(base)?))).collect(),
            session: file.get("session").and_then(text),
            agent_id: file.get("agentId").and_then(text),
        }
    }
}

/// Sets the configuration; tests do so by hand.
pub fn set(config: Config) {
    CONFIG.with(|cell| *cell.borrow_mut() = Some(config));
}

/// Whether there is a gateway.
pub fn has_gateway() -> bool {
    CONFIG.with(|cell| cell.borrow().as_ref().is_none_or(|config| config.session.is_some()))
}

/// The agentID of a console without a gateway.
pub fn agent_id() -> Option<String> {
    CONFIG.with(|cell| cell.borrow().as_ref().and_then(|config| config.agent_id.clone()))
}

/// The base that a vendor's paths are appended to, without a trailing slash.
pub fn base(vendor: Vendor) -> String {
    CONFIG.with(|cell| {
        let config = cell.borrow();
        let config = config.as_ref();
        let base = match vendor {
            // The gateway's own endpoints lie beside its session.
            Vendor::Gateway => config
                .and_then(|config| config.session.as_deref())
                .map(|session| session.trim_end_matches("/session").to_owned()),
            other => config.and_then(|config| {
                config.base.iter().find(|(vendor, _)| vendor == other.key()).map(|(_, base)| base.clone())
            }),
        };
        base.map_or_else(|| format!("/api/{}", vendor.key()), |base| base.trim_end_matches('/').to_owned())
            .trim_end_matches('/')
            .to_owned()
    })
}
