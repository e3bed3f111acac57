//! Equal reads that are under way at the same time are one call. Nothing is kept after it has come.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::answer::Answer;

/// The reads under way, by path and query.
#[derive(Default)]
pub struct Flights(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    /// Counts the writes: a read after a write never joins one that began before it.
    writes: u64,
    reads: HashMap<(u64, String), Answer>,
}

impl Flights {
    /// Joins a read that is under way, or begins one.
    pub fn join(&self, key: String, begin: impl FnOnce() -> Answer) -> Answer {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (inner.writes, key);
        // One that has ended may still wait for its `land`.
        inner.reads.retain(|_, answer| answer.is_under_way());
        inner.reads.entry(key).or_insert_with(begin).clone()
    }

    /// An answer has ended: whoever reads it has a hold of it, nobody else shall.
    pub fn land(&self) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.reads.retain(|_, answer| answer.is_under_way());
    }

    /// A write begins or has ended.
    pub fn written(&self) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.writes = inner.writes.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::{channel, end};
    use super::*;

    #[test]
    fn an_answer_that_has_ended_is_not_kept() {
        let flights = Flights::default();
        let (filler, answer) = channel(&Default::default());
        let joined = flights.join("GET /a".to_owned(), || answer);
        assert!(joined.is_under_way());
        flights.land();
        assert_eq!(flights.0.lock().unwrap().reads.len(), 1, "it is still under way");
        end(&filler, Ok(()));
        flights.land();
        assert_eq!(flights.0.lock().unwrap().reads.len(), 0);
    }
}
