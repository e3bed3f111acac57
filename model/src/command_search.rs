//! Search in the command palette.

use trunkline_api::text::{TextKind, clean};
use trunkline_scan::fold;

/// Fewest characters that a search for names in a list needs.
const MIN_NAME: usize = 2;

/// A parsed search: its words, and what it may be besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandSearch {
    words: Vec<String>,
    input: String,
    shape: Option<Shape>,
}

/// What the input looks like, so that only what fits it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A UUID: of a ticket, a customer or a channel account.
    Uuid,
    /// A whole number: of an event, or a ticket.
    Number,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// Another word with a digit: an ID of some kind.
    Code,
}

impl CommandSearch {
    /// Parses the input.
    #[must_use]
    pub fn parse(input: &str) -> Self {
        let input = clean(input.trim(), TextKind::Code).trim().to_owned();
        let words = fold(&input).split_whitespace().map(str::to_owned).collect();
        let shape = shape_of(&input);
        Self { words, input, shape }
    }

    /// True if every word occurs in a command's name, or in its further words.
    #[must_use]
    pub fn matches(&self, name: &str, synonyms: &str) -> bool {
        let (name, synonyms) = (fold(name), fold(synonyms));
        self.words.iter().all(|word| name.contains(word.as_str()) || synonyms.contains(word.as_str()))
    }

    /// True if every word begins one of the record's name; `false` for less than two characters, which are too common.
    /// Scripts without spaces between words match anywhere.
    #[must_use]
    pub fn matches_record(&self, name: &str) -> bool {
        if self.input.chars().count() < MIN_NAME {
            return false;
        }
        let name = fold(name);
        let matches = |word: &String| {
            let begins = name.split_whitespace().any(|part| part.starts_with(word.as_str()));
            begins || (!word.is_ascii() && name.contains(word.as_str()))
        };
        self.words.iter().all(matches)
    }

    /// What the input looks like, if it is anything but words.
    #[must_use]
    pub const fn shape(&self) -> Option<Shape> {
        self.shape
    }

    /// The input, cleaned.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }
}

/// What a text looks like, if it is anything but words.
#[must_use]
pub fn shape_of(text: &str) -> Option<Shape> {
    if text.len() > 100 || !text.is_ascii() {
        return None;
    }
    if is_email(text) {
        return Some(Shape::Email);
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if is_uuid(text) {
        return Some(Shape::Uuid);
    }
    if is_phone(text, digits) {
        return Some(Shape::Phone);
    }
    match digits {
        0 => None,
        _ if text.contains(char::is_whitespace) || !text.starts_with(|first: char| first.is_ascii_alphanumeric()) => {
            None
        }
        _ if digits == text.len() => Some(Shape::Number),
        _ => Some(Shape::Code),
    }
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_host = host.split_once('.').is_some_and(|(first, rest)| !first.is_empty() && !rest.is_empty());
    !name.is_empty() && is_host && !host.contains('@') && !text.contains(char::is_whitespace)
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Digits with signs between them, beginning with a country code or a zero, or grouped as people write them.
fn is_phone(text: &str, digits: usize) -> bool {
    let is_written_so = text.bytes().all(|byte| byte.is_ascii_digit() || b"+()-./ ".contains(&byte));
    let begins = text.starts_with(['+', '0', '(']);
    let is_grouped = text.bytes().filter(|byte| b" -/".contains(byte)).count() > 0
        && text.starts_with(|first: char| first.is_ascii_digit());
    is_written_so && (6..=15).contains(&digits) && (begins || is_grouped)
}

#[cfg(test)]
mod tests {
    use super::{CommandSearch, Shape};

    #[test]
    fn every_word_must_occur_in_any_case_and_order() {
        let search = CommandSearch::parse("  ACCOUNT new ");
        assert!(search.matches("New channel account", ""));
        assert!(!search.matches("Channel accounts", ""));
        assert!(CommandSearch::parse("").matches("anything", ""));
        assert!(CommandSearch::parse("ubersicht\u{308}").shape().is_none());
        assert!(CommandSearch::parse("U\u{308}bersicht").matches("Übersicht", ""));
    }

    #[test]
    fn synonyms_match_too() {
        assert!(CommandSearch::parse("whats").matches("Channel accounts", "bot WhatsApp"));
        assert!(CommandSearch::parse("bot channel").matches("Channel accounts", "bot WhatsApp"));
        assert!(!CommandSearch::parse("bots").matches("Channel accounts", "bot WhatsApp"));
    }

    #[test]
    fn records_are_searched_by_two_characters_or_more() {
        assert!(CommandSearch::parse("re al").matches_record("Alma Reuter"));
        assert!(!CommandSearch::parse("a").matches_record("Alma Reuter"));
        assert!(!CommandSearch::parse("").matches_record("Alma Reuter"));
        assert!(CommandSearch::parse("李明").matches_record("李明"));
        assert!(CommandSearch::parse("明华").matches_record("李明华"));
        // Neither "Hugo" nor "Le Goff" is meant by the beginning of "go online".
        assert!(!CommandSearch::parse("go o").matches_record("Hugo Overton"));
        assert!(!CommandSearch::parse("go o").matches_record("Camille Le Goff"));
    }

    #[test]
    fn shapes_are_recognised() {
        for (input, shape) in [
            ("2039", Shape::Number),
            ("1234567890", Shape::Number),
            ("TCK-7", Shape::Code),
            ("a-ticket-9", Shape::Code),
            ("59c749f4-af8e-eb11-aacf-06c7a219a2ac", Shape::Uuid),
            ("59C749F4-AF8E-EB11-AACF-06C7A219A2AC\u{200b}", Shape::Uuid),
            ("+493023125025", Shape::Phone),
            ("+49 30 2312-5025", Shape::Phone),
            ("030/2312 5025", Shape::Phone),
            ("0049 30 23125025", Shape::Phone),
            ("(030) 23125025", Shape::Phone),
            ("555-867-5309", Shape::Phone),
            ("alma.reuter+x@example.co.uk", Shape::Email),
        ] {
            assert_eq!(CommandSearch::parse(&format!(" {input} ")).shape(), Some(shape), "{input}");
        }
        for other in [
            "",
            "settings",
            "event 7",
            "12 34",
            "@example.com",
            "a@b",
            "a@.b",
            "a b@c.de",
            "+49",
            &"7".repeat(101),
            "١٢٣٤٥٦٧",
        ] {
            assert_eq!(CommandSearch::parse(other).shape(), None, "{other}");
        }
    }
}
