//! Cleans typed and pasted text, and compares names that vendors send.
//!
//! Vendor text is never changed for display. Only user input is cleaned, and comparisons use copies.

use trunkline_scan::{is_invisible_mark, nfc};

/// The kind of a field's content, which determines how its input is cleaned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Prose. Invisible marks are removed only at the ends, because within a text they may join or separate letters.
    #[default]
    Words,
    /// An address, an id or a key. Invisible marks are removed everywhere.
    Code,
    /// A number, mainly a telephone number. Digits and signs of all scripts and widths become ASCII.
    Number,
    /// A password. It is not changed.
    Password,
}

/// Cleans user input: normalises it (NFC), replaces unusual spaces by ordinary ones, and removes direction and
/// zero-width marks. Ordinary white space stays.
#[must_use]
pub fn clean(input: &str, kind: TextKind) -> String {
    if input.is_ascii() || kind == TextKind::Password {
        return input.to_owned();
    }
    let text: String = nfc(input).chars().map(|character| if is_space(character) { ' ' } else { character }).collect();
    match kind {
        TextKind::Words | TextKind::Password => without_marks_at_ends(&text),
        TextKind::Code => text.chars().filter(|character| !is_invisible_mark(*character)).collect(),
        TextKind::Number => text.chars().filter(|character| !is_invisible_mark(*character)).map(to_ascii).collect(),
    }
}

/// Removes invisible marks at both ends, also between white space, which stays.
fn without_marks_at_ends(text: &str) -> String {
    let is_end = |character: char| is_invisible_mark(character) || character.is_whitespace();
    let core = text.trim_matches(is_end);
    let begin = text.find(core).filter(|_| !core.is_empty()).unwrap_or(text.len());
    let (before, rest) = text.split_at_checked(begin).unwrap_or((text, ""));
    let after = rest.strip_prefix(core).unwrap_or_default();
    let kept = |end: &str| end.chars().filter(|character| !is_invisible_mark(*character)).collect::<String>();
    [kept(before).as_str(), core, kept(after).as_str()].concat()
}

/// True if a character is an unusual space, such as a no-break, thin or ideographic one.
const fn is_space(character: char) -> bool {
    matches!(
        character,
        '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{2800}' | '\u{3164}'
    )
}

/// Converts a digit or sign of a number to ASCII.
fn to_ascii(character: char) -> char {
    /// The digit zero of several scripts; the digits 1 to 9 follow each.
    const ZEROS: [char; 8] =
        ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{E50}', '\u{1040}', '\u{17E0}', '\u{FF10}'];
    let digit = |zero: &char| u32::from(character).checked_sub(u32::from(*zero)).filter(|digit| *digit < 10);
    match character {
        '\u{FF0B}' | '\u{FE62}' => '+',
        '\u{FF0D}' | '\u{2212}' | '\u{2010}'..='\u{2015}' => '-',
        '\u{FF08}' => '(',
        '\u{FF09}' => ')',
        '\u{FF0E}' => '.',
        '\u{FF0F}' => '/',
        '\u{FF05}' | '\u{66A}' => '%',
        other if other.is_ascii() => other,
        other => ZEROS.iter().find_map(digit).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(other),
    }
}

/// True if a text is invisible: only white space, invisible marks, fillers and blanks of any script.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

fn is_invisible(character: char) -> bool {
    if character.is_ascii_graphic() {
        return false;
    }
    character.is_whitespace()
        || character.is_control()
        || is_invisible_mark(character)
        || matches!(
            character,
            '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{206A}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}'
                | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// The name, or the fallback if the name is blank.
#[must_use]
pub fn visible_or(name: &str, fallback: impl FnOnce() -> String) -> String {
    if is_blank(name) { fallback() } else { name.to_owned() }
}

/// True if two names look the same on a page, which collapses spaces and shows neither invisible marks nor a letter's
/// normalisation form.
#[must_use]
pub fn looks_equal(a: &str, b: &str) -> bool {
    comparable(a) == comparable(b)
}

fn comparable(text: &str) -> String {
    let text = nfc(text);
    let seen: String = text.chars().filter(|character| !is_invisible_mark(*character)).collect();
    let words: Vec<&str> = seen.split(|character: char| character.is_whitespace() || is_space(character)).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The minimum number of digits of a telephone number. Shorter sequences occur in too many other texts.
const MIN_PHONE_DIGITS: usize = 7;

/// The digits of a telephone number in any notation, without a leading `00` or `+` and without the national prefix
/// `(0)`. `None` if the text is not a telephone number.
#[must_use]
pub fn phone_digits(text: &str) -> Option<String> {
    let text = clean(text.trim(), TextKind::Number);
    let international = text.trim_start().starts_with('+') || text.trim_start().starts_with("00");
    let text = if international { text.replacen("(0)", "", 1) } else { text };
    if !text.chars().all(is_phone_char) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    (digits.len() >= MIN_PHONE_DIGITS).then(|| digits.to_owned())
}

/// True if a character may occur in a telephone number.
#[must_use]
pub fn is_phone_char(character: char) -> bool {
    matches!(character, '0'..='9' | '+' | '-' | '.' | '/' | '(' | ')' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ascii_without_marks() {
        for typed in [
            "\u{202a}+972 50-123-4567\u{202c}",
            "\u{2068}+972 50-123-4567\u{2069}",
            "\u{200e}+972 50-123-4567",
            "+972 50-123-4567\u{200b}",
            "＋９７２\u{3000}５０－１２３－４５６７",
            "+٩٧٢ ٥٠-١٢٣-٤٥٦٧",
            "+۹۷۲\u{a0}۵۰-۱۲۳-۴۵۶۷",
            "+972 50\u{2011}123\u{200b}\u{2013}4567\u{feff}",
        ] {
            assert_eq!(clean(typed, TextKind::Number), "+972 50-123-4567", "{typed:?}");
        }
    }

    #[test]
    fn marks_are_removed_from_addresses_and_ids() {
        assert_eq!(clean("https://api.example/x\u{200b}", TextKind::Code), "https://api.example/x");
        assert_eq!(clean("\u{2068}noa\u{200b}@example.com\u{2069}", TextKind::Code), "noa@example.com");
        assert_eq!(clean("\u{feff}59c749f4-\u{2060}af8e", TextKind::Code), "59c749f4-af8e");
    }

    #[test]
    fn words_lose_marks_at_their_ends_only() {
        assert_eq!(clean("\u{202b} דנה \u{202c}", TextKind::Words), " דנה ");
        assert_eq!(clean("نمی\u{200c}خواهم\u{200f}", TextKind::Words), "نمی\u{200c}خواهم");
        assert_eq!(clean("👨\u{200d}👩", TextKind::Words), "👨\u{200d}👩");
        assert_eq!(clean("Zoe\u{308}\u{a0}Noa", TextKind::Words), "Zoë Noa");
        assert_eq!(clean("\u{200b}\u{200f} ", TextKind::Words), " ");
        assert_eq!(clean(" a\n b ", TextKind::Words), " a\n b ");
        assert_eq!(clean("", TextKind::Words), "");
    }

    #[test]
    fn invisible_names_use_the_fallback() {
        for name in
            ["", " ", "\u{200b}", "\u{3164}", "\u{2800}", "\u{200e}\u{200f}", "\u{ad}", "\u{e0041}", "\u{fe0f}\t"]
        {
            assert_eq!(visible_or(name, || "TCK-1".to_owned()), "TCK-1", "{name:?}");
        }
        for name in ["a", "\u{200f}א", ".", "👍"] {
            assert_eq!(visible_or(name, String::new), name);
        }
    }

    #[test]
    fn names_that_look_the_same_are_equal() {
        assert!(looks_equal("Acme  Israel", "Acme Israel"));
        assert!(looks_equal(" Acme\u{a0}Israel\u{200f}", "Acme Israel"));
        assert!(looks_equal("Zoe\u{308}", "Zoë"));
        assert!(!looks_equal("Acme Israel", "acme israel"));
        assert!(!looks_equal("Acme Israel", "AcmeIsrael"));
    }

    #[test]
    fn telephone_numbers_are_reduced_to_digits() {
        for typed in [
            "49199123456789",
            "+49199123456789",
            "+49 199 123456789",
            "49-199-123456789",
            "0049 199 123456789",
            "+49 (0) 199 123456789",
            "\u{202a}+49 (199) 123.456/789\u{202c}",
            "＋４９１９９１２３４５６７８９",
        ] {
            assert_eq!(phone_digits(typed).as_deref(), Some("49199123456789"), "{typed}");
        }
        for other in ["", "+49", "12-34", "noa@example.com", "TCK-1234567", "49199123456789x"] {
            assert_eq!(phone_digits(other), None, "{other}");
        }
    }
}
