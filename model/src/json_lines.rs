//! Lines of pretty-printed JSON, each with the JSON Pointer of its value: a value is chosen by its line.

use trunkline_api::gateway::ValueType;

/// A line of pretty-printed JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonLine {
    /// The text, indented.
    pub text: String,
    /// The value that begins on the line. `None` for a closing bracket and for the whole.
    pub value: Option<LineValue>,
}

/// A value that can be chosen as an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineValue {
    /// Its JSON Pointer.
    pub pointer: String,
    /// A name for the output: the nearest member name.
    pub name: String,
    /// Its type.
    pub kind: ValueType,
}

/// The most lines with values to choose.
const MAX_LINES: usize = 2000;

struct Open {
    pointer: String,
    name: String,
    /// The next index of a list; `None` in an object.
    index: Option<usize>,
}

/// The lines of a text that [`crate::pretty_json::pretty`] made.
#[must_use]
pub fn json_lines(pretty: &str) -> Vec<JsonLine> {
    let mut open: Vec<Open> = Vec::new();
    let mut lines = Vec::new();
    for text in pretty.lines() {
        let trimmed = text.trim().trim_end_matches(',');
        if lines.len() >= MAX_LINES {
            lines.push(JsonLine { text: text.to_owned(), value: None });
            continue;
        }
        if matches!(trimmed, "}" | "]") {
            open.pop();
            lines.push(JsonLine { text: text.to_owned(), value: None });
            continue;
        }
        let (pointer, name, value) = match open.last_mut() {
            None => (String::new(), String::new(), trimmed),
            Some(Open { pointer, name, index: Some(index) }) => {
                let at = format!("{pointer}/{index}");
                *index += 1;
                (at, name.clone(), trimmed)
            }
            Some(Open { pointer, index: None, .. }) => {
                let Some((key, value)) = split_member(trimmed) else { continue };
                (format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), key, value)
            }
        };
        let chosen = LineValue { pointer: pointer.clone(), name: name.clone(), kind: kind_of(value) };
        lines.push(JsonLine { text: text.to_owned(), value: (!pointer.is_empty()).then_some(chosen) });
        match value {
            "{" => open.push(Open { pointer, name, index: None }),
            "[" => open.push(Open { pointer, name, index: Some(0) }),
            _ => {}
        }
    }
    lines
}

/// The member's name and the rest of its line.
fn split_member(line: &str) -> Option<(String, &str)> {
    let mut names = serde_json::Deserializer::from_str(line).into_iter::<String>();
    let name = names.next()?.ok()?;
    Some((name, line.get(names.byte_offset()..)?.strip_prefix(": ")?))
}

fn kind_of(value: &str) -> ValueType {
    match value.chars().next() {
        Some('{' | '[') => ValueType::Json,
        Some('t' | 'f') => ValueType::Boolean,
        Some('-' | '0'..='9') if value.parse::<i64>().is_ok() => ValueType::Integer,
        Some('-' | '0'..='9') => ValueType::Number,
        _ => ValueType::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pretty_json::pretty;

    #[test]
    fn every_value_has_its_pointer() {
        let body = r#"{"data":{"items":[{"vip\"level":"gold","n":7},[1.5]],"a/b~":true},"none":null,"empty":{},"big":123456789012345678901}"#;
        let lines = json_lines(&pretty(body).unwrap());
        let found: Vec<String> = lines
            .iter()
            .filter_map(|line| line.value.as_ref())
            .map(|value| format!("{} {} {}", value.pointer, value.name, value.kind))
            .collect();
        assert_eq!(
            found,
            [
                "/data data json",
                "/data/items items json",
                "/data/items/0 items json",
                "/data/items/0/vip\"level vip\"level text",
                "/data/items/0/n n integer",
                "/data/items/1 items json",
                "/data/items/1/0 items number",
                "/data/a~1b~0 a/b~ boolean",
                "/none none text",
                "/empty empty json",
                "/big big number",
            ]
        );
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n"), pretty(body).unwrap());
    }
}
