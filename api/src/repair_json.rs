//! Repairs common errors in JSON text.

/// Repairs JSON text: removes a byte order mark, replaces invalid UTF-8 and lone surrogates (`\ud83d`, which decoders
/// refuse), and escapes bare control characters in strings. `None` if nothing needed repair.
#[inline(never)]
#[must_use]
pub fn repair_json(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let mut rest = text.as_bytes();
    let mut out = Vec::with_capacity(rest.len());
    let mut in_text = false;
    while let [first, tail @ ..] = rest {
        let (taken, written): (usize, Option<&[u8]>) = match rest {
            [b'"', ..] => {
                in_text = !in_text;
                (1, None)
            }
            [b'\\', b'u', ..] if in_text => match (code_unit(rest), code_unit(rest.get(6..).unwrap_or_default())) {
                (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, None),
                (Some(0xD800..=0xDFFF), _) => (6, Some(b"\\ufffd")),
                _ => (2, None),
            },
            [b'\\', _, ..] if in_text => (2, None),
            [b'\n', ..] if in_text => (1, Some(b"\\n")),
            [b'\r', ..] if in_text => (1, Some(b"\\r")),
            [b'\t', ..] if in_text => (1, Some(b"\\t")),
            [0..=0x1F, ..] if in_text => (1, Some(b"\\ufffd")),
            _ => {
                out.push(*first);
                rest = tail;
                continue;
            }
        };
        out.extend_from_slice(written.or_else(|| rest.get(..taken)).unwrap_or_default());
        rest = rest.get(taken..).unwrap_or_default();
    }
    (out != bytes).then_some(out)
}

/// The code unit of an escape `\uXXXX` at the start of the bytes.
fn code_unit(bytes: &[u8]) -> Option<u32> {
    let [b'\\', b'u', digits @ ..] = bytes.get(..6)? else { return None };
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mended(bytes: &[u8]) -> String {
        String::from_utf8(repair_json(bytes).unwrap()).unwrap()
    }

    #[test]
    fn lone_surrogates_are_replaced() {
        assert_eq!(mended(br#"{"a":"hi \ud83d"}"#), r#"{"a":"hi \ufffd"}"#);
        assert_eq!(mended(br#"["\ude00\ud83d\ude00\ud83d\ud83d"]"#), r#"["\ufffd\ud83d\ude00\ufffd\ufffd"]"#);
        assert_eq!(mended(br#"["\ud83dx\uD83D\u0041"]"#), r#"["\ufffdx\ufffd\u0041"]"#);
    }

    #[test]
    fn byte_order_marks_invalid_bytes_and_control_characters() {
        assert_eq!(mended(b"\xEF\xBB\xBF[1]"), "[1]");
        assert_eq!(mended(b"[\"M\xFCller\"]"), "[\"M\u{fffd}ller\"]");
        assert_eq!(mended(b"[\"a\nb\tc\x01\"]\n"), "[\"a\\nb\\tc\\ufffd\"]\n");
    }

    #[test]
    fn valid_text_needs_no_repair() {
        for text in [r#"{"a": "\\ud83d \" é \ud83d\ude00", "b": [1.50, null]}"#, "", "[", "\"\\", "\"\\u", "\"\\ud8"] {
            assert_eq!(repair_json(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn repair_is_idempotent(bytes: Vec<u8>) {
            if let Some(once) = repair_json(&bytes) {
                // Only the first of two byte order marks is removed.
                prop_assume!(!once.starts_with(b"\xEF\xBB\xBF"));
                prop_assert_eq!(repair_json(&once), None);
            }
        }
    }
}
