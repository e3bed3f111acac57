//! Serving until told to end.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::gateway::{self, State};

/// How long requests under way may take to end; open streams end at once.
const GRACE: Duration = Duration::from_secs(4);

/// Serves until `shutdown` is ready, and then for at most four seconds more.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: State,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = gateway::app(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let token = state.shutdown.clone();
    tokio::spawn(gateway::prune(state));
    let ended = token.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        shutdown.await;
        token.cancel();
    });
    tokio::select! {
        result = server.into_future() => result,
        () = async { ended.cancelled().await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}
