//! Values in texts.

/// First strong isolate, and its end: what stands between keeps its own direction and turns nothing around it.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// Fills the places `{0}`, `{1}`, …. Where left-to-right and right-to-left meet (a name in a sentence, a number beside
/// it) a value is isolated.
pub(super) fn fill(form: &str, values: &[&str], right_to_left: bool) -> String {
    let mut out = String::with_capacity(form.len() + 16);
    let mut parts = form.split('{');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (place, rest) = part.split_once('}').unwrap_or((part, ""));
        let value = place.parse().ok().and_then(|place: usize| values.get(place)).copied().unwrap_or_default();
        // Digits alone turn nothing, and keep to the sign beside them (48 %).
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

/// Hebrew, Arabic and their neighbours.
const fn is_right_to_left(char: char) -> bool {
    matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}
