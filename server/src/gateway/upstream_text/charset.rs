//! Turns text of any character encoding into UTF-8. A byte order mark counts before the charset of `Content-Type`, as
//! in browsers; UTF-16 is told by its zero bytes where nothing names it. What has no meaning becomes U+FFFD.

use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A converter that is fed piece by piece.
pub struct ToUtf8 {
    declared: Option<&'static Encoding>,
    state: State,
}

enum State {
    /// Too little has come to tell the encoding.
    Start(BytesMut),
    /// UTF-8 so far; a character cut off at the end of a piece waits here.
    Utf8(Bytes),
    /// Another encoding, or UTF-8 with something invalid in it.
    Decoding(Box<Decoder>),
}

impl ToUtf8 {
    /// For a body with these headers.
    pub fn new(headers: &HeaderMap) -> Self {
        let media = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
        Self { declared: media.and_then(|media| declared(&media)), state: State::Start(BytesMut::new()) }
    }

    /// The text of the next piece, as far as it is certain; all of it with the last.
    pub fn push(&mut self, piece: Bytes, last: bool) -> Bytes {
        let piece = match &mut self.state {
            State::Start(begun) => {
                // A mark has at most three bytes, and two characters of UTF-16 have four.
                if begun.len() + piece.len() < 4 && !last {
                    begun.extend_from_slice(&piece);
                    return Bytes::new();
                }
                let mut whole = if begun.is_empty() { piece } else { joined(begun, &piece) };
                let (encoding, mark) = encoding(&whole, self.declared);
                let _ = whole.split_to(mark);
                self.state = if encoding == UTF_8 { State::Utf8(Bytes::new()) } else { decoding(encoding) };
                whole
            }
            State::Utf8(cut) if !cut.is_empty() => joined(&std::mem::take(cut), &piece),
            _ => piece,
        };
        if let State::Utf8(cut) = &mut self.state {
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
            State::Decoding(decoder) => decode(decoder, &piece, last),
            _ => piece,
        }
    }
}

fn decoding(encoding: &'static Encoding) -> State {
    State::Decoding(Box::new(encoding.new_decoder_without_bom_handling()))
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
        // It always makes progress with this much room; one turn is the rule.
        let room = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len()).max(16);
        out.reserve(room);
        let (result, read, _) = decoder.decode_to_string(rest, &mut out, last);
        rest = rest.get(read..).unwrap_or_default();
        if result == CoderResult::InputEmpty {
            return Bytes::from(out);
        }
    }
}

/// The encoding of a text that begins so, and how many bytes its mark has.
fn encoding(begin: &[u8], declared: Option<&'static Encoding>) -> (&'static Encoding, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(begin) {
        return (encoding, mark);
    }
    let wide = declared == Some(UTF_16LE) || declared == Some(UTF_16BE);
    match begin {
        // The first character of a JSON text is ASCII: one of its two bytes is zero, and no other text has zeros.
        [first, 0, ..] if *first != 0 => (UTF_16LE, 0),
        [0, first, ..] if *first != 0 => (UTF_16BE, 0),
        // It says UTF-16 and isn't.
        [b'{' | b'[' | b'"', second, ..] if wide && second.is_ascii() => (UTF_8, 0),
        _ => (declared.unwrap_or(UTF_8), 0),
    }
}

/// The charset that a media type names.
fn declared(media: &str) -> Option<&'static Encoding> {
    let charset = media.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).trim())
    })?;
    // ASCII with more than ASCII in it is UTF-8 most of the time; the standard's windows-1252 would never be right.
    if charset.eq_ignore_ascii_case("us-ascii") || charset.eq_ignore_ascii_case("ascii") {
        return Some(UTF_8);
    }
    Encoding::for_label(charset.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same text, whole and in pieces of every size.
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
    fn charsets_and_marks() {
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
    fn utf_16_with_and_without_mark_or_name() {
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
    fn what_is_invalid_is_replaced() {
        reads("application/json", b"[\"a\xffb\"]", "[\"a\u{fffd}b\"]");
        reads("application/json", b"[\"\xe2\x82\"]", "[\"\u{fffd}\"]");
        reads("application/json", b"[\"\xe2\x82", "[\"\u{fffd}");
        reads("application/json", &utf16("[\"\u{1F600}\"]", u16::to_le_bytes)[..7], "[\"\u{fffd}");
    }
}
