//! Search over a list that came whole: the vendors page nothing, so the console does it in memory.
//!
//! What a keystroke costs is what counts: a row's text is lowered once, when the list arrives, and rows are shared
//! (`Arc`), so that no record is copied.

use trunkline_fast::{contains, lower};

/// The rows' search texts, lowered once.
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
                // All pieces at once: each way into the browser's own lower case costs.
                lower(&text.0)
            })
            .collect();
        Self { texts }
    }

    /// The rows that hold every word of `query` and that `keep` keeps, in the list's order. `rows` are those that the
    /// index was built of.
    pub fn select<T: Clone>(&self, rows: &[T], query: &str, keep: impl Fn(&T) -> bool) -> Vec<T> {
        let query = lower(query);
        let words: Vec<&str> = query.split_whitespace().collect();
        let fits = |(row, text): &(&T, &String)| words.iter().all(|word| contains(text, word)) && keep(row);
        rows.iter().zip(&self.texts).filter(fits).map(|(row, _)| row.clone()).collect()
    }
}

/// A row's search text under construction.
pub struct SearchText(String);

impl SearchText {
    /// Adds a piece; a word of a query never spans two.
    pub fn add(&mut self, piece: &str) -> &mut Self {
        if !piece.is_empty() {
            self.0.push_str(piece);
            self.0.push('\n');
        }
        self
    }

    /// Adds a piece that may be absent.
    pub fn add_some(&mut self, piece: Option<&str>) -> &mut Self {
        self.add(piece.unwrap_or(""))
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
}
