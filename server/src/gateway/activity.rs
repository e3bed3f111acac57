//! The activity: who requested which change of which record, from where, when, and with what result. It holds no values.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, SqlitePool};
use trunkline_api::gateway::Activity;

use super::clock::now;

/// User name on entries of the command line.
const COMMAND_LINE: &str = "command line";

/// An entry of the activity, stored in the table `audit`.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityEntry {
    /// UUIDv7: ordered by time, which orders the entries of one second.
    pub id: String,
    /// The entry as admins see it.
    pub activity: Activity,
}

/// Writes an entry.
///
/// # Errors
/// If the database fails.
pub async fn insert(connection: &mut SqliteConnection, entry: &ActivityEntry) -> Result<(), sqlx::Error> {
    let ActivityEntry { id, activity } = entry;
    let query = "INSERT INTO audit (id, at, user_name, address, method, path, status, refusal, request_id, \
                 record_id, record_name, fields, run) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING";
    sqlx::query(query)
        .bind(id)
        .bind(activity.at)
        .bind(&activity.user)
        .bind(&activity.address)
        .bind(&activity.method)
        .bind(&activity.path)
        .bind(activity.status)
        .bind(&activity.refusal)
        .bind(&activity.request_id)
        .bind(&activity.record_id)
        .bind(&activity.record_name)
        .bind(Some(activity.fields.join(",")).filter(|fields| !fields.is_empty()))
        .bind(&activity.run)
        .execute(connection)
        .await?;
    Ok(())
}

/// Deletes the oldest entries beyond `rows`. Failed sign-ins get a tenth of the rows, so that guessing passwords can't
/// push out recorded changes.
///
/// # Errors
/// If the database fails.
pub async fn delete_oldest(connection: &mut SqliteConnection, rows: u32) -> Result<(), sqlx::Error> {
    for (which, most) in [("path = '/api/session' AND status = 422", (rows / 10).max(1)), ("TRUE", rows)] {
        let query = format!("SELECT COUNT(*) FROM audit WHERE {which}");
        let count: i64 = sqlx::query_scalar(&query).fetch_one(&mut *connection).await?;
        let over = count - i64::from(most);
        if over > 0 {
            let oldest = format!("SELECT id FROM audit WHERE {which} ORDER BY at, id LIMIT $1");
            let query = format!("DELETE FROM audit WHERE id IN ({oldest})");
            sqlx::query(&query).bind(over).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

/// Records a command-line change of a user.
///
/// # Errors
/// If the database fails.
pub async fn record_command(connection: &mut SqliteConnection, method: &str, what: &str) -> Result<(), sqlx::Error> {
    let id = uuid::Uuid::now_v7();
    let activity = Activity {
        at: now(),
        user: Some(COMMAND_LINE.to_owned()),
        method: method.to_owned(),
        path: what.to_owned(),
        status: 200,
        request_id: id.simple().to_string(),
        ..Activity::default()
    };
    insert(connection, &ActivityEntry { id: id.to_string(), activity }).await
}

/// The newest entries, newest first.
///
/// # Errors
/// If the database fails.
pub async fn newest(pool: &SqlitePool, most: usize) -> Result<Vec<ActivityEntry>, sqlx::Error> {
    // Ids are ordered by time (UUIDv7), which orders the entries of one second.
    let query = format!("SELECT {COLUMNS} FROM audit ORDER BY at DESC, id DESC LIMIT $1");
    let rows = sqlx::query(&query).bind(i64::try_from(most).unwrap_or(i64::MAX)).fetch_all(pool).await?;
    rows.iter().map(entry).collect()
}

/// The newest entries of a record, newest first. `path` is the beginning of its entries' paths.
///
/// # Errors
/// If the database fails.
pub async fn of_record(
    pool: &SqlitePool,
    path: &str,
    record: &str,
    most: usize,
) -> Result<Vec<ActivityEntry>, sqlx::Error> {
    let query = format!(
        "SELECT {COLUMNS} FROM audit WHERE record_id = $1 AND substr(path, 1, length($2)) = $2 \
         ORDER BY at DESC, id DESC LIMIT $3"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = sqlx::query(&query).bind(record).bind(path).bind(most).fetch_all(pool).await?;
    rows.iter().map(entry).collect()
}

const COLUMNS: &str = "id, at, user_name, address, method, path, status, refusal, request_id, record_id, record_name, \
                       fields, run";

fn entry(row: &SqliteRow) -> Result<ActivityEntry, sqlx::Error> {
    let fields: Option<String> = row.try_get("fields")?;
    let activity = Activity {
        at: row.try_get("at")?,
        user: row.try_get("user_name")?,
        address: row.try_get("address")?,
        method: row.try_get("method")?,
        path: row.try_get("path")?,
        status: row.try_get("status")?,
        refusal: row.try_get("refusal")?,
        request_id: row.try_get("request_id")?,
        record_id: row.try_get("record_id")?,
        record_name: row.try_get("record_name")?,
        fields: fields.iter().flat_map(|fields| fields.split(',')).map(str::to_owned).collect(),
        run: row.try_get("run")?,
    };
    Ok(ActivityEntry { id: row.try_get("id")?, activity })
}

/// Deletes entries older than a time.
///
/// # Errors
/// If the database fails.
pub async fn prune(pool: &SqlitePool, before: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM audit WHERE at < $1").bind(before).execute(pool).await.map(drop)
}
