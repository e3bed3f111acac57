//! How much of the vendors' answers is in memory at once: over all that are under way, and for one person.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::gateway::refusal::Refused;

/// The most bytes of all.
const MOST: usize = 512 << 20;
/// The most for one person: two of the largest answers. Whoever reads none of theirs leaves three quarters to others.
const PER_USER: usize = 128 << 20;

static HELD: LazyLock<Mutex<Total>> = LazyLock::new(Mutex::default);

#[derive(Debug, Default)]
struct Total {
    all: usize,
    by_user: HashMap<Arc<str>, usize>,
}

/// One answer's share. It is given back when this is dropped.
#[derive(Debug, Default)]
pub struct Held {
    bytes: usize,
    /// Whom it counts for; empty for the gateway itself.
    user: Arc<str>,
}

impl Held {
    /// A share that counts for a user.
    pub fn of(user: &Arc<str>) -> Self {
        Self { bytes: 0, user: Arc::clone(user) }
    }

    /// Takes more.
    ///
    /// # Errors
    /// When too much is held already: the browser may try again in a second.
    pub fn grow(&mut self, more: usize) -> Result<(), Refused> {
        let mut total = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        let own = total.by_user.get(&self.user).copied().unwrap_or_default().saturating_add(more);
        let all = total.all.saturating_add(more);
        if all > MOST || (!self.user.is_empty() && own > PER_USER) {
            return Err(Refused::budget(1, "Too many large answers are under way."));
        }
        total.all = all;
        if !self.user.is_empty() {
            total.by_user.insert(Arc::clone(&self.user), own);
        }
        self.bytes += more;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.bytes == 0 {
            return;
        }
        let mut total = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        total.all = total.all.saturating_sub(self.bytes);
        if let Some(own) = total.by_user.get_mut(&self.user) {
            *own = own.saturating_sub(self.bytes);
            if *own == 0 {
                total.by_user.remove(&self.user);
            }
        }
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
        let (ada, ben) = (Arc::<str>::from("ada"), Arc::<str>::from("ben"));
        let (mut first, mut second) = (Held::of(&ada), Held::of(&ada));
        assert!(first.grow(PER_USER - 10).is_ok());
        assert!(second.grow(10).is_ok());
        assert_eq!(second.grow(1).unwrap_err().word, "budget");
        assert!(Held::of(&ben).grow(PER_USER).is_ok(), "another person has a share too");
        drop(first);
        assert!(second.grow(PER_USER - 10).is_ok());
        drop((second, other));
        let total = HELD.lock().unwrap();
        assert_eq!((total.all, total.by_user.len()), (0, 0));
    }
}
