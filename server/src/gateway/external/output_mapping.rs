//! Output parameters: values of a JSON response, by JSON Pointer or dotted path. Values are shown as sent, numbers digit
//! by digit.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use trunkline_api::gateway::{OutputParam, OutputProblem, OutputValue};

use crate::gateway::json_text;

/// Maximum bytes of one value: many parameters may name the same large one.
const MAX_VALUE: usize = 4096;
/// Maximum steps of a path: each step parses its value again.
const MAX_STEPS: usize = 32;

/// The values in the definition's order. A value is `None` if the path matches nothing or the response is not JSON.
pub fn extract(params: &[OutputParam], body: &[u8]) -> Vec<OutputValue> {
    let value = serde_json::from_slice::<&RawValue>(body).ok();
    let find = |path: &str| value_at(value?, path);
    let output = |param: &OutputParam| {
        let found = find(&param.path);
        let is_null = found.is_none_or(|value| value.get().trim() == "null");
        let value = found.map(to_text);
        let problem = match &value {
            _ if is_null => param.required.then_some(OutputProblem::Missing),
            Some(text) if !param.kind.accepts(text) => Some(OutputProblem::Type),
            _ => None,
        };
        OutputValue { name: param.name.clone(), value, problem }
    };
    params.iter().map(output).collect()
}

/// The value at a JSON Pointer such as `/data/items/0/vipLevel`, or at a dotted path such as `data.items.0.vipLevel`; a
/// leading `$.` means the root.
fn value_at<'a>(value: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    let steps = steps(path.trim());
    if steps.len() > MAX_STEPS {
        return None;
    }
    steps.iter().try_fold(value, |value, step| {
        let mut reader = serde_json::Deserializer::from_str(value.get());
        reader.deserialize_any(Step(step)).ok().flatten()
    })
}

/// The steps of a path.
fn steps(path: &str) -> Vec<Cow<'_, str>> {
    match path.strip_prefix('/') {
        Some(pointer) => pointer.split('/').map(|step| step.replace("~1", "/").replace("~0", "~").into()).collect(),
        None => path.strip_prefix("$.").unwrap_or(path).split('.').map(Cow::from).collect(),
    }
}

/// Finds the value of a path step. Of duplicate names the last one counts, as in most decoders.
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
        // The deserialiser reports an error for a list that is not read to its end.
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found)
    }
}

/// A string's content; other values as sent, without white space.
fn to_text(value: &RawValue) -> String {
    let sent = value.get();
    let mut text = serde_json::from_str::<String>(sent).unwrap_or_else(|_| {
        let compact = json_text::compact(sent.as_bytes()).unwrap_or_default();
        String::from_utf8(compact).unwrap_or_default()
    });
    if text.len() > MAX_VALUE {
        let end = (0..=MAX_VALUE).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str, path: &str) -> Option<String> {
        let param = OutputParam { name: "x".into(), path: path.into(), ..Default::default() };
        extract(&[param], body.as_bytes()).remove(0).value
    }

    #[test]
    fn large_value_is_truncated() {
        let value = found(&format!(r#"{{"a":"{}"}}"#, "é".repeat(5000)), "a").unwrap();
        assert!(value.len() <= MAX_VALUE + 3 && value.ends_with("é…"));
    }

    #[test]
    fn paths_select_values() {
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
    fn pointers_select_values() {
        let body = r#"{"data":{"items":[{"v.i/p~":"gold"}]},"":{"":1}}"#;
        assert_eq!(found(body, "/data/items/0/v.i~1p~0").as_deref(), Some("gold"));
        assert_eq!(found(body, "//").as_deref(), Some("1"));
        assert_eq!(found(body, "/data/items/1"), None);
    }

    #[test]
    fn outputs_are_judged_by_presence_and_type() {
        use trunkline_api::gateway::ValueType;
        let judge = |path: &str, kind: ValueType, required| {
            let param = OutputParam { name: "x".into(), path: path.into(), kind, required };
            extract(&[param], br#"{"n":7,"t":"7","d":1.5,"no":null,"b":true,"o":{}}"#).remove(0).problem
        };
        assert_eq!(judge("/n", ValueType::Integer, true), None);
        assert_eq!(judge("/t", ValueType::Integer, true), None, "the vendor sends numbers as text too");
        assert_eq!(judge("/d", ValueType::Integer, false), Some(OutputProblem::Type));
        assert_eq!(judge("/d", ValueType::Number, false), None);
        assert_eq!(judge("/b", ValueType::Boolean, false), None);
        assert_eq!(judge("/n", ValueType::Boolean, false), Some(OutputProblem::Type));
        assert_eq!(judge("/o", ValueType::Json, true), None);
        assert_eq!(judge("/no", ValueType::Integer, false), None);
        assert_eq!(judge("/no", ValueType::Text, true), Some(OutputProblem::Missing));
        assert_eq!(judge("/gone", ValueType::Text, true), Some(OutputProblem::Missing));
        assert_eq!(judge("/gone", ValueType::Text, false), None);
    }

    #[test]
    fn numbers_are_unchanged() {
        let body = r#"{"n":[123456789012345678901234567890, 10.10, 1e3, -0.0]}"#;
        for (index, number) in ["123456789012345678901234567890", "10.10", "1e3", "-0.0"].into_iter().enumerate() {
            assert_eq!(found(body, &format!("n.{index}")).as_deref(), Some(number));
        }
    }
}
