//! A call budget shared by all users, in a sliding window.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::config::BudgetConfig;

/// A sliding-window rate limit.
pub struct Budget {
    calls: usize,
    window: Duration,
    spent: Mutex<VecDeque<Instant>>,
}

impl Budget {
    /// Creates an unused budget.
    pub fn new(config: BudgetConfig) -> Self {
        let calls = usize::try_from(config.calls).unwrap_or(usize::MAX);
        Self { calls, window: Duration::from_secs(config.seconds.into()), spent: Mutex::default() }
    }

    /// Spends one call.
    ///
    /// # Errors
    /// Seconds until the next call is allowed.
    pub fn take(&self) -> Result<(), u32> {
        let now = Instant::now();
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        self.drop_old(&mut spent, now);
        match spent.front() {
            Some(oldest) if spent.len() >= self.calls => {
                let wait = self.window.saturating_sub(now.duration_since(*oldest));
                Err(u32::try_from(wait.as_millis().div_ceil(1000).max(1)).unwrap_or(u32::MAX))
            }
            _ => {
                spent.push_back(now);
                Ok(())
            }
        }
    }

    /// Number of calls left now.
    pub fn left(&self) -> u32 {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        self.drop_old(&mut spent, Instant::now());
        u32::try_from(self.calls.saturating_sub(spent.len())).unwrap_or(u32::MAX)
    }

    fn drop_old(&self, spent: &mut VecDeque<Instant>, now: Instant) {
        while spent.front().is_some_and(|oldest| now.duration_since(*oldest) >= self.window) {
            spent.pop_front();
        }
    }
}
