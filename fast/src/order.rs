//! The order of a table's rows.

use crate::collate::collate;
use crate::fold;

/// What a row is sorted by in one column. Nothing known comes last, in either direction.
#[derive(Clone, Debug, PartialEq)]
pub enum SortKey {
    /// Letters, without regard to case.
    Text(String),
    /// Numbers, times.
    Number(f64),
    /// Not known.
    None,
}

impl SortKey {
    /// A text, folded once; an empty one is not known.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::None } else { Self::Text(fold(text)) }
    }

    /// A whole number or epoch seconds, if there is one.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "ids and seconds stay far below 2^53")]
    pub fn number(value: Option<i64>) -> Self {
        value.map_or(Self::None, |value| Self::Number(value as f64))
    }
}

/// The order of a table's rows by one column, worked out once for both directions.
#[derive(Debug, Default)]
pub struct Order {
    /// The places of all rows, the least first.
    ascending: Vec<usize>,
    /// Where in it begins what is greater than all before: equal rows stay as they came.
    runs: Vec<usize>,
    /// How many rows have a key: the others come last in either direction.
    known: usize,
}

impl Order {
    /// That of rows with these keys, texts in the order of a language's letters. Numbers come before texts.
    #[inline(never)]
    #[must_use]
    pub fn in_language(keys: &[SortKey], tag: &str) -> Self {
        let mut order = Self::of(keys);
        if keys.iter().any(|key| matches!(key, SortKey::Text(text) if !text.is_ascii())) {
            order.collate(keys, tag);
        }
        order
    }

    /// Puts the runs of equal texts, which are in the order of their bytes, in that of a language's letters.
    fn collate(&mut self, keys: &[SortKey], tag: &str) {
        let text = |run: &usize| match self.ascending.get(*run).and_then(|place| keys.get(*place)) {
            Some(SortKey::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let numbers = self.runs.iter().take_while(|run| text(run).is_none()).count();
        let texts: Vec<&str> = self.runs.iter().skip(numbers).filter_map(text).collect();
        let mut ends = self.runs.get(numbers + 1..).unwrap_or_default().to_vec();
        ends.push(self.known);
        let first = self.runs.get(numbers).copied().unwrap_or(self.known);
        let mut ascending = self.ascending.get(..first).unwrap_or_default().to_vec();
        let mut runs = self.runs.get(..numbers).unwrap_or_default().to_vec();
        for run in collate(&texts, tag) {
            let (Some(begin), Some(end)) = (self.runs.get(numbers + run), ends.get(run)) else { continue };
            runs.push(ascending.len());
            ascending.extend(self.ascending.get(*begin..*end).unwrap_or_default());
        }
        ascending.extend(self.ascending.get(self.known..).unwrap_or_default());
        (self.ascending, self.runs) = (ascending, runs);
    }

    /// That of rows with these keys, texts in the order of their bytes. Numbers come before texts.
    #[inline(never)]
    #[must_use]
    pub fn of(keys: &[SortKey]) -> Self {
        let rows = |head: fn(&SortKey) -> Option<u64>| -> Vec<Row> {
            let rows = keys.iter().enumerate();
            rows.filter_map(|(place, key)| Some(Row { head: head(key)?, place })).collect()
        };
        let numbers = rows(|key| if let SortKey::Number(number) = key { Some(number_head(*number)) } else { None });
        let texts = rows(|key| if let SortKey::Text(text) = key { Some(text_head(text, 0)) } else { None });
        let unknown = keys.iter().enumerate().filter(|(_, key)| **key == SortKey::None).map(|(place, _)| place);

        let mut order = Self::default();
        order.push(numbers, |_, _| None);
        order.push(texts, |row, depth| match keys.get(row.place) {
            Some(SortKey::Text(text)) if row.goes_on() => Some(text_head(text, depth)),
            _ => None,
        });
        order.known = order.ascending.len();
        order.ascending.extend(unknown);
        order
    }

    /// The places of all rows in this order.
    #[must_use]
    pub fn places(&self, descending: bool) -> Vec<usize> {
        if !descending {
            return self.ascending.clone();
        }
        let mut places = Vec::with_capacity(self.ascending.len());
        let mut end = self.known;
        for begin in self.runs.iter().rev() {
            places.extend(self.ascending.get(*begin..end).unwrap_or_default());
            end = *begin;
        }
        places.extend(self.ascending.get(self.known..).unwrap_or_default());
        places
    }

    /// Adds rows that are all greater than those before. `deeper` gives the head of what follows in the keys of rows whose
    /// heads are equal, if anything does.
    fn push(&mut self, mut rows: Vec<Row>, deeper: impl Fn(&Row, usize) -> Option<u64>) {
        let mut spare = rows.clone();
        let mut begins = vec![false; rows.len()];
        // Rows that are still to be told apart, and by which of their keys' heads.
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
        self.ascending.extend(rows.iter().map(|row| row.place));
        self.runs.extend(begins.iter().enumerate().filter(|(_, begins)| **begins).map(|(at, _)| before + at));
    }
}

#[derive(Clone, Copy)]
struct Row {
    /// A number that sorts as this much of the key does. Rows are told apart without a look at their texts, which lie all
    /// over the memory.
    head: u64,
    place: usize,
}

impl Row {
    /// Whether a text has more than its head says.
    fn goes_on(&self) -> bool {
        self.head & 0xff == TEXT_BYTES as u64
    }
}

/// As `f64::total_cmp` has it.
fn number_head(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// Bytes of a text in one head.
const TEXT_BYTES: usize = 7;

/// So many bytes of a text, and how many there were: a text sorts before those that it begins.
fn text_head(text: &str, depth: usize) -> u64 {
    let bytes = text.as_bytes().get(depth * TEXT_BYTES..).unwrap_or_default();
    let first = bytes.iter().chain(std::iter::repeat(&0)).take(TEXT_BYTES);
    first.fold(0, |head, byte| head << 8 | u64::from(*byte)) << 8 | bytes.len().min(TEXT_BYTES) as u64
}

/// So few rows are put in order one by one.
const FEW: usize = 48;

/// Puts rows in the order of their heads; equal ones stay as they are. `spare` has their number of places.
fn sort(rows: &mut [Row], spare: &mut [Row]) {
    if rows.len() <= FEW {
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
    // By each byte, the last first.
    for shift in (0..u64::BITS).step_by(8) {
        let byte = |row: &Row| usize::from((row.head >> shift) as u8);
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
        Order::of(keys).places(descending)
    }

    #[test]
    fn equal_rows_stay_as_they_came_and_nothing_known_is_last() {
        let keys = [SortKey::text("b"), SortKey::None, SortKey::text("A"), SortKey::text("B"), SortKey::text("a")];
        assert_eq!(order(&keys, false), [2, 4, 0, 3, 1]);
        assert_eq!(order(&keys, true), [0, 3, 2, 4, 1]);
        let numbers = [SortKey::number(Some(10)), SortKey::number(None), SortKey::number(Some(9))];
        assert_eq!(order(&numbers, false), [2, 0, 1]);
    }

    /// The same by the standard library's orders of numbers and texts; numbers before texts.
    fn plainly(keys: &[SortKey], descending: bool) -> Vec<usize> {
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
        fn any_keys(keys in proptest::collection::vec(key(), 0..200), descending: bool) {
            prop_assert_eq!(order(&keys, descending), plainly(&keys, descending));
            // Without a browser a language has the order of bytes.
            prop_assert_eq!(Order::in_language(&keys, "de").places(descending), plainly(&keys, descending));
        }
    }

    /// Few letters and numbers, so that many keys begin alike; and any.
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
