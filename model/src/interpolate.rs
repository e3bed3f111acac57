//! Interpolation of values into texts.

/// First strong isolate and pop directional isolate: the text between has a direction of its own and doesn't affect the
/// text around it.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// Replaces the placeholders `{0}`, `{1}`, … by values. A value is isolated if it or the text is right-to-left.
#[must_use]
pub fn interpolate(template: &str, values: &[&str], right_to_left: bool) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut parts = template.split('{');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (index, rest) = part.split_once('}').unwrap_or((part, ""));
        let value = index.parse().ok().and_then(|index: usize| values.get(index)).copied().unwrap_or_default();
        // Digits alone need no isolation, which would part them from a sign beside them (48 %).
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        if (right_to_left && !digits) || value.chars().any(is_right_to_left) {
            out.push(ISOLATE[0]);
            out.push_str(value);
            out.push(ISOLATE[1]);
        } else {
            out.push_str(value);
        }
        out.push_str(rest);
    }
    out
}

/// `true` for characters of Hebrew, Arabic and related scripts.
const fn is_right_to_left(char: char) -> bool {
    matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::interpolate;

    #[test]
    fn placeholders_are_replaced_in_any_order() {
        assert_eq!(interpolate("{1} of {0}", &["10", "2"], false), "2 of 10");
        assert_eq!(interpolate("{0}{0}", &["ab"], false), "abab");
        assert_eq!(interpolate("none", &["x"], false), "none");
        assert_eq!(interpolate("missing {7}.", &["x"], false), "missing .");
        assert_eq!(interpolate("", &[], false), "");
    }

    #[test]
    fn values_are_not_templates() {
        assert_eq!(interpolate("{0} {1}", &["{1}", "x"], false), "{1} x");
    }

    #[test]
    fn right_to_left_values_are_isolated_in_any_text() {
        assert_eq!(interpolate("Hello {0}!", &["דנה"], false), "Hello \u{2068}דנה\u{2069}!");
        assert_eq!(interpolate("Hello {0}!", &["مرحبا"], false), "Hello \u{2068}مرحبا\u{2069}!");
        assert_eq!(interpolate("Hello {0}!", &["Ada"], false), "Hello Ada!");
    }

    #[test]
    fn right_to_left_texts_isolate_all_values_but_digits() {
        assert_eq!(interpolate("שלום {0}", &["Ada"], true), "שלום \u{2068}Ada\u{2069}");
        assert_eq!(interpolate("{0} %", &["48"], true), "48 %");
        assert_eq!(interpolate("{0}", &["4.8"], true), "\u{2068}4.8\u{2069}");
    }
}
