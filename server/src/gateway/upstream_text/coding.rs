//! Undoes the content coding. The header `Content-Encoding` is believed where the bytes don't say otherwise: some
//! servers compress without saying so, some say so and don't.

use std::io;
use std::pin::Pin;

use async_compression::tokio::bufread::{BrotliDecoder, DeflateDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::Response;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, BufReader};
use tokio_util::io::StreamReader;

use super::Broken;

/// Bytes of decoded text that are handed on at a time. A small piece may decode to gigabytes: whoever reads counts.
const PIECE: usize = 64 * 1024;
/// Codings one upon another; more are no answer of a sound server.
const MOST: usize = 3;
/// Zstandard's window, as RFC 9659 bounds it for content codings: 8 MiB.
const WINDOW_LOG: u32 = 23;

type Reader = Pin<Box<dyn AsyncBufRead + Send>>;

/// A body whose coding is undone.
pub enum Decoded {
    /// Nothing of it has been read.
    Unread(Option<Box<Response>>),
    /// There is no coding.
    Plain(Bytes, Box<Response>),
    /// There is one.
    Coded(Reader),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

impl Decoded {
    /// Of a response that has not been read.
    pub fn new(response: Response) -> Self {
        Self::Unread(Some(Box::new(response)))
    }

    /// The next piece; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Broken> {
        if let Self::Unread(response) = self {
            let response = response.take().ok_or(Broken)?;
            *self = open(*response).await?;
        }
        match self {
            Self::Unread(_) => Err(Broken),
            Self::Plain(first, _) if !first.is_empty() => Ok(Some(std::mem::take(first))),
            Self::Plain(_, response) => response.chunk().await.map_err(|_| Broken),
            Self::Coded(reader) => {
                let piece = Bytes::copy_from_slice(reader.fill_buf().await.map_err(|_| Broken)?);
                reader.consume(piece.len());
                Ok((!piece.is_empty()).then_some(piece))
            }
        }
    }
}

/// Reads as much as tells the coding.
async fn open(mut response: Response) -> Result<Decoded, Broken> {
    let named = named(response.headers());
    let mut first = BytesMut::new();
    while first.len() < 4 {
        match response.chunk().await.map_err(|_| Broken)? {
            Some(chunk) => first.extend_from_slice(&chunk),
            None => break,
        }
    }
    let codings = present(named, &first);
    if codings.is_empty() || first.is_empty() {
        return Ok(Decoded::Plain(first.freeze(), Box::new(response)));
    }
    let is_zlib = is_zlib(&first);
    let first = stream::iter([Ok(first.freeze())]);
    let rest = response.bytes_stream().map_err(io::Error::other);
    let mut reader: Reader = Box::pin(StreamReader::new(first.chain(rest)));
    for coding in codings {
        reader = match coding {
            Coding::Gzip => {
                let mut decoder = GzipDecoder::new(reader);
                decoder.multiple_members(true);
                buffered(decoder)
            }
            Coding::Deflate if is_zlib => buffered(ZlibDecoder::new(reader)),
            Coding::Deflate => buffered(DeflateDecoder::new(reader)),
            Coding::Brotli => buffered(BrotliDecoder::new(reader)),
            Coding::Zstd => buffered(ZstdDecoder::with_params(reader, &[DParameter::window_log_max(WINDOW_LOG)])),
        };
    }
    Ok(Decoded::Coded(reader))
}

fn buffered(decoder: impl tokio::io::AsyncRead + Send + 'static) -> Reader {
    Box::pin(BufReader::with_capacity(PIECE, decoder))
}

/// The codings that the header names, the outermost first.
fn named(headers: &HeaderMap) -> Vec<Coding> {
    let values = headers.get_all(header::CONTENT_ENCODING);
    let words = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let mut codings: Vec<Coding> = words
        .filter_map(|word| match word.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Some(Coding::Gzip),
            "deflate" => Some(Coding::Deflate),
            "br" => Some(Coding::Brotli),
            "zstd" => Some(Coding::Zstd),
            _ => None,
        })
        .collect();
    codings.reverse();
    codings.truncate(MOST);
    codings
}

/// The codings that are there: gzip and Zstandard show themselves in their first bytes.
fn present(mut named: Vec<Coding>, first: &[u8]) -> Vec<Coding> {
    let shown = match first {
        [0x1f, 0x8b, 8, ..] => Some(Coding::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Coding::Zstd),
        _ => None,
    };
    match (named.first(), shown) {
        (Some(outer), Some(shown)) if *outer == shown => {}
        // What it is named, it isn't: another coding, or none.
        (Some(Coding::Gzip | Coding::Zstd), None) => {
            named.remove(0);
        }
        (_, Some(shown)) => return vec![shown],
        // Zlib's head is no beginning of a UTF-8 text, but for `x^`, which its weakest level has.
        (None, None) if is_zlib(first) && first.get(1) != Some(&b'^') => return vec![Coding::Deflate],
        _ => {}
    }
    named
}

/// Whether `deflate` has the head of RFC 1950, as it should; some servers leave it out.
fn is_zlib(first: &[u8]) -> bool {
    matches!(first, [head, check, ..]
        if *head == 0x78 && (u16::from(*head) << 8 | u16::from(*check)).is_multiple_of(31))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codings(header: &str, first: &[u8]) -> Vec<Coding> {
        let mut headers = HeaderMap::new();
        if !header.is_empty() {
            headers.insert(header::CONTENT_ENCODING, header.parse().unwrap());
        }
        present(named(&headers), first)
    }

    #[test]
    fn the_bytes_count_before_the_header() {
        const GZIP: &[u8] = &[0x1f, 0x8b, 8, 0];
        const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
        assert_eq!(codings("gzip", GZIP), [Coding::Gzip]);
        assert_eq!(codings("", GZIP), [Coding::Gzip]);
        assert_eq!(codings("identity", ZSTD), [Coding::Zstd]);
        assert_eq!(codings("X-GZIP", b"[{}]"), []);
        assert_eq!(codings("br", &[0x8b, 1, 2, 3]), [Coding::Brotli]);
        assert_eq!(codings("br, gzip", GZIP), [Coding::Gzip, Coding::Brotli]);
        assert_eq!(codings("deflate", &[0x78, 0x9c, 0, 0]), [Coding::Deflate]);
        assert_eq!(codings("", &[0x78, 0x9c, 0, 0]), [Coding::Deflate]);
        assert_eq!(codings("", b"x^2 is"), []);
        assert_eq!(codings("", b"[]"), []);
    }
}
