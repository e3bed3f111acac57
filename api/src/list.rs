//! Search over a list that came whole: the vendors page nothing, so the console does it in memory.
//!
//! What a keystroke costs is what counts: a row's text is folded once, when the list arrives, and rows are shared
//! (`Arc`), so that no record is copied.

use trunkline_fast::{contains, fold};

use crate::text::{TextKind, clean, is_of_phone, phone_digits};

/// The rows' search texts, folded once.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    texts: Vec<String>,
}

impl SearchIndex {
    /// Builds the index; `write` adds what a row can be found by to the text, pieces apart.
    pub fn new<T>(rows: &[T], write: impl Fn(&T, &mut SearchText)) -> Self {
        let texts = rows
            .iter()
            .map(|row| {
                let mut text = SearchText(String::with_capacity(96));
                write(row, &mut text);
                text.folded()
            })
            .collect();
        Self { texts }
    }

    /// The rows that fit `query` and that `keep` keeps, in the list's order. `rows` are those that the index was built of.
    pub fn select<T: Clone>(&self, rows: &[T], query: &str, keep: impl Fn(&T) -> bool) -> Vec<T> {
        let query = Query::parse(query);
        let fits = |(row, text): &(&T, &String)| query.fits(text) && keep(row);
        rows.iter().zip(&self.texts).filter(fits).map(|(row, _)| row.clone()).collect()
    }
}

/// A row's search text under construction.
#[derive(Default)]
pub struct SearchText(String);

impl SearchText {
    /// Adds a piece; a word of a query never spans two. A telephone number can be found by its digits alone, too.
    pub fn add(&mut self, piece: &str) -> &mut Self {
        if !piece.is_empty() {
            self.0.push_str(piece);
            self.0.push('\n');
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric();
            let may_be_number = piece.bytes().any(|byte| byte.is_ascii_digit() || !byte.is_ascii());
            if may_be_number
                && (piece.starts_with("00") || !piece.bytes().all(is_plain))
                && let Some(digits) = phone_digits(piece)
            {
                self.0.push_str(&digits);
                self.0.push('\n');
            }
        }
        self
    }

    /// Adds a piece that may be absent.
    pub fn add_some(&mut self, piece: Option<&str>) -> &mut Self {
        self.add(piece.unwrap_or(""))
    }

    /// The text to search in. All pieces at once: each way into the browser's own case and composition costs.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

/// What is searched for: words that must all occur, and telephone numbers, which are compared by their digits.
#[derive(Clone, Debug, Default)]
pub struct Query {
    terms: Vec<Term>,
}

/// Words that stand together; or the digits of the number that they are.
#[derive(Clone, Debug)]
struct Term {
    words: Vec<String>,
    digits: Option<String>,
}

impl Query {
    /// Of what is typed.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let typed = fold(&clean(typed, TextKind::Words));
        let mut terms = Vec::new();
        let mut number = Vec::new();
        for word in typed.split_whitespace() {
            let ascii = clean(word, TextKind::Number);
            if ascii.chars().all(is_of_phone) {
                number.push(ascii);
                continue;
            }
            push(&mut terms, &mut number);
            terms.push(Term { words: vec![word.to_owned()], digits: None });
        }
        push(&mut terms, &mut number);
        Self { terms }
    }

    /// Whether a folded text fits.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        self.terms.iter().all(|term| {
            term.words.iter().all(|word| contains(text, word))
                || term.digits.as_deref().is_some_and(|digits| contains(text, digits))
        })
    }

    /// Whether a telephone number is among what is searched for: with a digit more, texts may fit that did not before.
    #[must_use]
    pub fn has_number(&self) -> bool {
        self.terms.iter().any(|term| term.digits.is_some())
    }
}

/// Adds the words that stand together and may be one number.
fn push(terms: &mut Vec<Term>, number: &mut Vec<String>) {
    if !number.is_empty() {
        let digits = phone_digits(&number.join(" "));
        // As it is dialled inside a country, with a zero in front.
        let digits = digits.map(|digits| digits.strip_prefix('0').map(str::to_owned).unwrap_or(digits));
        terms.push(Term { words: std::mem::take(number), digits });
    }
}

/// The texts that occur, once each, in the order of letters; meant for few. Each is put in its place: a sort, or a map
/// that is made of a list, is compiled anew for each type, some 4 KB.
pub fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found = Vec::<String>::new();
    for text in texts {
        if let Err(at) = found.binary_search_by(|known| known.as_str().cmp(text)) {
            found.insert(at, text.to_owned());
        }
    }
    found
}

/// Names by id, for some hundreds of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(Vec<(String, String)>);

impl Names {
    /// Of ids and what they are called; of two names for one id the later holds.
    pub fn new(named: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut names = Vec::<(String, String)>::new();
        for (id, name) in named {
            match names.binary_search_by(|(known, _)| known.cmp(&id)) {
                Ok(at) => names.splice(at..=at, [(id, name)]).for_each(drop),
                Err(at) => names.insert(at, (id, name)),
            }
        }
        Self(names)
    }

    /// What an id is called, if it has a name.
    pub fn get(&self, id: &str) -> Option<&str> {
        let at = self.0.binary_search_by(|(known, _)| known.as_str().cmp(id)).ok()?;
        self.0.get(at).map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_once_each_in_order() {
        assert_eq!(distinct(["b", "a", "", "b", "c", "a"].into_iter()), ["", "a", "b", "c"]);
        assert!(distinct([].into_iter()).is_empty());
    }

    #[test]
    fn names_by_id() {
        let named = [("10", "ten"), ("9", "nine"), ("10", "TEN")].map(|(id, name)| (id.to_owned(), name.to_owned()));
        let names = Names::new(named);
        assert_eq!([names.get("10"), names.get("9"), names.get("1")], [Some("TEN"), Some("nine"), None]);
    }

    const ROWS: [(&str, i64); 4] = [("Alma Öberg", 3), ("ben", 1), ("Alma Reuter", 1), ("Chloé", 2)];

    #[test]
    fn every_word_must_be_there() {
        let index = SearchIndex::new(&ROWS, |row, text| {
            text.add(row.0);
        });
        let found = |query: &str| index.select(&ROWS, query, |_| true);
        assert_eq!(found("alma"), [ROWS[0], ROWS[2]]);
        assert_eq!(found("ALMA öb"), [ROWS[0]]);
        assert_eq!(found("chloé  "), [ROWS[3]]);
        assert_eq!(found(""), ROWS);
        assert_eq!(found("alma ben"), []);
        assert_eq!(index.select(&ROWS, "", |row| row.1 == 1), [ROWS[1], ROWS[2]]);
    }

    /// Which of some texts a query finds, by their places.
    fn found(texts: &[&str], query: &str) -> Vec<usize> {
        let index = SearchIndex::new(texts, |text, row| {
            row.add(text);
        });
        let places: Vec<usize> = (0..texts.len()).collect();
        index.select(&places, query, |_| true)
    }

    #[test]
    fn telephone_numbers_are_found_by_their_digits() {
        let texts =
            ["49199123456789", "+49 (0) 199 / 123456789", "0049-199-123456789", "Order 4919912", "+972501234567"];
        for query in [
            "49199123456789",
            "+49199123456789",
            "+49 199 123456789",
            "49-199-123456789",
            "0049 199 123456789",
            "\u{202a}+49 199 123456789\u{202c}",
            "＋４９ １９９ １２３４５６７８９",
            "0199 123456789",
        ] {
            assert_eq!(found(&texts, query), [0, 1, 2], "{query}");
        }
        assert_eq!(found(&texts, "order 4919912"), [3]);
        assert_eq!(found(&texts, "1-2"), [0; 0], "few digits are no number");
        assert_eq!(found(&["10 of 12 in 2026", "a1b2c3d4e5f6g7"], "10-12-2026"), [0; 0]);
    }

    #[test]
    fn names_are_found_however_they_are_composed() {
        assert_eq!(found(&["Zoe\u{308}", "Zoe"], "zoë"), [0]);
        assert_eq!(found(&["Zoë"], "zoe\u{308}"), [0]);
        assert_eq!(found(&["Ada", "A\u{200b}da"], "Ada\u{200b}"), [0, 1]);
        assert_eq!(found(&["\u{202b}דנה\u{202c} כהן"], "דנה\u{a0}כהן"), [0]);
    }
}
