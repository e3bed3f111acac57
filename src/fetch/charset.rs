//! Decoding of bodies in other character sets than UTF-8, which a vendor may send where there is no gateway.

use js_sys::Uint8Array;
use trunkline_model::charset::charset_of;
pub use trunkline_model::charset::is_utf8;
use web_sys::TextDecoder;

/// The body as UTF-8. A byte order mark overrides the content type. A body in an unknown charset is returned unchanged.
pub fn to_utf8(body: Vec<u8>, content_type: &str) -> Vec<u8> {
    let Some(charset) = charset_of(&body, content_type) else { return body };
    let decoder = TextDecoder::new_with_label(&charset).ok();
    let text = decoder.and_then(|decoder| decoder.decode_with_buffer_source(&Uint8Array::from(body.as_slice())).ok());
    text.map_or(body, String::into_bytes)
}
