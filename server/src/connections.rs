//! Keeps the open connections below the process's limit of file descriptors, closing idle ones for new ones.

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

/// Maximum of connections, whatever the descriptor limit.
const MAX_CONNECTIONS: usize = 4096;
/// Bounds of the descriptors reserved for everything else: the database, the console's files, vendor requests. A
/// quarter of the limit, clamped to these bounds.
const RESERVED: (usize, usize) = (32, 512);

/// The open connections.
#[derive(Debug)]
pub struct ConnectionSlots {
    max: usize,
    open: Mutex<BTreeMap<u64, ConnectionState>>,
    /// Notified when a connection has closed or become idle.
    freed: Notify,
}

#[derive(Debug)]
struct ConnectionState {
    /// `None` while a request is in progress.
    idle_since: Option<Instant>,
    has_request: bool,
    close: CancellationToken,
}

/// An open connection, counted until dropped.
#[derive(Debug)]
pub struct Connection {
    connections: Arc<ConnectionSlots>,
    number: u64,
    /// Cancelled to close the connection while it is idle.
    pub close: CancellationToken,
}

/// A request in progress; its connection is not idle until this is dropped.
#[derive(Debug)]
pub struct RequestGuard(Arc<Connection>);

impl ConnectionSlots {
    /// Sizes the limit by the process's descriptor limit, which is raised to the hard limit first.
    pub fn within_descriptors() -> Self {
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let raised = current < maximum && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok();
        let limit = if raised { maximum } else { current };
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        let reserved = (limit / 4).clamp(RESERVED.0, RESERVED.1);
        Self::with_limit(limit.saturating_sub(reserved).clamp(1, MAX_CONNECTIONS))
    }

    fn with_limit(max: usize) -> Self {
        Self { max, open: Mutex::default(), freed: Notify::new() }
    }

    /// Reserves a slot for a new connection. If all are taken, closes the connection that has been idle longest; waits
    /// while every connection is busy.
    pub async fn acquire(self: &Arc<Self>) -> Connection {
        loop {
            if let Some(connection) = self.try_acquire() {
                return connection;
            }
            self.freed.notified().await;
        }
    }

    fn try_acquire(self: &Arc<Self>) -> Option<Connection> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= self.max {
            // Close one at a time; it frees its slot together with its descriptor.
            if !open.values().any(|open| open.close.is_cancelled()) {
                let idle = open.values().filter(|open| open.idle_since.is_some());
                idle.min_by_key(|open| open.idle_since).inspect(|open| open.close.cancel());
            }
            return None;
        }
        let number = open.last_key_value().map_or(0, |(last, _)| last + 1);
        let close = CancellationToken::new();
        open.insert(
            number,
            ConnectionState { idle_since: Some(Instant::now()), has_request: false, close: close.clone() },
        );
        Some(Connection { connections: Arc::clone(self), number, close })
    }

    fn update(&self, number: u64, change: impl FnOnce(&mut ConnectionState)) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get_mut(&number).map(change);
    }
}

impl Connection {
    /// Marks the connection as busy: a request's head has arrived.
    pub fn begin_request(self: &Arc<Self>) -> RequestGuard {
        self.connections.update(self.number, |open| {
            open.has_request = true;
            open.idle_since = None;
        });
        RequestGuard(Arc::clone(self))
    }

    /// Completes if no request's head has arrived within `limit`; otherwise never completes.
    pub async fn first_request_timeout(&self, limit: Duration) {
        tokio::time::sleep(limit).await;
        let mut has_begun = false;
        self.connections.update(self.number, |open| has_begun = open.has_request);
        if has_begun {
            pending::<()>().await;
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.connections.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
        self.connections.freed.notify_one();
    }
}

impl Drop for RequestGuard {
    fn drop(&mut self) {
        self.0.connections.update(self.0.number, |open| open.idle_since = Some(Instant::now()));
        self.0.connections.freed.notify_one();
    }
}

/// A response body that keeps its connection busy until it has been sent.
pub struct TrackedBody {
    body: Body,
    _guard: RequestGuard,
}

impl TrackedBody {
    /// Wraps the body of a response.
    pub const fn new(body: Body, answering: RequestGuard) -> Self {
        Self { body, _guard: answering }
    }
}

impl HttpBody for TrackedBody {
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
    async fn longest_idle_connection_is_closed_and_busy_ones_are_not() {
        let all = Arc::new(ConnectionSlots::with_limit(2));
        let busy = Arc::new(all.acquire().await);
        let answering = busy.begin_request();
        let idle = all.acquire().await;
        let waiting = tokio::spawn({
            let all = Arc::clone(&all);
            async move { all.acquire().await }
        });
        idle.close.cancelled().await;
        assert!(!busy.close.is_cancelled());
        drop(idle);
        let third = Arc::new(waiting.await.unwrap());
        let other = third.begin_request();
        let waiting = tokio::spawn({
            let all = Arc::clone(&all);
            async move { all.acquire().await }
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
