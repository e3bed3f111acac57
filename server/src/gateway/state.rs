//! State shared by all requests.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;
use tokio_util::sync::CancellationToken;

use super::changed_record::KnownMembers;
use super::external::ExternalApiStore;
use super::keys::{KeyError, Keys};
use super::limits::Limits;
use super::live::{Hub, Live, Sources, publish_written};
use super::proxy::Vendors;
use super::session::{CheckQueue, DemoUsers, LoginThrottle, Sessions};
use super::write_behind::{MaxRows, WriteBehind};
use crate::config::Config;
use crate::db;
use crate::sandbox::Sandbox;

/// Database connections of the sandbox, and for writing.
const SANDBOX_CONNECTIONS: u32 = 8;
const WRITE_CONNECTIONS: u32 = 2;
/// Maximum wait for a database lock: of a request's write, and of a background write.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
const BACKGROUND_LOCK_TIMEOUT: Duration = Duration::from_millis(500);

/// Shared handle to the state, cheap to clone.
pub type AppState = Arc<App>;

/// Start-up error.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database failed.
    #[error("The database failed: {0}.")]
    Database(#[from] sqlx::Error),
    /// The gateway's keys can't be loaded or derived.
    #[error("{0}.")]
    Keys(#[from] KeyError),
    /// The HTTP client for an upstream can't be created.
    #[error("The connection to {0} can't be set up.")]
    Client(&'static str),
}

/// State that lives as long as the gateway.
pub struct App {
    /// Database connections for reading.
    pub pool: SqlitePool,
    /// Database connections for writes of requests: they may wait for a lock.
    pub writes: SqlitePool,
    /// Records written in the background.
    pub write_behind: Arc<WriteBehind>,
    /// The configuration.
    pub config: Config,
    /// Folder of the built console; `None` if it isn't there.
    pub assets: Option<PathBuf>,
    /// Serves vendors without an upstream.
    pub sandbox: Sandbox,
    /// The vendors' backends.
    pub vendors: Arc<Vendors>,
    /// Open live streams, and the changes sent to them.
    pub live: Live,
    /// Keys derived from the database's secret.
    pub keys: Keys,
    /// Sessions, and whether there are demo users.
    pub sessions: Sessions,
    /// Throttle of failed sign-ins.
    pub login_throttle: LoginThrottle,
    /// Queue of password checks.
    pub password_checks: Arc<CheckQueue>,
    /// Definitions and tests of external APIs.
    pub external_apis: ExternalApiStore,
    /// Limits per person.
    pub limits: Limits,
    /// What records were like when they were last read.
    pub known_members: KnownMembers,
    /// Cancelled at shutdown: open streams end with it.
    pub shutdown: CancellationToken,
}

impl App {
    /// Creates the state and starts the background writer.
    ///
    /// # Errors
    /// If the database fails, its secret is unusable or a client can't be set up.
    pub async fn new(
        pool: SqlitePool,
        config: Config,
        listen: SocketAddr,
        assets: Option<PathBuf>,
    ) -> Result<AppState, StartError> {
        let sandbox_pool = db::separate_pool(&pool, SANDBOX_CONNECTIONS, LOCK_TIMEOUT);
        let sandbox = Sandbox::open(sandbox_pool, config.sandbox.clone()).await?;
        let vendors = Vendors::new(&config, &sandbox).map_err(|vendor| StartError::Client(vendor.name()))?;
        let (vendors, hub, write_behind) = (Arc::new(vendors), Arc::new(Hub::new()), Arc::<WriteBehind>::default());
        let keys = Keys::load(&pool).await?;
        let writes = db::separate_pool(&pool, WRITE_CONNECTIONS, LOCK_TIMEOUT);
        let shutdown = CancellationToken::new();
        let sources = Sources {
            config: config.live,
            vendors: Arc::clone(&vendors),
            pool: pool.clone(),
            write_behind: Arc::clone(&write_behind),
            shutdown: shutdown.clone(),
        };
        let demo = DemoUsers::new(pool.clone(), &config, listen.ip().to_canonical().is_loopback());
        let sessions = Sessions {
            demo,
            pool: pool.clone(),
            writes: writes.clone(),
            limits: config.session,
            max_per_user: config.limits.sessions,
            write_behind: Arc::clone(&write_behind),
            hub: Arc::clone(&hub),
        };
        let secrets_key = config.external_apis.secrets_key.as_ref();
        let external_apis = ExternalApiStore::new(pool.clone(), writes.clone(), secrets_key);
        external_apis.encrypt_stored_secrets().await?;
        let background = db::separate_pool(&pool, 1, BACKGROUND_LOCK_TIMEOUT);
        let rows = MaxRows { activity: config.audit.rows, history: config.history.rows };
        let (writer, streams) = (Arc::clone(&write_behind), Arc::clone(&hub));
        // The writer ends with the runtime, so requests in flight at shutdown are recorded too.
        tokio::spawn(async move { writer.run(&background, rows, |changed| publish_written(&streams, changed)).await });
        Ok(Arc::new(Self {
            pool,
            writes,
            write_behind,
            limits: Limits::new(config.limits),
            config,
            assets,
            sandbox,
            vendors,
            live: Live::new(hub, sources),
            keys,
            sessions,
            login_throttle: LoginThrottle::default(),
            password_checks: Arc::default(),
            external_apis,
            known_members: KnownMembers::default(),
            shutdown,
        }))
    }
}
