//! Edits JSON as text: what is kept stays byte for byte. A decoder would round a number of 30 digits and write `1e3` as
//! `1000.0`.

use serde::de::IgnoredAny;
use serde_json::Error as Unreadable;

/// Removes the members, at any depth, whose names are `unwanted`. `None` if there are none. White space between tokens
/// is dropped; order and duplicates stay.
///
/// # Errors
/// If the text is not JSON.
pub fn strip_members(text: &[u8], unwanted: impl Fn(&str) -> bool) -> Result<Option<Vec<u8>>, Unreadable> {
    serde_json::from_slice::<IgnoredAny>(text)?;
    let mut writer = TokenCopier { rest: text, out: Vec::with_capacity(text.len()), open: Vec::new(), found: false };
    writer.run(&unwanted);
    Ok(writer.found.then_some(writer.out))
}

/// Removes white space between tokens.
///
/// # Errors
/// If the text is not JSON.
pub fn compact(text: &[u8]) -> Result<Vec<u8>, Unreadable> {
    serde_json::from_slice::<IgnoredAny>(text)?;
    let mut writer = TokenCopier { rest: text, out: Vec::with_capacity(text.len()), open: Vec::new(), found: false };
    writer.run(&|_| false);
    Ok(writer.out)
}

/// Copies the tokens of a text that was checked to be JSON.
struct TokenCopier<'a> {
    rest: &'a [u8],
    out: Vec<u8>,
    open: Vec<Open>,
    /// Set when an unwanted member was found.
    found: bool,
}

/// Parser state of an open list or object.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    List,
    /// An object whose next string is a name.
    Name,
    /// An object whose next value belongs to a name.
    Value,
}

impl TokenCopier<'_> {
    fn run(&mut self, unwanted: &dyn Fn(&str) -> bool) {
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => {
                    self.open.push(if byte == b'{' { Open::Name } else { Open::List });
                    self.put(1);
                }
                b'}' | b']' => {
                    self.open.pop();
                    self.put(1);
                    self.value_ended();
                }
                b',' => match self.open.last() {
                    // The comma is written before the next member that is kept.
                    Some(Open::Name) => self.skip(1),
                    _ => self.put(1),
                },
                b':' => {
                    self.set(Open::Value);
                    self.put(1);
                }
                b'"' if self.open.last() == Some(&Open::Name) => self.name(unwanted),
                b'"' => {
                    self.put(string_len(self.rest));
                    self.value_ended();
                }
                _ => {
                    self.put(literal_len(self.rest));
                    self.value_ended();
                }
            }
        }
    }

    fn name(&mut self, unwanted: &dyn Fn(&str) -> bool) {
        let length = string_len(self.rest);
        let quoted = self.rest.get(..length).unwrap_or_default();
        if serde_json::from_slice::<String>(quoted).is_ok_and(|name| unwanted(&name)) {
            self.found = true;
            self.skip(length);
            self.peek();
            // The colon.
            self.skip(1);
            self.skip_value();
            return;
        }
        if !matches!(self.out.last(), Some(b'{')) {
            self.out.push(b',');
        }
        self.put(length);
    }

    /// Skips one value of any type.
    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => {
                    depth += 1;
                    self.skip(1);
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.skip(1);
                }
                b',' | b':' => self.skip(1),
                b'"' => self.skip(string_len(self.rest)),
                _ => self.skip(literal_len(self.rest)),
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn value_ended(&mut self) {
        if self.open.last() == Some(&Open::Value) {
            self.set(Open::Name);
        }
    }

    fn set(&mut self, open: Open) {
        if let Some(last) = self.open.last_mut() {
            *last = open;
        }
    }

    /// Skips white space and returns the first byte of the next token.
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_ascii_start();
        self.rest.first().copied()
    }

    fn put(&mut self, length: usize) {
        self.out.extend_from_slice(self.rest.get(..length).unwrap_or(self.rest));
        self.skip(length);
    }

    fn skip(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }
}

/// Length in bytes of the string at the beginning of the text, quotes included.
fn string_len(text: &[u8]) -> usize {
    let mut escaped = false;
    let end = text.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// Length in bytes of the number or literal at the beginning of the text.
fn literal_len(text: &[u8]) -> usize {
    let ends = |byte: &u8| matches!(byte, b',' | b':' | b'{' | b'}' | b'[' | b']') || byte.is_ascii_whitespace();
    text.iter().position(ends).unwrap_or(text.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_members_stay_byte_for_byte() {
        let text = r#" { "a": [ ], "b": [1, -2, 0.50, 1e3, 123456789012345678901234567890, null, true, "\u00fc\"\n,x"], "x": {"x": [1, "}"]}, "c": {"x": 1, "d": {}, "d": 2, "\u0078" : "y" }, "x" : 1 } "#;
        let copied = strip_members(text.as_bytes(), |name| name == "x").unwrap().unwrap();
        let wanted = r#"{"a":[],"b":[1,-2,0.50,1e3,123456789012345678901234567890,null,true,"\u00fc\"\n,x"],"c":{"d":{},"d":2}}"#;
        assert_eq!(String::from_utf8(copied).unwrap(), wanted);
        assert_eq!(strip_members(text.as_bytes(), |name| name == "y").unwrap(), None);
        assert_eq!(
            strip_members(br#"[{"x":1},{"x":[{"x":"x"}]},2]"#, |name| name == "x").unwrap().unwrap(),
            b"[{},{},2]"
        );
        assert_eq!(compact(b" [ 1.0 , { \"a\" : \" x \" } ] ").unwrap(), br#"[1.0,{"a":" x "}]"#);
        assert_eq!(compact(b" \" x \" ").unwrap(), b"\" x \"");
    }

    #[test]
    fn invalid_json_is_an_error() {
        for text in ["", "[", "[1,]", "{\"a\"}", "[] []", "\u{feff}[]"] {
            assert!(strip_members(text.as_bytes(), |_| false).is_err(), "{text}");
        }
    }
}
