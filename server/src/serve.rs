//! The HTTP server.

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

use crate::connections::{ConnectionSlots, TrackedBody};
use crate::gateway::{self, AppState};
use crate::write_timeout::WriteTimeoutStream;

/// Time limit for requests in progress at shutdown; open streams end immediately.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(4);
/// Time limit after that for writing the last entries of the activity.
const AUDIT_FLUSH_TIMEOUT: Duration = Duration::from_millis(300);
/// Time limit for the head of a connection's first request; later ones have the configured header timeout.
const FIRST_HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Pause after a failed `accept`, most likely for lack of file descriptors.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_secs(1);

/// Serves until `shutdown` completes, then lets requests in progress finish for at most four seconds.
///
/// # Errors
/// Never: failures to accept a connection are logged.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let token = state.shutdown.clone();
    let app_state = state.clone();
    let mut http = http1::Builder::new();
    // Runs from the end of one request to the complete head of the next, so it closes slow and idle connections alike.
    http.timer(TokioTimer::new()).header_read_timeout(state.config.header_timeout.0);
    tokio::spawn(gateway::prune(state.clone()));
    tokio::spawn(gateway::watch_absent_agents(state.clone()));
    let write_timeout = state.config.write_timeout.0;
    let first_head = FIRST_HEAD_TIMEOUT.min(state.config.header_timeout.0);
    let app = gateway::app(state);
    let graceful = GracefulShutdown::new();
    let connections = Arc::new(ConnectionSlots::within_descriptors());
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let accepted = accept(&listener).await;
            (accepted, connections.acquire().await)
        };
        let ((stream, peer), connection) = tokio::select! {
            () = &mut shutdown => break,
            next = next => next,
        };
        let connection = Arc::new(connection);
        let app = app.clone();
        let counted = Arc::clone(&connection);
        let service = service_fn(move |mut request: Request<Incoming>| {
            let guard = counted.begin_request();
            request.extensions_mut().insert(ConnectInfo(peer));
            let response = app.clone().oneshot(request.map(Body::new));
            async move { response.await.map(|answer| answer.map(|body| TrackedBody::new(body, guard))) }
        });
        let serving = http.serve_connection(TokioIo::new(WriteTimeoutStream::new(stream, write_timeout)), service);
        let serving = graceful.watch(serving);
        tokio::spawn(async move {
            tokio::select! {
                // Ignore connection errors: the request has its own line in the log.
                _ = serving => {}
                () = connection.close.cancelled() => {}
                () = connection.first_request_timeout(first_head) => {}
            }
        });
    }
    drop(listener);
    token.cancel();
    let _ = tokio::time::timeout(SHUTDOWN_GRACE, graceful.shutdown()).await;
    let _ = tokio::time::timeout(AUDIT_FLUSH_TIMEOUT, app_state.write_behind.flushed()).await;
    Ok(())
}

/// Accepts the next connection; logs errors and tries again.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Send a stream's small events at once instead of collecting them.
                let _ = stream.set_nodelay(true);
                return (stream, peer);
            }
            Err(error) if is_client_disconnect(&error) => {}
            Err(error) => {
                tracing::error!(%error, "a connection could not be taken");
                tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
            }
        }
    }
}

/// True if the client disconnected before its connection was accepted.
fn is_client_disconnect(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
