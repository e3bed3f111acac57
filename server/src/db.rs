//! The database: one SQLite file. Where possible, queries use SQL that PostgreSQL understands too.
//!
//! Reads and writes use separate connections: in WAL mode a read never waits for a lock, so it must not wait for a
//! connection that does.

use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::names;

/// Time limit for a statement that waits for another process's lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens the database file, creates it if it does not exist, and runs the migrations.
///
/// # Errors
/// If the file can't be opened or a migration fails.
pub async fn open(file: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(LOCK_TIMEOUT);
    let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
    migrate(&pool).await?;
    Ok(pool)
}

/// Returns another pool of at most `connections` connections to the same file, opened lazily. A statement waits for a
/// lock no longer than `busy`.
pub fn separate_pool(pool: &SqlitePool, connections: u32, busy: Duration) -> SqlitePool {
    let options = SqliteConnectOptions::clone(&pool.connect_options()).busy_timeout(busy);
    let wait = busy + Duration::from_secs(1);
    SqlitePoolOptions::new().max_connections(connections).acquire_timeout(wait).connect_lazy_with(options)
}

/// Opens a database in memory, for tests. It has one connection, because each would have a database of its own.
///
/// # Errors
/// If a migration fails.
pub async fn in_memory() -> Result<SqlitePool, sqlx::Error> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
    migrate(&pool).await?;
    Ok(pool)
}

async fn migrate(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    sqlx::migrate!("./migrations").run(pool).await?;
    fill_name_keys(pool).await
}

/// Fills in the name keys of users from older versions. SQL can't normalise Unicode.
async fn fill_name_keys(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    let query = "SELECT id, name FROM users WHERE name_key IS NULL ORDER BY created_at, id";
    let rows: Vec<(String, String)> = sqlx::query_as(query).fetch_all(pool).await?;
    for (id, name) in rows {
        let key = names::key(&name);
        let taken = "SELECT COUNT(*) FROM users WHERE name_key = $1";
        if sqlx::query_scalar::<_, i64>(taken).bind(&key).fetch_one(pool).await? > 0 {
            tracing::warn!("two users' names differ in case or composition only: rename one");
            continue;
        }
        let query = "UPDATE users SET name_key = $1 WHERE id = $2";
        sqlx::query(query).bind(&key).bind(&id).execute(pool).await?;
    }
    Ok(())
}
