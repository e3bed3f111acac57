//! The checks that a form and the sandbox share. Each returns a [`Problem`]; words come from the catalogue.

use serde::Serialize;
use serde_json::Value;
use trunkline_fast::is_mark;

use crate::text::{TextKind, clean, is_blank};

/// A problem and the field it is about, by the field's name on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldError {
    /// The field's name on the wire, such as `percentageToBotWhenOnline`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl FieldError {
    /// Of what stands in a refusal; none if it isn't one.
    pub fn read(value: &Value) -> Option<Self> {
        let field = value.get("field")?.as_str()?.to_owned();
        Some(Self { field, problem: Problem::read(value.get("problem")?)? })
    }
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Problem {
    /// Nothing was given.
    Required,
    /// More characters than the contract allows.
    TooLong(usize),
    /// Not a whole number from 0 to 100.
    NotPercent,
    /// Not a whole number.
    NotNumber,
    /// Not a telephone number in E.164: up to 15 digits, not beginning with 0.
    NotE164,
    /// Not an absolute http or https URL.
    NotUrl,
    /// Not one of the values the contract names.
    NotAllowed,
    /// Not JSON of the expected shape.
    NotJson,
    /// Not an e-mail address.
    NotEmail,
    /// At least one of the fields is needed.
    NeedsOne,
    /// Given twice where once is the rule.
    Duplicate,
    /// The vendor's own words.
    Said(String),
}

impl Problem {
    /// By hand: a derived reader of an enum weighs 3 KB, and every page would fetch it.
    fn read(value: &Value) -> Option<Self> {
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
            _ => return None,
        })
    }
}

/// Collects problems in the order of the form.
#[derive(Debug, Default)]
pub struct Checks(Vec<FieldError>);

impl Checks {
    /// No problem yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a problem with a field, if there is one.
    pub fn field(&mut self, field: &str, problem: Option<Problem>) -> &mut Self {
        self.0.extend(problem.map(|problem| FieldError { field: field.to_owned(), problem }));
        self
    }

    /// Fine, or all the problems.
    pub fn finish(&mut self) -> Result<(), Vec<FieldError>> {
        if self.0.is_empty() { Ok(()) } else { Err(std::mem::take(&mut self.0)) }
    }
}

/// Something that shows.
pub fn required(value: &str) -> Option<Problem> {
    is_blank(value).then_some(Problem::Required)
}

/// At most `max` characters.
pub fn max_chars(value: &str, max: usize) -> Option<Problem> {
    (value.chars().count() > max).then_some(Problem::TooLong(max))
}

/// 0 to 100.
pub fn percent(value: i64) -> Option<Problem> {
    (!(0..=100).contains(&value)).then_some(Problem::NotPercent)
}

/// A telephone number as people type it ("+", spaces, dashes, dots, brackets) as E.164 without a plus, the form jtel
/// documents ("49199123456789"). The "(0)" of "+49 (0) 199 …" is dialled inside the country only and is left out. None
/// if it isn't a number in E.164.
pub fn e164(typed: &str) -> Option<String> {
    let typed = clean(typed, TextKind::Number);
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
    // ITU-T E.164: at most 15 digits, a country code never begins with 0; shorter than 7 is no subscriber anywhere.
    let fits = (7..=15).contains(&digits.len()) && !digits.starts_with('0') && !open;
    fits.then_some(digits)
}

/// An absolute http(s) URL with a host, without white space, marks that nobody sees, or credentials.
pub fn http_url(value: &str) -> Option<Problem> {
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
            // As far as a form can tell: std's parser of IPv6 addresses would weigh more than it is worth here.
            address.strip_suffix(']').is_some_and(|address| {
                address.contains(':') && address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.')
            })
        } else {
            !host.is_empty()
                && host.split('.').all(|label| !label.is_empty())
                && host.chars().all(|c| c.is_ascii_alphanumeric() || !c.is_ascii() || c == '-' || c == '.' || c == '_')
        };
        port_fits && host_fits && !value.chars().any(|c| c.is_whitespace() || c.is_control() || is_mark(c))
    });
    (!fits).then_some(Problem::NotUrl)
}

/// A value that looks like an e-mail address: something, an @, a host with no white space.
pub fn email(value: &str) -> Option<Problem> {
    let value = value.trim();
    let fits = value.rsplit_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.is_empty() && !host.starts_with('.') && !value.chars().any(char::is_whitespace)
    });
    (!fits).then_some(Problem::NotEmail)
}

/// Applies a check to a value that may be left out: blank is fine.
pub fn optional(value: &str, check: impl Fn(&str) -> Option<Problem>) -> Option<Problem> {
    if is_blank(value) { None } else { check(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        assert_eq!(e164("49199123456789").as_deref(), Some("49199123456789"));
        assert_eq!(e164(" +49 (199) 123-456.789 ").as_deref(), Some("49199123456789"));
        for marked in [
            "\u{202a}+972 50-123-4567\u{202c}",
            "\u{2068}+972501234567\u{2069}",
            "\u{200e}+972501234567",
            "+972501234567\u{200b}",
            "＋９７２５０１２３４５６７",
        ] {
            assert_eq!(e164(marked).as_deref(), Some("972501234567"), "{marked:?}");
        }
        for wrong in ["", "0199123456", "+", "123", "1234567890123456", "49 199 x", "4919(9123456", "49+199123456"] {
            assert_eq!(e164(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_problem_is_none() {
        for other in
            [r#"{"field": "a"}"#, r#"{"field": "a", "problem": "newer"}"#, r#"{"field": 1, "problem": "required"}"#]
        {
            assert_eq!(FieldError::read(&serde_json::from_str(other).unwrap()), None, "{other}");
        }
    }

    #[test]
    fn urls() {
        for fine in
            ["https://www.jtel.de", "http://a", "https://builder.example/x?y#z", "https://h:8443/", "http://[::1]:80/"]
        {
            assert_eq!(http_url(fine), None, "{fine}");
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
            assert_eq!(http_url(wrong), Some(Problem::NotUrl), "{wrong}");
        }
    }
}
