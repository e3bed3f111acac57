//! Converts text of any character encoding to UTF-8. A byte order mark overrides the charset of `Content-Type`, as in
//! browsers; undeclared UTF-16 is detected by its zero bytes. Invalid sequences become U+FFFD.

use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A streaming converter.
pub struct ToUtf8 {
    declared: Option<&'static Encoding>,
    state: DecodeState,
}

enum DecodeState {
    /// Too few bytes to detect the encoding.
    Start(BytesMut),
    /// Valid UTF-8 so far; holds a character that is cut off at the end of a chunk.
    Utf8(Bytes),
    /// Another encoding, or UTF-8 with invalid sequences.
    Decoding(Box<Decoder>),
}

impl ToUtf8 {
    /// Creates a converter for a body with these headers.
    pub fn new(headers: &HeaderMap) -> Self {
        let media = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
        Self { declared: media.and_then(|media| declared_charset(&media)), state: DecodeState::Start(BytesMut::new()) }
    }

    /// Converts the next chunk and returns the text that is complete; with `last`, all of it.
    pub fn push(&mut self, piece: Bytes, last: bool) -> Bytes {
        let piece = match &mut self.state {
            DecodeState::Start(begun) => {
                // A byte order mark has at most three bytes, and two characters of UTF-16 have four.
                if begun.len() + piece.len() < 4 && !last {
                    begun.extend_from_slice(&piece);
                    return Bytes::new();
                }
                let mut whole = if begun.is_empty() { piece } else { joined(begun, &piece) };
                let (encoding, mark) = detect_encoding(&whole, self.declared);
                let _ = whole.split_to(mark);
                self.state = if encoding == UTF_8 { DecodeState::Utf8(Bytes::new()) } else { decoding(encoding) };
                whole
            }
            DecodeState::Utf8(cut) if !cut.is_empty() => joined(&std::mem::take(cut), &piece),
            _ => piece,
        };
        if let DecodeState::Utf8(cut) = &mut self.state {
            match std::str::from_utf8(&piece) {
                Ok(_) => return piece,
                Err(error) if error.error_len().is_none() && !last => {
                    let mut piece = piece;
                    *cut = piece.split_off(error.valid_up_to());
                    return piece;
                }
                Err(_) => self.state = decoding(UTF_8),
            }
        }
        match &mut self.state {
            DecodeState::Decoding(decoder) => decode(decoder, &piece, last),
            _ => piece,
        }
    }
}

fn decoding(encoding: &'static Encoding) -> DecodeState {
    DecodeState::Decoding(Box::new(encoding.new_decoder_without_bom_handling()))
}

fn joined(begin: &[u8], end: &[u8]) -> Bytes {
    let mut whole = BytesMut::with_capacity(begin.len() + end.len());
    whole.extend_from_slice(begin);
    whole.extend_from_slice(end);
    whole.freeze()
}

fn decode(decoder: &mut Decoder, piece: &[u8], last: bool) -> Bytes {
    let mut out = String::new();
    let mut rest = piece;
    loop {
        // This much room always allows progress, and usually suffices for one pass.
        let room = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len()).max(16);
        out.reserve(room);
        let (result, read, _) = decoder.decode_to_string(rest, &mut out, last);
        rest = rest.get(read..).unwrap_or_default();
        if result == CoderResult::InputEmpty {
            return Bytes::from(out);
        }
    }
}

/// Detects the encoding from the first bytes; also returns the length of the byte order mark.
fn detect_encoding(begin: &[u8], declared: Option<&'static Encoding>) -> (&'static Encoding, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(begin) {
        return (encoding, mark);
    }
    let wide = declared == Some(UTF_16LE) || declared == Some(UTF_16BE);
    match begin {
        // The first character of a JSON text is ASCII, so one of its two bytes is zero in UTF-16, and no other text has
        // zeros.
        [first, 0, ..] if *first != 0 => (UTF_16LE, 0),
        [0, first, ..] if *first != 0 => (UTF_16BE, 0),
        // Declared as UTF-16, but it is not.
        [b'{' | b'[' | b'"', second, ..] if wide && second.is_ascii() => (UTF_8, 0),
        _ => (declared.unwrap_or(UTF_8), 0),
    }
}

/// The charset parameter of a media type; `None` if it is missing or unknown.
fn declared_charset(media: &str) -> Option<&'static Encoding> {
    let charset = media.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).trim())
    })?;
    // Declared ASCII with other bytes is mostly UTF-8; the WHATWG standard's windows-1252 would never be right.
    if charset.eq_ignore_ascii_case("us-ascii") || charset.eq_ignore_ascii_case("ascii") {
        return Some(UTF_8);
    }
    Encoding::for_label(charset.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the conversion in chunks of every size.
    #[track_caller]
    fn reads(media: &str, bytes: &[u8], text: &str) {
        for size in 1..=bytes.len().max(1) {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, media.parse().unwrap());
            let mut converter = ToUtf8::new(&headers);
            let mut out = Vec::new();
            for piece in bytes.chunks(size) {
                out.extend_from_slice(&converter.push(Bytes::copy_from_slice(piece), false));
            }
            out.extend_from_slice(&converter.push(Bytes::new(), true));
            assert_eq!(String::from_utf8(out).unwrap(), text, "pieces of {size}");
        }
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn charsets_and_byte_order_marks_are_honoured() {
        let json = "application/json";
        reads(json, "[\"Zoë 😀\"]".as_bytes(), "[\"Zoë 😀\"]");
        reads(json, b"\xef\xbb\xbf[1]", "[1]");
        reads(json, b"", "");
        reads(json, b"7", "7");
        reads("application/json; charset=ISO-8859-1", b"[\"M\xfcller\"]", "[\"Müller\"]");
        reads("application/json;Charset=\"windows-1255\"", b"[\"\xf9\xec\xe5\xed\"]", "[\"שלום\"]");
        reads("application/json; charset=iso-8859-1", b"\xef\xbb\xbf[\"\xc3\xbc\"]", "[\"ü\"]");
        reads("application/json; charset=klingon", "[\"ü\"]".as_bytes(), "[\"ü\"]");
        reads("application/json; charset=us-ascii", "[\"ü\"]".as_bytes(), "[\"ü\"]");
        reads("application/json; charset=gb18030", b"[\"\xc4\xe3\"]", "[\"你\"]");
    }

    #[test]
    fn utf_16_is_detected_with_and_without_mark_or_charset() {
        let text = "[\"Zoë שלום 😀\"]";
        let marked = format!("\u{feff}{text}");
        for media in ["application/json", "application/json; charset=utf-16", "application/json; charset=utf-8"] {
            for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                reads(media, &utf16(text, bytes), text);
                reads(media, &utf16(&marked, bytes), text);
            }
        }
        reads("application/json; charset=utf-16", "[\"ü\"]".as_bytes(), "[\"ü\"]");
        reads("text/plain; charset=utf-16be", &utf16("שלום", u16::to_be_bytes), "שלום");
    }

    #[test]
    fn invalid_sequences_are_replaced() {
        reads("application/json", b"[\"a\xffb\"]", "[\"a\u{fffd}b\"]");
        reads("application/json", b"[\"\xe2\x82\"]", "[\"\u{fffd}\"]");
        reads("application/json", b"[\"\xe2\x82", "[\"\u{fffd}");
        reads("application/json", &utf16("[\"\u{1F600}\"]", u16::to_le_bytes)[..7], "[\"\u{fffd}");
    }
}
