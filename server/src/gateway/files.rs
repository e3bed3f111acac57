//! A file of the built console: only from inside its folder, compressed as it was at build time, and told apart by its
//! content. A time stamp says nothing: reproducible builds give every file the same.

use std::io::Read;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use trunkline_api::endpoint::decode;

/// The content codings of the files beside a file, best first.
const CODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// Whether a file's name changes with its content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// It holds a hash of the content.
    Hashed,
    /// It stays.
    Fixed,
}

/// The file that a URL's path (encoded) names below `folder`. None if there is none, or if it is outside: a symbolic link
/// is followed only to another place inside.
pub async fn find(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut file = folder.to_owned();
    for segment in path.strip_prefix('/')?.split('/') {
        let segment = decode(segment)?;
        // A hidden file is never part of the console.
        if segment.is_empty() || segment.starts_with('.') || segment.contains(['/', '\\', '\0']) {
            return None;
        }
        file.push(segment);
    }
    inside(folder, &file).await
}

/// Where a file really is, if it is inside the folder.
async fn inside(folder: &Path, file: &Path) -> Option<PathBuf> {
    let folder = tokio::fs::canonicalize(folder).await.ok()?;
    // A name that is too long is one that no file has.
    let file = tokio::fs::canonicalize(file).await.ok()?;
    (file.starts_with(&folder) && file.is_file()).then_some(file)
}

/// Sends a file that [`find`] found below `folder`.
pub async fn send(folder: &Path, file: &Path, name: Name, request: &HeaderMap) -> Response {
    let Ok(plain) = tokio::fs::read(file).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let packed = packed(folder, file, name, &plain, request).await;
    let (coding, body) = packed.map_or((None, plain), |(coding, body)| (Some(coding), body));
    let tag = tag(file, name, coding, &body);
    let unchanged = tag.as_ref().is_some_and(|tag| is_known(request, tag));
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

/// The content as it was compressed at build time, if the browser takes that. Where the name stays, the file may have been
/// edited since: then what is beside it is out of date.
async fn packed(
    folder: &Path,
    file: &Path,
    name: Name,
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
        let Some(beside) = inside(folder, Path::new(&beside)).await else { continue };
        let Ok(packed) = tokio::fs::read(beside).await else { continue };
        if name == Name::Hashed || unpack(coding, &packed, plain.len()).is_some_and(|unpacked| unpacked == plain) {
            return Some((coding, packed));
        }
    }
    None
}

/// What was compressed, as far as it can be compared with so many bytes.
fn unpack(coding: &str, packed: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut reader: Box<dyn Read + '_> = match coding {
        "br" => Box::new(brotli::Decompressor::new(packed, 4096)),
        _ => Box::new(flate2::read::GzDecoder::new(packed)),
    };
    let mut unpacked = Vec::with_capacity(length);
    let most = u64::try_from(length).ok()?.saturating_add(1);
    reader.by_ref().take(most).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}

/// Whether `Accept-Encoding` names a coding, and doesn't refuse it with `q=0`.
fn accepts(request: &HeaderMap, coding: &str) -> bool {
    let values = request.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|entry| {
        let (name, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let quality = parameters.trim().strip_prefix("q=").and_then(|quality| quality.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(coding) && quality.is_none_or(|quality| quality > 0.0)
    })
}

/// The entity tag: of what is sent, or of the name where that changes with the content.
fn tag(file: &Path, name: Name, coding: Option<&str>, body: &[u8]) -> Option<HeaderValue> {
    let content = match name {
        Name::Hashed => file.file_name()?.to_str()?.to_owned(),
        Name::Fixed => Sha256::digest(body).iter().take(16).map(|byte| format!("{byte:02x}")).collect(),
    };
    HeaderValue::try_from(format!("\"{content}{}{}\"", if coding.is_some() { "-" } else { "" }, coding.unwrap_or("")))
        .ok()
}

/// Whether the browser has just this.
fn is_known(request: &HeaderMap, tag: &HeaderValue) -> bool {
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
    fn a_coding_is_taken_unless_it_is_refused() {
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
