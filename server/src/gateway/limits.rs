//! Limits per person: a number of requests per time window ([`Quota`]), and a number at once ([`ConcurrencyLimit`]).

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::config::LimitsConfig;

/// The window of the quotas.
const WINDOW: Duration = Duration::from_secs(600);

/// The limits by person.
pub struct Limits {
    /// Customer look-ups.
    pub look_ups: Quota,
    /// Concurrent tests of external APIs.
    pub tests: ConcurrencyLimit,
    /// Demo sign-ins, counted over everybody.
    pub demo_sign_ins: Quota,
}

impl Limits {
    /// Creates the configured limits.
    pub fn new(config: LimitsConfig) -> Self {
        Self {
            look_ups: Quota::new(config.look_ups, WINDOW),
            tests: ConcurrencyLimit::new(config.tests),
            demo_sign_ins: Quota::new(config.demo_sign_ins, WINDOW),
        }
    }
}

/// A sliding-window rate limit by person.
pub struct Quota {
    limit: usize,
    window: Duration,
    taken: Mutex<HashMap<String, VecDeque<Instant>>>,
}

impl Quota {
    /// Allows `limit` in any `window`.
    pub fn new(limit: u32, window: Duration) -> Self {
        Self { limit: limit as usize, window, taken: Mutex::default() }
    }

    /// Takes one from the quota.
    ///
    /// # Errors
    /// Seconds until the next is available.
    pub fn take(&self, person: &str) -> Result<(), u32> {
        self.take_at(person, Instant::now())
    }

    fn take_at(&self, person: &str, now: Instant) -> Result<(), u32> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |time: &Instant| now.duration_since(*time) >= self.window;
        if !all.contains_key(person) {
            // Bounds the map: only people who were active within the window keep an entry.
            all.retain(|_, times| times.back().is_some_and(|time| !is_over(time)));
        }
        let times = all.entry(person.to_owned()).or_default();
        while times.front().is_some_and(is_over) {
            times.pop_front();
        }
        if times.len() < self.limit {
            times.push_back(now);
            return Ok(());
        }
        let wait = times.front().map_or(self.window, |oldest| self.window.saturating_sub(now.duration_since(*oldest)));
        Err(u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX))
    }
}

/// A concurrency limit by person.
#[derive(Clone)]
pub struct ConcurrencyLimit {
    limit: u32,
    taken: Arc<Mutex<HashMap<String, u32>>>,
}

/// One permit, returned on drop.
pub struct ConcurrencyPermit {
    limit: ConcurrencyLimit,
    person: String,
}

impl ConcurrencyLimit {
    /// Allows `limit` at once.
    pub fn new(limit: u32) -> Self {
        Self { limit, taken: Arc::default() }
    }

    /// Takes a permit; `None` if all are taken.
    pub fn take(&self, person: &str) -> Option<ConcurrencyPermit> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = all.get(person).copied().unwrap_or(0);
        if taken >= self.limit {
            return None;
        }
        all.insert(person.to_owned(), taken + 1);
        Some(ConcurrencyPermit { limit: self.clone(), person: person.to_owned() })
    }
}

impl Drop for ConcurrencyPermit {
    fn drop(&mut self) {
        let mut all = self.limit.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = all.get_mut(&self.person) {
            *taken -= 1;
            if *taken == 0 {
                all.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quota_is_per_person_with_a_sliding_window() {
        let quota = Quota::new(2, Duration::from_secs(10));
        let begun = Instant::now();
        let at = |seconds: u64| begun + Duration::from_secs(seconds);
        assert_eq!(quota.take_at("ruth", at(0)), Ok(()));
        assert_eq!(quota.take_at("ruth", at(4)), Ok(()));
        assert_eq!(quota.take_at("ruth", at(5)), Err(6));
        assert_eq!(quota.take_at("ann", at(5)), Ok(()));
        assert_eq!(quota.take_at("ruth", at(10)), Ok(()), "the first has left the window");
        assert_eq!(quota.take_at("ruth", at(11)), Err(4));
        let _ = quota.take_at("new", at(40));
        assert_eq!(quota.taken.lock().unwrap().len(), 1, "who was here before is forgotten");
    }

    #[test]
    fn dropped_permit_is_available_again() {
        let places = ConcurrencyLimit::new(2);
        let first = places.take("ruth").unwrap();
        let _second = places.take("ruth").unwrap();
        assert!(places.take("ruth").is_none());
        assert!(places.take("ann").is_some());
        drop(first);
        assert!(places.take("ruth").is_some());
        assert_eq!(places.taken.lock().unwrap().len(), 1);
    }
}
