//! What every request shares.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;
use tokio_util::sync::CancellationToken;
use trunkline_api::Vendor;

use super::books::Books;
use super::health::Health;
use super::keys::Keys;
use super::limits::Limits;
use super::live::Live;
use super::proxy::{Standins, Upstream};
use super::session::{CheckQueue, Throttle};
use crate::config::Config;
use crate::sandbox::Sandbox;
use crate::store;

/// Connections of the sandbox, and for writing.
const SANDBOX: u32 = 8;
const WRITES: u32 = 2;
/// How long a write that somebody waits for waits for a lock, and one in the background.
const BUSY: Duration = Duration::from_secs(5);
const BUSY_BEHIND: Duration = Duration::from_millis(500);

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
    /// The database, for reading.
    pub pool: SqlitePool,
    /// The database, for what somebody asked to be written: it may wait for a lock.
    pub writes: SqlitePool,
    /// What is written in the background.
    pub books: Books,
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
    pub throttle: Throttle,
    /// Who checks a password next.
    pub checks: Arc<CheckQueue>,
    /// What one person may ask for.
    pub limits: Limits,
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
        let sandbox = Sandbox::open(store::beside(&pool, SANDBOX, BUSY), config.sandbox.clone()).await?;
        let mut upstreams = BTreeMap::new();
        for (vendor, settings) in &config.upstreams {
            let upstream = Upstream::new(*vendor, settings.clone()).ok_or(StartError::Client(vendor.name()))?;
            upstreams.insert(*vendor, Arc::new(upstream));
        }
        let keys = Keys::load(&pool).await?;
        let standins = Standins::new(&config.sandbox_budgets);
        let loopback = listen.ip().to_canonical().is_loopback();
        let limits = Limits::new(config.limits);
        let writes = store::beside(&pool, WRITES, BUSY);
        let background = store::beside(&pool, 1, BUSY_BEHIND);
        let state = Arc::new(Self {
            pool,
            writes,
            books: Books::default(),
            config,
            loopback,
            assets,
            sandbox,
            standins,
            upstreams,
            health: Health::default(),
            live: Live::new(),
            keys,
            throttle: Throttle::default(),
            checks: Arc::default(),
            limits,
            shutdown: CancellationToken::new(),
        });
        // It ends with the runtime: requests that are under way at the end are noted too.
        let keeper = Arc::clone(&state);
        tokio::spawn(async move { keeper.books.write(&background, keeper.config.audit.rows).await });
        super::external::protect(&state).await?;
        Ok(state)
    }
}

/// Epoch seconds now.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
