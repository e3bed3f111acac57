//! Output parameters: values read from a JSON answer by a dotted path.

use serde_json::Value;
use trunkline_api::gateway::{Output, OutputParam};

/// The most bytes of one value: many parameters may name the same large one.
const LIMIT: usize = 4096;

/// The values, in the definition's order; none where the path leads nowhere or the answer is no JSON.
pub fn read(params: &[OutputParam], body: &[u8]) -> Vec<Output> {
    let value: Option<Value> = serde_json::from_slice(body).ok();
    let find = |path: &str| value.as_ref().and_then(|value| at(value, path)).map(text);
    params.iter().map(|param| Output { name: param.name.clone(), value: find(&param.path) }).collect()
}

/// The value at `data.items.0.vipLevel`; a leading `$.` is taken as the root that it means.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let path = path.trim();
    let path = path.strip_prefix("$.").unwrap_or(path);
    path.split('.').try_fold(value, |value, step| match value {
        Value::Object(map) => map.get(step),
        Value::Array(list) => list.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

fn text(value: &Value) -> String {
    let mut text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.len() > LIMIT {
        let end = (0..=LIMIT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_value_is_cut() {
        let body = format!(r#"{{"a":"{}"}}"#, "é".repeat(5000));
        let param = OutputParam { name: "x".into(), path: "a".into() };
        let value = read(&[param], body.as_bytes()).remove(0).value.unwrap();
        assert!(value.len() <= LIMIT + 3 && value.ends_with("é…"));
    }

    #[test]
    fn paths_lead_to_values() {
        let body = br#"{"data":{"items":[{"vip":"gold","n":7,"none":null}]},"ok":true}"#;
        let found = |path: &str| {
            let param = OutputParam { name: "x".into(), path: path.into() };
            read(&[param], body).remove(0).value
        };
        assert_eq!(found("data.items.0.vip").as_deref(), Some("gold"));
        assert_eq!(found("$.data.items.0.n").as_deref(), Some("7"));
        assert_eq!(found("data.items.0.none").as_deref(), Some("null"));
        assert_eq!(found("ok").as_deref(), Some("true"));
        assert_eq!(found("data.items.1.vip"), None);
        assert_eq!(found("data.items.x"), None);
        assert_eq!(found(""), None);
    }
}
