//! The validation shared by forms and the sandbox. Each check returns a [`ValidationError`]; its text comes from the catalogue.

use serde::Serialize;
use serde_json::Value;
use trunkline_scan::is_invisible_mark;

use crate::text::{TextKind, clean, is_blank};

/// A validation error of one field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldError {
    /// The field's name on the wire, such as `percentageToBotWhenOnline`.
    pub field: String,
    /// The validation error.
    pub problem: ValidationError,
}

impl FieldError {
    /// Parses an entry of a refusal's `fields`. `None` if it is not a known validation error.
    pub fn parse(value: &Value) -> Option<Self> {
        let field = value.get("field")?.as_str()?.to_owned();
        Some(Self { field, problem: ValidationError::parse(value.get("problem")?)? })
    }
}

/// A validation error of a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ValidationError {
    /// The value is missing or blank.
    Required,
    /// More characters than the contract allows.
    TooLong(usize),
    /// Not a whole number from 0 to 100.
    NotPercent,
    /// Not a whole number.
    NotNumber,
    /// Not an E.164 telephone number: up to 15 digits, not starting with 0.
    NotE164,
    /// Not an absolute http or https URL.
    NotUrl,
    /// Not one of the values that the contract allows.
    NotAllowed,
    /// Not JSON of the expected shape.
    NotJson,
    /// Not an e-mail address.
    NotEmail,
    /// At least one of the fields is required.
    NeedsOne,
    /// Occurs more than once.
    Duplicate,
    /// A path parameter that the URL does not have.
    NotInUrl,
    /// The vendor's own message.
    Said(String),
}

impl ValidationError {
    /// Written by hand: the derived deserialiser of an enum adds 3 KB to the main chunk.
    fn parse(value: &Value) -> Option<Self> {
        if let Some(limit) = value.get("tooLong") {
            return Some(Self::TooLong(usize::try_from(limit.as_u64()?).ok()?));
        }
        if let Some(words) = value.get("said") {
            return Some(Self::Said(words.as_str()?.to_owned()));
        }
        Some(match value.as_str()? {
            "required" => Self::Required,
            "notPercent" => Self::NotPercent,
            "notNumber" => Self::NotNumber,
            "notE164" => Self::NotE164,
            "notUrl" => Self::NotUrl,
            "notAllowed" => Self::NotAllowed,
            "notJson" => Self::NotJson,
            "notEmail" => Self::NotEmail,
            "needsOne" => Self::NeedsOne,
            "duplicate" => Self::Duplicate,
            "notInUrl" => Self::NotInUrl,
            _ => return None,
        })
    }
}

/// Collects validation errors in the form's order.
#[derive(Debug, Default)]
pub struct Checks(Vec<FieldError>);

impl Checks {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field's error, if there is one.
    pub fn field(&mut self, field: &str, problem: Option<ValidationError>) -> &mut Self {
        self.0.extend(problem.map(|problem| FieldError { field: field.to_owned(), problem }));
        self
    }

    /// Ends the validation.
    ///
    /// # Errors
    /// If any error was added; contains all of them.
    pub fn finish(&mut self) -> Result<(), Vec<FieldError>> {
        if self.0.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.0)) }
    }
}

/// Checks that a value is not blank.
pub fn check_required(value: &str) -> Option<ValidationError> {
    is_blank(value).then_some(ValidationError::Required)
}

/// Checks that a value has at most `max` characters.
pub fn check_max_chars(value: &str, max: usize) -> Option<ValidationError> {
    (value.chars().count() > max).then_some(ValidationError::TooLong(max))
}

/// Checks that a value is from 0 to 100.
pub fn check_percent(value: i64) -> Option<ValidationError> {
    (!(0..=100).contains(&value)).then_some(ValidationError::NotPercent)
}

/// Normalises a telephone number as typed ("+", spaces, dashes, dots, brackets) to E.164 without a plus, the form in
/// jtel's document ("49199123456789"). The national prefix "(0)" of "+49 (0) 199 …" is dropped. `None` if the input is
/// not an E.164 number.
pub fn parse_e164(input: &str) -> Option<String> {
    let typed = clean(input, TextKind::Number);
    let international = typed.contains('+');
    let typed = if international { typed.replacen("(0)", "", 1) } else { typed };
    let mut digits = String::with_capacity(15);
    let (mut open, mut plus) = (false, false);
    for character in typed.trim().chars() {
        match character {
            '0'..='9' => digits.push(character),
            '+' if !plus && digits.is_empty() => plus = true,
            '(' if !open => open = true,
            ')' if open => open = false,
            ' ' | '-' | '.' | '/' => {}
            _ => return None,
        }
    }
    // ITU-T E.164: at most 15 digits, country codes do not start with 0. No country has numbers of less than 7 digits.
    let fits = (7..=15).contains(&digits.len()) && !digits.starts_with('0') && !open;
    fits.then_some(digits)
}

/// Checks for an absolute http(s) URL with a host and without white space, invisible characters or credentials.
pub fn check_http_url(value: &str) -> Option<ValidationError> {
    let lower = value.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let fits = rest.is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !authority.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok() && !port.starts_with('+'));
        let host_fits = if let Some(address) = host.strip_prefix('[') {
            // A rough check of IPv6 addresses: std's parser is too large for the app.
            address.strip_suffix(']').is_some_and(|address| {
                address.contains(':') && address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.')
            })
        } else {
            !host.is_empty()
                && host.split('.').all(|label| !label.is_empty())
                && host.chars().all(|c| c.is_ascii_alphanumeric() || !c.is_ascii() || c == '-' || c == '.' || c == '_')
        };
        port_fits && host_fits && !value.chars().any(|c| c.is_whitespace() || c.is_control() || is_invisible_mark(c))
    });
    (!fits).then_some(ValidationError::NotUrl)
}

/// Checks for the rough shape of an e-mail address: a local part, an @, a host, no white space.
pub fn check_email(value: &str) -> Option<ValidationError> {
    let value = value.trim();
    let fits = value.rsplit_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.is_empty() && !host.starts_with('.') && !value.chars().any(char::is_whitespace)
    });
    (!fits).then_some(ValidationError::NotEmail)
}

/// Applies a check to an optional value: a blank value is valid.
pub fn check_optional(value: &str, check: impl Fn(&str) -> Option<ValidationError>) -> Option<ValidationError> {
    if is_blank(value) { None } else { check(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_telephone_numbers_become_e164() {
        assert_eq!(parse_e164("49199123456789").as_deref(), Some("49199123456789"));
        assert_eq!(parse_e164(" +49 (199) 123-456.789 ").as_deref(), Some("49199123456789"));
        for marked in [
            "\u{202a}+972 50-123-4567\u{202c}",
            "\u{2068}+972501234567\u{2069}",
            "\u{200e}+972501234567",
            "+972501234567\u{200b}",
            "＋９７２５０１２３４５６７",
        ] {
            assert_eq!(parse_e164(marked).as_deref(), Some("972501234567"), "{marked:?}");
        }
        for wrong in ["", "0199123456", "+", "123", "1234567890123456", "49 199 x", "4919(9123456", "49+199123456"] {
            assert_eq!(parse_e164(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn unknown_validation_errors_are_ignored() {
        for other in
            [r#"{"field": "a"}"#, r#"{"field": "a", "problem": "newer"}"#, r#"{"field": 1, "problem": "required"}"#]
        {
            assert_eq!(FieldError::parse(&serde_json::from_str(other).unwrap()), None, "{other}");
        }
    }

    #[test]
    fn urls_need_a_scheme_and_a_host() {
        for fine in
            ["https://www.jtel.de", "http://a", "https://builder.example/x?y#z", "https://h:8443/", "http://[::1]:80/"]
        {
            assert_eq!(check_http_url(fine), None, "{fine}");
        }
        for wrong in [
            "",
            "https://",
            "ftp://a",
            "www.jtel.de",
            "https://a b",
            "https://u:p@h/",
            "http://h:99999/",
            "https://a..b/",
            "https://a/\u{200b}",
            "javascript:alert(1)",
        ] {
            assert_eq!(check_http_url(wrong), Some(ValidationError::NotUrl), "{wrong}");
        }
    }
}
