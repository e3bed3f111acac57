//! Text that people type and paste, cleaned by one rule; and names that vendors send, compared by one rule.
//!
//! What a vendor sent is never changed for display: only what is typed is cleaned, and only copies are compared.

use crate::{is_mark, nfc};

/// What a field holds, which decides how much of what is typed is cleaned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Words: marks are taken off the ends alone, for within a text they may join or part letters.
    #[default]
    Words,
    /// An address, an id or a key: marks are taken out everywhere.
    Code,
    /// A number, a telephone number above all: digits and signs of any script and width become ASCII's.
    Number,
    /// A secret that somebody knows by heart: it is taken as it is typed.
    Password,
}

/// Cleans what is typed: letters are composed (NFC), unusual spaces become spaces, and direction and zero-width marks go.
/// Ordinary white space stays.
#[must_use]
pub fn clean(typed: &str, what: TextKind) -> String {
    if typed.is_ascii() || what == TextKind::Password {
        return typed.to_owned();
    }
    let text: String = nfc(typed).chars().map(|character| if is_space(character) { ' ' } else { character }).collect();
    match what {
        TextKind::Words | TextKind::Password => without_marks_at_ends(&text),
        TextKind::Code => text.chars().filter(|character| !is_mark(*character)).collect(),
        TextKind::Number => text.chars().filter(|character| !is_mark(*character)).map(ascii).collect(),
    }
}

/// Marks among the white space at the ends go, the white space stays.
fn without_marks_at_ends(text: &str) -> String {
    let is_end = |character: char| is_mark(character) || character.is_whitespace();
    let core = text.trim_matches(is_end);
    let begin = text.find(core).filter(|_| !core.is_empty()).unwrap_or(text.len());
    let (before, rest) = text.split_at_checked(begin).unwrap_or((text, ""));
    let after = rest.strip_prefix(core).unwrap_or_default();
    let kept = |end: &str| end.chars().filter(|character| !is_mark(*character)).collect::<String>();
    [kept(before).as_str(), core, kept(after).as_str()].concat()
}

/// A space that is not the ordinary one: no-break, thin, ideographic.
const fn is_space(character: char) -> bool {
    matches!(
        character,
        '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{2800}' | '\u{3164}'
    )
}

/// A digit or sign of a number as ASCII has it.
fn ascii(character: char) -> char {
    /// The zeros of the scripts that people type numbers in; nine digits follow each.
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

/// Whether a text shows nothing: white space, marks, fillers and blanks of any script.
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
        || is_mark(character)
        || matches!(
            character,
            '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{206A}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}'
                | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// A name, or what stands in for one that shows nothing.
#[must_use]
pub fn visible_or(name: &str, fallback: impl FnOnce() -> String) -> String {
    if is_blank(name) { fallback() } else { name.to_owned() }
}

/// Whether two names read the same: a page shows several spaces as one, and marks and ways to compose a letter not at all.
#[must_use]
pub fn reads_like(a: &str, b: &str) -> bool {
    comparable(a) == comparable(b)
}

fn comparable(text: &str) -> String {
    let text = nfc(text);
    let seen: String = text.chars().filter(|character| !is_mark(*character)).collect();
    let words: Vec<&str> = seen.split(|character: char| character.is_whitespace() || is_space(character)).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The fewest digits that are compared as a telephone number: fewer stand in too many other texts.
const FEWEST_DIGITS: usize = 7;

/// The digits of a telephone number as people write it, without the `00` or the `+` before it and without the `(0)` that
/// is dialled inside a country only. None of a text that is no such number.
#[must_use]
pub fn phone_digits(text: &str) -> Option<String> {
    let text = clean(text.trim(), TextKind::Number);
    let international = text.trim_start().starts_with('+') || text.trim_start().starts_with("00");
    let text = if international { text.replacen("(0)", "", 1) } else { text };
    if !text.chars().all(is_of_phone) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    (digits.len() >= FEWEST_DIGITS).then(|| digits.to_owned())
}

/// Whether a character occurs in telephone numbers.
#[must_use]
pub fn is_of_phone(character: char) -> bool {
    matches!(character, '0'..='9' | '+' | '-' | '.' | '/' | '(' | ')' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_widths_of_numbers() {
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
    fn addresses_and_ids_have_no_marks_at_all() {
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
    fn names_that_show_nothing() {
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
    fn names_that_read_the_same() {
        assert!(reads_like("Acme  Israel", "Acme Israel"));
        assert!(reads_like(" Acme\u{a0}Israel\u{200f}", "Acme Israel"));
        assert!(reads_like("Zoe\u{308}", "Zoë"));
        assert!(!reads_like("Acme Israel", "acme israel"));
        assert!(!reads_like("Acme Israel", "AcmeIsrael"));
    }

    #[test]
    fn telephone_numbers_by_their_digits() {
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
