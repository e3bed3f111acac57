//! Sends files of the built console: only from inside its folder, compressed as at build time, with an ETag of the
//! content. Modification times can't serve as validators: reproducible builds give every file the same one.

use std::io::Read;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use trunkline_api::endpoint::percent_decode;

/// Content codings and the extensions of precompressed files, best first.
const CODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// A file's kind of name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// The name holds a hash of the content.
    Hashed,
    /// The name does not depend on the content.
    Fixed,
}

/// Finds the file that an encoded URL path names below `folder`. `None` if there is none or it is outside: a symbolic
/// link is followed only if it leads inside.
pub async fn find(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut file = folder.to_owned();
    for segment in path.strip_prefix('/')?.split('/') {
        let segment = percent_decode(segment)?;
        // Hidden files are never part of the console.
        if segment.is_empty() || segment.starts_with('.') || segment.contains(['/', '\\', '\0']) {
            return None;
        }
        file.push(segment);
    }
    canonical_inside(folder, &file).await
}

/// The canonical path of a file; `None` unless it is inside the folder.
async fn canonical_inside(folder: &Path, file: &Path) -> Option<PathBuf> {
    let folder = tokio::fs::canonicalize(folder).await.ok()?;
    // This also fails for a name that is too long for any file.
    let file = tokio::fs::canonicalize(file).await.ok()?;
    (file.starts_with(&folder) && file.is_file()).then_some(file)
}

/// Sends a file that [`find`] found below `folder`.
pub async fn send(folder: &Path, file: &Path, name: Naming, request: &HeaderMap) -> Response {
    let Ok(plain) = tokio::fs::read(file).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let packed = precompressed(folder, file, name, &plain, request).await;
    let (coding, body) = packed.map_or((None, plain), |(coding, body)| (Some(coding), body));
    let tag = etag(file, name, coding, &body);
    let unchanged = tag.as_ref().is_some_and(|tag| matches_if_none_match(request, tag));
    let mut response =
        if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(body).into_response() };
    let headers = response.headers_mut();
    headers.extend(tag.map(|tag| (header::ETAG, tag)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !unchanged {
        let media = mime_guess::from_path(file).first_raw().unwrap_or("application/octet-stream");
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        headers.extend(coding.map(|coding| (header::CONTENT_ENCODING, HeaderValue::from_static(coding))));
    }
    response
}

/// The content as compressed at build time, if the browser accepts the coding. A file with a fixed name may have been
/// edited since the build, so its compressed copy is used only if it still has the same content.
async fn precompressed(
    folder: &Path,
    file: &Path,
    name: Naming,
    plain: &[u8],
    request: &HeaderMap,
) -> Option<(&'static str, Vec<u8>)> {
    for (coding, ending) in CODINGS {
        if !accepts(request, coding) {
            continue;
        }
        let mut beside = file.as_os_str().to_owned();
        beside.push(".");
        beside.push(ending);
        let Some(beside) = canonical_inside(folder, Path::new(&beside)).await else { continue };
        let Ok(packed) = tokio::fs::read(beside).await else { continue };
        if name == Naming::Hashed || decompress(coding, &packed, plain.len()).is_some_and(|unpacked| unpacked == plain)
        {
            return Some((coding, packed));
        }
    }
    None
}

/// Decompresses at most `length + 1` bytes: enough to compare with `length` bytes.
fn decompress(coding: &str, packed: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut reader: Box<dyn Read + '_> = match coding {
        "br" => Box::new(brotli::Decompressor::new(packed, 4096)),
        _ => Box::new(flate2::read::GzDecoder::new(packed)),
    };
    let mut unpacked = Vec::with_capacity(length);
    let most = u64::try_from(length).ok()?.saturating_add(1);
    reader.by_ref().take(most).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}

/// Returns true if `Accept-Encoding` names a coding without refusing it by `q=0`.
fn accepts(request: &HeaderMap, coding: &str) -> bool {
    let values = request.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|entry| {
        let (name, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let quality = parameters.trim().strip_prefix("q=").and_then(|quality| quality.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(coding) && quality.is_none_or(|quality| quality > 0.0)
    })
}

/// The entity tag: a hash of the sent bytes, or the name if that changes with the content.
fn etag(file: &Path, name: Naming, coding: Option<&str>, body: &[u8]) -> Option<HeaderValue> {
    let content = match name {
        Naming::Hashed => file.file_name()?.to_str()?.to_owned(),
        Naming::Fixed => Sha256::digest(body).iter().take(16).map(|byte| format!("{byte:02x}")).collect(),
    };
    HeaderValue::try_from(format!("\"{content}{}{}\"", if coding.is_some() { "-" } else { "" }, coding.unwrap_or("")))
        .ok()
}

/// Returns true if `If-None-Match` lists this entity tag.
fn matches_if_none_match(request: &HeaderMap, tag: &HeaderValue) -> bool {
    let Ok(tag) = tag.to_str() else { return false };
    let values = request.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_encoding_is_honoured() {
        let headers =
            |value: &'static str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        for (value, br, gzip) in [
            ("br, gzip", true, true),
            ("gzip;q=0.5,BR;q=1", true, true),
            ("br;q=0, gzip", false, true),
            ("br; q=0.000", false, false),
            ("identity", false, false),
            ("vbr", false, false),
        ] {
            let headers = headers(value);
            assert_eq!((accepts(&headers, "br"), accepts(&headers, "gzip")), (br, gzip), "{value}");
        }
    }
}
