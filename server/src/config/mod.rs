//! The configuration: `trunkline.toml`, overridden by `TRUNKLINE_…` variables.

mod env;
mod external_apis;
mod secret;
mod vendor;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;
use toml::Table;
use trunkline_api::Vendor;

pub use external_apis::{AllowPrivate, ExternalApis};
pub use secret::{Secret, is_readable_by_others};
pub use vendor::{Auth, BudgetConfig, Upstream};

use crate::sandbox::SandboxConfig;

/// All that an operator may set.
#[derive(Clone, Default)]
pub struct Config {
    /// Whether demo users exist; unset, they do while no upstream is configured and no user was ever made. Never off
    /// loopback.
    pub demo_users: Option<bool>,
    /// Networks of proxies whose `X-Forwarded-For` is believed. This machine is named like any other.
    pub trusted_proxies: Vec<IpNet>,
    /// The demo data's sizes and the sandbox's temper.
    pub sandbox: SandboxConfig,
    /// Vendors that are proxied to; the sandbox answers for the others.
    pub upstreams: BTreeMap<Vendor, Upstream>,
    /// Budgets of vendors that the sandbox answers for.
    pub sandbox_budgets: BTreeMap<Vendor, BudgetConfig>,
    /// How long a vendor, or the sandbox in its place, may take to begin an answer.
    pub vendor_timeout: VendorTimeout,
    /// Tests of external APIs.
    pub external_apis: ExternalApis,
    /// Sessions.
    pub session: SessionConfig,
    /// The audit.
    pub audit: AuditConfig,
    /// What one person may ask for.
    pub limits: LimitsConfig,
    /// How often the vendors are looked at while somebody listens.
    pub live: LiveConfig,
    /// How long a browser may take for a request's head.
    pub header_timeout: HeaderTimeout,
    /// How long a browser may take nothing of an answer.
    pub write_timeout: WriteTimeout,
}

/// How long a vendor may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VendorTimeout(pub Duration);

impl Default for VendorTimeout {
    fn default() -> Self {
        Self(Duration::from_secs(20))
    }
}

/// How long a browser may take for a request's head, from the end of the request before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeaderTimeout(pub Duration);

impl Default for HeaderTimeout {
    fn default() -> Self {
        // Longer than the 60 s for which proxies keep their connections: they end them, not the server under their hands.
        Self(Duration::from_secs(75))
    }
}

/// How long a browser may take not one byte of an answer that waits for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WriteTimeout(pub Duration);

impl Default for WriteTimeout {
    fn default() -> Self {
        Self(Duration::from_secs(30))
    }
}

/// The record of who changed what.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditConfig {
    /// Days after which an entry is taken away.
    pub days: u32,
    /// The most entries; the oldest go.
    pub rows: u32,
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self { days: 90, rows: 100_000 }
    }
}

/// What one person may ask for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    /// Sessions; the oldest goes.
    pub sessions: u32,
    /// Look-ups of customers in 10 minutes.
    pub look_ups: u32,
    /// Tests of external APIs at once.
    pub tests: u32,
    /// Sign-ins of demo users in 10 minutes, of everybody together.
    pub demo_sign_ins: u32,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self { sessions: 10, look_ups: 200, tests: 4, demo_sign_ins: 100 }
    }
}

/// How often the vendors are looked at while somebody listens.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LiveConfig {
    /// Seconds between two looks at an agent's tickets; unset: 5 for the sandbox, 15 for an upstream.
    pub tickets_seconds: Option<u32>,
    /// Seconds between two looks at an upstream's list; 0: never.
    pub lists_seconds: u32,
    /// Streams that one user may have open, over all sessions; the oldest goes.
    pub streams_per_user: usize,
}

impl Default for LiveConfig {
    fn default() -> Self {
        Self { tickets_seconds: None, lists_seconds: 30, streams_per_user: 12 }
    }
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionConfig {
    /// Seconds without a request after which it ends.
    pub idle_seconds: u32,
    /// Seconds after which it ends in any case.
    pub absolute_seconds: u32,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self { idle_seconds: 60 * 60, absolute_seconds: 12 * 60 * 60 }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    demo_users: Option<bool>,
    trusted_proxies: Vec<String>,
    limits: LimitsConfig,
    sandbox: SandboxConfig,
    vendors: BTreeMap<String, vendor::RawVendor>,
    vendor_timeout_seconds: Option<u32>,
    header_timeout_seconds: Option<u32>,
    write_timeout_seconds: Option<u32>,
    external_apis: external_apis::RawExternalApis,
    session: SessionConfig,
    audit: AuditConfig,
    live: LiveConfig,
}

impl Config {
    /// Reads the file, if there is one, and the environment.
    ///
    /// # Errors
    /// In one sentence that names the setting, and never holds a credential.
    pub fn load(file: Option<&Path>, vars: impl Iterator<Item = (String, String)>) -> Result<Self, String> {
        let text = match file {
            Some(file) => std::fs::read_to_string(file)
                .map_err(|error| format!("The configuration {} can't be read: {error}.", file.display()))?,
            None => String::new(),
        };
        let name = file.map_or_else(|| "environment".to_owned(), |file| file.display().to_string());
        Self::parse(&text, vars).map_err(|words| format!("The configuration ({name}) is wrong: {words}."))
    }

    /// Reads a configuration's text and lays variables over it.
    ///
    /// # Errors
    /// In words that name the setting, and never hold a credential.
    pub fn parse(text: &str, vars: impl Iterator<Item = (String, String)>) -> Result<Self, String> {
        // A whole TOML error quotes the line it is about, which may hold a credential: the place and the words do.
        let mut table: Table = toml::from_str(text).map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
            format!("line {line}: {}", error.message())
        })?;
        env::overlay(&mut table, vars)?;
        let raw = Raw::deserialize(table).map_err(|error| error.to_string().trim().replace('\n', ", "))?;
        raw.sandbox.check()?;
        let vendor_timeout = match raw.vendor_timeout_seconds {
            Some(0) => return Err("vendor_timeout_seconds must be at least 1".to_owned()),
            Some(seconds) => VendorTimeout(Duration::from_secs(seconds.into())),
            None => VendorTimeout::default(),
        };
        let header_timeout = match raw.header_timeout_seconds {
            Some(0) => return Err("header_timeout_seconds must be at least 1".to_owned()),
            Some(seconds) => HeaderTimeout(Duration::from_secs(seconds.into())),
            None => HeaderTimeout::default(),
        };
        let write_timeout = match raw.write_timeout_seconds {
            Some(0) => return Err("write_timeout_seconds must be at least 1".to_owned()),
            Some(seconds) => WriteTimeout(Duration::from_secs(seconds.into())),
            None => WriteTimeout::default(),
        };
        let (mut upstreams, mut sandbox_budgets) = (BTreeMap::new(), BTreeMap::new());
        for (key, vendor) in raw.vendors {
            let known = Vendor::from_key(&key).ok_or_else(|| {
                let all: Vec<&str> = Vendor::ALL.into_iter().map(Vendor::key).collect();
                format!("vendors.{key} is unknown; there are {}", all.join(", "))
            })?;
            sandbox_budgets.extend(vendor.sandbox_budget().map(|budget| (known, budget)));
            if let Some(upstream) = vendor.check(known, vendor_timeout.0)? {
                upstreams.insert(known, upstream);
            }
        }
        if raw.session.idle_seconds == 0 || raw.session.absolute_seconds == 0 {
            return Err("session: idle_seconds and absolute_seconds must be at least 1".to_owned());
        }
        if raw.live.streams_per_user == 0 {
            return Err("live.streams_per_user must be at least 1".to_owned());
        }
        if raw.audit.days == 0 || raw.audit.rows == 0 {
            return Err("audit.days and audit.rows must be at least 1".to_owned());
        }
        let limits = raw.limits;
        let all = [limits.sessions, limits.look_ups, limits.tests, limits.demo_sign_ins];
        if all.contains(&0) {
            return Err("limits: each must be at least 1".to_owned());
        }
        Ok(Self {
            demo_users: raw.demo_users,
            trusted_proxies: networks(&raw.trusted_proxies)?,
            limits,
            sandbox: raw.sandbox,
            upstreams,
            sandbox_budgets,
            vendor_timeout,
            external_apis: raw.external_apis.check()?,
            session: raw.session,
            audit: raw.audit,
            live: raw.live,
            header_timeout,
            write_timeout,
        })
    }
}

/// Addresses and networks, such as `127.0.0.1`, `::1`, `10.0.0.0/8`.
fn networks(texts: &[String]) -> Result<Vec<IpNet>, String> {
    let read = |text: &String| {
        let text = text.trim();
        let address = || text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
        text.parse::<IpNet>()
            .map(|network| network.trunc())
            .or_else(|_| address())
            .map_err(|_| format!("trusted_proxies: {text} is neither an address nor a network such as 10.0.0.0/8"))
    };
    texts.iter().map(read).collect()
}
