//! A gateway on its own port, with a data folder that is removed with it.

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
use trunkline_server::{db, serve};

use crate::client::Client;

/// A gateway that runs until it is stopped or dropped.
pub struct TestApp {
    pub address: SocketAddr,
    pub pool: SqlitePool,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
}

/// Small demo data; no new tickets come in, so that counts stay the same.
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

impl TestApp {
    /// Starts on a folder, empty or used before.
    pub async fn on(data: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let pool = db::open(&data.join("trunkline.db")).await.unwrap();
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

    /// Shuts down as on SIGTERM and waits for the end.
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.served.await.unwrap().unwrap();
        self.pool.close().await;
    }

    pub fn client(&self) -> Client {
        Client::new(self.address)
    }
}
