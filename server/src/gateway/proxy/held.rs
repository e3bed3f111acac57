//! How much of the vendors' answers is in memory at once, over all that are under way.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::gateway::refusal::Refused;

/// The most bytes; one answer may have an eighth of it.
const MOST: usize = 512 << 20;

static ALL: AtomicUsize = AtomicUsize::new(0);

/// One answer's share. It is given back when this is dropped.
#[derive(Debug, Default)]
pub struct Held(usize);

impl Held {
    /// Takes more.
    ///
    /// # Errors
    /// When too much is held already: the browser may try again in a second.
    pub fn grow(&mut self, more: usize) -> Result<(), Refused> {
        if ALL.fetch_add(more, Ordering::Relaxed).saturating_add(more) > MOST {
            ALL.fetch_sub(more, Ordering::Relaxed);
            return Err(Refused::budget(1, "Too many large answers are under way."));
        }
        self.0 += more;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        ALL.fetch_sub(self.0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_has_an_end_and_comes_back() {
        let (mut one, mut other) = (Held::default(), Held::default());
        assert!(one.grow(MOST - 10).is_ok());
        assert!(other.grow(10).is_ok());
        let refused = other.grow(1).unwrap_err();
        assert_eq!((refused.word, refused.retry_after), ("budget", Some(1)));
        drop(one);
        assert!(other.grow(MOST - 10).is_ok());
        drop(other);
        assert!(Held::default().grow(MOST).is_ok());
    }
}
