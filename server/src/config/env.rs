//! Settings from the environment: `TRUNKLINE_VENDORS_JTEL_UPSTREAM` is `[vendors.jtel] upstream`.

use toml::{Table, Value};
use trunkline_api::Vendor;

/// Keys below `vendors.X`, as in the variable's name.
const VENDOR_KEYS: [(&str, &[&str]); 13] = [
    ("UPSTREAM", &["upstream"]),
    ("TIMEOUT_SECONDS", &["timeout_seconds"]),
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
const OTHERS: [&str; 6] = ["LISTEN", "DATA", "CONFIG", "ASSETS", "LOG", "CACHE"];

/// Lays the variables over the file's table.
///
/// # Errors
/// When a variable looks like a setting and is none.
pub fn overlay(table: &mut Table, vars: impl Iterator<Item = (String, String)>) -> Result<(), String> {
    for (name, text) in vars {
        let Some(rest) = name.strip_prefix("TRUNKLINE_") else { continue };
        if let Some(rest) = rest.strip_prefix("VENDORS_") {
            vendor(table, rest, text).ok_or_else(|| format!("{name} is no setting of a vendor"))?;
        } else if let Some(key) = rest.strip_prefix("SANDBOX_") {
            put(table, &["sandbox", &key.to_ascii_lowercase()], typed(&text));
        } else if let Some(key) = rest.strip_prefix("SESSION_") {
            put(table, &["session", &key.to_ascii_lowercase()], typed(&text));
        } else if let Some(key) = rest.strip_prefix("LIVE_") {
            put(table, &["live", &key.to_ascii_lowercase()], typed(&text));
        } else if let Some(key) = rest.strip_prefix("AUDIT_") {
            put(table, &["audit", &key.to_ascii_lowercase()], typed(&text));
        } else if let Some(key) = rest.strip_prefix("LIMITS_") {
            put(table, &["limits", &key.to_ascii_lowercase()], typed(&text));
        } else if rest == "EXTERNAL_APIS_ALLOW_PRIVATE" {
            let value = match text.trim() {
                "true" => Value::Boolean(true),
                "false" => Value::Boolean(false),
                list => texts(list),
            };
            put(table, &["external_apis", "allow_private"], value);
        } else if rest == "EXTERNAL_APIS_PORTS" {
            let ports = text.split(',').map(|port| typed(port.trim()));
            put(table, &["external_apis", "ports"], Value::Array(ports.collect()));
        } else if rest == "EXTERNAL_APIS_SECRETS_KEY" {
            put(table, &["external_apis", "secrets_key"], Value::String(text));
        } else if rest == "TRUSTED_PROXIES" {
            put(table, &["trusted_proxies"], texts(&text));
        } else if rest == "VENDOR_TIMEOUT_SECONDS" {
            put(table, &["vendor_timeout_seconds"], typed(&text));
        } else if rest == "HEADER_TIMEOUT_SECONDS" {
            put(table, &["header_timeout_seconds"], typed(&text));
        } else if rest == "WRITE_TIMEOUT_SECONDS" {
            put(table, &["write_timeout_seconds"], typed(&text));
        } else if rest == "DEMO_USERS" {
            put(table, &["demo_users"], typed(&text));
        } else if !OTHERS.contains(&rest) && !rest.starts_with("E2E_") {
            tracing::warn!(variable = %name, "unknown: it has no effect");
        }
    }
    Ok(())
}

fn vendor(table: &mut Table, rest: &str, text: String) -> Option<()> {
    let (key, setting) = rest.split_once('_')?;
    let vendor = Vendor::from_key(&key.to_ascii_lowercase())?;
    let (_, path) = VENDOR_KEYS.iter().find(|(name, _)| *name == setting)?;
    let value = match path.last() {
        Some(&("calls" | "seconds" | "timeout_seconds")) => typed(&text),
        _ => Value::String(text),
    };
    let mut whole = vec!["vendors", vendor.key()];
    whole.extend_from_slice(path);
    put(table, &whole, value);
    Some(())
}

/// A list whose entries are separated by commas.
fn texts(text: &str) -> Value {
    let list = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    Value::Array(list.map(|entry| Value::String(entry.to_owned())).collect())
}

/// A number, a bool, an inline table; anything else is text.
fn typed(text: &str) -> Value {
    let parsed = format!("value = {text}").parse::<Table>().ok();
    parsed.and_then(|mut table| table.remove("value")).unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Sets a value, making the tables on the way; one of another kind is replaced.
fn put(table: &mut Table, path: &[&str], value: Value) {
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
                put(inner, rest, value);
            }
        }
    }
}
