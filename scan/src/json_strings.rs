//! Reads the strings of a JSON text without decoding the rest.

/// Calls `visit` with the name and the text of every string value, at any depth, in order. The name is that of the
/// member, or of the list that the string is in; empty if there is none. `json` must be valid.
#[inline(never)]
pub fn json_strings(json: &str, visit: &mut dyn FnMut(&str, &str)) {
    let (mut name, mut list) = (String::new(), String::new());
    let mut rest = json;
    while let Some((before, text)) = rest.split_once('"') {
        // Of brackets that follow one another the first belongs to the last name.
        if before.contains('[') {
            list.clone_from(&name);
        }
        let end = string_end(text);
        let (raw, after) = text.split_at_checked(end).unwrap_or((text, ""));
        let value = unescape(raw);
        rest = after.get(1..).unwrap_or_default();
        if rest.trim_start().starts_with(':') {
            name = value;
        } else {
            let is_member = before.trim_end().ends_with(':');
            visit(if is_member { &name } else { &list }, &value);
        }
    }
}

/// The index of a string's closing quote, from behind its opening one.
fn string_end(text: &str) -> usize {
    let mut is_escaped = false;
    text.bytes()
        .position(|byte| {
            let ends = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends
        })
        .unwrap_or(text.len())
}

/// Decodes the escapes of a JSON string. Half a surrogate pair becomes the replacement character.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut pieces = raw.split('\\');
    text.push_str(pieces.next().unwrap_or_default());
    let mut high = 0;
    while let Some(piece) = pieces.next() {
        let mut rest = piece.chars();
        match rest.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('b' | 'f') => text.push(' '),
            Some('u') => {
                let unit = piece.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default();
                rest = piece.get(5..).unwrap_or_default().chars();
                if (0xD800..0xDC00).contains(&unit) && rest.as_str().is_empty() {
                    high = unit;
                    continue;
                }
                let point = if high != 0 && (0xDC00..0xE000).contains(&unit) {
                    0x1_0000 + ((high - 0xD800) << 10) + (unit - 0xDC00)
                } else {
                    unit
                };
                text.push(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            // An escaped backslash: the piece behind it is plain.
            None => {
                text.push('\\');
                text.push_str(pieces.next().unwrap_or_default());
            }
            Some(plain) => text.push(plain),
        }
        high = 0;
        text.push_str(rest.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(json: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        json_strings(json, &mut |name, text| found.push((name.to_owned(), text.to_owned())));
        found
    }

    fn pair(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn strings_come_with_the_name_of_their_member() {
        let json =
            r#"{"subject" : "Late","n":1,"messages":[{"text":"a, \"b\": c","at":7},"plain"],"list":[],"x":null}"#;
        assert_eq!(strings(json), [pair("subject", "Late"), pair("text", "a, \"b\": c"), pair("messages", "plain")]);
        assert_eq!(strings(r#"{"a":"b","tags":["c","d"]}"#), [pair("a", "b"), pair("tags", "c"), pair("tags", "d")]);
        assert_eq!(strings(r#""all of it""#), [pair("", "all of it")]);
        assert_eq!(strings("[1, true, null]"), []);
        assert_eq!(strings(""), []);
    }

    #[test]
    fn escapes_are_decoded() {
        for (raw, text) in [
            (r"a\\b", "a\\b"),
            (r"\\\\", "\\\\"),
            (r#"\\\""#, "\\\""),
            (r"C:\\new", "C:\\new"),
            (r"line\nnext\tcell\/", "line\nnext\tcell/"),
            (r"\u05e9\u05dcom", "שלom"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d!", "\u{fffd}!"),
            (r"\ude00", "\u{fffd}"),
        ] {
            assert_eq!(strings(&format!("[\"{raw}\"]")), [pair("", text)], "{raw}");
        }
    }

    #[test]
    fn damaged_text_ends_quietly() {
        assert_eq!(strings(r#"{"a": "b"#), [pair("a", "b")]);
        assert_eq!(strings(r#"["\u12"#), [pair("", "\0")]);
        assert_eq!(strings(r#"["\"#), [pair("", "\\")]);
    }
}
