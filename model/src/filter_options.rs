//! The options of a list's filters.

/// The distinct texts, sorted. For small numbers of them: each is inserted in order, because a generic sort or map
/// would add some 4 KB of code per type.
pub fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found = Vec::<String>::new();
    for text in texts {
        if let Err(at) = found.binary_search_by(|known| known.as_str().cmp(text)) {
            found.insert(at, text.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinct_texts_are_sorted() {
        assert_eq!(distinct(["b", "a", "", "b", "c", "a"].into_iter()), ["", "a", "b", "c"]);
        assert!(distinct([].into_iter()).is_empty());
    }
}
