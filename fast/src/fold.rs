//! Texts made equal that read the same: one case, one spelling of composed letters, no marks that nobody sees.

use crate::lower;

/// Whether a character is a direction or zero-width mark: it shows nothing, and copying or right-to-left text brings it
/// along.
#[must_use]
pub fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// A text as search and order compare it: lower case, normalised (NFC), without marks.
#[inline(never)]
#[must_use]
pub fn fold(text: &str) -> String {
    if is_plain(text) {
        return lower(text);
    }
    let seen: String = text.chars().filter(|character| !is_mark(*character)).collect();
    nfc(&lower(&seen))
}

/// Pieces folded, each with an end of line after it. All at once: each way into the browser costs.
#[inline(never)]
#[must_use]
pub fn fold_pieces(pieces: &[&str]) -> String {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.len() + 1).sum());
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        text.push_str(piece);
        text.push('\n');
    }
    fold(&text)
}

/// A text with its letters composed (Unicode's NFC). A browser does it itself: the tables would weigh 80 KB.
#[inline(never)]
#[must_use]
pub fn nfc(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { compose(text) }
}

#[cfg(target_arch = "wasm32")]
fn compose(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

#[cfg(not(target_arch = "wasm32"))]
fn compose(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

/// Whether a text has no mark and nothing to compose, as far as the first bytes of its characters tell. Most texts pass,
/// and need no call into the browser.
fn is_plain(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let plain = first.is_ascii()
            || match rest {
                // The rest of a character.
                [0x80..=0xBF, ..] => true,
                // Latin letters, Greek without its singletons, Cyrillic, Armenian.
                [0xC2..=0xCB | 0xCF..=0xD1 | 0xD3..=0xD5, ..] | [0xCE, 0x88..=0xBF, ..] | [0xD2, 0x8A..=0xBF, ..] => {
                    true
                }
                // Hebrew and Arabic letters and digits, without points and vowel signs.
                [0xD7, 0x90..=0xBF, ..]
                | [0xD8, 0x9D..=0xBF, ..]
                | [0xD9, 0x80..=0x8A | 0xA0..=0xAF | 0xB1..=0xBF, ..] => true,
                // Spaces, dashes and quotes beside the marks; currencies.
                [0xE2, 0x80, 0x90..=0xA9 | 0xAF..=0xBF, ..] | [0xE2, 0x82, 0xA0..=0xBF, ..] => true,
                // Chinese, Japanese without the voicing marks that join the letter before, Korean syllables.
                [0xE3, 0x80, 0xAA..=0xAF, ..] | [0xE3, 0x82, 0x99 | 0x9A, ..] => false,
                [0xE3..=0xE9 | 0xEB..=0xED, ..] => true,
                // Emoji.
                [0xF0, 0x9F, ..] => true,
                _ => false,
            };
        if !plain {
            return false;
        }
        rest = tail;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::{IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc_quick};

    #[test]
    fn what_reads_the_same_is_the_same() {
        for (a, b) in [
            ("Zoe\u{308}", "ZOË"),
            ("Ada\u{200b}", "ada"),
            ("\u{202a}Ada\u{202c}", "ADA"),
            ("か\u{3099}", "が"),
            ("\u{5d3}\u{feff}\u{5e0}\u{5d4}", "דנה"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("И\u{306}", "й"),
        ] {
            assert_eq!(fold(a), fold(b), "{a:?} and {b:?}");
        }
        assert_ne!(fold("Zoe"), fold("Zoë"), "accents count");
    }

    #[test]
    fn a_character_of_the_short_way_stays_what_it_is_beside_any_other() {
        for character in (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| is_plain(&c.to_string())) {
            let code = character as u32;
            assert!(!is_mark(character), "U+{code:04X} is a mark");
            assert_eq!(canonical_combining_class(character), 0, "U+{code:04X} moves");
            let quick = is_nfc_quick(std::iter::once(character));
            assert_eq!(quick, IsNormalized::Yes, "U+{code:04X} is composed, or composes");
        }
    }

    #[test]
    fn pieces_stand_apart_and_empty_ones_nowhere() {
        assert_eq!(fold_pieces(&["Ada", "", "ÖBERG", "ŁÓDŹ"]), "ada\nöberg\nłódź\n");
    }

    proptest! {
        #[test]
        fn any_text(text in "\\PC{0,40}") {
            prop_assert_eq!(nfc(&text), text.nfc().collect::<String>());
        }
    }
}
