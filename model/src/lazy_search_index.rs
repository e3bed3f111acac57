//! The search index of a list, built little by little: a list opens without it, and a search that comes before it is
//! complete builds the rest at once.

use std::sync::{Mutex, PoisonError};

use crate::search_index::{SearchIndex, SearchQuery, SearchText, select};

/// Adds the searchable texts of the row at a position.
type WriteRow = Box<dyn Fn(usize, &mut SearchText) + Send + Sync>;

/// Rows between two looks at the time, which take as long as a row.
const ROWS_BETWEEN: usize = 64;

/// The index of one response, as far as it is built.
pub struct LazySearchIndex {
    row_count: usize,
    write: WriteRow,
    built: Mutex<SearchIndex>,
}

impl LazySearchIndex {
    /// An index of so many rows, none of which is in it yet.
    #[must_use]
    pub fn new(row_count: usize, write: WriteRow) -> Self {
        Self { row_count, write, built: Mutex::default() }
    }

    /// The indices of the rows that match, among these rows, or among all. Builds what is missing, unless the query is
    /// empty.
    #[must_use]
    pub fn select(&self, query: &SearchQuery, among: Option<&[usize]>) -> Vec<usize> {
        if query.is_empty() {
            return select(self.row_count, among, |_| true);
        }
        self.build(|| false);
        self.built.lock().unwrap_or_else(PoisonError::into_inner).select(query, among)
    }

    /// Adds rows until `is_over`, which is asked every 64 rows. Returns true if none is missing.
    pub fn build(&self, mut is_over: impl FnMut() -> bool) -> bool {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        while built.row_count() < self.row_count {
            let row = built.row_count();
            built.add(|text| (self.write)(row, text));
            if (row + 1).is_multiple_of(ROWS_BETWEEN) && is_over() {
                break;
            }
        }
        built.row_count() == self.row_count
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// 200 rows, and how many of them were written.
    fn index() -> (LazySearchIndex, Arc<AtomicUsize>) {
        let written = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&written);
        let write = move |row: usize, text: &mut SearchText| {
            count.fetch_add(1, Ordering::Relaxed);
            text.add(&format!("row {row}"));
        };
        (LazySearchIndex::new(200, Box::new(write)), written)
    }

    #[test]
    fn no_search_builds_nothing() {
        let (index, written) = index();
        let none = SearchQuery::parse("  ");
        assert_eq!(index.select(&none, None).len(), 200);
        assert_eq!(index.select(&none, Some(&[3, 5])), [3, 5]);
        assert_eq!(written.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn slices_and_a_search_write_each_row_once() {
        let (index, written) = index();
        assert!(!index.build(|| true));
        assert_eq!(written.load(Ordering::Relaxed), 64);
        assert_eq!(index.select(&SearchQuery::parse("row 199"), None), [199], "a search builds the rest");
        assert_eq!(written.load(Ordering::Relaxed), 200);
        assert!(index.build(|| true), "nothing is missing");
        assert_eq!(index.select(&SearchQuery::parse("row 7"), Some(&[6, 7, 70])), [7, 70]);
        assert_eq!(written.load(Ordering::Relaxed), 200);
    }
}
