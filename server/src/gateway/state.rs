//! What every request shares.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use sqlx::SqlitePool;
use tokio_util::sync::CancellationToken;
use trunkline_api::Vendor;

use super::health::Health;
use super::keys::Keys;
use super::live::Live;
use super::proxy::{Standins, Upstream};
use super::session::Attempts;
use crate::config::Config;
use crate::sandbox::Sandbox;

/// The gateway's state, cheap to clone.
pub type State = Arc<App>;

/// Why a gateway can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database failed.
    #[error("The database failed: {0}.")]
    Database(#[from] sqlx::Error),
    /// A client for an upstream can't be made.
    #[error("The connection to {0} can't be set up.")]
    Client(&'static str),
}

/// All that lives as long as the gateway.
pub struct App {
    /// The database.
    pub pool: SqlitePool,
    /// The configuration.
    pub config: Config,
    /// Whether the listener is on loopback.
    pub loopback: bool,
    /// The built console; none if it isn't there.
    pub assets: Option<PathBuf>,
    /// Answers for vendors without an upstream.
    pub sandbox: Sandbox,
    /// The sandbox's calls under way.
    pub standins: Standins,
    /// Vendors that are proxied to.
    pub upstreams: BTreeMap<Vendor, Arc<Upstream>>,
    /// How the vendors' last calls went.
    pub health: Health,
    /// Who listens for changes.
    pub live: Live,
    /// Keys that are derived from the database's secret.
    pub keys: Keys,
    /// Failed sign-ins.
    pub attempts: Attempts,
    /// Cancelled when the server is to end: open streams end with it.
    pub shutdown: CancellationToken,
}

impl App {
    /// Puts the gateway together.
    ///
    /// # Errors
    /// When the sandbox's data can't be made or a client can't be set up.
    pub async fn new(
        pool: SqlitePool,
        config: Config,
        listen: SocketAddr,
        assets: Option<PathBuf>,
    ) -> Result<State, StartError> {
        let sandbox = Sandbox::open(pool.clone(), config.sandbox.clone()).await?;
        let mut upstreams = BTreeMap::new();
        for (vendor, settings) in &config.upstreams {
            let upstream = Upstream::new(*vendor, settings.clone()).ok_or(StartError::Client(vendor.name()))?;
            upstreams.insert(*vendor, Arc::new(upstream));
        }
        let keys = Keys::load(&pool).await?;
        let standins = Standins::new(&config.sandbox_budgets);
        let loopback = listen.ip().to_canonical().is_loopback();
        Ok(Arc::new(Self {
            pool,
            config,
            loopback,
            assets,
            sandbox,
            standins,
            upstreams,
            health: Health::default(),
            live: Live::new(),
            keys,
            attempts: Attempts::default(),
            shutdown: CancellationToken::new(),
        }))
    }
}

/// Epoch seconds now.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
