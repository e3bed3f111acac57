//! Search in memory.

/// Every byte of a word of eight set to this.
const fn all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Whether a text holds a word.
#[inline(never)]
#[must_use]
pub fn contains(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some((first, rest)) = word.split_first() else { return true };
    let Some(last) = text.len().checked_sub(rest.len()) else { return false };
    let begins = text.get(..last).unwrap_or_default();
    let holds = |at: usize| text.get(at..at + word.len()) == Some(word);
    // Eight places at a time, most of which are passed over: a byte of `other` is zero where the word may begin.
    let (eights, left) = begins.as_chunks::<8>();
    let pattern = all(*first);
    for (eight, bytes) in eights.iter().enumerate() {
        let other = u64::from_ne_bytes(*bytes) ^ pattern;
        let may = other.wrapping_sub(all(0x01)) & !other & all(0x80) != 0;
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
        fn as_the_library_has_it(text in "[abä\n]{0,60}", word in "[abä]{0,12}") {
            prop_assert_eq!(contains(&text, &word), text.contains(&word));
        }

        #[test]
        fn any_text(text in "\\PC{0,40}", word in "\\PC{0,2}") {
            prop_assert_eq!(contains(&text, &word), text.contains(&word));
        }
    }
}
