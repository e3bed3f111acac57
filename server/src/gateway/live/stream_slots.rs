//! Limits open streams per session, per user and in total.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::gateway::session::CurrentUser;

/// Maximum streams of one session. The console needs one per browser; the rest allows for streams that a browser has
/// not closed yet.
pub const MAX_PER_SESSION: usize = 6;
/// Maximum streams in total.
pub const MAX_TOTAL: usize = 1000;

/// All open streams.
#[derive(Debug, Default)]
pub struct StreamSlots(Mutex<OpenStreams>);

#[derive(Debug, Default)]
struct OpenStreams {
    next: u64,
    /// Ordered, oldest first.
    open: VecDeque<OpenStream>,
}

#[derive(Debug)]
struct OpenStream {
    number: u64,
    session: Arc<str>,
    user: String,
    replaced: CancellationToken,
}

/// An open stream, counted until it is dropped.
#[derive(Debug)]
pub struct StreamSlot {
    slots: Arc<StreamSlots>,
    number: u64,
    /// Cancelled when a newer stream of the session or user replaces this one.
    pub replaced: CancellationToken,
}

impl StreamSlots {
    /// Opens a stream for a user. If the session or user has too many, their oldest is replaced. `None` if there are
    /// too many in total.
    pub fn take(self: &Arc<Self>, user: &CurrentUser, per_user: usize) -> Option<StreamSlot> {
        self.take_for(&user.session, &user.user.name, per_user)
    }

    fn take_for(self: &Arc<Self>, session: &Arc<str>, user: &str, per_user: usize) -> Option<StreamSlot> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.open.len() >= MAX_TOTAL {
            return None;
        }
        let number = taken.next;
        taken.next += 1;
        taken.replace_oldest(MAX_PER_SESSION, |open| open.session == *session);
        taken.replace_oldest(per_user, |open| open.user == user);
        let replaced = CancellationToken::new();
        taken.open.push_back(OpenStream {
            number,
            session: Arc::clone(session),
            user: user.to_owned(),
            replaced: replaced.clone(),
        });
        Some(StreamSlot { slots: Arc::clone(self), number, replaced })
    }
}

impl OpenStreams {
    /// Cancels the oldest matching stream if there are `most` already.
    fn replace_oldest(&mut self, most: usize, is_own: impl Fn(&OpenStream) -> bool) {
        let own = self.open.iter().filter(|open| is_own(open)).count();
        if own >= most
            && let Some(oldest) = self.open.iter().position(is_own).and_then(|at| self.open.remove(at))
        {
            oldest.replaced.cancel();
        }
    }
}

impl Drop for StreamSlot {
    fn drop(&mut self) {
        let mut taken = self.slots.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.open.retain(|open| open.number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(slots: &[StreamSlot]) -> Vec<usize> {
        slots.iter().enumerate().filter(|(_, slot)| slot.replaced.is_cancelled()).map(|(at, _)| at).collect()
    }

    #[test]
    fn oldest_stream_of_a_session_is_replaced_and_total_is_limited() {
        let slots = Arc::new(StreamSlots::default());
        let take = |number: usize| slots.take_for(&format!("session {number}").into(), &format!("user {number}"), 12);
        let mut own: Vec<StreamSlot> = (0..=MAX_PER_SESSION).map(|_| take(0).unwrap()).collect();
        assert_eq!(replaced(&own), [0]);
        drop(own.pop());
        let again = take(0).unwrap();
        assert_eq!(replaced(&own), [0], "one had left: there was a place");
        let others: Vec<StreamSlot> = (1..=MAX_TOTAL - MAX_PER_SESSION).filter_map(take).collect();
        assert_eq!(others.len(), MAX_TOTAL - MAX_PER_SESSION);
        assert!(take(MAX_TOTAL).is_none());
        drop((own, again));
        assert!(take(MAX_TOTAL).is_some());
        drop(others);
        assert!(slots.0.lock().unwrap().open.is_empty());
    }

    #[test]
    fn oldest_stream_of_a_user_is_replaced_over_all_sessions() {
        let slots = Arc::new(StreamSlots::default());
        let take = |session: usize, user: &str| slots.take_for(&format!("session {session}").into(), user, 12).unwrap();
        let other = take(100, "ben");
        let own: Vec<StreamSlot> = (0..14).map(|session| take(session, "ada")).collect();
        assert_eq!(replaced(&own), [0, 1]);
        assert!(!other.replaced.is_cancelled());
    }
}
