//! Sorts a table's rows.

use std::sync::Arc;

use crate::collate::collate;
use crate::fold;

/// The sort key of a row in one column. Rows without a value come last in either direction.
#[derive(Clone, Debug, PartialEq)]
pub enum SortKey {
    /// Folded text.
    Text(String),
    /// Folded text that the row keeps: ten thousand copies of it take longer than to sort them.
    Shared(Arc<str>),
    /// Numbers, times.
    Number(f64),
    /// No value.
    None,
}

impl SortKey {
    /// The key of a text. An empty text is no value.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::None } else { Self::Text(fold(text)) }
    }

    /// The key of a text that is folded already.
    #[must_use]
    pub fn folded(text: &Arc<str>) -> Self {
        if text.is_empty() { Self::None } else { Self::Shared(Arc::clone(text)) }
    }

    /// The folded text, if it is one.
    fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Shared(text) => Some(text),
            Self::Number(_) | Self::None => None,
        }
    }

    /// The key of an integer, such as epoch seconds.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "ids and seconds stay far below 2^53")]
    pub fn number(value: Option<i64>) -> Self {
        value.map_or(Self::None, |value| Self::Number(value as f64))
    }
}

/// The sorted order of a table's rows by one column, computed once for both directions.
#[derive(Debug, Default)]
pub struct SortIndex {
    /// The indices of all rows, ascending.
    ascending: Vec<usize>,
    /// The start of each run of equal rows in `ascending`. Equal rows keep their original order in both directions.
    runs: Vec<usize>,
    /// Number of rows with a value. The others come last in either direction.
    with_value: usize,
}

impl SortIndex {
    /// Sorts rows by these keys, texts by the collation of the language `tag`. Numbers come before texts.
    #[inline(never)]
    #[must_use]
    pub fn by_language(keys: &[SortKey], tag: &str) -> Self {
        let mut order = Self::by_bytes(keys);
        if keys.iter().any(|key| key.as_text().is_some_and(|text| !text.is_ascii())) {
            order.collate(keys, tag);
        }
        order
    }

    /// Reorders the runs of equal texts from byte order to a language's collation.
    fn collate(&mut self, keys: &[SortKey], tag: &str) {
        let text = |run: &usize| keys.get(*self.ascending.get(*run)?)?.as_text();
        let numbers = self.runs.iter().take_while(|run| text(run).is_none()).count();
        let texts: Vec<&str> = self.runs.iter().skip(numbers).filter_map(text).collect();
        let mut ends = self.runs.get(numbers + 1..).unwrap_or_default().to_vec();
        ends.push(self.with_value);
        let first = self.runs.get(numbers).copied().unwrap_or(self.with_value);
        let mut ascending = self.ascending.get(..first).unwrap_or_default().to_vec();
        let mut runs = self.runs.get(..numbers).unwrap_or_default().to_vec();
        for run in collate(&texts, tag) {
            let (Some(begin), Some(end)) = (self.runs.get(numbers + run), ends.get(run)) else { continue };
            runs.push(ascending.len());
            ascending.extend(self.ascending.get(*begin..*end).unwrap_or_default());
        }
        ascending.extend(self.ascending.get(self.with_value..).unwrap_or_default());
        (self.ascending, self.runs) = (ascending, runs);
    }

    /// Sorts rows by these keys, texts by their bytes. Numbers come before texts.
    #[inline(never)]
    #[must_use]
    pub fn by_bytes(keys: &[SortKey]) -> Self {
        let rows = |head: fn(&SortKey) -> Option<u64>| -> Vec<SortRow> {
            let rows = keys.iter().enumerate();
            rows.filter_map(|(place, key)| Some(SortRow { head: head(key)?, index: place })).collect()
        };
        let numbers = rows(|key| if let SortKey::Number(number) = key { Some(number_head(*number)) } else { None });
        let texts = rows(|key| Some(text_head(key.as_text()?, 0)));
        let unknown = keys.iter().enumerate().filter(|(_, key)| **key == SortKey::None).map(|(place, _)| place);

        let mut order = Self::default();
        order.push(numbers, |_, _| None);
        order.push(texts, |row, depth| {
            let text = keys.get(row.index)?.as_text().filter(|_| row.may_continue())?;
            Some(text_head(text, depth))
        });
        order.with_value = order.ascending.len();
        order.ascending.extend(unknown);
        order
    }

    /// The indices of all rows in this order.
    #[must_use]
    pub fn indices(&self, descending: bool) -> Vec<usize> {
        if !descending {
            return self.ascending.clone();
        }
        let mut places = Vec::with_capacity(self.ascending.len());
        let mut end = self.with_value;
        for begin in self.runs.iter().rev() {
            places.extend(self.ascending.get(*begin..end).unwrap_or_default());
            end = *begin;
        }
        places.extend(self.ascending.get(self.with_value..).unwrap_or_default());
        places
    }

    /// Sorts rows and appends them; all are greater than those added before. `deeper` returns the key's head at a
    /// depth, for rows whose heads so far are equal, or `None` at the key's end.
    fn push(&mut self, mut rows: Vec<SortRow>, deeper: impl Fn(&SortRow, usize) -> Option<u64>) {
        let mut spare = rows.clone();
        let mut begins = vec![false; rows.len()];
        // Ranges of rows that are not sorted yet, and the depth of the head to sort by.
        let mut left = vec![(0..rows.len(), 0_usize)];
        while let Some((range, depth)) = left.pop() {
            let (Some(part), Some(spare)) = (rows.get_mut(range.clone()), spare.get_mut(range.clone())) else {
                continue;
            };
            sort(part, spare);
            let mut begin = range.start;
            for run in part.chunk_by_mut(|a, b| a.head == b.head) {
                if let Some(begins) = begins.get_mut(begin) {
                    *begins = true;
                }
                let end = begin + run.len();
                if run.len() > 1 && run.first().is_some_and(|row| deeper(row, depth + 1).is_some()) {
                    run.iter_mut().for_each(|row| row.head = deeper(row, depth + 1).unwrap_or_default());
                    left.push((begin..end, depth + 1));
                }
                begin = end;
            }
        }
        let before = self.ascending.len();
        self.ascending.extend(rows.iter().map(|row| row.index));
        self.runs.extend(begins.iter().enumerate().filter(|(_, begins)| **begins).map(|(at, _)| before + at));
    }
}

/// Those of `rows` in the order of `sorted`, which has the indices of all rows.
#[inline(never)]
#[must_use]
pub fn in_order(sorted: &[usize], rows: &[usize]) -> Vec<usize> {
    let mut chosen = vec![false; sorted.len()];
    for row in rows {
        if let Some(chosen) = chosen.get_mut(*row) {
            *chosen = true;
        }
    }
    sorted.iter().copied().filter(|row| chosen.get(*row) == Some(&true)).collect()
}

#[derive(Clone, Copy)]
struct SortRow {
    /// An integer that sorts like a prefix of the key, so that comparisons do not access the texts, which are scattered
    /// in memory.
    head: u64,
    index: usize,
}

impl SortRow {
    /// True if a text may be longer than its head.
    fn may_continue(&self) -> bool {
        self.head & 0xff == TEXT_BYTES as u64
    }
}

/// An integer that sorts as `f64::total_cmp` does.
fn number_head(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// Number of a text's bytes in one head.
const TEXT_BYTES: usize = 7;

/// The next [`TEXT_BYTES`] bytes of a text and their number, so that a prefix sorts before longer texts.
fn text_head(text: &str, depth: usize) -> u64 {
    let bytes = text.as_bytes().get(depth * TEXT_BYTES..).unwrap_or_default();
    let first = bytes.iter().chain(std::iter::repeat(&0)).take(TEXT_BYTES);
    first.fold(0, |head, byte| head << 8 | u64::from(*byte)) << 8 | bytes.len().min(TEXT_BYTES) as u64
}

/// The most rows for which insertion sort is used.
const INSERTION_SORT_MAX: usize = 48;

/// Sorts rows by their heads, stably. `spare` is a buffer of the same length.
fn sort(rows: &mut [SortRow], spare: &mut [SortRow]) {
    if rows.len() <= INSERTION_SORT_MAX {
        for end in 2..=rows.len() {
            let mut part = rows.get_mut(..end).unwrap_or_default();
            while let [.., a, b] = part {
                if a.head <= b.head {
                    break;
                }
                std::mem::swap(a, b);
                let shorter = part.len() - 1;
                part = part.get_mut(..shorter).unwrap_or_default();
            }
        }
        return;
    }
    // Radix sort by bytes, least significant first.
    for shift in (0..u64::BITS).step_by(8) {
        let byte = |row: &SortRow| usize::from((row.head >> shift) as u8);
        let mut ends = [0_usize; 256];
        for row in rows.iter() {
            if let Some(count) = ends.get_mut(byte(row)) {
                *count += 1;
            }
        }
        if ends.contains(&rows.len()) {
            continue;
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        for row in rows.iter().rev() {
            if let Some(end) = ends.get_mut(byte(row)) {
                *end -= 1;
                if let Some(place) = spare.get_mut(*end) {
                    *place = *row;
                }
            }
        }
        rows.copy_from_slice(spare);
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;
    use proptest::prelude::*;

    fn order(keys: &[SortKey], descending: bool) -> Vec<usize> {
        SortIndex::by_bytes(keys).indices(descending)
    }

    #[test]
    fn sort_is_stable_with_missing_values_last() {
        let keys = [SortKey::text("b"), SortKey::None, SortKey::text("A"), SortKey::text("B"), SortKey::text("a")];
        assert_eq!(order(&keys, false), [2, 4, 0, 3, 1]);
        assert_eq!(order(&keys, true), [0, 3, 2, 4, 1]);
        let numbers = [SortKey::number(Some(10)), SortKey::number(None), SortKey::number(Some(9))];
        assert_eq!(order(&numbers, false), [2, 0, 1]);
    }

    #[test]
    fn chosen_rows_keep_the_sorted_order() {
        assert_eq!(in_order(&[3, 1, 2, 0, 4], &[0, 2, 4]), [2, 0, 4]);
        assert_eq!(in_order(&[], &[]), [0; 0]);
        assert_eq!(in_order(&[1, 0], &[1, 7]), [1]);
    }

    /// The same order by the standard library's comparisons; numbers before texts.
    fn comparison_sort(keys: &[SortKey], descending: bool) -> Vec<usize> {
        let ascending = |a: &SortKey, b: &SortKey| match (a, b) {
            (SortKey::Number(a), SortKey::Number(b)) => a.total_cmp(b),
            (SortKey::Text(a), SortKey::Text(b)) => a.cmp(b),
            (SortKey::Number(_), _) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let (mut known, unknown): (Vec<usize>, Vec<usize>) =
            (0..keys.len()).partition(|place| keys[*place] != SortKey::None);
        known.sort_by(|a, b| {
            let order = ascending(&keys[*a], &keys[*b]);
            if descending { order.reverse() } else { order }
        });
        known.into_iter().chain(unknown).collect()
    }

    proptest! {
        #[test]
        fn equals_a_comparison_sort_for_any_keys(keys in proptest::collection::vec(key(), 0..200), descending: bool) {
            prop_assert_eq!(order(&keys, descending), comparison_sort(&keys, descending));
            // Outside of a browser, collation is byte order.
            prop_assert_eq!(SortIndex::by_language(&keys, "de").indices(descending), comparison_sort(&keys, descending));
        }
    }

    /// Keys with few different letters and numbers, so that many have a common prefix; and arbitrary ones.
    fn key() -> impl Strategy<Value = SortKey> {
        prop_oneof![
            Just(SortKey::None),
            "[ab\u{0}ü]{1,12}".prop_map(SortKey::Text),
            "(same beginning|same )[ab]{0,9}".prop_map(SortKey::Text),
            "\\PC{1,9}".prop_map(SortKey::Text),
            (-3_i64..3).prop_map(|number| SortKey::number(Some(number))),
            any::<f64>().prop_map(SortKey::Number),
        ]
    }
}
