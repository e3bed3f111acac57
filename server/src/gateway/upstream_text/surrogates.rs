//! Replaces escapes of half a character in JSON: `"hi \ud83d"`, an emoji that somebody cut in two, is text that no
//! strict decoder takes. `\ufffd` has as many bytes, so all else stays where it is.

use bytes::{Bytes, BytesMut};

/// How many bytes an escape has.
const ESCAPE: usize = 6;

/// Mends a JSON text that is fed piece by piece; a text that is no JSON stays as it is.
#[derive(Default)]
pub struct Mend {
    /// Whether the text begins as JSON does; `None` before its first character.
    is_json: Option<bool>,
    /// The beginning of an escape, or of a pair of them, that was cut off at the end of a piece.
    cut: Bytes,
}

/// What is at a backslash.
enum Escape {
    /// Something complete of so many bytes.
    Whole(usize),
    /// Half a character.
    Half,
    /// More is needed to tell.
    Cut,
}

impl Mend {
    /// The text of the next piece, as far as it is certain; all of it with the last.
    pub fn push(&mut self, piece: Bytes, last: bool) -> Bytes {
        let first = || piece.iter().find(|byte| !byte.is_ascii_whitespace());
        self.is_json = self.is_json.or_else(|| first().map(|byte| matches!(byte, b'{' | b'[' | b'"')));
        if self.cut.is_empty() && (self.is_json != Some(true) || !piece.contains(&b'\\')) {
            return piece;
        }
        let mut text = if self.cut.is_empty() { piece } else { [&self.cut[..], &piece[..]].concat().into() };
        self.cut = Bytes::new();
        let (halves, end) = halves(&text, last);
        self.cut = text.split_off(end);
        if halves.is_empty() {
            return text;
        }
        let mut mended = BytesMut::from(text);
        for at in halves {
            if let Some(escape) = mended.get_mut(at..at + ESCAPE) {
                escape.copy_from_slice(b"\\ufffd");
            }
        }
        mended.freeze()
    }
}

/// Where in the text the halves are, and up to where it is certain.
fn halves(text: &[u8], last: bool) -> (Vec<usize>, usize) {
    let mut halves = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += next;
        match escape(text.get(at..).unwrap_or_default(), last) {
            Escape::Whole(length) => at += length,
            Escape::Half => {
                halves.push(at);
                at += ESCAPE;
            }
            Escape::Cut => return (halves, at),
        }
    }
    (halves, text.len())
}

/// What the text begins with, which is a backslash.
fn escape(text: &[u8], last: bool) -> Escape {
    match text.get(1) {
        Some(b'u') => {}
        None if !last => return Escape::Cut,
        _ => return Escape::Whole(2),
    }
    let Some(first) = unit(text) else {
        return if text.len() < ESCAPE && !last { Escape::Cut } else { Escape::Whole(2) };
    };
    match first {
        0xd800..=0xdbff => {
            let rest = text.get(ESCAPE..).unwrap_or_default();
            match unit(rest) {
                Some(0xdc00..=0xdfff) => Escape::Whole(2 * ESCAPE),
                None if rest.len() < ESCAPE && b"\\u".starts_with(rest.get(..2).unwrap_or(rest)) && !last => {
                    Escape::Cut
                }
                _ => Escape::Half,
            }
        }
        0xdc00..=0xdfff => Escape::Half,
        _ => Escape::Whole(ESCAPE),
    }
}

/// The UTF-16 unit of the escape that the text begins with.
fn unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn mended(text: &str, wanted: &str) {
        for size in 1..=text.len() {
            let mut mend = Mend::default();
            let mut out = Vec::new();
            for piece in text.as_bytes().chunks(size) {
                out.extend_from_slice(&mend.push(Bytes::copy_from_slice(piece), false));
            }
            out.extend_from_slice(&mend.push(Bytes::new(), true));
            assert_eq!(String::from_utf8(out).unwrap(), wanted, "pieces of {size}");
        }
    }

    #[test]
    fn halves_are_replaced_and_pairs_stay() {
        mended(r#"["hi \ud83d"]"#, r#"["hi \ufffd"]"#);
        mended(r#"["\uD83D\uDE00 \ude00"]"#, r#"["\uD83D\uDE00 \ufffd"]"#);
        mended(r#"["\ud83d\ud83d\ude00"]"#, r#"["\ufffd\ud83d\ude00"]"#);
        mended(r#"["\ud83d\n\ud83dx\ud83d\u00fc"]"#, r#"["\ufffd\n\ufffdx\ufffd\u00fc"]"#);
        mended(r#" {"\udead": 1}"#, r#" {"\ufffd": 1}"#);
    }

    #[test]
    fn all_else_stays() {
        for text in [
            r#"["\\ud83d", "a\\\\ud83d", "\"\\", "ü\n"]"#,
            r#"<p>\ud83d</p>"#,
            r#"["\ud83"#,
            r#"["\uzzzz\u"#,
            "[1e3, 123456789012345678901234567890, 10.10]",
            "  ",
        ] {
            mended(text, text);
        }
        mended(r#"["\ud83d"#, r#"["\ufffd"#);
        mended(r#"["\ud83d\u"#, r#"["\ufffd\u"#);
    }
}
