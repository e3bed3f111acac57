//! Who checks a password next. A few checks run at once, each with a memory of its own that is reused; a few more wait.
//!
//! A flood must not make anybody wait: browsers that signed in before come first; then whoever has the fewest others of
//! the same name and network beside them, and in a crowd the newest. The rest are refused at once, and in a crowd nobody
//! waits for longer than [`PATIENCE`].

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::Block;
use tokio::sync::oneshot;

/// Attempts that wait; of each kind (browsers that signed in before, others) so many.
const WAITING: usize = 32;
/// With fewer than this many waiting, the oldest comes first.
const CALM: usize = 8;
/// How long an attempt waits in a crowd, …
const PATIENCE: Duration = Duration::from_millis(900);
/// … and how many times as long where few wait: a slow machine must not refuse them.
const CALM_ROUNDS: usize = 4;

/// Who waits.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The name's key.
    pub name: String,
    /// The network that the attempt comes from, as text.
    pub network: String,
    /// Whether the browser once signed in as this name.
    pub known: bool,
}

/// The memories and who waits for them.
pub struct CheckQueue(Mutex<Queue>);

struct Queue {
    /// Memories that nobody uses.
    idle: Vec<Vec<Block>>,
    waiting: Vec<Waiter>,
    number: u64,
}

struct Waiter {
    ticket: Ticket,
    number: u64,
    turn: oneshot::Sender<Turn>,
}

/// The right to check one password, with the memory for it. Dropped, the next one has it.
pub struct Turn {
    queue: Arc<CheckQueue>,
    memory: Option<Vec<Block>>,
}

impl Turn {
    /// The memory.
    pub fn memory(&mut self) -> &mut Vec<Block> {
        self.memory.get_or_insert_default()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(memory) = self.memory.take() {
            self.queue.give(memory);
        }
    }
}

impl Default for CheckQueue {
    fn default() -> Self {
        // Half of the processors: the other half answers everybody else.
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Self::of((processors / 2).clamp(1, 4))
    }
}

impl CheckQueue {
    /// So many checks at once. The memories are filled when they are first used.
    fn of(checks: usize) -> Self {
        Self(Mutex::new(Queue { idle: vec![Vec::new(); checks], waiting: Vec::new(), number: 0 }))
    }

    /// Waits for a turn; none where too many wait.
    pub async fn turn(self: &Arc<Self>, ticket: Ticket) -> Option<Turn> {
        let mut turn = {
            let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(memory) = queue.idle.pop() {
                return Some(Turn { queue: Arc::clone(self), memory: Some(memory) });
            }
            let (turn, taken) = oneshot::channel();
            queue.number += 1;
            let number = queue.number;
            queue.waiting.push(Waiter { ticket, number, turn });
            // Their sender is dropped: they are told at once.
            queue.refuse_one_too_many();
            taken
        };
        for _ in 0..CALM_ROUNDS {
            match tokio::time::timeout(PATIENCE, &mut turn).await {
                Ok(taken) => return taken.ok(),
                Err(_) if self.is_calm() => {}
                Err(_) => break,
            }
        }
        // A turn that comes at the very end of the time is dropped here, and goes to the next.
        None
    }

    fn is_calm(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).waiting.len() <= CALM
    }

    /// Hands a memory on.
    fn give(self: &Arc<Self>, memory: Vec<Block>) {
        let mut turn = Turn { queue: Arc::clone(self), memory: Some(memory) };
        loop {
            let next = {
                let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                let next = queue.next();
                if next.is_none() {
                    queue.idle.extend(turn.memory.take());
                }
                next
            };
            let Some(next) = next else { return };
            // Whoever no longer waits is passed over.
            match next.turn.send(turn) {
                Ok(()) => return,
                Err(back) => turn = back,
            }
        }
    }
}

impl Queue {
    /// Takes out who comes next.
    fn next(&mut self) -> Option<Waiter> {
        self.waiting.retain(|waiter| !waiter.turn.is_closed());
        let calm = self.waiting.len() <= CALM;
        let best = self.waiting.iter().enumerate().min_by_key(|(_, waiter)| {
            let order = if calm || waiter.ticket.known { waiter.number } else { u64::MAX - waiter.number };
            let beside = if calm { 0 } else { self.beside(waiter).1 };
            (!waiter.ticket.known, beside, order)
        });
        let (index, _) = best?;
        Some(self.waiting.swap_remove(index))
    }

    /// With too many of a kind waiting, the oldest of the largest crowd is refused.
    fn refuse_one_too_many(&mut self) {
        self.waiting.retain(|waiter| !waiter.turn.is_closed());
        for known in [true, false] {
            let kind = || self.waiting.iter().enumerate().filter(|(_, waiter)| waiter.ticket.known == known);
            if kind().count() > WAITING {
                let worst = kind().max_by_key(|(_, waiter)| (self.beside(waiter), u64::MAX - waiter.number));
                if let Some((index, _)) = worst {
                    self.waiting.swap_remove(index);
                    return;
                }
            }
        }
    }

    /// How many wait from the same network, and how many of them for the same name.
    fn beside(&self, one: &Waiter) -> (usize, usize) {
        let network = self.waiting.iter().filter(|other| other.ticket.network == one.ticket.network);
        let name = network.clone().filter(|other| other.ticket.name == one.ticket.name);
        (network.count(), name.count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(name: &str, network: &str, known: bool) -> Ticket {
        Ticket { name: name.to_owned(), network: network.to_owned(), known }
    }

    /// A queue whose one memory is taken, and who waits in it, in order.
    async fn crowd(tickets: Vec<Ticket>) -> (Turn, Vec<tokio::task::JoinHandle<Option<Turn>>>) {
        let queue = Arc::new(CheckQueue::of(1));
        let first = queue.turn(ticket("first", "a", false)).await.unwrap();
        let mut waiting = Vec::new();
        for ticket in tickets {
            let (queue, number) = (Arc::clone(&queue), waiting.len());
            waiting.push(tokio::spawn(async move { queue.turn(ticket).await }));
            let entered = |queue: &Queue| queue.number > number as u64;
            while !entered(&first.queue.0.lock().unwrap()) {
                tokio::task::yield_now().await;
            }
        }
        (first, waiting)
    }

    #[tokio::test]
    async fn eight_of_one_name_all_have_their_turn() {
        let (first, waiting) = crowd((0..8).map(|_| ticket("ruth", "a", false)).collect()).await;
        drop(first);
        for turn in waiting {
            assert!(turn.await.unwrap().is_some());
        }
    }

    #[tokio::test]
    async fn behind_a_flood_the_right_one_is_next() {
        let flood = |names: bool, networks: bool| {
            (0..300).map(move |number| {
                let name = if names { format!("name {number}") } else { "ruth".to_owned() };
                let network = if networks { format!("network {number}") } else { "a".to_owned() };
                ticket(&name, &network, false)
            })
        };
        for (names, networks) in [(false, false), (true, false), (false, true), (true, true)] {
            let right = ticket("ann", "a", false);
            let (first, mut waiting) = crowd(flood(names, networks).chain([right]).collect()).await;
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
    async fn a_browser_that_signed_in_before_is_never_crowded_out() {
        let own = ticket("ruth", "a", true);
        let strangers = (0..300).map(|number| ticket(&format!("name {number}"), &format!("{number}"), false));
        let (first, mut waiting) = crowd([own].into_iter().chain(strangers).collect()).await;
        let own = waiting.remove(0);
        drop(first);
        assert!(own.await.unwrap().is_some());
        waiting.iter().for_each(|wait| wait.abort());
    }

    #[tokio::test]
    async fn a_turn_that_nobody_takes_goes_to_the_next() {
        let (first, waiting) = crowd(vec![ticket("ruth", "a", false), ticket("ann", "b", false)]).await;
        waiting[0].abort();
        while !waiting[0].is_finished() {
            tokio::task::yield_now().await;
        }
        drop(first);
        let mut waiting = waiting;
        assert!(waiting.remove(1).await.unwrap().is_some());
    }
}
