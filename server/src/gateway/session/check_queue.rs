//! Queue for password checks. A few checks run at once, each with reused memory; a few more wait.
//!
//! A flood of attempts must not delay legitimate users. Browsers that signed in before come first; then attempts with
//! the fewest waiting attempts of the same name and network; while many wait, the newest first. The rest are rejected at
//! once. While many wait, no attempt waits longer than [`MAX_WAIT`].

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::Block;
use tokio::sync::oneshot;

/// Maximum number of waiting attempts, separately for browsers that signed in before and for others.
const MAX_WAITING: usize = 32;
/// With at most this many waiting, the oldest comes first.
const CALM_WAITING: usize = 8;
/// Maximum wait of an attempt while many wait.
const MAX_WAIT: Duration = Duration::from_millis(900);
/// Multiple of that wait when few are waiting: a slow machine must not reject them.
const CALM_ROUNDS: usize = 4;

/// An attempt to sign in.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Key of the user name.
    pub name: String,
    /// Network of the attempt, as text.
    pub network: String,
    /// True if the browser has signed in as this name before.
    pub is_trusted: bool,
}

/// Memory for the checks, and the attempts that wait for it.
pub struct CheckQueue(Mutex<Queue>);

struct Queue {
    /// Unused memory.
    idle: Vec<Vec<Block>>,
    waiting: Vec<Waiter>,
    number: u64,
}

struct Waiter {
    attempt: Attempt,
    number: u64,
    permit: oneshot::Sender<CheckPermit>,
}

/// Permit to check one password, with the memory for it. Dropping it passes it on to the next attempt.
pub struct CheckPermit {
    queue: Arc<CheckQueue>,
    memory: Option<Vec<Block>>,
}

impl CheckPermit {
    /// The memory for argon2.
    pub fn memory(&mut self) -> &mut Vec<Block> {
        self.memory.get_or_insert_default()
    }
}

impl Drop for CheckPermit {
    fn drop(&mut self) {
        if let Some(memory) = self.memory.take() {
            self.queue.release(memory);
        }
    }
}

impl Default for CheckQueue {
    fn default() -> Self {
        // Half of the processors; the other half serves all other requests.
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Self::with_permits((processors / 2).clamp(1, 4))
    }
}

impl CheckQueue {
    /// Creates a queue with a number of concurrent checks. Memory is allocated at first use.
    fn with_permits(checks: usize) -> Self {
        Self(Mutex::new(Queue { idle: vec![Vec::new(); checks], waiting: Vec::new(), number: 0 }))
    }

    /// Waits for a permit; `None` if too many are waiting.
    pub async fn acquire(self: &Arc<Self>, ticket: Attempt) -> Option<CheckPermit> {
        let mut turn = {
            let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(memory) = queue.idle.pop() {
                return Some(CheckPermit { queue: Arc::clone(self), memory: Some(memory) });
            }
            let (turn, taken) = oneshot::channel();
            queue.number += 1;
            let number = queue.number;
            queue.waiting.push(Waiter { attempt: ticket, number, permit: turn });
            // Dropping their sender rejects them at once.
            queue.reject_excess();
            taken
        };
        for _ in 0..CALM_ROUNDS {
            match tokio::time::timeout(MAX_WAIT, &mut turn).await {
                Ok(taken) => return taken.ok(),
                Err(_) if self.is_calm() => {}
                Err(_) => break,
            }
        }
        // A permit that arrives at the last moment is dropped here and goes to the next attempt.
        None
    }

    fn is_calm(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).waiting.len() <= CALM_WAITING
    }

    /// Passes memory on to the next attempt.
    fn release(self: &Arc<Self>, memory: Vec<Block>) {
        let mut turn = CheckPermit { queue: Arc::clone(self), memory: Some(memory) };
        loop {
            let next = {
                let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                let next = queue.take_next();
                if next.is_none() {
                    queue.idle.extend(turn.memory.take());
                }
                next
            };
            let Some(next) = next else { return };
            // Attempts that have given up are skipped.
            match next.permit.send(turn) {
                Ok(()) => return,
                Err(back) => turn = back,
            }
        }
    }
}

impl Queue {
    /// Removes the next attempt from the queue.
    fn take_next(&mut self) -> Option<Waiter> {
        self.waiting.retain(|waiter| !waiter.permit.is_closed());
        let calm = self.waiting.len() <= CALM_WAITING;
        let best = self.waiting.iter().enumerate().min_by_key(|(_, waiter)| {
            let order = if calm || waiter.attempt.is_trusted { waiter.number } else { u64::MAX - waiter.number };
            let beside = if calm { 0 } else { self.waiting_beside(waiter).1 };
            (!waiter.attempt.is_trusted, beside, order)
        });
        let (index, _) = best?;
        Some(self.waiting.swap_remove(index))
    }

    /// Rejects the oldest attempt of the largest group if too many are waiting.
    fn reject_excess(&mut self) {
        self.waiting.retain(|waiter| !waiter.permit.is_closed());
        for known in [true, false] {
            let kind = || self.waiting.iter().enumerate().filter(|(_, waiter)| waiter.attempt.is_trusted == known);
            if kind().count() > MAX_WAITING {
                let worst = kind().max_by_key(|(_, waiter)| (self.waiting_beside(waiter), u64::MAX - waiter.number));
                if let Some((index, _)) = worst {
                    self.waiting.swap_remove(index);
                    return;
                }
            }
        }
    }

    /// Number of waiting attempts from the same network, and of those with the same name.
    fn waiting_beside(&self, one: &Waiter) -> (usize, usize) {
        let network = self.waiting.iter().filter(|other| other.attempt.network == one.attempt.network);
        let name = network.clone().filter(|other| other.attempt.name == one.attempt.name);
        (network.count(), name.count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(name: &str, network: &str, known: bool) -> Attempt {
        Attempt { name: name.to_owned(), network: network.to_owned(), is_trusted: known }
    }

    /// A queue whose only permit is taken, and the attempts waiting in it, in order.
    async fn fill_queue(tickets: Vec<Attempt>) -> (CheckPermit, Vec<tokio::task::JoinHandle<Option<CheckPermit>>>) {
        let queue = Arc::new(CheckQueue::with_permits(1));
        let first = queue.acquire(ticket("first", "a", false)).await.unwrap();
        let mut waiting = Vec::new();
        for ticket in tickets {
            let (queue, number) = (Arc::clone(&queue), waiting.len());
            waiting.push(tokio::spawn(async move { queue.acquire(ticket).await }));
            let entered = |queue: &Queue| queue.number > number as u64;
            while !entered(&first.queue.0.lock().unwrap()) {
                tokio::task::yield_now().await;
            }
        }
        (first, waiting)
    }

    #[tokio::test]
    async fn eight_attempts_of_one_name_are_all_checked() {
        let (first, waiting) = fill_queue((0..8).map(|_| ticket("ruth", "a", false)).collect()).await;
        drop(first);
        for turn in waiting {
            assert!(turn.await.unwrap().is_some());
        }
    }

    #[tokio::test]
    async fn legitimate_attempt_is_next_after_a_flood() {
        let flood = |names: bool, networks: bool| {
            (0..300).map(move |number| {
                let name = if names { format!("name {number}") } else { "ruth".to_owned() };
                let network = if networks { format!("network {number}") } else { "a".to_owned() };
                ticket(&name, &network, false)
            })
        };
        for (names, networks) in [(false, false), (true, false), (false, true), (true, true)] {
            let right = ticket("ann", "a", false);
            let (first, mut waiting) = fill_queue(flood(names, networks).chain([right]).collect()).await;
            let right = waiting.pop().unwrap();
            drop(first);
            let turn = right.await.unwrap();
            assert!(turn.is_some(), "names {names}, networks {networks}");
            let early = waiting.iter().filter(|wait| wait.is_finished()).count();
            assert!((260..300).contains(&early), "{early} are told at once");
            waiting.iter().for_each(|wait| wait.abort());
        }
    }

    #[tokio::test]
    async fn trusted_device_is_never_crowded_out() {
        let own = ticket("ruth", "a", true);
        let strangers = (0..300).map(|number| ticket(&format!("name {number}"), &format!("{number}"), false));
        let (first, mut waiting) = fill_queue([own].into_iter().chain(strangers).collect()).await;
        let own = waiting.remove(0);
        drop(first);
        assert!(own.await.unwrap().is_some());
        waiting.iter().for_each(|wait| wait.abort());
    }

    #[tokio::test]
    async fn unclaimed_permit_goes_to_the_next_attempt() {
        let (first, waiting) = fill_queue(vec![ticket("ruth", "a", false), ticket("ann", "b", false)]).await;
        waiting[0].abort();
        while !waiting[0].is_finished() {
            tokio::task::yield_now().await;
        }
        drop(first);
        let mut waiting = waiting;
        assert!(waiting.remove(1).await.unwrap().is_some());
    }
}
