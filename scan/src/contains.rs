//! Substring search.

/// A 64-bit word with every byte set to this value.
const fn splat(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// True if a text contains a word. Equal to `str::contains`.
#[inline(never)]
#[must_use]
pub fn contains(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some((first, rest)) = word.split_first() else { return true };
    let Some(last) = text.len().checked_sub(rest.len()) else { return false };
    let begins = text.get(..last).unwrap_or_default();
    let holds = |at: usize| text.get(at..at + word.len()) == Some(word);
    // Test eight positions at a time and skip most of them: a byte of `other` is zero where the first byte matches.
    let (eights, left) = begins.as_chunks::<8>();
    let pattern = splat(*first);
    for (eight, bytes) in eights.iter().enumerate() {
        let other = u64::from_ne_bytes(*bytes) ^ pattern;
        let may = other.wrapping_sub(splat(0x01)) & !other & splat(0x80) != 0;
        if may && (0..8).any(|at| bytes.get(at) == Some(first) && holds(eight * 8 + at)) {
            return true;
        }
    }
    let done = begins.len() - left.len();
    left.iter().enumerate().any(|(at, byte)| byte == first && holds(done + at))
}

#[cfg(test)]
mod tests {
    use super::contains;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equals_str_contains(text in "[abä\n]{0,60}", word in "[abä]{0,12}") {
            prop_assert_eq!(contains(&text, &word), text.contains(&word));
        }

        #[test]
        fn equals_str_contains_for_any_text(text in "\\PC{0,40}", word in "\\PC{0,2}") {
            prop_assert_eq!(contains(&text, &word), text.contains(&word));
        }
    }
}
