//! Converts the line and column of a JSON decoding error to a path such as `$.records[3].ID`.
//!
//! A path-tracking deserializer would wrap every type's decoder and slow down every valid response. Scanning the text
//! afterwards costs only when decoding failed.

/// An open array or object on the path to the error's position.
enum Level {
    Index(usize),
    Key(String),
}

/// The path of the value at or just before `line` and `column` (1-based, as in serde_json's errors).
///
/// `is_about_container`: the error is about the object or array that ends at this position, such as a missing field, and not about
/// its last value.
pub fn path_at(text: &[u8], line: usize, column: usize, is_about_container: bool) -> String {
    let end = offset(text, line, column);
    let mut levels: Vec<Level> = Vec::new();
    let mut bytes = text.iter().copied().take(end).peekable();
    let mut expects_key = false;
    while let Some(byte) = bytes.next() {
        match byte {
            // The text ends at an opening bracket: the error is about the list or object itself.
            b'{' | b'[' if bytes.peek().is_none() => {}
            b'{' => {
                levels.push(Level::Key(String::new()));
                expects_key = true;
            }
            b'[' => {
                levels.push(Level::Index(0));
                expects_key = false;
            }
            // serde_json reports an error at the end of the value, so a bracket that closes there counts as open.
            b'}' | b']' if bytes.peek().is_some() => {
                levels.pop();
                expects_key = false;
            }
            b',' if bytes.peek().is_some() => match levels.last_mut() {
                Some(Level::Index(index)) => *index += 1,
                Some(Level::Key(_)) => expects_key = true,
                None => {}
            },
            b'"' => {
                let mut name = expects_key.then(Vec::new);
                read_string(&mut bytes, name.as_mut());
                if let (Some(name), Some(Level::Key(key))) = (name, levels.last_mut()) {
                    *key = String::from_utf8_lossy(&name).into_owned();
                    expects_key = false;
                }
            }
            _ => {}
        }
    }
    if is_about_container {
        levels.pop();
    }
    let mut path = String::from("$");
    for level in levels {
        match level {
            Level::Index(index) => path.push_str(&format!("[{index}]")),
            Level::Key(key) if key.is_empty() => {}
            Level::Key(key) => {
                path.push('.');
                path.push_str(&key);
            }
        }
    }
    path
}

/// The byte offset of a 1-based line and column, at most the text's length.
fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let Some(rest) = text.get(start..) else { return text.len() };
        match rest.iter().position(|byte| *byte == b'\n') {
            Some(end) => start += end + 1,
            None => return text.len(),
        }
    }
    (start + column).min(text.len())
}

/// Consumes a string up to its closing quote and appends its raw bytes to `out`, if given. Escapes are not decoded.
fn read_string(bytes: &mut impl Iterator<Item = u8>, mut out: Option<&mut Vec<u8>>) {
    let mut escaped = false;
    for byte in bytes {
        if byte == b'"' && !escaped {
            break;
        }
        escaped = byte == b'\\' && !escaped;
        if let Some(out) = &mut out {
            out.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[allow(dead_code, reason = "decoded only to fail")]
    struct Row {
        #[serde(default)]
        id: Option<i64>,
        #[serde(default)]
        tags: Vec<String>,
    }
    #[derive(Deserialize, Debug)]
    #[allow(dead_code, reason = "decoded only to fail")]
    struct List {
        records: Vec<Row>,
    }

    fn path(text: &str) -> String {
        let error = serde_json::from_str::<List>(text).unwrap_err();
        super::path_at(text.as_bytes(), error.line(), error.column(), error.to_string().starts_with("missing"))
    }

    #[test]
    fn error_position_becomes_a_path() {
        assert_eq!(path(r#"{"records":[{"id":1},{"id":"x"}]}"#), "$.records[1].id");
        assert_eq!(path("{\"records\":[\n{\"id\":1},\n{\"id\":2,\"tags\":[\"a\",7]}]}"), "$.records[1].tags[1]");
        assert_eq!(path(r#"{"records":null}"#), "$.records");
        assert_eq!(path("null"), "$");
        assert_eq!(path(r#"{"count":[{"x":1}]}"#), "$");
        assert_eq!(path(r#"{"records":[{"id":1},null]}"#), "$.records[1]");
        assert_eq!(path(r#"{"records":[{"tags":{"x":1}}]}"#), "$.records[0].tags");
    }

    #[test]
    fn any_position_in_any_text_is_safe() {
        for text in ["", "{", "[[[", "\"\\", "}}", "{\"a\\\"b\":[1,", "\n\n"] {
            for line in 0..4 {
                for column in 0..9 {
                    let _ = super::path_at(text.as_bytes(), line, column, column % 2 == 0);
                }
            }
        }
    }
}
