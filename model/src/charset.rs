//! The character set of a response body.

/// `true` if the content type names UTF-8 or no charset.
#[must_use]
pub fn is_utf8(content_type: &str) -> bool {
    named_charset(content_type).is_none_or(|charset| charset == "utf-8" || charset == "utf8")
}

/// The charset to decode a body from; `None` if it is UTF-8. A byte order mark overrides the content type.
#[must_use]
pub fn charset_of(body: &[u8], content_type: &str) -> Option<String> {
    match body {
        [0xFF, 0xFE, ..] => Some("utf-16le".to_owned()),
        [0xFE, 0xFF, ..] => Some("utf-16be".to_owned()),
        [0xEF, 0xBB, 0xBF, ..] => None,
        _ if is_utf8(content_type) => None,
        _ => named_charset(content_type),
    }
}

/// The charset that a content type names, in lower case; `None` if it names none.
fn named_charset(content_type: &str) -> Option<String> {
    let value = |part: &str| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    };
    content_type.split(';').skip(1).find_map(value).filter(|charset| !charset.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{charset_of, is_utf8};

    /// Spellings of RFC 9110, section 8.3: names are case-insensitive, values may be quoted.
    #[test]
    fn content_types_in_any_spelling() {
        for utf8 in [
            "",
            "application/json",
            "application/json; charset=utf-8",
            "text/html;Charset=\"UTF-8\"",
            "application/json; charset=UTF8; x=1",
            "application/json; charset=",
            "charset=latin1",
        ] {
            assert!(is_utf8(utf8), "{utf8}");
        }
        for other in ["application/json; charset=iso-8859-1", "text/plain; x=1; charset = \"Windows-1252\""] {
            assert!(!is_utf8(other), "{other}");
        }
    }

    #[test]
    fn byte_order_marks_override_the_content_type() {
        let latin1 = "application/json; charset=ISO-8859-1";
        assert_eq!(charset_of(b"[]", latin1).as_deref(), Some("iso-8859-1"));
        assert_eq!(charset_of(b"\xEF\xBB\xBF[]", latin1), None);
        assert_eq!(charset_of(b"\xFF\xFE[\0", latin1).as_deref(), Some("utf-16le"));
        assert_eq!(charset_of(b"\xFE\xFF\0[", "application/json").as_deref(), Some("utf-16be"));
        assert_eq!(charset_of(b"[]", "application/json"), None);
    }
}
