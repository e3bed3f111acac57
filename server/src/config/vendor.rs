//! `[vendors.…]`: URL, credentials, budget and timeout of a vendor's upstream.

use std::collections::BTreeMap;
use std::mem::take;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderName;
use serde::Deserialize;
use toml::Value;
use trunkline_api::Service;

use super::labels::RawLabels;
use super::secret::Secret;

/// A vendor's upstream.
#[derive(Clone)]
pub struct Upstream {
    /// Base URL, to which an endpoint's path is appended. For Sobot the complete query URL.
    pub url: Url,
    /// Credentials.
    pub auth: Auth,
    /// Maximum of calls per time window, over all users.
    pub budget: Option<BudgetConfig>,
    /// Time limit for the beginning of a response, and for each further piece of it.
    pub timeout: Duration,
}

/// The credentials that the gateway adds.
#[derive(Clone)]
pub enum Auth {
    /// None.
    None,
    /// `Authorization: Bearer …`.
    Bearer(Secret),
    /// `Authorization: Basic …`.
    Basic(String, Secret),
    /// A header with a fixed value.
    Header(HeaderName, Secret),
    /// 99digital: client ID and secret, exchanged for a token.
    Client(Secret, Secret),
}

/// A maximum of calls per time window.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetConfig {
    /// Number of calls.
    pub calls: u32,
    /// Length of the window in seconds.
    pub seconds: u32,
}

/// The table as written in the file. Credentials stay untyped here, because a deserialiser's error would quote them.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawVendor {
    upstream: Option<String>,
    auth: Option<Value>,
    budget: Option<BudgetConfig>,
    timeout_seconds: Option<u32>,
    statuses: BTreeMap<String, String>,
    custom_fields: BTreeMap<String, String>,
}

impl RawVendor {
    /// Takes the names out of the table.
    pub fn take_labels(&mut self) -> RawLabels {
        RawLabels { statuses: take(&mut self.statuses), custom_fields: take(&mut self.custom_fields) }
    }

    /// Returns the budget of a vendor without upstream; `None` if there is no such budget. The sandbox enforces it as
    /// an upstream's, so that it can be tried out.
    pub fn sandbox_budget(&self) -> Option<BudgetConfig> {
        self.budget.filter(|_| self.upstream.as_deref().is_none_or(|text| text.trim().is_empty()))
    }

    /// Validates the table and returns the upstream; `None` if the vendor stays with the sandbox. `default_timeout` is
    /// for a vendor without a timeout of its own.
    ///
    /// # Errors
    /// With a message that names the setting and never contains a credential.
    pub fn check(self, vendor: Service, default_timeout: Duration) -> Result<Option<Upstream>, String> {
        let key = format!("vendors.{}", vendor.key());
        if self.budget.is_some_and(|budget| budget.calls == 0 || budget.seconds == 0) {
            return Err(format!("{key}.budget: calls and seconds must be at least 1"));
        }
        let Some(text) = self.upstream.filter(|text| !text.trim().is_empty()) else {
            return match self.auth {
                Some(_) => Err(format!("{key}.auth is set, but {key}.upstream is not")),
                None => Ok(None),
            };
        };
        let url = parse_base_url(&key, &text)?;
        let auth = self.auth.map_or(Ok(Auth::None), |auth| parse_auth(&format!("{key}.auth"), auth))?;
        if matches!(auth, Auth::Client(..)) != (vendor == Service::Digital99) && !matches!(auth, Auth::None) {
            return Err(format!("{key}.auth: client_id and client_secret are for digital99, and for it alone"));
        }
        // Comm100's own limit: 300 calls per 5 minutes and IP address.
        let default_budget = (vendor == Service::Comm100).then_some(BudgetConfig { calls: 300, seconds: 300 });
        let budget = self.budget.or(default_budget);
        let timeout =
            self.timeout_seconds.map_or(default_timeout, |seconds| Duration::from_secs(seconds.max(1).into()));
        Ok(Some(Upstream { url, auth, budget, timeout }))
    }
}

/// Parses an absolute http(s) URL without credentials or fragment.
fn parse_base_url(key: &str, text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim()).map_err(|error| format!("{key}.upstream is not a URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(format!("{key}.upstream must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(format!("{key}.upstream must hold neither credentials nor a fragment; use {key}.auth"));
    }
    Ok(url)
}

/// Parses a table with exactly one kind of credentials.
fn parse_auth(key: &str, value: Value) -> Result<Auth, String> {
    const AUTH_KEYS: [&str; 7] = ["none", "bearer", "basic", "header", "value", "client_id", "client_secret"];
    let table = match value {
        Value::String(word) if word == "none" => return Ok(Auth::None),
        Value::Table(table) => table,
        _ => return Err(format!("{key} must be a table such as {{ bearer = \"env:NAME\" }}, or \"none\"")),
    };
    if let Some(name) = table.keys().find(|name| !AUTH_KEYS.contains(&name.as_str())) {
        return Err(format!("{key}: unknown field `{name}`, expected one of {}", AUTH_KEYS.join(", ")));
    }
    let mut names: Vec<&str> = table.keys().map(String::as_str).collect();
    names.sort_unstable();
    let secret = |name: &str| resolve_secret(key, &table, name);
    match names.as_slice() {
        ["none"] => Ok(Auth::None),
        ["bearer"] => Ok(Auth::Bearer(secret("bearer")?)),
        ["basic"] => match table.get("basic") {
            Some(Value::Table(pair)) if pair.len() == 2 => {
                let key = format!("{key}.basic");
                let user = self::resolve_secret(&key, pair, "user")?;
                Ok(Auth::Basic(user.reveal().to_owned(), self::resolve_secret(&key, pair, "password")?))
            }
            _ => Err(format!("{key}.basic needs user and password, and nothing else")),
        },
        ["header", "value"] => {
            let name = HeaderName::try_from(secret("header")?.reveal())
                .map_err(|_| format!("{key}.header is not a header's name"))?;
            Ok(Auth::Header(name, secret("value")?))
        }
        ["client_id", "client_secret"] => Ok(Auth::Client(secret("client_id")?, secret("client_secret")?)),
        _ => Err(format!(
            "{key} takes exactly one of: bearer; basic with user and password; header with value; client_id with \
             client_secret; none"
        )),
    }
}

/// Resolves a table's entry as a secret.
fn resolve_secret(key: &str, table: &toml::Table, name: &str) -> Result<Secret, String> {
    match table.get(name) {
        Some(Value::String(text)) => Secret::resolve(&format!("{key}.{name}"), text),
        _ => Err(format!("{key}.{name} must be a string")),
    }
}
