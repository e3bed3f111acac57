//! JSON with line breaks and indents for reading. Only white space changes: order, numbers and escapes stay as sent.

use serde::de::IgnoredAny;

/// The text indented by two spaces, if it is JSON of more than one plain value; none otherwise.
pub fn pretty(text: &str) -> Option<String> {
    let trimmed = text.trim();
    if !trimmed.starts_with(['{', '[']) || serde_json::from_str::<IgnoredAny>(trimmed).is_err() {
        return None;
    }
    let mut out = String::with_capacity(trimmed.len() * 3 / 2);
    let mut depth = 0_usize;
    let mut characters = trimmed.chars().filter(in_json()).peekable();
    let mut quoted = Quoted::default();
    while let Some(character) = characters.next() {
        if quoted.takes(character) {
            out.push(character);
            continue;
        }
        match character {
            '{' | '[' => {
                out.push(character);
                // An empty object or list stays on its line.
                if matches!(characters.peek(), Some('}' | ']')) {
                    out.extend(characters.next());
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(character);
            }
            ',' => {
                out.push(character);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            other => out.push(other),
        }
    }
    Some(out)
}

/// Keeps a text's characters but for the white space between its strings.
fn in_json() -> impl FnMut(&char) -> bool {
    let mut quoted = Quoted::default();
    move |character| quoted.takes(*character) || !character.is_ascii_whitespace()
}

/// Follows a text through its strings.
#[derive(Default)]
struct Quoted {
    inside: bool,
    escaped: bool,
}

impl Quoted {
    /// Whether the character belongs to a string, its quotes included.
    fn takes(&mut self, character: char) -> bool {
        if !self.inside {
            self.inside = character == '"';
            return self.inside;
        }
        match character {
            _ if self.escaped => self.escaped = false,
            '\\' => self.escaped = true,
            '"' => self.inside = false,
            _ => {}
        }
        true
    }
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_changes() {
        let text =
            r#" {"b":1.50,"a":[1,{"x":"a: {b}, \" [c] "}],"empty":{ },"none":[ ],"big":12345678901234567890123} "#;
        let shown = "{\n  \"b\": 1.50,\n  \"a\": [\n    1,\n    {\n      \"x\": \"a: {b}, \\\" [c] \"\n    }\n  ],\n  \"empty\": {},\n  \"none\": [],\n  \"big\": 12345678901234567890123\n}";
        assert_eq!(pretty(text).as_deref(), Some(shown));
        assert_eq!(pretty(shown).as_deref(), Some(shown));
    }

    #[test]
    fn what_is_no_json_stays_what_it_is() {
        for text in ["", "<html>", "{\"a\":", "{\"a\":1}x", "7", "\"text\"", "[1,]"] {
            assert_eq!(pretty(text), None, "{text}");
        }
    }
}
