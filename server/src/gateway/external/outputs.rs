//! Output parameters: values read from a JSON answer by a dotted path. They are shown as sent, numbers digit by digit.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use trunkline_api::gateway::{Output, OutputParam};

use crate::gateway::json_text;

/// The most bytes of one value: many parameters may name the same large one.
const LIMIT: usize = 4096;
/// The most steps of a path: each reads what it leads into once more.
const STEPS: usize = 32;

/// The values, in the definition's order; `None` where the path leads nowhere or the answer is not JSON.
pub fn read(params: &[OutputParam], body: &[u8]) -> Vec<Output> {
    let value = serde_json::from_slice::<&RawValue>(body).ok();
    let find = |path: &str| at(value?, path).map(text);
    params.iter().map(|param| Output { name: param.name.clone(), value: find(&param.path) }).collect()
}

/// The value at `data.items.0.vipLevel`; a leading `$.` is taken as the root that it means.
fn at<'a>(value: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    let path = path.trim();
    let path = path.strip_prefix("$.").unwrap_or(path);
    if path.split('.').count() > STEPS {
        return None;
    }
    path.split('.').try_fold(value, |value, step| {
        let mut reader = serde_json::Deserializer::from_str(value.get());
        reader.deserialize_any(Step(step)).ok().flatten()
    })
}

/// Finds what a step leads to: of equal names the last counts, as for most decoders.
struct Step<'a>(&'a str);

impl<'de> Visitor<'de> for Step<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(name) = map.next_key::<String>()? {
            if name == self.0 {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let Ok(index) = self.0.parse::<usize>() else { return Ok(None) };
        for _ in 0..index {
            if list.next_element::<IgnoredAny>()?.is_none() {
                return Ok(None);
            }
        }
        let found = list.next_element()?;
        // A list that is not read to its end counts as broken.
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found)
    }
}

/// A string's characters; anything else as sent, but for white space.
fn text(value: &RawValue) -> String {
    let sent = value.get();
    let mut text = serde_json::from_str::<String>(sent).unwrap_or_else(|_| {
        let compact = json_text::compact(sent.as_bytes()).unwrap_or_default();
        String::from_utf8(compact).unwrap_or_default()
    });
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

    fn found(body: &str, path: &str) -> Option<String> {
        let param = OutputParam { name: "x".into(), path: path.into() };
        read(&[param], body.as_bytes()).remove(0).value
    }

    #[test]
    fn a_large_value_is_cut() {
        let value = found(&format!(r#"{{"a":"{}"}}"#, "é".repeat(5000)), "a").unwrap();
        assert!(value.len() <= LIMIT + 3 && value.ends_with("é…"));
    }

    #[test]
    fn paths_lead_to_values() {
        let body = r#"{"data":{"items":[{"vip":"gold","n":7,"none":null}, 2]},"ok":true}"#;
        assert_eq!(found(body, "data.items.0.vip").as_deref(), Some("gold"));
        assert_eq!(found(body, "$.data.items.0.n").as_deref(), Some("7"));
        assert_eq!(found(body, "data.items.0.none").as_deref(), Some("null"));
        assert_eq!(found(body, "data.items.1").as_deref(), Some("2"));
        assert_eq!(found(body, "data.items").as_deref(), Some(r#"[{"vip":"gold","n":7,"none":null},2]"#));
        assert_eq!(found(body, "ok").as_deref(), Some("true"));
        for nowhere in ["data.items.2", "data.items.x", "ok.x", "", &"a.".repeat(1000)] {
            assert_eq!(found(body, nowhere), None, "{nowhere}");
        }
        assert_eq!(found("{\"a\":1} x", "a"), None);
        assert_eq!(found(r#"{"a":1,"\u0061":2}"#, "a").as_deref(), Some("2"));
    }

    #[test]
    fn numbers_stay_as_sent() {
        let body = r#"{"n":[123456789012345678901234567890, 10.10, 1e3, -0.0]}"#;
        for (index, number) in ["123456789012345678901234567890", "10.10", "1e3", "-0.0"].into_iter().enumerate() {
            assert_eq!(found(body, &format!("n.{index}")).as_deref(), Some(number));
        }
    }
}
