//! Limits the vendors' response data in memory, in total and per user.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::gateway::error::ApiError;

/// Maximum bytes in total.
const MAX_TOTAL: usize = 512 << 20;
/// Maximum bytes for one user: two of the largest responses. A user who reads none of them leaves three quarters to
/// others.
const MAX_PER_USER: usize = 128 << 20;

static IN_USE: LazyLock<Mutex<Usage>> = LazyLock::new(Mutex::default);

#[derive(Debug, Default)]
struct Usage {
    all: usize,
    by_user: HashMap<Arc<str>, usize>,
}

/// One response's share, released on drop.
#[derive(Debug, Default)]
pub struct MemoryPermit {
    bytes: usize,
    /// User whose limit it counts for; empty for the gateway itself.
    user: Arc<str>,
}

impl MemoryPermit {
    /// Creates an empty share that counts for a user.
    pub fn for_user(user: &Arc<str>) -> Self {
        Self { bytes: 0, user: Arc::clone(user) }
    }

    /// Adds bytes to the share.
    ///
    /// # Errors
    /// If a limit is reached; the browser may retry after a second.
    pub fn grow(&mut self, more: usize) -> Result<(), ApiError> {
        let mut total = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        let own = total.by_user.get(&self.user).copied().unwrap_or_default().saturating_add(more);
        let all = total.all.saturating_add(more);
        if all > MAX_TOTAL || (!self.user.is_empty() && own > MAX_PER_USER) {
            return Err(ApiError::budget(1, "Too many large answers are under way."));
        }
        total.all = all;
        if !self.user.is_empty() {
            total.by_user.insert(Arc::clone(&self.user), own);
        }
        self.bytes += more;
        Ok(())
    }
}

impl Drop for MemoryPermit {
    fn drop(&mut self) {
        if self.bytes == 0 {
            return;
        }
        let mut total = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
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
    fn memory_is_limited_in_total_and_per_user() {
        let (mut one, mut other) = (MemoryPermit::default(), MemoryPermit::default());
        assert!(one.grow(MAX_TOTAL - 10).is_ok());
        assert!(other.grow(10).is_ok());
        let error = other.grow(1).unwrap_err();
        assert_eq!((error.code, error.retry_after), ("budget", Some(1)));
        drop(one);
        let (ada, ben) = (Arc::<str>::from("ada"), Arc::<str>::from("ben"));
        let (mut first, mut second) = (MemoryPermit::for_user(&ada), MemoryPermit::for_user(&ada));
        assert!(first.grow(MAX_PER_USER - 10).is_ok());
        assert!(second.grow(10).is_ok());
        assert_eq!(second.grow(1).unwrap_err().code, "budget");
        assert!(MemoryPermit::for_user(&ben).grow(MAX_PER_USER).is_ok(), "another person has a share too");
        drop(first);
        assert!(second.grow(MAX_PER_USER - 10).is_ok());
        drop((second, other));
        let total = IN_USE.lock().unwrap();
        assert_eq!((total.all, total.by_user.len()), (0, 0));
    }
}
