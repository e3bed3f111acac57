//! Serving until told to end.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::connections::{Answered, Connections};
use crate::gateway::{self, State};
use crate::stalled::Stalled;

/// How long requests under way may take to end; open streams end at once.
const GRACE: Duration = Duration::from_secs(4);
/// How long the audit's last entries may take to be written after that.
const BOOKS: Duration = Duration::from_millis(300);
/// How long a new connection may take for its first request's head; later ones have as long as the configuration says.
const FIRST_HEAD: Duration = Duration::from_secs(10);
/// A pause after no connection could be taken: for want of file descriptors, most likely.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until `shutdown` is ready, and then for at most four seconds more.
///
/// # Errors
/// None: a connection that can't be taken is logged.
pub async fn serve(
    listener: TcpListener,
    state: State,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let token = state.shutdown.clone();
    let books = state.clone();
    let mut http = http1::Builder::new();
    // Until a request's head is whole, from the end of the one before: neither a slow sender nor an idle one stays.
    http.timer(TokioTimer::new()).header_read_timeout(state.config.header_timeout.0);
    tokio::spawn(gateway::prune(state.clone()));
    let write_timeout = state.config.write_timeout.0;
    let first_head = FIRST_HEAD.min(state.config.header_timeout.0);
    let app = gateway::app(state);
    let graceful = GracefulShutdown::new();
    let connections = Arc::new(Connections::within_descriptors());
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let accepted = accept(&listener).await;
            (accepted, connections.place().await)
        };
        let ((stream, peer), connection) = tokio::select! {
            () = &mut shutdown => break,
            next = next => next,
        };
        let connection = Arc::new(connection);
        let app = app.clone();
        let counted = Arc::clone(&connection);
        let service = service_fn(move |mut request: Request<Incoming>| {
            let answering = counted.answering();
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = app.clone().oneshot(request.map(Body::new));
            async move { answer.await.map(|answer| answer.map(|body| Answered::new(body, answering))) }
        });
        let serving = http.serve_connection(TokioIo::new(Stalled::new(stream, write_timeout)), service);
        let serving = graceful.watch(serving);
        tokio::spawn(async move {
            tokio::select! {
                // What breaks a connection is the browser's affair: its request has a line in the log.
                _ = serving => {}
                () = connection.close.cancelled() => {}
                () = connection.without_request(first_head) => {}
            }
        });
    }
    drop(listener);
    token.cancel();
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    let _ = tokio::time::timeout(BOOKS, books.books.settled()).await;
    Ok(())
}

/// The next connection.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // An event of a stream is small: it isn't to wait for the next.
                let _ = stream.set_nodelay(true);
                return (stream, peer);
            }
            Err(error) if gone(&error) => {}
            Err(error) => {
                tracing::error!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Whether it was the browser that left before it was taken.
fn gone(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
