//! Settings from the environment: `TRUNKLINE_VENDORS_JTEL_UPSTREAM` is `[vendors.jtel] upstream`.

use toml::{Table, Value};
use trunkline_api::Service;

/// Suffixes of variables and the keys below `vendors.X` that they set.
const VENDOR_KEYS: [(&str, &[&str]); 15] = [
    ("UPSTREAM", &["upstream"]),
    ("TIMEOUT_SECONDS", &["timeout_seconds"]),
    ("STATUSES", &["statuses"]),
    ("CUSTOM_FIELDS", &["custom_fields"]),
    ("BUDGET_CALLS", &["budget", "calls"]),
    ("BUDGET_SECONDS", &["budget", "seconds"]),
    ("AUTH", &["auth"]),
    ("AUTH_BEARER", &["auth", "bearer"]),
    ("AUTH_BASIC_USER", &["auth", "basic", "user"]),
    ("AUTH_BASIC_PASSWORD", &["auth", "basic", "password"]),
    ("AUTH_HEADER", &["auth", "header"]),
    ("AUTH_VALUE", &["auth", "value"]),
    ("AUTH_CLIENT_ID", &["auth", "client_id"]),
    ("AUTH_CLIENT_SECRET", &["auth", "client_secret"]),
    ("AUTH_NONE", &["auth", "none"]),
];

/// Variables that are read elsewhere: by the command line, the log and the build's scripts.
const OTHER_VARIABLES: [&str; 6] = ["LISTEN", "DATA", "CONFIG", "ASSETS", "LOG", "CACHE"];

/// Overrides the file's table with the variables.
///
/// # Errors
/// If a `TRUNKLINE_VENDORS_…` variable names no vendor setting.
pub fn overlay(table: &mut Table, vars: impl Iterator<Item = (String, String)>) -> Result<(), String> {
    for (name, text) in vars {
        let Some(rest) = name.strip_prefix("TRUNKLINE_") else { continue };
        if let Some(rest) = rest.strip_prefix("VENDORS_") {
            set_vendor(table, rest, text).ok_or_else(|| format!("{name} is no setting of a vendor"))?;
        } else if let Some(key) = rest.strip_prefix("SANDBOX_") {
            set_path(table, &["sandbox", &key.to_ascii_lowercase()], parse_value(&text));
        } else if let Some(key) = rest.strip_prefix("SESSION_") {
            set_path(table, &["session", &key.to_ascii_lowercase()], parse_value(&text));
        } else if let Some(key) = rest.strip_prefix("LIVE_") {
            set_path(table, &["live", &key.to_ascii_lowercase()], parse_value(&text));
        } else if let Some(key) = rest.strip_prefix("AUDIT_") {
            set_path(table, &["audit", &key.to_ascii_lowercase()], parse_value(&text));
        } else if let Some(key) = rest.strip_prefix("HISTORY_") {
            set_path(table, &["history", &key.to_ascii_lowercase()], parse_value(&text));
        } else if let Some(key) = rest.strip_prefix("LIMITS_") {
            set_path(table, &["limits", &key.to_ascii_lowercase()], parse_value(&text));
        } else if rest == "EXTERNAL_APIS_ALLOW_PRIVATE" {
            let value = match text.trim() {
                "true" => Value::Boolean(true),
                "false" => Value::Boolean(false),
                list => string_list(list),
            };
            set_path(table, &["external_apis", "allow_private"], value);
        } else if rest == "EXTERNAL_APIS_PORTS" {
            let ports = text.split(',').map(|port| parse_value(port.trim()));
            set_path(table, &["external_apis", "ports"], Value::Array(ports.collect()));
        } else if rest == "EXTERNAL_APIS_SECRETS_KEY" {
            set_path(table, &["external_apis", "secrets_key"], Value::String(text));
        } else if rest == "TRUSTED_PROXIES" {
            set_path(table, &["trusted_proxies"], string_list(&text));
        } else if rest == "VENDOR_TIMEOUT_SECONDS" {
            set_path(table, &["vendor_timeout_seconds"], parse_value(&text));
        } else if rest == "HEADER_TIMEOUT_SECONDS" {
            set_path(table, &["header_timeout_seconds"], parse_value(&text));
        } else if rest == "WRITE_TIMEOUT_SECONDS" {
            set_path(table, &["write_timeout_seconds"], parse_value(&text));
        } else if rest == "DEMO_USERS" {
            set_path(table, &["demo_users"], parse_value(&text));
        } else if !OTHER_VARIABLES.contains(&rest) && !rest.starts_with("E2E_") {
            tracing::warn!(variable = %name, "unknown: it has no effect");
        }
    }
    Ok(())
}

fn set_vendor(table: &mut Table, rest: &str, text: String) -> Option<()> {
    let (key, setting) = rest.split_once('_')?;
    let vendor = Service::from_key(&key.to_ascii_lowercase())?;
    let (_, path) = VENDOR_KEYS.iter().find(|(name, _)| *name == setting)?;
    let value = match path.last() {
        Some(&("calls" | "seconds" | "timeout_seconds" | "statuses" | "custom_fields")) => parse_value(&text),
        _ => Value::String(text),
    };
    let mut whole = vec!["vendors", vendor.key()];
    whole.extend_from_slice(path);
    set_path(table, &whole, value);
    Some(())
}

/// Parses a comma-separated list of strings.
fn string_list(text: &str) -> Value {
    let list = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    Value::Array(list.map(|entry| Value::String(entry.to_owned())).collect())
}

/// Parses a TOML value such as a number, a bool or an inline table; anything else becomes a string.
fn parse_value(text: &str) -> Value {
    let parsed = format!("value = {text}").parse::<Table>().ok();
    parsed.and_then(|mut table| table.remove("value")).unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Sets a value and creates the tables on its path, replacing values that are not tables.
fn set_path(table: &mut Table, path: &[&str], value: Value) {
    match path {
        [] => {}
        [last] => {
            table.insert((*last).to_owned(), value);
        }
        [first, rest @ ..] => {
            let inner = table.entry((*first).to_owned()).or_insert_with(|| Value::Table(Table::new()));
            if !inner.is_table() {
                *inner = Value::Table(Table::new());
            }
            if let Value::Table(inner) = inner {
                set_path(inner, rest, value);
            }
        }
    }
}
