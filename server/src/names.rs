//! Normalises user names and passwords, so that they match however a keyboard, a clipboard or a system composes them.

use unicode_normalization::UnicodeNormalization;

/// Returns a name as it is stored and displayed: NFC, single spaces, no direction marks or zero-width characters.
pub fn clean(name: &str) -> String {
    let visible = name.chars().filter(|letter| !is_invisible(*letter));
    let text: String = visible.map(|letter| if letter.is_whitespace() { ' ' } else { letter }).nfc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the key that identifies a name: [`clean`], case-folded. No two users have the same key.
pub fn key(name: &str) -> String {
    // Map to upper case first, so that "ß" and "SS" match, as in full case folding.
    let folded = clean(name).chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect::<String>();
    folded.nfc().collect()
}

/// Returns a password as it is hashed: in NFC.
pub fn password(text: &str) -> String {
    text.nfc().collect()
}

/// Returns the forms in which a password may have been hashed before passwords were normalised, [`password`]'s first.
pub fn password_forms(text: &str) -> Vec<String> {
    let mut forms = vec![password(text), text.to_owned(), text.nfd().collect()];
    forms.dedup();
    if forms.len() == 3 && forms.first() == forms.last() {
        forms.pop();
    }
    forms
}

/// True for invisible characters: zero-width ones, direction marks, embeddings, isolates, the byte order mark, the soft
/// hyphen.
const fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_key_ignores_case_composition_and_invisible_characters() {
        for typed in [
            "Ärzte",
            "ärzte",
            "ÄRZTE",
            "A\u{308}rzte",
            "a\u{308}rzte",
            " Ärzte\u{200b}",
            "\u{202a}Ärzte\u{202c}",
            "Är\u{ad}zte",
        ] {
            assert_eq!(key(typed), "ärzte", "{typed:?}");
        }
        assert_eq!(key("Straße"), key("STRASSE"));
        assert_eq!(key("ΣΊΣΥΦΟΣ"), key("σίσυφος"));
        assert_eq!(key("Ada\u{a0} Lovelace"), "ada lovelace");
        assert_ne!(key("Arzte"), key("Ärzte"));
        assert_ne!(key("דנה"), key("דינה"));
    }

    #[test]
    fn clean_composes_and_removes_invisible_characters() {
        assert_eq!(clean("\u{200f}דנה \u{3000} לוי\u{200e} "), "דנה לוי");
        assert_eq!(clean("Zoe\u{308}"), "Zoë");
        assert_eq!(clean("\u{200b}\u{feff}"), "");
    }

    #[test]
    fn password_forms_are_distinct() {
        assert_eq!(password_forms("correct horse"), ["correct horse"]);
        assert_eq!(password_forms("Zwölf"), ["Zwölf", "Zwo\u{308}lf"]);
        assert_eq!(password_forms("Zwo\u{308}lf"), ["Zwölf", "Zwo\u{308}lf"]);
        // Neither composed nor decomposed, so the raw form is a third one.
        assert_eq!(password_forms("ö o\u{308}"), ["ö ö", "ö o\u{308}", "o\u{308} o\u{308}"]);
    }
}
