//! A vendor's response in flight, shared by all who sent the same request meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_stream::stream;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use tokio::sync::watch;

use super::memory_limit::MemoryPermit;
use crate::gateway::error::ApiError;
use crate::vendor_request::RequestOrigin;

/// Responses up to this size are buffered, so that one that breaks off becomes an error response.
const BUFFER_LIMIT: usize = 256 * 1024;

/// Size of the chunks in which a longer response is sent: compressing the rest must not delay what is compressed
/// already.
const CHUNK: usize = 64 * 1024;

/// The part of a response's head that is passed on.
#[derive(Clone, Debug)]
pub struct Head {
    /// The vendor's status.
    pub status: u16,
    /// The media type.
    pub content_type: Option<&'static str>,
    /// The vendor's `Retry-After`.
    pub retry_after: Option<HeaderValue>,
}

/// State of a response in flight.
#[derive(Default)]
pub struct Progress {
    head: Option<Head>,
    chunks: Vec<Bytes>,
    size: usize,
    memory: MemoryPermit,
    end: Option<Result<(), ApiError>>,
}

/// Writes a response.
pub type Writer = watch::Sender<Progress>;

/// Reads a response; a clone reads from the start.
#[derive(Clone)]
pub struct SharedResponse {
    progress: watch::Receiver<Progress>,
    as_of: u64,
    number: u64,
    unclaimed: Arc<AtomicBool>,
}

/// Creates a response that has not begun, to a call of this origin.
pub fn channel(origin: &RequestOrigin) -> (Writer, SharedResponse) {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let (writer, progress) =
        watch::channel(Progress { memory: MemoryPermit::for_user(&origin.user), ..Progress::default() });
    (writer, SharedResponse { progress, as_of: origin.change, number, unclaimed: Arc::new(AtomicBool::new(true)) })
}

/// Writes the head.
pub fn write_head(writer: &Writer, head: Head) {
    writer.send_modify(|progress| progress.head = Some(head));
}

/// Appends a chunk of the body.
///
/// # Errors
/// If too much response data is in memory.
pub fn write_chunk(writer: &Writer, chunk: Bytes) -> Result<(), ApiError> {
    let mut result = Ok(());
    writer.send_modify(|progress| {
        result = progress.memory.grow(chunk.len());
        if result.is_ok() {
            progress.size += chunk.len();
            progress.chunks.push(chunk);
        }
    });
    result
}

/// The status, and the body if it is short: a long body is no error message.
pub fn status_and_body(writer: &Writer) -> Option<(u16, Option<Bytes>)> {
    let progress = writer.borrow();
    let body = (progress.size <= BUFFER_LIMIT).then(|| join(&progress.chunks));
    progress.head.as_ref().map(|head| (head.status, body))
}

/// Finishes the response.
pub fn finish(writer: &Writer, result: Result<(), ApiError>) {
    writer.send_modify(|progress| progress.end = Some(result));
}

impl SharedResponse {
    /// Number of the last change before the vendor was requested. Requests that join a response in flight get the
    /// number of its start.
    pub const fn as_of(&self) -> u64 {
        self.as_of
    }

    /// Position in the order in which calls began, over all vendors.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Returns true for the first caller only, however many share the response.
    pub fn claim(&self) -> bool {
        self.unclaimed.swap(false, Ordering::Relaxed)
    }

    /// Waits for the end and returns the status.
    ///
    /// # Errors
    /// The error that ended the response.
    pub async fn status(mut self) -> Result<u16, ApiError> {
        let progress =
            self.progress.wait_for(|progress| progress.end.is_some()).await.map_err(|_| ApiError::internal())?;
        match (&progress.end, &progress.head) {
            (Some(Err(error)), _) => Err(error.clone()),
            (_, Some(head)) => Ok(head.status),
            _ => Err(ApiError::internal()),
        }
    }

    /// Returns true until the response has ended.
    pub fn is_in_flight(&self) -> bool {
        self.progress.borrow().end.is_none() && self.progress.has_changed().is_ok()
    }

    /// Waits for the end and returns the status and the whole body.
    ///
    /// # Errors
    /// The error that ended the response.
    pub async fn collect(mut self) -> Result<(u16, Bytes), ApiError> {
        let progress =
            self.progress.wait_for(|progress| progress.end.is_some()).await.map_err(|_| ApiError::internal())?;
        match (&progress.end, &progress.head) {
            (Some(Err(error)), _) => Err(error.clone()),
            (_, Some(head)) => Ok((head.status, join(&progress.chunks))),
            _ => Err(ApiError::internal()),
        }
    }

    /// Converts it to the browser's response.
    ///
    /// # Errors
    /// The error that ended the response.
    pub async fn respond(mut self) -> Result<Response, ApiError> {
        let (head, body) = {
            let ready = |progress: &Progress| progress.end.is_some() || progress.size > BUFFER_LIMIT;
            let progress = self.progress.wait_for(ready).await.map_err(|_| ApiError::internal())?;
            let head = match (&progress.end, &progress.head) {
                // A large response breaks off at the browser too, even if its error is known already.
                (Some(Err(error)), _) if progress.size <= BUFFER_LIMIT => return Err(error.clone()),
                (_, Some(head)) => head.clone(),
                _ => return Err(ApiError::internal()),
            };
            let whole = progress.size <= BUFFER_LIMIT && matches!(progress.end, Some(Ok(())));
            (head, whole.then(|| Body::from(join(&progress.chunks))))
        };
        let body = body.unwrap_or_else(|| Body::from_stream(self.chunks()));
        let status = StatusCode::from_u16(head.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_TYPE);
        if let Some(media) = head.content_type {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        }
        if let Some(wait) = head.retry_after {
            headers.insert(header::RETRY_AFTER, wait);
        }
        Ok(response)
    }

    /// The body's chunks as they arrive. If the vendor's response breaks off, the browser's does too.
    fn chunks(mut self) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> {
        stream! {
            let mut sent = 0;
            loop {
                let broken = || std::io::Error::other("the vendor's answer broke off");
                let (fresh, end) = match self.progress.wait_for(|progress| progress.chunks.len() > sent || progress.end.is_some()).await {
                    Ok(progress) => {
                        let fresh: Vec<Bytes> = progress.chunks.get(sent..).unwrap_or_default().to_vec();
                        (fresh, progress.end.clone())
                    }
                    Err(_) => (Vec::new(), Some(Err(ApiError::internal()))),
                };
                sent += fresh.len();
                for mut chunk in fresh {
                    while !chunk.is_empty() {
                        yield Ok(chunk.split_to(CHUNK.min(chunk.len())));
                        // Lets the server send what is ready.
                        tokio::task::yield_now().await;
                    }
                }
                match end {
                    Some(Ok(())) => break,
                    Some(Err(_)) => {
                        // Lets the received data go out first: an error discards what is not written yet.
                        tokio::task::yield_now().await;
                        yield Err(broken());
                        break;
                    }
                    None => {}
                }
            }
        }
    }
}

fn join(chunks: &[Bytes]) -> Bytes {
    match chunks {
        [] => Bytes::new(),
        [one] => one.clone(),
        many => {
            let mut whole = BytesMut::with_capacity(many.iter().map(Bytes::len).sum());
            many.iter().for_each(|chunk| whole.extend_from_slice(chunk));
            whole.freeze()
        }
    }
}
