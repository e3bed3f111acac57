//! Folds texts for comparison: lower case, normalised (NFC), without invisible characters.

use crate::lowercase;

/// True if a character is an invisible direction or zero-width mark, as pasted and right-to-left texts often contain.
#[must_use]
pub fn is_invisible_mark(character: char) -> bool {
    matches!(
        character,
        '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// Folds a text for search and sorting: lower case, normalised (NFC), without invisible marks.
#[inline(never)]
#[must_use]
pub fn fold(text: &str) -> String {
    if is_plain(text) {
        return lowercase(text);
    }
    let seen: String = text.chars().filter(|character| !is_invisible_mark(*character)).collect();
    nfc(&lowercase(&seen))
}

/// Folds texts and joins them, each followed by a line feed. Empty ones are skipped. Folds all in one call, because
/// each call into the browser is expensive.
#[inline(never)]
#[must_use]
pub fn fold_lines(texts: &[&str]) -> String {
    let mut text = String::with_capacity(texts.iter().map(|piece| piece.len() + 1).sum());
    for piece in texts.iter().filter(|piece| !piece.is_empty()) {
        text.push_str(piece);
        text.push('\n');
    }
    fold(&text)
}

/// Normalises a text to Unicode NFC. In the browser by its own `normalize`, because the tables would add 80 KB.
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

/// True if a text has no invisible marks and is NFC already, judging by the first bytes of each character.
/// Conservative; true for most texts, which then need no call into the browser.
fn is_plain(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let plain = first.is_ascii()
            || match rest {
                // Continuation bytes.
                [0x80..=0xBF, ..] => true,
                // Latin letters, Greek without its singletons, Cyrillic, Armenian.
                [0xC2..=0xCB | 0xCF..=0xD1 | 0xD3..=0xD5, ..] | [0xCE, 0x88..=0xBF, ..] | [0xD2, 0x8A..=0xBF, ..] => {
                    true
                }
                // Hebrew and Arabic letters and digits, without points and vowel signs.
                [0xD7, 0x90..=0xBF, ..]
                | [0xD8, 0x9D..=0xBF, ..]
                | [0xD9, 0x80..=0x8A | 0xA0..=0xAF | 0xB1..=0xBF, ..] => true,
                // Spaces, dashes and quotes, without the invisible marks; currency signs.
                [0xE2, 0x80, 0x90..=0xA9 | 0xAF..=0xBF, ..] | [0xE2, 0x82, 0xA0..=0xBF, ..] => true,
                // Chinese, Japanese without the combining voicing marks, Korean syllables.
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
    fn equivalent_spellings_fold_equally() {
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
    fn plain_characters_are_unaffected_by_normalisation() {
        for character in (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| is_plain(&c.to_string())) {
            let code = character as u32;
            assert!(!is_invisible_mark(character), "U+{code:04X} is a mark");
            assert_eq!(canonical_combining_class(character), 0, "U+{code:04X} moves");
            let quick = is_nfc_quick(std::iter::once(character));
            assert_eq!(quick, IsNormalized::Yes, "U+{code:04X} is composed, or composes");
        }
    }

    #[test]
    fn folded_pieces_are_separated_by_line_feeds() {
        assert_eq!(fold_lines(&["Ada", "", "ÖBERG", "ŁÓDŹ"]), "ada\nöberg\nłódź\n");
    }

    proptest! {
        #[test]
        fn equals_the_library_for_any_text(text in "\\PC{0,40}") {
            prop_assert_eq!(nfc(&text), text.nfc().collect::<String>());
        }
    }
}
