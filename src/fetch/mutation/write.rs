//! A write with its types erased, and the handling of its response.

use trunkline_api::endpoint::Endpoint;
use trunkline_api::{Error, ErrorKind};

use super::read_back::{ReadBack, is_in_doubt, resolve};
use super::write_queue::enqueue;
use crate::fetch::optimistic::OptimisticUpdate;
use crate::fetch::request::RawRequest;
use crate::fetch::response::RawResponse;

/// Handles the response of a write and returns the error to show.
pub(super) type ResultHandler = Box<dyn FnOnce(&Result<RawResponse, Error>) -> Option<Error>>;

/// A write with its types erased: the request, what its response leads to, and how to verify it if that is lost.
pub struct Write {
    pub(super) request: RawRequest,
    pub(super) handler: ResultHandler,
    pub(super) read_back: ReadBack,
}

impl Write {
    /// `done` gets the response, also if the page was left meanwhile; `failed` gets the error before it is shown. If the
    /// response is lost, `read_back` verifies whether the write was done.
    pub fn new<E>(
        request: E,
        done: impl FnOnce(E::Response) + 'static,
        failed: impl FnOnce(&Error) + 'static,
        read_back: ReadBack,
    ) -> Self
    where
        E: Endpoint + 'static,
    {
        Self { request: RawRequest::new(&request), handler: result_handler::<E>(done, failed), read_back }
    }
}

/// Sends a write that `update`, if given, already shows as done. A refused write's optimistic update is rolled back before
/// this returns; the caller reports the error.
///
/// # Errors
/// Errors if the request fails or is refused, or if its outcome stays unknown.
pub async fn write_optimistic(write: Write, update: Option<OptimisticUpdate>) -> Result<(), Error> {
    let Write { request, handler, read_back } = write;
    let error = match handler(&enqueue(request).await) {
        Some(error) if is_in_doubt(&error) => resolve(read_back.verify(&error).await, error),
        error => error,
    };
    match error {
        None => {
            update.into_iter().for_each(OptimisticUpdate::confirm);
            Ok(())
        }
        Some(error) => Err(error),
    }
}

/// A handler that decodes the response, calls `done` or `failed`, and returns the error, if any.
pub(super) fn result_handler<E>(
    done: impl FnOnce(E::Response) + 'static,
    failed: impl FnOnce(&Error) + 'static,
) -> ResultHandler
where
    E: Endpoint + 'static,
{
    Box::new(move |received| {
        let decoded = match received {
            Ok(received) => received.read::<E>().map_err(lost_if_timed_out),
            Err(error) => Err(error.clone()),
        };
        match decoded {
            Ok(response) => {
                done(response);
                None
            }
            Err(error) => {
                failed(&error);
                Some(error)
            }
        }
    })
}

/// Maps a gateway time-out to [`ErrorKind::Lost`]: the vendor did not respond in time, so the outcome of the write is
/// as unknown as after a broken connection.
fn lost_if_timed_out(error: Error) -> Error {
    match error.kind {
        ErrorKind::TimedOut => Error { kind: ErrorKind::Lost, ..error },
        _ => error,
    }
}
