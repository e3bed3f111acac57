//! The configuration: `trunkline.toml`, overridden by `TRUNKLINE_…` variables.

mod env;
mod external_apis;
mod labels;
mod secret;
mod vendor;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;
use toml::Table;
use trunkline_api::Service;

pub use external_apis::{AllowPrivate, ExternalApis};
pub use labels::Labels;
pub use secret::{Secret, is_readable_by_others};
pub use vendor::{Auth, BudgetConfig, Upstream};

use crate::sandbox::SandboxConfig;

/// The operator's settings.
#[derive(Clone, Default)]
pub struct Config {
    /// Enables demo users, only ever on loopback. `None` enables them while no upstream is configured and no user was
    /// ever created.
    pub demo_users: Option<bool>,
    /// Networks of proxies whose `X-Forwarded-For` is trusted. Loopback has to be listed like any other.
    pub trusted_proxies: Vec<IpNet>,
    /// Sizes of the demo data and behaviour of the sandbox.
    pub sandbox: SandboxConfig,
    /// Vendors with an upstream; the sandbox answers for the others.
    pub upstreams: BTreeMap<Service, Upstream>,
    /// Budgets of vendors that the sandbox answers for.
    pub sandbox_budgets: BTreeMap<Service, BudgetConfig>,
    /// The operator's names for values that a vendor sends without names.
    pub labels: Labels,
    /// Time limit for a vendor, or the sandbox in its place, to begin a response.
    pub vendor_timeout: VendorTimeout,
    /// Settings for tests of external APIs.
    pub external_apis: ExternalApis,
    /// Lifetimes of sessions.
    pub session: SessionConfig,
    /// Retention of the activity.
    pub audit: AuditConfig,
    /// Retention of the history of tickets, and of marks.
    pub history: HistoryConfig,
    /// Limits per user.
    pub limits: LimitsConfig,
    /// Poll intervals and limits of live streams.
    pub live: LiveConfig,
    /// Time limit for a request's head.
    pub header_timeout: HeaderTimeout,
    /// Time limit for a client that reads nothing of a response.
    pub write_timeout: WriteTimeout,
}

/// Time limit for a vendor to begin a response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VendorTimeout(pub Duration);

impl Default for VendorTimeout {
    fn default() -> Self {
        Self(Duration::from_secs(20))
    }
}

/// Time limit for a request's head, measured from the end of the previous request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeaderTimeout(pub Duration);

impl Default for HeaderTimeout {
    fn default() -> Self {
        // Longer than the 60 s for which proxies keep idle connections, so that the proxy closes them first and never
        // sends a request into one that the server just closed.
        Self(Duration::from_secs(75))
    }
}

/// Time limit for a client that reads not one byte of a pending response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WriteTimeout(pub Duration);

impl Default for WriteTimeout {
    fn default() -> Self {
        Self(Duration::from_secs(30))
    }
}

/// Retention of the activity, the record of who changed what: `[audit]`, as the table is named.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditConfig {
    /// Days after which an entry is deleted.
    pub days: u32,
    /// Maximum of entries; the oldest are deleted.
    pub rows: u32,
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self { days: 90, rows: 100_000 }
    }
}

/// Retention of what is kept about tickets.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HistoryConfig {
    /// Days after which a row of the history is deleted.
    pub days: u32,
    /// Maximum rows per agent; the oldest are deleted.
    pub rows: u32,
    /// Days since its last change after which the mark of a ticket that is in no list is deleted.
    pub marks_days: u32,
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self { days: 30, rows: 100_000, marks_days: 90 }
    }
}

/// Limits per user.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    /// Concurrent sessions; a new one ends the oldest.
    pub sessions: u32,
    /// Customer look-ups in 10 minutes.
    pub look_ups: u32,
    /// Concurrent tests of external APIs.
    pub tests: u32,
    /// Sign-ins of demo users in 10 minutes, over all users.
    pub demo_sign_ins: u32,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self { sessions: 10, look_ups: 200, tests: 4, demo_sign_ins: 100 }
    }
}

/// Poll intervals and limits of live streams.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LiveConfig {
    /// Seconds between polls of an agent's tickets; `None`: 5 for the sandbox, 15 for an upstream.
    pub tickets_seconds: Option<u32>,
    /// Seconds between polls of an upstream's list; 0 disables them.
    pub lists_seconds: u32,
    /// Open streams per user, over all sessions; a new one replaces the oldest.
    pub streams_per_user: usize,
    /// Minutes without any stream of an agent after which the gateway sets the agent offline; 0: never.
    pub offline_after_minutes: u32,
}

impl Default for LiveConfig {
    fn default() -> Self {
        Self { tickets_seconds: None, lists_seconds: 30, streams_per_user: 12, offline_after_minutes: 0 }
    }
}

/// Lifetimes of a session.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionConfig {
    /// Seconds without a request after which a session ends.
    pub idle_seconds: u32,
    /// Seconds after which a session ends in any case.
    pub absolute_seconds: u32,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self { idle_seconds: 60 * 60, absolute_seconds: 12 * 60 * 60 }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawConfig {
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
    history: HistoryConfig,
    live: LiveConfig,
}

impl Config {
    /// Loads the file, if there is one, and the environment's overrides.
    ///
    /// # Errors
    /// With one sentence that names the setting and never contains a credential.
    pub fn load(file: Option<&Path>, vars: impl Iterator<Item = (String, String)>) -> Result<Self, String> {
        let text = match file {
            Some(file) => std::fs::read_to_string(file)
                .map_err(|error| format!("The configuration {} can't be read: {error}.", file.display()))?,
            None => String::new(),
        };
        let name = file.map_or_else(|| "environment".to_owned(), |file| file.display().to_string());
        Self::parse(&text, vars).map_err(|words| format!("The configuration ({name}) is wrong: {words}."))
    }

    /// Parses a configuration and applies the variables' overrides.
    ///
    /// # Errors
    /// With a message that names the setting and never contains a credential.
    pub fn parse(text: &str, vars: impl Iterator<Item = (String, String)>) -> Result<Self, String> {
        // A full TOML error quotes its line, which may contain a credential. Give only the line number and the message.
        let mut table: Table = toml::from_str(text).map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
            format!("line {line}: {}", error.message())
        })?;
        env::overlay(&mut table, vars)?;
        let raw = RawConfig::deserialize(table).map_err(|error| error.to_string().trim().replace('\n', ", "))?;
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
        let mut labels = Labels::default();
        for (key, mut vendor) in raw.vendors {
            let vendor_id = Service::from_key(&key).ok_or_else(|| {
                let all: Vec<&str> = Service::VENDORS.into_iter().map(Service::key).collect();
                format!("vendors.{key} is unknown; there are {}", all.join(", "))
            })?;
            labels.add(vendor_id, vendor.take_labels())?;
            sandbox_budgets.extend(vendor.sandbox_budget().map(|budget| (vendor_id, budget)));
            if let Some(upstream) = vendor.check(vendor_id, vendor_timeout.0)? {
                upstreams.insert(vendor_id, upstream);
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
        let history = raw.history;
        if history.days == 0 || history.rows == 0 || history.marks_days == 0 {
            return Err("history.days, history.rows and history.marks_days must be at least 1".to_owned());
        }
        let limits = raw.limits;
        let all = [limits.sessions, limits.look_ups, limits.tests, limits.demo_sign_ins];
        if all.contains(&0) {
            return Err("limits: each must be at least 1".to_owned());
        }
        Ok(Self {
            demo_users: raw.demo_users,
            trusted_proxies: parse_networks(&raw.trusted_proxies)?,
            limits,
            sandbox: raw.sandbox,
            upstreams,
            sandbox_budgets,
            labels,
            vendor_timeout,
            external_apis: raw.external_apis.check()?,
            session: raw.session,
            audit: raw.audit,
            history,
            live: raw.live,
            header_timeout,
            write_timeout,
        })
    }
}

/// Parses addresses and networks, such as `127.0.0.1`, `::1`, `10.0.0.0/8`.
fn parse_networks(texts: &[String]) -> Result<Vec<IpNet>, String> {
    let parse = |text: &String| {
        let text = text.trim();
        let address = || text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
        text.parse::<IpNet>()
            .map(|network| network.trunc())
            .or_else(|_| address())
            .map_err(|_| format!("trusted_proxies: {text} is neither an address nor a network such as 10.0.0.0/8"))
    };
    texts.iter().map(parse).collect()
}
