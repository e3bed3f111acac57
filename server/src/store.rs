//! The database: one SQLite file. Queries stay within what PostgreSQL also understands where they can.
//!
//! Reads and writes have connections of their own: in WAL mode a read never waits for a lock, and so it must not wait for a
//! connection that does.

use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::names;

/// How long a statement waits for another process's lock.
const BUSY: Duration = Duration::from_secs(5);

/// Opens the database file, makes it if it isn't there, and brings its tables up to date.
///
/// # Errors
/// When the file can't be opened or a migration fails.
pub async fn open(file: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(BUSY);
    let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
    prepare(&pool).await?;
    Ok(pool)
}

/// Further connections to the same file, at most so many, none of them open yet. A statement waits for a lock no longer
/// than `busy`.
pub fn beside(pool: &SqlitePool, connections: u32, busy: Duration) -> SqlitePool {
    let options = SqliteConnectOptions::clone(&pool.connect_options()).busy_timeout(busy);
    let wait = busy + Duration::from_secs(1);
    SqlitePoolOptions::new().max_connections(connections).acquire_timeout(wait).connect_lazy_with(options)
}

/// A database in memory, for tests: one connection, since each would have its own.
///
/// # Errors
/// When a migration fails.
pub async fn in_memory() -> Result<SqlitePool, sqlx::Error> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
    prepare(&pool).await?;
    Ok(pool)
}

async fn prepare(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    sqlx::migrate!("./migrations").run(pool).await?;
    fill_name_keys(pool).await
}

/// Gives users of before the key of their name. SQL can't normalise.
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
