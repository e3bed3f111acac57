//! Users' names and passwords as people type them: one form, however a keyboard, a clipboard or a system composes them.

use unicode_normalization::UnicodeNormalization;

/// A name as it is stored and shown: NFC, without direction and zero-width marks, single spaces.
pub fn clean(name: &str) -> String {
    let visible = name.chars().filter(|letter| !is_mark(*letter));
    let text: String = visible.map(|letter| if letter.is_whitespace() { ' ' } else { letter }).nfc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What two names are compared by: [`clean`], without regard to case. Two users can't have the same key.
pub fn key(name: &str) -> String {
    // Upper case first: "ß" and "SS" are one, as in full case folding.
    let folded = clean(name).chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect::<String>();
    folded.nfc().collect()
}

/// A password as it is hashed.
pub fn password(text: &str) -> String {
    text.nfc().collect()
}

/// The forms in which a password may have been hashed before passwords were normalised; the first is [`password`]'s.
pub fn password_forms(text: &str) -> Vec<String> {
    let mut forms = vec![password(text), text.to_owned(), text.nfd().collect()];
    forms.dedup();
    if forms.len() == 3 && forms.first() == forms.last() {
        forms.pop();
    }
    forms
}

/// Marks that nobody sees: zero-width ones, direction marks, embeddings and isolates, the byte order mark, the soft hyphen.
const fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_key_however_it_is_typed() {
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
    fn a_name_is_kept_as_it_is_read() {
        assert_eq!(clean("\u{200f}דנה \u{3000} לוי\u{200e} "), "דנה לוי");
        assert_eq!(clean("Zoe\u{308}"), "Zoë");
        assert_eq!(clean("\u{200b}\u{feff}"), "");
    }

    #[test]
    fn a_password_is_tried_in_each_form_once() {
        assert_eq!(password_forms("correct horse"), ["correct horse"]);
        assert_eq!(password_forms("Zwölf"), ["Zwölf", "Zwo\u{308}lf"]);
        assert_eq!(password_forms("Zwo\u{308}lf"), ["Zwölf", "Zwo\u{308}lf"]);
        // Neither composed nor decomposed: the raw form counts too.
        assert_eq!(password_forms("ö o\u{308}"), ["ö ö", "ö o\u{308}", "o\u{308} o\u{308}"]);
    }
}
