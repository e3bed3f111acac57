//! How many streams are open: few per session and per user, and not without end in all.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::gateway::session::SignedIn;

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
    /// Oldest first.
    open: VecDeque<Open>,
}

#[derive(Debug)]
struct Open {
    number: u64,
    session: Arc<str>,
    user: String,
    replaced: CancellationToken,
}

/// An open stream; it is counted until this is dropped.
#[derive(Debug)]
pub struct Seat {
    seats: Arc<Seats>,
    number: u64,
    /// Cancelled when a newer stream of the session or user takes the place.
    pub replaced: CancellationToken,
}

impl Seats {
    /// A place for a user's stream; the oldest of the session or of the user goes if there are too many. None if there
    /// are too many of all.
    pub fn take(self: &Arc<Self>, who: &SignedIn, per_user: usize) -> Option<Seat> {
        self.place(&who.session, &who.user.name, per_user)
    }

    fn place(self: &Arc<Self>, session: &Arc<str>, user: &str, per_user: usize) -> Option<Seat> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.open.len() >= ALL {
            return None;
        }
        let number = taken.next;
        taken.next += 1;
        taken.replace_oldest(PER_SESSION, |open| open.session == *session);
        taken.replace_oldest(per_user, |open| open.user == user);
        let replaced = CancellationToken::new();
        taken.open.push_back(Open {
            number,
            session: Arc::clone(session),
            user: user.to_owned(),
            replaced: replaced.clone(),
        });
        Some(Seat { seats: Arc::clone(self), number, replaced })
    }
}

impl Taken {
    /// Makes room for one more where there are `most` already.
    fn replace_oldest(&mut self, most: usize, is_own: impl Fn(&Open) -> bool) {
        let own = self.open.iter().filter(|open| is_own(open)).count();
        if own >= most
            && let Some(oldest) = self.open.iter().position(is_own).and_then(|at| self.open.remove(at))
        {
            oldest.replaced.cancel();
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.open.retain(|open| open.number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(seats: &[Seat]) -> Vec<usize> {
        seats.iter().enumerate().filter(|(_, seat)| seat.replaced.is_cancelled()).map(|(at, _)| at).collect()
    }

    #[test]
    fn the_oldest_of_a_session_goes_and_all_have_an_end() {
        let seats = Arc::new(Seats::default());
        let take = |number: usize| seats.place(&format!("session {number}").into(), &format!("user {number}"), 12);
        let mut own: Vec<Seat> = (0..=PER_SESSION).map(|_| take(0).unwrap()).collect();
        assert_eq!(replaced(&own), [0]);
        drop(own.pop());
        let again = take(0).unwrap();
        assert_eq!(replaced(&own), [0], "one had left: there was a place");
        let others: Vec<Seat> = (1..=ALL - PER_SESSION).filter_map(take).collect();
        assert_eq!(others.len(), ALL - PER_SESSION);
        assert!(take(ALL).is_none());
        drop((own, again));
        assert!(take(ALL).is_some());
        drop(others);
        assert!(seats.0.lock().unwrap().open.is_empty());
    }

    #[test]
    fn the_oldest_of_a_user_goes_over_all_sessions() {
        let seats = Arc::new(Seats::default());
        let take = |session: usize, user: &str| seats.place(&format!("session {session}").into(), user, 12).unwrap();
        let other = take(100, "ben");
        let own: Vec<Seat> = (0..14).map(|session| take(session, "ada")).collect();
        assert_eq!(replaced(&own), [0, 1]);
        assert!(!other.replaced.is_cancelled());
    }
}
