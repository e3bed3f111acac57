//! A vendor's answer on its way: shared by all who asked the same while it was under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_stream::stream;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use tokio::sync::watch;

use super::held::Held;
use crate::gateway::refusal::Refused;
use crate::vendor_call::Origin;

/// An answer up to this size is sent once it is whole, so that one which breaks off is refused in words.
const WHOLE: usize = 256 * 1024;

/// Of an answer that is longer, so much goes out at a time: compressing the rest must not keep the browser waiting for
/// what is compressed already.
const PIECE: usize = 64 * 1024;

/// What is passed on of an answer's head.
#[derive(Clone, Debug)]
pub struct Head {
    /// The vendor's status.
    pub status: u16,
    /// The media type.
    pub content_type: Option<&'static str>,
    /// The vendor's `Retry-After`.
    pub retry_after: Option<HeaderValue>,
}

/// How far an answer has come.
#[derive(Default)]
pub struct Progress {
    head: Option<Head>,
    chunks: Vec<Bytes>,
    size: usize,
    held: Held,
    end: Option<Result<(), Refused>>,
}

/// The side that fills an answer.
pub type Filler = watch::Sender<Progress>;

/// The side that reads it; a clone reads it from the start.
#[derive(Clone)]
pub struct Answer {
    progress: watch::Receiver<Progress>,
    as_of: u64,
    is_new: Arc<AtomicBool>,
}

/// An answer that hasn't begun, to a call of this origin.
pub fn channel(origin: &Origin) -> (Filler, Answer) {
    let (filler, progress) = watch::channel(Progress { held: Held::of(&origin.user), ..Progress::default() });
    (filler, Answer { progress, as_of: origin.change, is_new: Arc::new(AtomicBool::new(true)) })
}

/// Notes the head.
pub fn begin(filler: &Filler, head: Head) {
    filler.send_modify(|progress| progress.head = Some(head));
}

/// Adds a piece of the body.
///
/// # Errors
/// When too much of all answers is in memory.
pub fn push(filler: &Filler, chunk: Bytes) -> Result<(), Refused> {
    let mut result = Ok(());
    filler.send_modify(|progress| {
        result = progress.held.grow(chunk.len());
        if result.is_ok() {
            progress.size += chunk.len();
            progress.chunks.push(chunk);
        }
    });
    result
}

/// The status, and the body if it is short: a long one is no refusal, and is not worth reading for one.
pub fn outcome(filler: &Filler) -> Option<(u16, Option<Bytes>)> {
    let progress = filler.borrow();
    let body = (progress.size <= WHOLE).then(|| join(&progress.chunks));
    progress.head.as_ref().map(|head| (head.status, body))
}

/// Ends the answer.
pub fn end(filler: &Filler, result: Result<(), Refused>) {
    filler.send_modify(|progress| progress.end = Some(result));
}

impl Answer {
    /// The number of the last change before the vendor was asked. Who joins an answer under way gets that of its beginning.
    pub const fn as_of(&self) -> u64 {
        self.as_of
    }

    /// True once per answer, however many share it.
    pub fn is_new(&self) -> bool {
        self.is_new.swap(false, Ordering::Relaxed)
    }

    /// Waits for the end; the status.
    ///
    /// # Errors
    /// What kept the answer from coming.
    pub async fn outcome(mut self) -> Result<u16, Refused> {
        let progress = self.progress.wait_for(|progress| progress.end.is_some()).await.map_err(|_| Refused::fault())?;
        match (&progress.end, &progress.head) {
            (Some(Err(refused)), _) => Err(refused.clone()),
            (_, Some(head)) => Ok(head.status),
            _ => Err(Refused::fault()),
        }
    }

    /// Whether more may still come.
    pub fn is_under_way(&self) -> bool {
        self.progress.borrow().end.is_none() && self.progress.has_changed().is_ok()
    }

    /// Status and whole body.
    ///
    /// # Errors
    /// What kept the answer from coming.
    pub async fn collect(mut self) -> Result<(u16, Bytes), Refused> {
        let progress = self.progress.wait_for(|progress| progress.end.is_some()).await.map_err(|_| Refused::fault())?;
        match (&progress.end, &progress.head) {
            (Some(Err(refused)), _) => Err(refused.clone()),
            (_, Some(head)) => Ok((head.status, join(&progress.chunks))),
            _ => Err(Refused::fault()),
        }
    }

    /// The answer as it goes to the browser.
    ///
    /// # Errors
    /// What kept it from coming.
    pub async fn respond(mut self) -> Result<Response, Refused> {
        let (head, body) = {
            let ready = |progress: &Progress| progress.end.is_some() || progress.size > WHOLE;
            let progress = self.progress.wait_for(ready).await.map_err(|_| Refused::fault())?;
            let head = match (&progress.end, &progress.head) {
                // A large one breaks off at the browser too, whether its end is known already or not.
                (Some(Err(refused)), _) if progress.size <= WHOLE => return Err(refused.clone()),
                (_, Some(head)) => head.clone(),
                _ => return Err(Refused::fault()),
            };
            let whole = progress.size <= WHOLE && matches!(progress.end, Some(Ok(())));
            (head, whole.then(|| Body::from(join(&progress.chunks))))
        };
        let body = body.unwrap_or_else(|| Body::from_stream(self.pieces()));
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

    /// The body's pieces as they come; one that breaks off breaks the browser's answer off too.
    fn pieces(mut self) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> {
        stream! {
            let mut sent = 0;
            loop {
                let broken = || std::io::Error::other("the vendor's answer broke off");
                let (fresh, end) = match self.progress.wait_for(|progress| progress.chunks.len() > sent || progress.end.is_some()).await {
                    Ok(progress) => {
                        let fresh: Vec<Bytes> = progress.chunks.get(sent..).unwrap_or_default().to_vec();
                        (fresh, progress.end.clone())
                    }
                    Err(_) => (Vec::new(), Some(Err(Refused::fault()))),
                };
                sent += fresh.len();
                for mut chunk in fresh {
                    while !chunk.is_empty() {
                        yield Ok(chunk.split_to(PIECE.min(chunk.len())));
                        // What is ready to be sent is sent now.
                        tokio::task::yield_now().await;
                    }
                }
                match end {
                    Some(Ok(())) => break,
                    Some(Err(_)) => {
                        // What has come goes out first: a break loses what still waits to be written.
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
