//! How a vendor's upstream is reached.

use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderName;
use serde::Deserialize;
use toml::Value;
use trunkline_api::Vendor;

use super::secret::Secret;

/// A vendor that is proxied to.
#[derive(Clone)]
pub struct Upstream {
    /// The base: an endpoint's path is appended to it. For Sobot the whole query URL.
    pub url: Url,
    /// Credentials.
    pub auth: Auth,
    /// At most so many calls in a window, over all users.
    pub budget: Option<BudgetConfig>,
    /// How long an answer, or its next piece, may take.
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
    /// 99digital: exchanged for a token.
    Client(Secret, Secret),
}

/// Calls per window.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetConfig {
    /// How many calls.
    pub calls: u32,
    /// The window, in seconds.
    pub seconds: u32,
}

/// The table as it stands in the file. Secrets stay untyped here: a decoder's complaint would quote them.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawVendor {
    upstream: Option<String>,
    auth: Option<Value>,
    budget: Option<BudgetConfig>,
    timeout_seconds: Option<u32>,
}

impl RawVendor {
    /// The budget of a vendor that stays with the sandbox: it is heeded as an upstream's is, so that it can be tried out.
    pub fn sandbox_budget(&self) -> Option<BudgetConfig> {
        self.budget.filter(|_| self.upstream.as_deref().is_none_or(|text| text.trim().is_empty()))
    }

    /// The upstream; none if the vendor stays with the sandbox. `patience` is the time-out of a vendor without its own.
    ///
    /// # Errors
    /// In words that name the setting and never hold a credential.
    pub fn check(self, vendor: Vendor, patience: Duration) -> Result<Option<Upstream>, String> {
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
        let url = base(&key, &text)?;
        let auth = self.auth.map_or(Ok(Auth::None), |auth| read_auth(&format!("{key}.auth"), auth))?;
        if matches!(auth, Auth::Client(..)) != (vendor == Vendor::Digital99) && !matches!(auth, Auth::None) {
            return Err(format!("{key}.auth: client_id and client_secret are for digital99, and for it alone"));
        }
        // The vendor's own limit: 300 calls per 5 minutes and address.
        let usual = (vendor == Vendor::Comm100).then_some(BudgetConfig { calls: 300, seconds: 300 });
        let budget = self.budget.or(usual);
        let timeout = self.timeout_seconds.map_or(patience, |seconds| Duration::from_secs(seconds.max(1).into()));
        Ok(Some(Upstream { url, auth, budget, timeout }))
    }
}

/// An absolute http(s) URL without credentials or fragment.
fn base(key: &str, text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim()).map_err(|error| format!("{key}.upstream is not a URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(format!("{key}.upstream must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(format!("{key}.upstream must hold neither credentials nor a fragment; use {key}.auth"));
    }
    Ok(url)
}

/// The credentials of a table with exactly one kind of them.
fn read_auth(key: &str, value: Value) -> Result<Auth, String> {
    const KNOWN: [&str; 7] = ["none", "bearer", "basic", "header", "value", "client_id", "client_secret"];
    let table = match value {
        Value::String(word) if word == "none" => return Ok(Auth::None),
        Value::Table(table) => table,
        _ => return Err(format!("{key} must be a table such as {{ bearer = \"env:NAME\" }}, or \"none\"")),
    };
    if let Some(name) = table.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(format!("{key}: unknown field `{name}`, expected one of {}", KNOWN.join(", ")));
    }
    let mut names: Vec<&str> = table.keys().map(String::as_str).collect();
    names.sort_unstable();
    let secret = |name: &str| secret(key, &table, name);
    match names.as_slice() {
        ["none"] => Ok(Auth::None),
        ["bearer"] => Ok(Auth::Bearer(secret("bearer")?)),
        ["basic"] => match table.get("basic") {
            Some(Value::Table(pair)) if pair.len() == 2 => {
                let key = format!("{key}.basic");
                let user = self::secret(&key, pair, "user")?;
                Ok(Auth::Basic(user.reveal().to_owned(), self::secret(&key, pair, "password")?))
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

/// A table's entry as a secret.
fn secret(key: &str, table: &toml::Table, name: &str) -> Result<Secret, String> {
    match table.get(name) {
        Some(Value::String(text)) => Secret::read(&format!("{key}.{name}"), text),
        _ => Err(format!("{key}.{name} must be a string")),
    }
}
