//! Definitions and tests in the database.

use sqlx::SqlitePool;
use trunkline_api::gateway::{ExternalApi, ExternalApiBody, TestRun, TestSummary};

use super::vault::{Vault, is_sealed};
use crate::gateway::refusal::Refused;
use crate::gateway::state::{App, now};

/// Tests kept per API.
const KEPT: i64 = 50;
/// Bytes of a body kept in the history.
const BODY: usize = 64 * 1024;

type Row = (String, String, i64, i64, i64);

/// A definition as it is stored, secrets included.
pub struct Stored {
    /// The definition with its secrets.
    pub body: ExternalApiBody,
    id: String,
    created_at: i64,
    updated_at: i64,
    version: i64,
}

impl Stored {
    fn new(app: &App, (id, body, created_at, updated_at, version): Row) -> Result<Self, Refused> {
        let mut body = parse(&body)?;
        vault(app).open(&id, &mut body);
        Ok(Self { body, id, created_at, updated_at, version })
    }

    /// As it is shown: without secrets, with the newest test.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shown(self, pool: &SqlitePool) -> Result<ExternalApi, Refused> {
        let query = "SELECT run FROM external_api_tests WHERE api_id = $1 ORDER BY at DESC, id DESC LIMIT 1";
        let run: Option<String> = sqlx::query_scalar(query).bind(&self.id).fetch_optional(pool).await?;
        let last_test: Option<TestSummary> = run.map(|run| parse(&run)).transpose()?;
        Ok(ExternalApi {
            id: self.id,
            body: super::secrets::hide(self.body),
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
            last_test,
        })
    }
}

fn vault(app: &App) -> Vault {
    Vault::new(app.config.external_apis.secrets_key.as_ref())
}

/// A definition as it goes into the database.
fn written(app: &App, id: &str, body: &ExternalApiBody) -> String {
    let mut body = body.clone();
    vault(app).seal(id, &mut body);
    trunkline_api::wire::to_json(&body)
}

/// Encrypts what an earlier start stored in the clear; without a key it says in the log that there is such.
///
/// # Errors
/// When the database fails.
pub async fn protect(app: &App) -> Result<(), sqlx::Error> {
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT id, body FROM external_apis").fetch_all(&app.pool).await?;
    let parsed = rows.into_iter().filter_map(|(id, text)| Some((id, parse::<ExternalApiBody>(&text).ok()?)));
    let clear = |body: &ExternalApiBody| body.headers.iter().any(|header| header.secret && !is_sealed(&header.value));
    let mut warned = false;
    for (id, body) in parsed.filter(|(_, body)| clear(body)) {
        if vault(app).has_key() {
            let query = "UPDATE external_apis SET body = $1 WHERE id = $2";
            sqlx::query(query).bind(written(app, &id, &body)).bind(&id).execute(&app.writes).await?;
        } else if !warned {
            warned = true;
            warn_of_clear_secrets();
        }
    }
    Ok(())
}

fn warn_of_clear_secrets() {
    tracing::warn!(
        "secret headers of external APIs are in the clear in the database: set [external_apis] secrets_key to encrypt them"
    );
}

/// All definitions, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App) -> Result<Vec<Stored>, Refused> {
    let query = "SELECT id, body, created_at, updated_at, version FROM external_apis ORDER BY created_at, id";
    let rows: Vec<Row> = sqlx::query_as(query).fetch_all(&app.pool).await?;
    rows.into_iter().map(|row| Stored::new(app, row)).collect()
}

/// One definition.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn get(app: &App, id: &str) -> Result<Stored, Refused> {
    let query = "SELECT id, body, created_at, updated_at, version FROM external_apis WHERE id = $1";
    let row: Option<Row> = sqlx::query_as(query).bind(id).fetch_optional(&app.pool).await?;
    Stored::new(app, row.ok_or_else(missing)?)
}

/// Stores a new definition and gives its id.
///
/// # Errors
/// When the database fails.
pub async fn insert(app: &App, body: &ExternalApiBody) -> Result<String, Refused> {
    if !vault(app).has_key() && body.headers.iter().any(|header| header.secret) {
        warn_of_clear_secrets();
    }
    let id = uuid::Uuid::now_v7().to_string();
    let at = now();
    sqlx::query("INSERT INTO external_apis (id, body, created_at, updated_at) VALUES ($1, $2, $3, $4)")
        .bind(&id)
        .bind(written(app, &id, body))
        .bind(at)
        .bind(at)
        .execute(&app.writes)
        .await?;
    Ok(id)
}

/// Replaces a definition, if it still has the version that the change was made to; none: whatever its version.
///
/// # Errors
/// When there is none, when it has another version, or when the database fails.
pub async fn update(app: &App, id: &str, body: &ExternalApiBody, version: Option<i64>) -> Result<(), Refused> {
    let query = "UPDATE external_apis SET body = $1, updated_at = $2, version = version + 1 \
                 WHERE id = $3 AND version = COALESCE($4, version)";
    let text = written(app, id, body);
    let done = sqlx::query(query).bind(text).bind(now()).bind(id).bind(version).execute(&app.writes).await?;
    if done.rows_affected() > 0 {
        return Ok(());
    }
    // There is none, or it has another version.
    get(app, id).await?;
    Err(Refused::conflict("Somebody else has saved this external API meanwhile."))
}

/// Removes a definition and its tests.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn remove(pool: &SqlitePool, id: &str) -> Result<(), Refused> {
    let mut work = pool.begin().await?;
    sqlx::query("DELETE FROM external_api_tests WHERE api_id = $1").bind(id).execute(&mut *work).await?;
    let done = sqlx::query("DELETE FROM external_apis WHERE id = $1").bind(id).execute(&mut *work).await?;
    work.commit().await?;
    if done.rows_affected() == 0 { Err(missing()) } else { Ok(()) }
}

/// An API's tests, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn tests(pool: &SqlitePool, id: &str) -> Result<Vec<TestRun>, Refused> {
    let query = "SELECT run FROM external_api_tests WHERE api_id = $1 ORDER BY at DESC, id DESC LIMIT $2";
    let runs: Vec<String> = sqlx::query_scalar(query).bind(id).bind(KEPT).fetch_all(pool).await?;
    runs.iter().map(|run| parse(run)).collect()
}

/// Keeps a test, and only the newest ones.
///
/// # Errors
/// When the database fails.
pub async fn keep(pool: &SqlitePool, id: &str, run: &TestRun) -> Result<(), Refused> {
    let mut run = run.clone();
    if run.body.len() > BODY {
        let end = (0..=BODY).rev().find(|end| run.body.is_char_boundary(*end)).unwrap_or(0);
        run.body.truncate(end);
        run.truncated = true;
    }
    let mut work = pool.begin().await?;
    sqlx::query("INSERT INTO external_api_tests (id, api_id, at, run) VALUES ($1, $2, $3, $4)")
        .bind(&run.id)
        .bind(id)
        .bind(run.summary.at)
        .bind(trunkline_api::wire::to_json(&run))
        .execute(&mut *work)
        .await?;
    sqlx::query(
        "DELETE FROM external_api_tests WHERE api_id = $1 AND id NOT IN \
         (SELECT id FROM external_api_tests WHERE api_id = $2 ORDER BY at DESC, id DESC LIMIT $3)",
    )
    .bind(id)
    .bind(id)
    .bind(KEPT)
    .execute(&mut *work)
    .await?;
    work.commit().await?;
    Ok(())
}

fn missing() -> Refused {
    Refused::not_found("There is no such external API.")
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Refused> {
    serde_json::from_str(text).map_err(|_| {
        tracing::error!("a stored external API can't be read");
        Refused::fault()
    })
}
