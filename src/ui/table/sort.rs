//! The order of a table's rows.

pub use trunkline_fast::{Order, SortKey};

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
