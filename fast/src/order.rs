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
    let mut positions: Vec<(usize, &SortKey)> = keys.iter().enumerate().collect();
    positions.sort_by(|(_, a), (_, b)| compare(a, b, descending));
    positions.into_iter().map(|(position, _)| position).collect()
}

fn compare(a: &SortKey, b: &SortKey, descending: bool) -> Ordering {
    let known = match (a, b) {
        (SortKey::None, SortKey::None) => return Ordering::Equal,
        (SortKey::None, _) => return Ordering::Greater,
        (_, SortKey::None) => return Ordering::Less,
        (SortKey::Number(a), SortKey::Number(b)) => a.total_cmp(b),
        (SortKey::Text(a), SortKey::Text(b)) => a.cmp(b),
        (SortKey::Number(_), SortKey::Text(_)) => Ordering::Less,
        (SortKey::Text(_), SortKey::Number(_)) => Ordering::Greater,
    };
    if descending { known.reverse() } else { known }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_stay_as_they_came_and_nothing_known_is_last() {
        let keys = [SortKey::text("b"), SortKey::None, SortKey::text("A"), SortKey::text("B"), SortKey::text("a")];
        assert_eq!(order(&keys, false), [2, 4, 0, 3, 1]);
        assert_eq!(order(&keys, true), [0, 3, 2, 4, 1]);
        let numbers = [SortKey::number(Some(10)), SortKey::number(None), SortKey::number(Some(9))];
        assert_eq!(order(&numbers, false), [2, 0, 1]);
    }
}
