//! Merges equal concurrent reads into one call. Nothing is cached after it has ended.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::shared_response::SharedResponse;
use crate::vendor_request::VendorRequest;

/// Reads in flight, by request.
#[derive(Default)]
pub struct SingleFlight(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    /// Incremented by each write: a read after a write never joins one that began before it.
    generation: u64,
    reads: HashMap<(u64, String), SharedResponse>,
}

impl SingleFlight {
    /// Joins an equal read in flight, or begins one.
    pub fn join(&self, key: String, begin: impl FnOnce() -> SharedResponse) -> SharedResponse {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (inner.generation, key);
        // An ended one may not have been removed by `complete` yet.
        inner.reads.retain(|_, response| response.is_in_flight());
        inner.reads.entry(key).or_insert_with(begin).clone()
    }

    /// Removes ended responses. Current readers hold a clone.
    pub fn complete(&self) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.reads.retain(|_, response| response.is_in_flight());
    }

    /// Call it when a write begins and when it has ended.
    pub fn bump_generation(&self) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.generation = inner.generation.wrapping_add(1);
    }
}

/// Key of equal reads. The user is not part of it: the vendor sees the same credentials for all users.
pub fn read_key(call: &VendorRequest) -> String {
    let mut key = format!("{} {}", call.endpoint.method, call.path);
    for (name, value) in &call.query {
        key.push('\0');
        key.push_str(name);
        key.push('\0');
        key.push_str(value);
    }
    key.push('\n');
    key.push_str(&String::from_utf8_lossy(&call.body));
    key
}

#[cfg(test)]
mod tests {
    use super::super::shared_response::{channel, finish};
    use super::*;

    #[test]
    fn ended_response_is_removed() {
        let reads_in_flight = SingleFlight::default();
        let (writer, response) = channel(&Default::default());
        let joined = reads_in_flight.join("GET /a".to_owned(), || response);
        assert!(joined.is_in_flight());
        reads_in_flight.complete();
        assert_eq!(reads_in_flight.0.lock().unwrap().reads.len(), 1, "it is still under way");
        finish(&writer, Ok(()));
        reads_in_flight.complete();
        assert_eq!(reads_in_flight.0.lock().unwrap().reads.len(), 0);
    }
}
