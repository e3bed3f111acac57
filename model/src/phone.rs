//! Telephone numbers as people write them.

/// Country codes of two digits (ITU-T E.164); 1 and 7 have one, all others three.
const TWO_DIGITS: [u8; 45] = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62,
    63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98, 99,
];

/// A number in E.164 without "+", as jtel sends it, with "+", the country code and groups of three digits; `None` if it is
/// no such number. Where an area code ends, only each country's own plan says.
#[must_use]
pub fn format_phone(digits: &str) -> Option<String> {
    let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || digits.starts_with('0') {
        return None;
    }
    let (code, mut rest) = digits.split_at_checked(code_length(digits))?;
    let mut text = format!("+{code}");
    // Four digits stay together: a last group of one would be odd.
    while let Some((group, after)) = rest.split_at_checked(if rest.len() <= 4 { rest.len() } else { 3 }) {
        if group.is_empty() {
            break;
        }
        text.push(' ');
        text.push_str(group);
        rest = after;
    }
    Some(text)
}

fn code_length(digits: &str) -> usize {
    let two = digits.get(..2).and_then(|two| two.parse::<u8>().ok());
    match digits.as_bytes().first() {
        Some(b'1' | b'7') => 1,
        _ if two.is_some_and(|two| TWO_DIGITS.contains(&two)) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_after_the_country_code() {
        for (digits, text) in [
            ("49199123456789", "+49 199 123 456 789"),
            ("493023125025", "+49 302 312 5025"),
            ("12025550123", "+1 202 555 0123"),
            ("972501234567", "+972 501 234 567"),
            ("79161234567", "+7 916 123 4567"),
            ("35312345678", "+353 123 456 78"),
        ] {
            assert_eq!(format_phone(digits).as_deref(), Some(text));
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in ["", "12345", "0199123456", "+49199123456", "info@example.com", "1234567890123456", "49 199 123"] {
            assert_eq!(format_phone(text), None, "{text}");
        }
    }
}
