//! Pretty-prints JSON. Only white space changes: member order, numbers and escapes stay as received.

use serde::de::IgnoredAny;

/// Indents a JSON object or array by two spaces. `None` if the text is anything else.
pub fn pretty(text: &str) -> Option<String> {
    let trimmed = text.trim();
    if !trimmed.starts_with(['{', '[']) || serde_json::from_str::<IgnoredAny>(trimmed).is_err() {
        return None;
    }
    let mut out = String::with_capacity(trimmed.len() * 3 / 2);
    let mut depth = 0_usize;
    let mut characters = trimmed.chars().filter(outside_white_space_filter()).peekable();
    let mut quoted = StringTracker::default();
    while let Some(character) = characters.next() {
        if quoted.is_in_string(character) {
            out.push(character);
            continue;
        }
        match character {
            '{' | '[' => {
                out.push(character);
                // Keep an empty object or array on one line.
                if matches!(characters.peek(), Some('}' | ']')) {
                    out.extend(characters.next());
                } else {
                    depth += 1;
                    push_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                push_line(&mut out, depth);
                out.push(character);
            }
            ',' => {
                out.push(character);
                push_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            other => out.push(other),
        }
    }
    Some(out)
}

/// A filter that removes white space outside of strings.
fn outside_white_space_filter() -> impl FnMut(&char) -> bool {
    let mut quoted = StringTracker::default();
    move |character| quoted.is_in_string(*character) || !character.is_ascii_whitespace()
}

/// Tracks whether a character is inside a string.
#[derive(Default)]
struct StringTracker {
    inside: bool,
    escaped: bool,
}

impl StringTracker {
    /// True if the next character belongs to a string, including its quotes.
    fn is_in_string(&mut self, character: char) -> bool {
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

fn push_line(out: &mut String, depth: usize) {
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
    fn anything_but_an_object_or_array_is_rejected() {
        for text in ["", "<html>", "{\"a\":", "{\"a\":1}x", "7", "\"text\"", "[1,]"] {
            assert_eq!(pretty(text), None, "{text}");
        }
    }
}
