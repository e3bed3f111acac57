//! Replaces escapes of lone surrogates in JSON: strict decoders reject `"hi \ud83d"`, an emoji that was cut in two.
//! `\ufffd` has the same number of bytes, so nothing else moves.

use bytes::{Bytes, BytesMut};

/// Bytes of an escape.
const ESCAPE: usize = 6;

/// Repairs a JSON text in a stream; other text is unchanged.
#[derive(Default)]
pub struct SurrogateRepair {
    /// True if the text begins like JSON; `None` before its first character.
    is_json: Option<bool>,
    /// The beginning of an escape or a pair that is cut off at the end of a chunk.
    cut: Bytes,
}

/// The escape at a backslash.
enum Escape {
    /// A complete escape of this many bytes.
    Complete(usize),
    /// A lone surrogate.
    Lone,
    /// More bytes are needed.
    Incomplete,
}

impl SurrogateRepair {
    /// Repairs the next chunk and returns the text that is complete; with `last`, all of it.
    pub fn push(&mut self, piece: Bytes, last: bool) -> Bytes {
        let first = || piece.iter().find(|byte| !byte.is_ascii_whitespace());
        self.is_json = self.is_json.or_else(|| first().map(|byte| matches!(byte, b'{' | b'[' | b'"')));
        if self.cut.is_empty() && (self.is_json != Some(true) || !piece.contains(&b'\\')) {
            return piece;
        }
        let mut text = if self.cut.is_empty() { piece } else { [&self.cut[..], &piece[..]].concat().into() };
        self.cut = Bytes::new();
        let (halves, end) = lone_surrogates(&text, last);
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

/// Positions of lone surrogates, and the end of the complete text.
fn lone_surrogates(text: &[u8], last: bool) -> (Vec<usize>, usize) {
    let mut halves = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += next;
        match escape(text.get(at..).unwrap_or_default(), last) {
            Escape::Complete(length) => at += length,
            Escape::Lone => {
                halves.push(at);
                at += ESCAPE;
            }
            Escape::Incomplete => return (halves, at),
        }
    }
    (halves, text.len())
}

/// Classifies the escape at the beginning of the text.
fn escape(text: &[u8], last: bool) -> Escape {
    match text.get(1) {
        Some(b'u') => {}
        None if !last => return Escape::Incomplete,
        _ => return Escape::Complete(2),
    }
    let Some(first) = unit(text) else {
        return if text.len() < ESCAPE && !last { Escape::Incomplete } else { Escape::Complete(2) };
    };
    match first {
        0xd800..=0xdbff => {
            let rest = text.get(ESCAPE..).unwrap_or_default();
            match unit(rest) {
                Some(0xdc00..=0xdfff) => Escape::Complete(2 * ESCAPE),
                None if rest.len() < ESCAPE && b"\\u".starts_with(rest.get(..2).unwrap_or(rest)) && !last => {
                    Escape::Incomplete
                }
                _ => Escape::Lone,
            }
        }
        0xdc00..=0xdfff => Escape::Lone,
        _ => Escape::Complete(ESCAPE),
    }
}

/// The UTF-16 unit of the escape at the beginning of the text; `None` if there is none.
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
            let mut mend = SurrogateRepair::default();
            let mut out = Vec::new();
            for piece in text.as_bytes().chunks(size) {
                out.extend_from_slice(&mend.push(Bytes::copy_from_slice(piece), false));
            }
            out.extend_from_slice(&mend.push(Bytes::new(), true));
            assert_eq!(String::from_utf8(out).unwrap(), wanted, "pieces of {size}");
        }
    }

    #[test]
    fn lone_surrogates_are_replaced() {
        mended(r#"["hi \ud83d"]"#, r#"["hi \ufffd"]"#);
        mended(r#"["\uD83D\uDE00 \ude00"]"#, r#"["\uD83D\uDE00 \ufffd"]"#);
        mended(r#"["\ud83d\ud83d\ude00"]"#, r#"["\ufffd\ud83d\ude00"]"#);
        mended(r#"["\ud83d\n\ud83dx\ud83d\u00fc"]"#, r#"["\ufffd\n\ufffdx\ufffd\u00fc"]"#);
        mended(r#" {"\udead": 1}"#, r#" {"\ufffd": 1}"#);
    }

    #[test]
    fn other_text_is_unchanged() {
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
