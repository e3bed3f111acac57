//! Texts made comparable.

/// A text in lower case, for search and order.
///
/// ASCII, the letters of western Europe and scripts without case, which is most of what comes, take the short way. In a
/// browser its own `toLowerCase` does the rest: Rust's tables for that would weigh 15 KB in the module.
#[inline(never)]
#[must_use]
pub fn lower(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if !bytes.is_ascii() && !is_simple(&bytes) {
        return lower_all(text);
    }
    let mut after_c3 = false;
    for byte in &mut bytes {
        // À to Þ are C3 80 to C3 9E, but for the sign ×; their small ones stand 0x20 further on.
        let capital = if after_c3 { matches!(*byte, 0x80..=0x9E) && *byte != 0x97 } else { byte.is_ascii_uppercase() };
        after_c3 = *byte == 0xC3;
        *byte |= u8::from(capital) << 5;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| lower_all(text))
}

/// Whether no character but ASCII's and Latin-1's has a case: by the first bytes, up to U+00FF, Hebrew and Arabic
/// (U+0580 to U+07FF), and from U+3000 to U+9FFF, U+B000 to U+DFFF.
fn is_simple(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, 0x00..=0xBF | 0xC2 | 0xC3 | 0xD6..=0xDF | 0xE3..=0xE9 | 0xEB..=0xED))
}

#[cfg(target_arch = "wasm32")]
fn lower_all(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(not(target_arch = "wasm32"))]
fn lower_all(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_character_of_the_short_way_is_as_the_long_way_has_it() {
        for character in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let text = format!("Aé{character}Z");
            assert_eq!(lower(&text), text.to_lowercase(), "U+{:04X}", character as u32);
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "\\PC{0,40}") {
            // A capital sigma depends on its neighbours: both ways are then the long one.
            prop_assert_eq!(lower(&text), text.to_lowercase());
        }
    }
}
