//! Decodes the content coding. `Content-Encoding` is used unless the bytes contradict it: some servers compress without
//! declaring it, some declare it without compressing.

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

/// Bytes of decoded text per chunk. A few bytes may decode to gigabytes, so the reader counts.
const CHUNK: usize = 64 * 1024;
/// Maximum nested codings; more don't occur in valid responses.
const MAX_CODINGS: usize = 3;
/// Maximum window of Zstandard by RFC 9659: 8 MiB.
const WINDOW_LOG: u32 = 23;

type Reader = Pin<Box<dyn AsyncBufRead + Send>>;

/// The connection broke off, or the content coding is damaged.
#[derive(Debug, thiserror::Error)]
#[error("the body broke off or its content coding is damaged")]
pub struct BodyError;

/// A body with its content coding decoded.
pub enum ContentDecoder {
    /// Not read yet.
    Unread(Option<Box<Response>>),
    /// Without a coding.
    Plain(Bytes, Box<Response>),
    /// With a coding.
    Coded(Reader),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

impl ContentDecoder {
    /// Wraps an unread response.
    pub fn new(response: Response) -> Self {
        Self::Unread(Some(Box::new(response)))
    }

    /// Reads the next chunk; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        if let Self::Unread(response) = self {
            let response = response.take().ok_or(BodyError)?;
            *self = open(*response).await?;
        }
        match self {
            Self::Unread(_) => Err(BodyError),
            Self::Plain(first, _) if !first.is_empty() => Ok(Some(std::mem::take(first))),
            Self::Plain(_, response) => response.chunk().await.map_err(|_| BodyError),
            Self::Coded(reader) => {
                let piece = Bytes::copy_from_slice(reader.fill_buf().await.map_err(|_| BodyError)?);
                reader.consume(piece.len());
                Ok((!piece.is_empty()).then_some(piece))
            }
        }
    }
}

/// Reads enough bytes to detect the coding.
async fn open(mut response: Response) -> Result<ContentDecoder, BodyError> {
    let named = declared_codings(response.headers());
    let mut first = BytesMut::new();
    while first.len() < 4 {
        match response.chunk().await.map_err(|_| BodyError)? {
            Some(chunk) => first.extend_from_slice(&chunk),
            None => break,
        }
    }
    let codings = actual_codings(named, &first);
    if codings.is_empty() || first.is_empty() {
        return Ok(ContentDecoder::Plain(first.freeze(), Box::new(response)));
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
    Ok(ContentDecoder::Coded(reader))
}

fn buffered(decoder: impl tokio::io::AsyncRead + Send + 'static) -> Reader {
    Box::pin(BufReader::with_capacity(CHUNK, decoder))
}

/// The codings in the header, outermost first.
fn declared_codings(headers: &HeaderMap) -> Vec<Coding> {
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
    codings.truncate(MAX_CODINGS);
    codings
}

/// The actual codings: gzip and Zstandard are detected by their magic numbers.
fn actual_codings(mut named: Vec<Coding>, first: &[u8]) -> Vec<Coding> {
    let shown = match first {
        [0x1f, 0x8b, 8, ..] => Some(Coding::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Coding::Zstd),
        _ => None,
    };
    match (named.first(), shown) {
        (Some(outer), Some(shown)) if *outer == shown => {}
        // The bytes contradict the header: another coding, or none.
        (Some(Coding::Gzip | Coding::Zstd), None) => {
            named.remove(0);
        }
        (_, Some(shown)) => return vec![shown],
        // No UTF-8 text begins with zlib's header, except `x^`, the header of its lowest level.
        (None, None) if is_zlib(first) && first.get(1) != Some(&b'^') => return vec![Coding::Deflate],
        _ => {}
    }
    named
}

/// Returns true if `deflate` data has the header of RFC 1950, which some servers omit.
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
        actual_codings(declared_codings(&headers), first)
    }

    #[test]
    fn magic_numbers_override_the_header() {
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
