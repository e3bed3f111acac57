//! In-memory search over a complete list. The vendors have no paging, so the console always has the whole list.
//!
//! To keep each keystroke cheap, a row's search text is folded once, when the list arrives, and a search returns the
//! indices of rows, not rows.

use trunkline_scan::{contains, fold_record, fold_search, spelled_out};

use trunkline_api::text::{TextKind, clean, is_phone_char, phone_digits};

/// The folded search texts of a list's rows.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    texts: Vec<String>,
}

impl SearchIndex {
    /// Builds the index. `write` adds each searchable value of a row to its search text.
    pub fn new<T>(rows: &[T], write: impl Fn(&T, &mut SearchText)) -> Self {
        let mut index = Self { texts: Vec::with_capacity(rows.len()) };
        rows.iter().for_each(|row| index.add(|text| write(row, text)));
        index
    }

    /// Adds the next row, for an index that is built little by little.
    pub fn add(&mut self, write: impl FnOnce(&mut SearchText)) {
        let mut text = SearchText(String::with_capacity(96));
        write(&mut text);
        self.texts.push(text.folded());
    }

    /// The number of rows so far.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.texts.len()
    }

    /// The indices of the rows that match, among these rows, or among all.
    #[must_use]
    pub fn select(&self, query: &SearchQuery, among: Option<&[usize]>) -> Vec<usize> {
        select(self.texts.len(), among, |row| self.texts.get(row).is_some_and(|text| query.matches(text)))
    }
}

/// The rows that match, among these rows, or among all of `count`.
pub(crate) fn select(count: usize, among: Option<&[usize]>, matches: impl Fn(usize) -> bool) -> Vec<usize> {
    match among {
        Some(rows) => rows.iter().copied().filter(|row| matches(*row)).collect(),
        None => (0..count).filter(|row| matches(*row)).collect(),
    }
}

/// A row's search text under construction.
#[derive(Default)]
pub struct SearchText(String);

impl SearchText {
    /// Adds a value. A query's word never matches across two values. A telephone number is also added as bare digits.
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

    /// Adds an optional value.
    pub fn add_opt(&mut self, piece: Option<&str>) -> &mut Self {
        self.add(piece.unwrap_or(""))
    }

    /// The folded search text. Folds all values in one call, because each call into the browser's case conversion and
    /// normalisation is expensive.
    #[must_use]
    pub fn folded(&self) -> String {
        fold_record(&self.0)
    }
}

/// A parsed search query: words that must all occur, and telephone numbers, which are compared by their digits.
#[derive(Clone, Debug, Default)]
pub struct SearchQuery {
    terms: Vec<Term>,
}

/// Adjacent words, and their digits if together they may be a telephone number.
#[derive(Clone, Debug)]
struct Term {
    words: Vec<String>,
    digits: Option<String>,
    /// The word spelled with `ae` for `ä` and so on.
    spelled_out: Option<String>,
}

impl SearchQuery {
    /// Parses the user's input.
    #[must_use]
    pub fn parse(input: &str) -> Self {
        let typed = clean(input, TextKind::Words);
        let mut terms = Vec::new();
        let mut number = Vec::new();
        for word in typed.split_whitespace() {
            let ascii = clean(word, TextKind::Number);
            if ascii.chars().all(is_phone_char) {
                number.push(ascii);
                continue;
            }
            push_number_term(&mut terms, &mut number);
            terms.push(Term { words: vec![fold_search(word)], digits: None, spelled_out: spelled_out(word) });
        }
        push_number_term(&mut terms, &mut number);
        Self { terms }
    }

    /// True if it has no words, so that every text matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// True if a folded text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.terms.iter().all(|term| {
            term.words.iter().all(|word| contains(text, word))
                || term.digits.as_deref().is_some_and(|digits| contains(text, digits))
                || term.spelled_out.as_deref().is_some_and(|word| contains(text, word))
        })
    }

    /// True if every text that matches the query `now` also matched `before`, as after typing one more letter.
    #[must_use]
    pub fn refines(now: &str, before: &str) -> bool {
        // A text that contains a word contains its prefix. Compare folded, in both spellings: one more letter can change
        // the one before it.
        let spelled = |query: &str| spelled_out(query).unwrap_or_else(|| fold_search(query));
        fold_search(now).starts_with(&fold_search(before))
            && spelled(now).starts_with(&spelled(before))
            // With one more digit a telephone number may match texts that did not match before.
            && Self::parse(now).terms.iter().all(|term| term.digits.is_none())
    }
}

/// Adds adjacent words that may be one number as a term.
fn push_number_term(terms: &mut Vec<Term>, number: &mut Vec<String>) {
    if !number.is_empty() {
        let digits = phone_digits(&number.join(" "));
        // Drop the trunk prefix 0 of a national number.
        let digits = digits.map(|digits| digits.strip_prefix('0').map(str::to_owned).unwrap_or(digits));
        terms.push(Term { words: std::mem::take(number), digits, spelled_out: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [&str; 4] = ["Alma Öberg", "ben", "Alma Reuter", "Chloé"];

    #[test]
    fn every_word_must_match() {
        let index = SearchIndex::new(&ROWS, |row, text| {
            text.add(row);
        });
        let found = |query: &str| index.select(&SearchQuery::parse(query), None);
        assert_eq!(found("alma"), [0, 2]);
        assert_eq!(found("ALMA öb"), [0]);
        assert_eq!(found("chloé  "), [3]);
        assert_eq!(found(""), [0, 1, 2, 3]);
        assert_eq!(found("alma ben"), [0; 0]);
        assert_eq!(index.select(&SearchQuery::parse("alma"), Some(&[1, 2])), [2]);
    }

    /// The indices of the texts that a query finds.
    fn found(texts: &[&str], query: &str) -> Vec<usize> {
        let index = SearchIndex::new(texts, |text, row| {
            row.add(text);
        });
        index.select(&SearchQuery::parse(query), None)
    }

    #[test]
    fn telephone_numbers_match_by_digits() {
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
    fn names_match_without_accents_and_spelled_out() {
        let texts = ["Jan Zöllner", "Jan Zoellner", "Jan Zollner", "Łucja Groß"];
        assert_eq!(found(&texts, "zollner"), [0, 2]);
        assert_eq!(found(&texts, "zoellner"), [0, 1]);
        assert_eq!(found(&texts, "jan zöllner"), [0, 1, 2]);
        assert_eq!(found(&texts, "lucja gross"), [3]);
    }

    #[test]
    fn names_match_in_any_normalisation() {
        assert_eq!(found(&["Zoe\u{308}", "Zoe"], "zoë"), [0, 1], "accents are folded");
        assert_eq!(found(&["Zoë"], "zoe\u{308}"), [0]);
        assert_eq!(found(&["Ada", "A\u{200b}da"], "Ada\u{200b}"), [0, 1]);
        assert_eq!(found(&["\u{202b}דנה\u{202c} כהן"], "דנה\u{a0}כהן"), [0]);
    }
}
