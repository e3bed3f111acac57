//! Bodies in other character sets than UTF-8, as a vendor without a gateway before it may send them.

use js_sys::Uint8Array;
use web_sys::TextDecoder;

/// Whether a body of this content type is UTF-8, as far as its name tells.
pub fn is_utf8(content_type: &str) -> bool {
    label(content_type).is_none_or(|label| label == "utf-8" || label == "utf8")
}

/// The body as UTF-8. A byte order mark tells more than the content type does; what no decoder is known for stays.
pub fn to_utf8(body: Vec<u8>, content_type: &str) -> Vec<u8> {
    let label = match body.as_slice() {
        [0xFF, 0xFE, ..] => "utf-16le".to_owned(),
        [0xFE, 0xFF, ..] => "utf-16be".to_owned(),
        [0xEF, 0xBB, 0xBF, ..] => return body,
        _ if is_utf8(content_type) => return body,
        _ => label(content_type).unwrap_or_default(),
    };
    let decoder = TextDecoder::new_with_label(&label).ok();
    let text = decoder.and_then(|decoder| decoder.decode_with_buffer_source(&Uint8Array::from(body.as_slice())).ok());
    text.map_or(body, String::into_bytes)
}

/// The charset that a content type names.
fn label(content_type: &str) -> Option<String> {
    let value = |part: &str| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    };
    content_type.split(';').skip(1).find_map(value).filter(|label| !label.is_empty())
}
