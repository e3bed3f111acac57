//! Sort order of a table.

/// A sort column and direction; in a URL `name` or `-name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's key.
    pub key: String,
    /// Descending.
    pub descending: bool,
}

impl Sort {
    /// Parses a URL value; `None` if it is empty.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (key, descending) = text.strip_prefix('-').map_or((text, false), |key| (key, true));
        (!key.is_empty()).then(|| Self { key: key.to_owned(), descending })
    }

    /// The order that a click on a column header requests: ascending, then descending, then unsorted.
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

#[cfg(test)]
mod tests {
    use super::Sort;

    #[test]
    fn url_values_round_trip() {
        for text in ["name", "-name", "created-at", "--x"] {
            assert_eq!(Sort::parse(text).unwrap().to_string(), text);
        }
        assert_eq!((Sort::parse(""), Sort::parse("-")), (None, None));
    }

    #[test]
    fn clicks_cycle_through_ascending_descending_and_unsorted() {
        let mut sort = None;
        let mut seen = Vec::new();
        for _ in 0..4 {
            sort = Sort::next(sort.as_ref(), "name");
            seen.push(sort.as_ref().map(ToString::to_string).unwrap_or_default());
        }
        assert_eq!(seen, ["name", "-name", "", "name"]);
        assert_eq!(Sort::next(Sort::parse("-name").as_ref(), "id"), Sort::parse("id"));
    }
}
