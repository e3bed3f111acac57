//! The order of a table's rows.

use std::cmp::Ordering;

use crate::lower;

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
    /// A text, lowered once; an empty one is not known.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::None } else { Self::Text(lower(text)) }
    }

    /// A whole number or epoch seconds, if there is one.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "ids and seconds stay far below 2^53")]
    pub fn number(value: Option<i64>) -> Self {
        value.map_or(Self::None, |value| Self::Number(value as f64))
    }
}

/// The positions of rows with these keys, in order; equal rows stay as they came.
#[inline(never)]
#[must_use]
pub fn order(keys: &[SortKey], descending: bool) -> Vec<usize> {
    let mut rows: Vec<Row<'_>> =
        keys.iter().enumerate().map(|(place, key)| Row { head: head(key, descending), place, key }).collect();
    let mut other = rows.clone();
    let mut width = 1;
    while width < rows.len() {
        for (both, into) in rows.chunks(2 * width).zip(other.chunks_mut(2 * width)) {
            let (a, b) = both.split_at(width.min(both.len()));
            merge(a, b, into, descending);
        }
        std::mem::swap(&mut rows, &mut other);
        width *= 2;
    }
    rows.into_iter().map(|row| row.place).collect()
}

#[derive(Clone, Copy)]
struct Row<'a> {
    head: u64,
    place: usize,
    key: &'a SortKey,
}

/// Two runs that are in order as one; of equal rows those of `a` come first. The standard library's sort does as well, and
/// weighs 3 KB more in the module after compression.
fn merge<'k, 's>(mut a: &'s [Row<'k>], mut b: &'s [Row<'k>], into: &mut [Row<'k>], descending: bool) {
    for place in into {
        let b_first = match (a.first(), b.first()) {
            (Some(a), Some(b)) => b.head < a.head || b.head == a.head && rest(b.key, a.key, descending).is_lt(),
            (first, _) => first.is_none(),
        };
        let run = if b_first { &mut b } else { &mut a };
        if let Some((first, left)) = run.split_first() {
            (*place, *run) = (*first, left);
        }
    }
}

/// Of a key as much as fits into a number that sorts as the key does: most rows are told apart without a look at their
/// texts, which lie all over the memory.
fn head(key: &SortKey, descending: bool) -> u64 {
    let head = match key {
        SortKey::None => return u64::MAX,
        // As `f64::total_cmp` has it, and without the last bit.
        SortKey::Number(number) => {
            let bits = number.to_bits();
            (if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }) >> 2
        }
        SortKey::Text(text) => {
            let first = text.bytes().chain(std::iter::repeat(0)).take(8);
            first.fold(0, |head, byte| head << 8 | u64::from(byte)) >> 2 | 1 << 62
        }
    };
    if descending { !head >> 1 } else { head }
}

/// The order of two keys with the same head.
fn rest(a: &SortKey, b: &SortKey, descending: bool) -> Ordering {
    let order = match (a, b) {
        (SortKey::Number(a), SortKey::Number(b)) => a.total_cmp(b),
        (SortKey::Text(a), SortKey::Text(b)) => a.cmp(b),
        _ => Ordering::Equal,
    };
    if descending { order.reverse() } else { order }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        fn any_keys(keys in proptest::collection::vec(key(), 0..70), descending: bool) {
            prop_assert_eq!(order(&keys, descending), plainly(&keys, descending));
        }
    }

    /// Few letters and numbers, so that many keys begin alike; and any.
    fn key() -> impl Strategy<Value = SortKey> {
        prop_oneof![
            Just(SortKey::None),
            "[ab\u{0}ü]{1,12}".prop_map(SortKey::Text),
            "\\PC{1,9}".prop_map(SortKey::Text),
            (-3_i64..3).prop_map(|number| SortKey::number(Some(number))),
            any::<f64>().prop_map(SortKey::Number),
        ]
    }
}
