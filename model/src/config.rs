//! The content of `config.json`: the vendors' base URLs.

use serde_json::{Map, Value};
use trunkline_api::Service;

/// The content of `config.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Vendor key and base: a path on this origin, or a URL.
    pub base: Vec<(String, String)>,
    /// The gateway's session endpoint; `None` without a gateway: there is no sign-in, and no feature of the gateway.
    pub session: Option<String>,
    /// The one-view agentID of a console without a gateway.
    pub agent_id: Option<String>,
}

impl Config {
    /// Parses the file. Members of other types count as absent.
    #[must_use]
    pub fn parse(file: &Map<String, Value>) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let base = file.get("base").and_then(Value::as_object).into_iter().flatten();
        Self {
            base: base.filter_map(|(vendor, base)| Some((vendor.clone(), text(base)?))).collect(),
            session: file.get("session").and_then(text),
            agent_id: file.get("agentId").and_then(text),
        }
    }

    /// The base URL that a service's paths are appended to, without a trailing slash. A vendor without a base uses the
    /// gateway's.
    #[must_use]
    pub fn base(&self, service: Service) -> String {
        let base = match service {
            // The gateway's other endpoints share the parent path of its session endpoint.
            Service::Gateway => self.session.as_deref().map(|session| session.trim_end_matches("/session")),
            vendor => self.base.iter().find(|(key, _)| key == vendor.key()).map(|(_, base)| base.as_str()),
        };
        base.map_or_else(|| format!("/api/{}", service.key()), str::to_owned).trim_end_matches('/').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(file: Value) -> Config {
        Config::parse(file.as_object().unwrap())
    }

    #[test]
    fn vendors_without_a_base_use_the_gateway() {
        let config = parse(json!({"session": "/api/session"}));
        assert_eq!(config.base(Service::Comm100), "/api/comm100");
        assert_eq!(config.base(Service::Gateway), "/api");
        assert_eq!(Config::default().base(Service::Gateway), "/api");
    }

    #[test]
    fn bases_and_sessions_may_be_anywhere() {
        let config = parse(json!({
            "base": {"jtel": "https://jtel.example/rest/v1.0/1/", "sobot": 7},
            "session": "https://gate.example/trunkline/session",
            "agentId": "a1",
        }));
        assert_eq!(config.base(Service::Jtel), "https://jtel.example/rest/v1.0/1");
        assert_eq!(config.base(Service::Sobot), "/api/sobot");
        assert_eq!(config.base(Service::Gateway), "https://gate.example/trunkline");
        assert_eq!(config.agent_id.as_deref(), Some("a1"));
    }

    #[test]
    fn other_types_count_as_absent() {
        assert_eq!(parse(json!({"base": [], "session": null, "agentId": 7})), Config::default());
    }
}
