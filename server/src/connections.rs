//! The open connections: fewer than the process may have descriptors, and idle ones make room for new ones.

use std::collections::BTreeMap;
use std::future::pending;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The most connections, however many descriptors there are.
const MOST: usize = 4096;
/// Descriptors kept for all else: the database, the console's files, calls to vendors. A quarter, within these bounds.
const RESERVED: (usize, usize) = (32, 512);

/// The open connections.
#[derive(Debug)]
pub struct Connections {
    most: usize,
    open: Mutex<BTreeMap<u64, Open>>,
    /// A place may be free, or a connection idle.
    freed: Notify,
}

#[derive(Debug)]
struct Open {
    /// `None` while a request is answered.
    idle_since: Option<Instant>,
    has_begun: bool,
    close: CancellationToken,
}

/// An open connection; it is counted until this is dropped.
#[derive(Debug)]
pub struct Connection {
    all: Arc<Connections>,
    number: u64,
    /// Cancelled when an idle connection has to make room.
    pub close: CancellationToken,
}

/// A request that is answered; until this is dropped its connection is not idle.
#[derive(Debug)]
pub struct Answering(Arc<Connection>);

impl Connections {
    /// As many as the process may have descriptors for. Its own limit is raised as far as it may be.
    pub fn within_descriptors() -> Self {
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let raised = current < maximum && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok();
        let limit = if raised { maximum } else { current };
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        let reserved = (limit / 4).clamp(RESERVED.0, RESERVED.1);
        Self::at_most(limit.saturating_sub(reserved).clamp(1, MOST))
    }

    fn at_most(most: usize) -> Self {
        Self { most, open: Mutex::default(), freed: Notify::new() }
    }

    /// A place for a new connection. When all are taken, the connection that has been idle longest is closed for it; while
    /// all answer, it waits.
    pub async fn place(self: &Arc<Self>) -> Connection {
        loop {
            if let Some(connection) = self.take() {
                return connection;
            }
            self.freed.notified().await;
        }
    }

    fn take(self: &Arc<Self>) -> Option<Connection> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= self.most {
            // One is closed at a time; it leaves its place when its descriptor is free.
            if !open.values().any(|open| open.close.is_cancelled()) {
                let idle = open.values().filter(|open| open.idle_since.is_some());
                idle.min_by_key(|open| open.idle_since).inspect(|open| open.close.cancel());
            }
            return None;
        }
        let number = open.last_key_value().map_or(0, |(last, _)| last + 1);
        let close = CancellationToken::new();
        open.insert(number, Open { idle_since: Some(Instant::now()), has_begun: false, close: close.clone() });
        Some(Connection { all: Arc::clone(self), number, close })
    }

    fn update(&self, number: u64, change: impl FnOnce(&mut Open)) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get_mut(&number).map(change);
    }
}

impl Connection {
    /// A request's head has come.
    pub fn answering(self: &Arc<Self>) -> Answering {
        self.all.update(self.number, |open| {
            open.has_begun = true;
            open.idle_since = None;
        });
        Answering(Arc::clone(self))
    }

    /// Ready when no request's head has come within `limit`; never, if one has.
    pub async fn without_request(&self, limit: Duration) {
        tokio::time::sleep(limit).await;
        let mut has_begun = false;
        self.all.update(self.number, |open| has_begun = open.has_begun);
        if has_begun {
            pending::<()>().await;
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.all.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
        self.all.freed.notify_one();
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.all.update(self.0.number, |open| open.idle_since = Some(Instant::now()));
        self.0.all.freed.notify_one();
    }
}

/// An answer's body: its connection is not idle until it has been sent.
pub struct Answered {
    body: Body,
    _answering: Answering,
}

impl Answered {
    /// A body of this connection's answer.
    pub const fn new(body: Body, answering: Answering) -> Self {
        Self { body, _answering: answering }
    }
}

impl HttpBody for Answered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_longest_idle_connection_makes_room_and_one_that_answers_does_not() {
        let all = Arc::new(Connections::at_most(2));
        let busy = Arc::new(all.place().await);
        let answering = busy.answering();
        let idle = all.place().await;
        let waiting = tokio::spawn({
            let all = Arc::clone(&all);
            async move { all.place().await }
        });
        idle.close.cancelled().await;
        assert!(!busy.close.is_cancelled());
        drop(idle);
        let third = Arc::new(waiting.await.unwrap());
        let other = third.answering();
        let waiting = tokio::spawn({
            let all = Arc::clone(&all);
            async move { all.place().await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished(), "both answer");
        drop(answering);
        busy.close.cancelled().await;
        drop(busy);
        waiting.await.unwrap();
        drop(other);
    }
}
