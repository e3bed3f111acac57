//! `[external_apis]`: allowed targets for tests of external APIs, and the key that encrypts their secrets.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use toml::Value;

use super::secret::Secret;

/// Default ports: those of web servers, including servers behind a proxy.
const DEFAULT_PORTS: [u16; 6] = [80, 443, 8000, 8080, 8443, 8888];

/// Settings for tests of external APIs.
#[derive(Clone)]
pub struct ExternalApis {
    /// Private, loopback and link-local addresses that tests may reach.
    pub allow_private: AllowPrivate,
    /// Ports that tests may reach on the public Internet. An address that `allow_private` allows is allowed on every
    /// port, unless its entry names one.
    pub ports: Vec<u16>,
    /// Key that encrypts secret headers in the database; `None` if they are stored in clear text.
    pub secrets_key: Option<Secret>,
}

impl Default for ExternalApis {
    fn default() -> Self {
        Self { allow_private: AllowPrivate::default(), ports: DEFAULT_PORTS.to_vec(), secrets_key: None }
    }
}

/// The table as written in the file.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawExternalApis {
    allow_private: AllowPrivate,
    ports: Option<Vec<u16>>,
    secrets_key: Option<String>,
}

impl RawExternalApis {
    /// Validates the table.
    ///
    /// # Errors
    /// With a message that names the setting and never contains the key.
    pub fn check(self) -> Result<ExternalApis, String> {
        const KEY: &str = "external_apis.secrets_key";
        let secrets_key = self.secrets_key.map(|key| Secret::resolve(KEY, &key)).transpose()?;
        if secrets_key.as_ref().is_some_and(|key| key.reveal().len() < 32) {
            return Err(format!("{KEY} must have 32 characters or more, such as `openssl rand -base64 32` writes"));
        }
        let ports = self.ports.unwrap_or_else(|| DEFAULT_PORTS.to_vec());
        if ports.contains(&0) {
            return Err("external_apis.ports: 0 is no port".to_owned());
        }
        Ok(ExternalApis { allow_private: self.allow_private, ports, secrets_key })
    }
}

/// Allowed internal addresses: `false`, `true`, or a list of hosts and networks.
#[derive(Clone, Debug, PartialEq)]
pub enum AllowPrivate {
    /// All.
    All,
    /// Only these; no address if the list is empty.
    Only(Vec<AllowedTarget>),
}

impl Default for AllowPrivate {
    fn default() -> Self {
        Self::Only(Vec::new())
    }
}

/// An allowed internal host or network.
#[derive(Clone, Debug, PartialEq)]
pub enum AllowedTarget {
    /// `10.1.0.0/16`, or one address.
    Network(IpNet),
    /// `crm.internal`, or `crm.internal:8080`: the host as written in the URL, whatever it resolves to.
    Host(String, Option<u16>),
}

impl AllowPrivate {
    /// True if a test of a URL with this host and port may reach this internal address.
    pub fn allows(&self, host: &str, port: u16, address: IpAddr) -> bool {
        let Self::Only(list) = self else { return true };
        let address = address.to_canonical();
        list.iter().any(|inside| match inside {
            AllowedTarget::Network(network) => network.contains(&address),
            AllowedTarget::Host(name, only) => {
                name.eq_ignore_ascii_case(host.trim_end_matches('.')) && only.is_none_or(|only| only == port)
            }
        })
    }
}

impl<'de> Deserialize<'de> for AllowPrivate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let message = "allow_private must be true, false, or a list of hosts and networks such as \"10.1.0.0/16\"";
        match Value::deserialize(deserializer)? {
            Value::Boolean(true) => Ok(Self::All),
            Value::Boolean(false) => Ok(Self::default()),
            Value::String(one) => parse_target(&one).map(|one| Self::Only(vec![one])).map_err(D::Error::custom),
            Value::Array(list) => {
                let entry = |value: &Value| value.as_str().ok_or_else(|| message.to_owned()).and_then(parse_target);
                list.iter().map(entry).collect::<Result<_, _>>().map(Self::Only).map_err(D::Error::custom)
            }
            _ => Err(D::Error::custom(message)),
        }
    }
}

/// Parses an entry of the list.
fn parse_target(entry: &str) -> Result<AllowedTarget, String> {
    let entry = entry.trim();
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    if let Ok(network) = entry.parse::<IpNet>() {
        return Ok(AllowedTarget::Network(network.trunc()));
    }
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(AllowedTarget::Network(address.to_canonical().into()));
    }
    let wrong = || format!("allow_private: {entry:?} is neither a host nor a network such as \"10.1.0.0/16\"");
    let (name, port) = match entry.split_once(':') {
        Some((name, port)) => (name, Some(port.parse().map_err(|_| wrong())?)),
        None => (entry, None),
    };
    let is_host_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if name.is_empty() || !name.bytes().all(is_host_byte) {
        return Err(wrong());
    }
    // `10.0.0.1:8080` is a host as well: one port of one address, compared as written in the URL.
    Ok(AllowedTarget::Host(name.trim_end_matches('.').to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<AllowPrivate, String> {
        let table: toml::Table = toml::from_str(&format!("allow_private = {text}")).unwrap();
        RawExternalApis::deserialize(table).map(|raw| raw.allow_private).map_err(|error| error.to_string())
    }

    #[test]
    fn allow_private_list_allows_only_its_entries() {
        let list =
            parsed(r#"["10.1.0.0/16", "crm.internal", "192.168.1.7", "localhost:8080", "fd00::/8", "::1"]"#).unwrap();
        let opens = |host: &str, port: u16, address: &str| list.allows(host, port, address.parse().unwrap());
        assert!(opens("x.example", 80, "10.1.2.3") && opens("x.example", 80, "::ffff:10.1.2.3"));
        assert!(opens("CRM.internal.", 9000, "172.16.0.1") && opens("localhost", 8080, "127.0.0.1"));
        assert!(opens("192.168.1.7", 80, "192.168.1.7") && opens("x", 80, "fd12::1") && opens("[::1]", 80, "::1"));
        assert!(!opens("x.example", 80, "10.2.0.1") && !opens("evil-crm.internal", 80, "172.16.0.1"));
        assert!(!opens("localhost", 8081, "127.0.0.1") && !opens("127.0.0.1", 8080, "127.0.0.1"));
        assert!(!opens("x.example", 80, "169.254.169.254"));
    }

    #[test]
    fn allow_private_takes_bool_or_list_and_rejects_other_values() {
        assert_eq!(parsed("true"), Ok(AllowPrivate::All));
        assert_eq!(parsed("false"), Ok(AllowPrivate::default()));
        assert_eq!(parsed("[]"), Ok(AllowPrivate::default()));
        assert!(!AllowPrivate::default().allows("localhost", 80, "127.0.0.1".parse().unwrap()));
        for wrong in ["1", "[1]", r#"["a b"]"#, r#"["10.0.0.0/99"]"#, r#"[""]"#, r#"["http://x/"]"#] {
            assert!(parsed(wrong).unwrap_err().contains("allow_private"), "{wrong}");
        }
    }
}
