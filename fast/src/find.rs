//! Search in memory.

/// Whether a text holds a word.
#[inline(never)]
#[must_use]
pub fn contains(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some((first, rest)) = word.split_first() else { return true };
    let Some(last) = text.len().checked_sub(rest.len()) else { return false };
    let begins = text.get(..last).unwrap_or_default();
    begins.iter().enumerate().any(|(at, byte)| byte == first && text.get(at + 1..at + 1 + rest.len()) == Some(rest))
}

#[cfg(test)]
mod tests {
    use super::contains;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_library_has_it(text in "[abä\n]{0,30}", word in "[abä]{0,4}") {
            prop_assert_eq!(contains(&text, &word), text.contains(&word));
        }
    }
}
