//! Edits JSON as text: what stays, stays as it was sent, numbers digit by digit. A decoder would round a number of 30
//! digits and write `1e3` as `1000.0`.

use serde::de::IgnoredAny;
use serde_json::Error as Unreadable;

/// The text without the members, at any depth, whose names are `unwanted`; `None` if it has no such member. White space
/// between tokens goes; everything else stays in its order, and twice where it is twice.
///
/// # Errors
/// If the text is not JSON.
pub fn without(text: &[u8], unwanted: impl Fn(&str) -> bool) -> Result<Option<Vec<u8>>, Unreadable> {
    serde_json::from_slice::<IgnoredAny>(text)?;
    let mut writer = Writer { rest: text, out: Vec::with_capacity(text.len()), open: Vec::new(), met: false };
    writer.run(&unwanted);
    Ok(writer.met.then_some(writer.out))
}

/// The text without white space between its tokens.
///
/// # Errors
/// If the text is not JSON.
pub fn compact(text: &[u8]) -> Result<Vec<u8>, Unreadable> {
    serde_json::from_slice::<IgnoredAny>(text)?;
    let mut writer = Writer { rest: text, out: Vec::with_capacity(text.len()), open: Vec::new(), met: false };
    writer.run(&|_| false);
    Ok(writer.out)
}

/// Copies tokens of a text that is known to be JSON.
struct Writer<'a> {
    rest: &'a [u8],
    out: Vec<u8>,
    open: Vec<Open>,
    /// An unwanted member has been met.
    met: bool,
}

/// What a list or an object is.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    List,
    /// Its next string is a name.
    Name,
    /// Its next value belongs to a name.
    Value,
}

impl Writer<'_> {
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
                    // Written before the next member that stays.
                    Some(Open::Name) => self.skip(1),
                    _ => self.put(1),
                },
                b':' => {
                    self.set(Open::Value);
                    self.put(1);
                }
                b'"' if self.open.last() == Some(&Open::Name) => self.name(unwanted),
                b'"' => {
                    self.put(string(self.rest));
                    self.value_ended();
                }
                _ => {
                    self.put(plain(self.rest));
                    self.value_ended();
                }
            }
        }
    }

    fn name(&mut self, unwanted: &dyn Fn(&str) -> bool) {
        let length = string(self.rest);
        let quoted = self.rest.get(..length).unwrap_or_default();
        if serde_json::from_slice::<String>(quoted).is_ok_and(|name| unwanted(&name)) {
            self.met = true;
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

    /// Passes a value over, whatever is in it.
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
                b'"' => self.skip(string(self.rest)),
                _ => self.skip(plain(self.rest)),
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

    /// The first byte of the next token.
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

/// How long the string is that the text begins with, its quotes included.
fn string(text: &[u8]) -> usize {
    let mut escaped = false;
    let end = text.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// How long the number or word is that the text begins with.
fn plain(text: &[u8]) -> usize {
    let ends = |byte: &u8| matches!(byte, b',' | b':' | b'{' | b'}' | b'[' | b']') || byte.is_ascii_whitespace();
    text.iter().position(ends).unwrap_or(text.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_the_unwanted_is_as_it_was_sent() {
        let text = r#" { "a": [ ], "b": [1, -2, 0.50, 1e3, 123456789012345678901234567890, null, true, "\u00fc\"\n,x"], "x": {"x": [1, "}"]}, "c": {"x": 1, "d": {}, "d": 2, "\u0078" : "y" }, "x" : 1 } "#;
        let copied = without(text.as_bytes(), |name| name == "x").unwrap().unwrap();
        let wanted = r#"{"a":[],"b":[1,-2,0.50,1e3,123456789012345678901234567890,null,true,"\u00fc\"\n,x"],"c":{"d":{},"d":2}}"#;
        assert_eq!(String::from_utf8(copied).unwrap(), wanted);
        assert_eq!(without(text.as_bytes(), |name| name == "y").unwrap(), None);
        assert_eq!(without(br#"[{"x":1},{"x":[{"x":"x"}]},2]"#, |name| name == "x").unwrap().unwrap(), b"[{},{},2]");
        assert_eq!(compact(b" [ 1.0 , { \"a\" : \" x \" } ] ").unwrap(), br#"[1.0,{"a":" x "}]"#);
        assert_eq!(compact(b" \" x \" ").unwrap(), b"\" x \"");
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        for text in ["", "[", "[1,]", "{\"a\"}", "[] []", "\u{feff}[]"] {
            assert!(without(text.as_bytes(), |_| false).is_err(), "{text}");
        }
    }
}
