//! A gateway on a port of its own and a data folder that goes with it.

use std::net::SocketAddr;
use std::path::Path;

use sqlx::SqlitePool;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use trunkline_server::config::{AllowPrivate, Config, ExternalApis};
use trunkline_server::gateway::App;
use trunkline_server::sandbox::SandboxConfig;
use trunkline_server::{serve, store};

use crate::client::Client;

/// A gateway that serves until it is stopped or dropped.
pub struct Running {
    pub address: SocketAddr,
    pub pool: SqlitePool,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
}

/// A little of everything; tickets don't come in by themselves, so that what is counted stays.
fn config() -> Config {
    Config {
        demo_users: Some(true),
        sandbox: SandboxConfig {
            tickets: 20,
            events: 20,
            channel_accounts: 12,
            customers: 20,
            ticket_seconds: 0,
            ..SandboxConfig::default()
        },
        external_apis: ExternalApis { allow_private: AllowPrivate::All, ..ExternalApis::default() },
        ..Config::default()
    }
}

impl Running {
    /// Starts on a folder, new or used.
    pub async fn on(data: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let pool = store::open(&data.join("trunkline.db")).await.unwrap();
        let state = App::new(pool.clone(), config(), address, None).await.unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(serve::serve(listener, state, async {
            let _ = stopped.await;
        }));
        Self { address, pool, stop, served }
    }

    /// Starts on a new folder.
    pub async fn new() -> (Self, TempDir) {
        let data = tempfile::tempdir().unwrap();
        (Self::on(data.path()).await, data)
    }

    /// Ends as SIGTERM does, and waits until it has ended.
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.served.await.unwrap().unwrap();
        self.pool.close().await;
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }
}
