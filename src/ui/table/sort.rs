//! The order of a table's rows.

use std::cmp::Ordering;

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

/// The browser's own lower case where ASCII's doesn't do: Rust's tables would weigh more than all of this table.
fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { js_sys::JsString::from(text).to_lower_case().into() }
}

/// A column and a direction; in a URL `name` or `-name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's key.
    pub key: String,
    /// Greatest first.
    pub descending: bool,
}

impl Sort {
    /// From a URL's value; none of an empty one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (key, descending) = text.strip_prefix('-').map_or((text, false), |key| (key, true));
        (!key.is_empty()).then(|| Self { key: key.to_owned(), descending })
    }

    /// What a click on a column's header asks for: up, then down, then as the rows came.
    #[must_use]
    pub fn next(current: Option<&Self>, key: &str) -> Option<Self> {
        match current {
            Some(sort) if sort.key == key && sort.descending => None,
            Some(sort) if sort.key == key => Some(Self { key: key.to_owned(), descending: true }),
            _ => Some(Self { key: key.to_owned(), descending: false }),
        }
    }
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.key)
    }
}

/// The positions of rows with these keys, in order; equal rows stay as they came.
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
