//! Verifies the outcome of a write whose response was lost, by reading its record back.

use std::sync::Arc;

use trunkline_api::endpoint::Endpoint;
use trunkline_api::{Error, ErrorKind};

use super::LocalBoxFuture;
use crate::browser::timers::sleep;
use crate::fetch::network;
use crate::fetch::request::QueryDef;
use crate::fetch::response::Data;
use crate::fetch::transport::exchange;

/// Maximum number of read-backs while there is a connection: the write may still be in progress at the first.
const MAX_READ_BACKS: u32 = 2;
/// Milliseconds before the first read-back, and between two checks for a connection.
const FIRST_READ_BACK_MS: u32 = 500;
/// Milliseconds before a further read-back.
const NEXT_READ_BACK_MS: u32 = 3000;

/// The outcome of a write whose response was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    /// It was done.
    Done,
    /// It was not done.
    NotDone,
    /// It can't be known.
    Unknown,
}

/// A request that reads back the outcome of a write.
pub struct ReadBack {
    def: QueryDef,
    judge: Box<dyn Fn(Data) -> WriteOutcome>,
}

impl ReadBack {
    /// A read-back by `request`; `judge` tells the outcome from its response. If the write was done, `judge` also does
    /// what the write's own response would have caused.
    pub fn new<E>(request: &E, judge: impl Fn(Arc<E::Response>) -> WriteOutcome + 'static) -> Self
    where
        E: Endpoint,
        E::Response: Send + Sync + 'static,
    {
        Self {
            def: QueryDef::new(request),
            judge: Box::new(move |data| data.downcast().map_or(WriteOutcome::Unknown, &judge)),
        }
    }

    async fn read(&self) -> Result<WriteOutcome, Error> {
        let received = exchange(self.def.request.with_background(true), None).await?;
        Ok((self.judge)((self.def.decode)(&received)?.0))
    }

    /// Verifies the outcome of a write that ended with `error`, as soon as there is a connection.
    pub(super) fn verify(self, error: &Error) -> LocalBoxFuture<WriteOutcome> {
        // If the server responded, the write is no longer in progress: one read-back is enough.
        let max_read_backs = if error.kind == ErrorKind::Lost { MAX_READ_BACKS } else { 1 };
        Box::pin(async move {
            let mut read_backs = 0;
            loop {
                let online = network::is_online_untracked();
                sleep(if read_backs == 0 || !online { FIRST_READ_BACK_MS } else { NEXT_READ_BACK_MS }).await;
                if !network::is_online_untracked() {
                    continue;
                }
                read_backs += 1;
                match self.read().await {
                    Ok(WriteOutcome::NotDone) | Err(_) if read_backs < max_read_backs => {}
                    Ok(outcome) => return outcome,
                    Err(_) => return WriteOutcome::Unknown,
                }
            }
        })
    }
}

/// `true` if a write that ended with `error` may have been done.
pub(super) fn is_in_doubt(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Lost | ErrorKind::Undecodable { .. })
}

/// The error to show once the outcome is known; `None` if the write was done.
pub(super) fn resolve(outcome: WriteOutcome, error: Error) -> Option<Error> {
    // A vendor that was too slow to respond may still do it.
    let may_still_be_done = error.status == Some(504);
    match outcome {
        WriteOutcome::Done => None,
        WriteOutcome::NotDone if error.kind == ErrorKind::Lost && !may_still_be_done => {
            Some(Error { kind: ErrorKind::NotArrived, ..error })
        }
        WriteOutcome::NotDone | WriteOutcome::Unknown => Some(error),
    }
}
