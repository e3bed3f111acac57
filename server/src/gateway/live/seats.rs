//! How many streams are open: few per session, and not without end in all.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

/// Streams of one session. The console needs one per browser; the rest is for what a browser hasn't closed yet.
pub const PER_SESSION: usize = 6;
/// Streams of all.
pub const ALL: usize = 1000;

/// The open streams.
#[derive(Debug, Default)]
pub struct Seats(Mutex<Taken>);

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    sessions: HashMap<Arc<str>, VecDeque<(u64, CancellationToken)>>,
}

/// An open stream; it is counted until this is dropped.
#[derive(Debug)]
pub struct Seat {
    seats: Arc<Seats>,
    session: Arc<str>,
    number: u64,
    /// Cancelled when a newer stream of the session takes the place.
    pub replaced: CancellationToken,
}

impl Seats {
    /// A place for a session's stream; its oldest goes if it has too many. None if there are too many of all.
    pub fn take(self: &Arc<Self>, session: &Arc<str>) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.sessions.values().map(VecDeque::len).sum::<usize>() >= ALL {
            return None;
        }
        let number = taken.next;
        taken.next += 1;
        let replaced = CancellationToken::new();
        let own = taken.sessions.entry(Arc::clone(session)).or_default();
        own.push_back((number, replaced.clone()));
        if own.len() > PER_SESSION
            && let Some((_, oldest)) = own.pop_front()
        {
            oldest.cancel();
        }
        Some(Seat { seats: Arc::clone(self), session: Arc::clone(session), number, replaced })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.sessions.get_mut(&self.session) {
            own.retain(|(number, _)| *number != self.number);
            if own.is_empty() {
                taken.sessions.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_of_a_session_goes_and_all_have_an_end() {
        let seats = Arc::new(Seats::default());
        let session = |number: usize| -> Arc<str> { format!("session {number}").into() };
        let mut own: Vec<Seat> = (0..=PER_SESSION).map(|_| seats.take(&session(0)).unwrap()).collect();
        let replaced: Vec<bool> = own.iter().map(|seat| seat.replaced.is_cancelled()).collect();
        assert_eq!(replaced.iter().filter(|replaced| **replaced).count(), 1);
        assert!(replaced[0], "the oldest");
        drop(own.pop());
        let again = seats.take(&session(0)).unwrap();
        assert!(!own[1].replaced.is_cancelled(), "one had left: there was a place");
        let others: Vec<Seat> = (1..=ALL - PER_SESSION).filter_map(|number| seats.take(&session(number))).collect();
        assert_eq!(others.len(), ALL - PER_SESSION);
        assert!(seats.take(&session(ALL)).is_none());
        drop((own, again));
        assert!(seats.take(&session(ALL)).is_some());
        drop(others);
        assert!(seats.0.lock().unwrap().sessions.is_empty());
    }
}
