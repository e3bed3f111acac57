//! Lower case.

/// Converts a text to lower case, for search and sorting. Equal to `str::to_lowercase`.
///
/// ASCII, Latin-1 and scripts without case, which are most texts, take a fast path. In the browser its own
/// `toLowerCase` converts the others, because Rust's tables would add 15 KB to the module.
#[inline(never)]
#[must_use]
pub fn lowercase(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if !bytes.is_ascii() && !is_simple(&bytes) {
        return lower_all(text);
    }
    let mut after_c3 = false;
    for byte in &mut bytes {
        // À to Þ are C3 80 to C3 9E, except for the sign ×; their lower case is 0x20 further.
        let capital = if after_c3 { matches!(*byte, 0x80..=0x9E) && *byte != 0x97 } else { byte.is_ascii_uppercase() };
        after_c3 = *byte == 0xC3;
        *byte |= u8::from(capital) << 5;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| lower_all(text))
}

/// True if only ASCII and Latin-1 characters have a case, judging by the first bytes: all characters are up to U+00FF,
/// in U+0580 to U+07FF (Hebrew, Arabic), U+3000 to U+9FFF or U+B000 to U+DFFF.
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
    fn every_character_equals_to_lowercase() {
        for character in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let text = format!("Aé{character}Z");
            assert_eq!(lowercase(&text), text.to_lowercase(), "U+{:04X}", character as u32);
        }
    }

    proptest! {
        #[test]
        fn any_text_equals_to_lowercase(text in "\\PC{0,40}") {
            // The lower case of sigma depends on its neighbours; it never takes the fast path.
            prop_assert_eq!(lowercase(&text), text.to_lowercase());
        }
    }
}
