//! `[external_apis]`: where tests of external APIs may go, and what their secrets are kept with.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use toml::Value;

use super::secret::Secret;

/// Ports of web servers, behind proxies too.
const PORTS: [u16; 6] = [80, 443, 8000, 8080, 8443, 8888];

/// Tests of external APIs.
#[derive(Clone)]
pub struct ExternalApis {
    /// Which private, loopback and link-local addresses they may go to.
    pub allow_private: AllowPrivate,
    /// Ports that they may go to on the public Internet. An address that `allow_private` opens is open on every port,
    /// unless its entry names one.
    pub ports: Vec<u16>,
    /// The key that secret headers are encrypted with in the database; `None`: they are kept in the clear.
    pub secrets_key: Option<Secret>,
}

impl Default for ExternalApis {
    fn default() -> Self {
        Self { allow_private: AllowPrivate::default(), ports: PORTS.to_vec(), secrets_key: None }
    }
}

/// The table as it stands in the file.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawExternalApis {
    allow_private: AllowPrivate,
    ports: Option<Vec<u16>>,
    secrets_key: Option<String>,
}

impl RawExternalApis {
    /// The settings.
    ///
    /// # Errors
    /// In words that name the setting and never hold the key.
    pub fn check(self) -> Result<ExternalApis, String> {
        const KEY: &str = "external_apis.secrets_key";
        let secrets_key = self.secrets_key.map(|key| Secret::read(KEY, &key)).transpose()?;
        if secrets_key.as_ref().is_some_and(|key| key.reveal().len() < 32) {
            return Err(format!("{KEY} must have 32 characters or more, such as `openssl rand -base64 32` writes"));
        }
        let ports = self.ports.unwrap_or_else(|| PORTS.to_vec());
        if ports.contains(&0) {
            return Err("external_apis.ports: 0 is no port".to_owned());
        }
        Ok(ExternalApis { allow_private: self.allow_private, ports, secrets_key })
    }
}

/// Which addresses of the inside are open: `false`, `true`, or a list of hosts and networks.
#[derive(Clone, Debug, PartialEq)]
pub enum AllowPrivate {
    /// All of them.
    All,
    /// These; none if the list is empty.
    Only(Vec<Inside>),
}

impl Default for AllowPrivate {
    fn default() -> Self {
        Self::Only(Vec::new())
    }
}

/// A part of the inside.
#[derive(Clone, Debug, PartialEq)]
pub enum Inside {
    /// `10.1.0.0/16`, or one address.
    Network(IpNet),
    /// `crm.internal`, or `crm.internal:8080`: the name as it stands in the URL, whatever it resolves to.
    Host(String, Option<u16>),
}

impl AllowPrivate {
    /// Whether a test of a URL with this host and port may go to an address of the inside.
    pub fn opens(&self, host: &str, port: u16, address: IpAddr) -> bool {
        let Self::Only(list) = self else { return true };
        let address = address.to_canonical();
        list.iter().any(|inside| match inside {
            Inside::Network(network) => network.contains(&address),
            Inside::Host(name, only) => {
                name.eq_ignore_ascii_case(host.trim_end_matches('.')) && only.is_none_or(|only| only == port)
            }
        })
    }
}

impl<'de> Deserialize<'de> for AllowPrivate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = "allow_private must be true, false, or a list of hosts and networks such as \"10.1.0.0/16\"";
        match Value::deserialize(deserializer)? {
            Value::Boolean(true) => Ok(Self::All),
            Value::Boolean(false) => Ok(Self::default()),
            Value::String(one) => inside(&one).map(|one| Self::Only(vec![one])).map_err(D::Error::custom),
            Value::Array(list) => {
                let entry = |value: &Value| value.as_str().ok_or_else(|| words.to_owned()).and_then(inside);
                list.iter().map(entry).collect::<Result<_, _>>().map(Self::Only).map_err(D::Error::custom)
            }
            _ => Err(D::Error::custom(words)),
        }
    }
}

/// An entry of the list.
fn inside(entry: &str) -> Result<Inside, String> {
    let entry = entry.trim();
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    if let Ok(network) = entry.parse::<IpNet>() {
        return Ok(Inside::Network(network.trunc()));
    }
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(Inside::Network(address.to_canonical().into()));
    }
    let wrong = || format!("allow_private: {entry:?} is neither a host nor a network such as \"10.1.0.0/16\"");
    let (name, port) = match entry.split_once(':') {
        Some((name, port)) => (name, Some(port.parse().map_err(|_| wrong())?)),
        None => (entry, None),
    };
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if name.is_empty() || !name.bytes().all(fits) {
        return Err(wrong());
    }
    // `10.0.0.1:8080` opens one port of one address: as the URL writes it.
    Ok(Inside::Host(name.trim_end_matches('.').to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<AllowPrivate, String> {
        let table: toml::Table = toml::from_str(&format!("allow_private = {text}")).unwrap();
        RawExternalApis::deserialize(table).map(|raw| raw.allow_private).map_err(|error| error.to_string())
    }

    #[test]
    fn a_list_opens_what_it_names_alone() {
        let list =
            parsed(r#"["10.1.0.0/16", "crm.internal", "192.168.1.7", "localhost:8080", "fd00::/8", "::1"]"#).unwrap();
        let opens = |host: &str, port: u16, address: &str| list.opens(host, port, address.parse().unwrap());
        assert!(opens("x.example", 80, "10.1.2.3") && opens("x.example", 80, "::ffff:10.1.2.3"));
        assert!(opens("CRM.internal.", 9000, "172.16.0.1") && opens("localhost", 8080, "127.0.0.1"));
        assert!(opens("192.168.1.7", 80, "192.168.1.7") && opens("x", 80, "fd12::1") && opens("[::1]", 80, "::1"));
        assert!(!opens("x.example", 80, "10.2.0.1") && !opens("evil-crm.internal", 80, "172.16.0.1"));
        assert!(!opens("localhost", 8081, "127.0.0.1") && !opens("127.0.0.1", 8080, "127.0.0.1"));
        assert!(!opens("x.example", 80, "169.254.169.254"));
    }

    #[test]
    fn all_or_none_as_before() {
        assert_eq!(parsed("true"), Ok(AllowPrivate::All));
        assert_eq!(parsed("false"), Ok(AllowPrivate::default()));
        assert_eq!(parsed("[]"), Ok(AllowPrivate::default()));
        assert!(!AllowPrivate::default().opens("localhost", 80, "127.0.0.1".parse().unwrap()));
        for wrong in ["1", "[1]", r#"["a b"]"#, r#"["10.0.0.0/99"]"#, r#"[""]"#, r#"["http://x/"]"#] {
            assert!(parsed(wrong).unwrap_err().contains("allow_private"), "{wrong}");
        }
    }
}
