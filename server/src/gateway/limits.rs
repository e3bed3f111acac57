//! What one person may ask for: so much in a while ([`Quota`]), and so much at once ([`Places`]).

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::config::LimitsConfig;

/// The window of the quotas.
const WINDOW: Duration = Duration::from_secs(600);

/// The limits by person.
pub struct Limits {
    /// Look-ups of customers.
    pub look_ups: Quota,
    /// Tests of external APIs under way.
    pub tests: Places,
    /// Sign-ins of demo users, of everybody together.
    pub demo_sign_ins: Quota,
}

impl Limits {
    /// As configured.
    pub fn new(config: LimitsConfig) -> Self {
        Self {
            look_ups: Quota::new(config.look_ups, WINDOW),
            tests: Places::new(config.tests),
            demo_sign_ins: Quota::new(config.demo_sign_ins, WINDOW),
        }
    }
}

/// At most so many in any window, by person.
pub struct Quota {
    limit: usize,
    window: Duration,
    taken: Mutex<HashMap<String, VecDeque<Instant>>>,
}

impl Quota {
    /// So many in so long.
    pub fn new(limit: u32, window: Duration) -> Self {
        Self { limit: limit as usize, window, taken: Mutex::default() }
    }

    /// Takes one.
    ///
    /// # Errors
    /// Seconds until there is one again.
    pub fn take(&self, person: &str) -> Result<(), u32> {
        self.take_at(person, Instant::now())
    }

    fn take_at(&self, person: &str, now: Instant) -> Result<(), u32> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |time: &Instant| now.duration_since(*time) >= self.window;
        if !all.contains_key(person) {
            // As many entries as there are people who were here within the window.
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

/// At most so many at once, by person.
#[derive(Clone)]
pub struct Places {
    limit: u32,
    taken: Arc<Mutex<HashMap<String, u32>>>,
}

/// One place, until it is dropped.
pub struct Place {
    places: Places,
    person: String,
}

impl Places {
    /// So many at once.
    pub fn new(limit: u32) -> Self {
        Self { limit, taken: Arc::default() }
    }

    /// Takes a place, if there is one.
    pub fn take(&self, person: &str) -> Option<Place> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = all.get(person).copied().unwrap_or(0);
        if taken >= self.limit {
            return None;
        }
        all.insert(person.to_owned(), taken + 1);
        Some(Place { places: self.clone(), person: person.to_owned() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
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
    fn a_quota_is_per_person_and_slides() {
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
    fn a_place_is_free_again_when_it_is_left() {
        let places = Places::new(2);
        let first = places.take("ruth").unwrap();
        let _second = places.take("ruth").unwrap();
        assert!(places.take("ruth").is_none());
        assert!(places.take("ann").is_some());
        drop(first);
        assert!(places.take("ruth").is_some());
        assert_eq!(places.taken.lock().unwrap().len(), 1);
    }
}
