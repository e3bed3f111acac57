//! Definitions and tests in the database.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::SqlitePool;
use trunkline_api::gateway::{ExternalApi, ExternalApiBody, NoResponseReason, TestRun, TestSummary};

use super::vault::{Vault, is_encrypted};
use crate::config::Secret;
use crate::gateway::clock::now;
use crate::gateway::error::ApiError;

/// Maximum stored tests per API.
const MAX_TESTS: i64 = 50;
/// Maximum bytes of a stored response body.
const MAX_BODY: usize = 64 * 1024;

type ApiRow = (String, Vec<u8>, i64, i64, i64);

/// An entry of a list.
#[derive(Serialize)]
#[serde(untagged)]
pub enum ListEntry<T> {
    /// A record.
    Record(T),
    /// A stored record that can't be decoded.
    Unreadable(Unreadable),
}

/// A stored record that can't be decoded. It is listed, so that it hides no other record and can be removed.
#[derive(Serialize)]
pub struct Unreadable {
    id: String,
    /// Always null, which no definition and no test has. So a client reports the record instead of showing a blank one.
    url: (),
    /// Position of the error in the stored JSON. The JSON itself may contain secrets.
    unreadable: String,
}

impl From<Unreadable> for ApiError {
    fn from(Unreadable { id, unreadable, .. }: Unreadable) -> Self {
        let message = "The stored external API can't be read. Remove it and define it again.";
        Self::malformed(format!("{message} It is {id}, at {unreadable}."))
    }
}

/// Definitions and tests of external APIs.
#[derive(Clone)]
pub struct ExternalApiStore {
    pool: SqlitePool,
    writes: SqlitePool,
    vault: Arc<Vault>,
}

/// A stored definition, secrets included.
struct StoredApi {
    body: ExternalApiBody,
    id: String,
    created_at: i64,
    updated_at: i64,
    version: i64,
}

impl StoredApi {
    fn new(vault: &Vault, (id, body, created_at, updated_at, version): ApiRow) -> Result<Self, Unreadable> {
        let mut body = decode(&id, &body)?;
        vault.open(&id, &mut body);
        body.normalise();
        Ok(Self { body, id, created_at, updated_at, version })
    }

    /// Converts it to the API's form: secrets masked, with the newest test.
    ///
    /// # Errors
    /// If the database fails.
    async fn into_public(self, pool: &SqlitePool) -> Result<ExternalApi, ApiError> {
        let query = "SELECT id, at, run FROM external_api_tests WHERE api_id = $1 ORDER BY at DESC, id DESC LIMIT 1";
        let run: Option<(String, i64, Vec<u8>)> = sqlx::query_as(query).bind(&self.id).fetch_optional(pool).await?;
        let last_test = run.map(|(id, at, run)| {
            let error = Some(NoResponseReason::Unreadable);
            decode(&id, &run).unwrap_or_else(|_| TestSummary { at, error, ..TestSummary::default() })
        });
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

impl ExternalApiStore {
    /// Creates a store. Secrets are encrypted with the key, if there is one.
    pub fn new(pool: SqlitePool, writes: SqlitePool, secrets_key: Option<&Secret>) -> Self {
        Self { pool, writes, vault: Arc::new(Vault::new(secrets_key)) }
    }

    /// Serialises a definition for the database, secrets encrypted.
    ///
    /// # Errors
    /// If a secret can't be encrypted: it is never stored in plain text then.
    fn to_sealed_json(&self, id: &str, body: &ExternalApiBody) -> Result<String, sqlx::Error> {
        let mut body = body.clone();
        self.vault.seal(id, &mut body).map_err(|_| sqlx::Error::Encode("a secret could not be encrypted".into()))?;
        Ok(trunkline_api::decode::to_json(&body))
    }

    /// Encrypts secrets that were stored in plain text before a key was configured. Without a key it logs a warning if
    /// there are any.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn encrypt_stored_secrets(&self) -> Result<(), sqlx::Error> {
        let rows: Vec<(String, Vec<u8>)> =
            sqlx::query_as("SELECT id, body FROM external_apis").fetch_all(&self.pool).await?;
        let parsed = rows.into_iter().filter_map(|(id, text)| {
            let body: ExternalApiBody = decode(&id, &text).ok()?;
            Some((id, body))
        });
        let clear = |body: &ExternalApiBody| body.secrets().into_iter().any(|secret| !is_encrypted(secret));
        let mut warned = false;
        for (id, body) in parsed.filter(|(_, body)| clear(body)) {
            if self.vault.has_key() {
                let query = "UPDATE external_apis SET body = $1 WHERE id = $2";
                sqlx::query(query).bind(self.to_sealed_json(&id, &body)?).bind(&id).execute(&self.writes).await?;
            } else if !warned {
                warned = true;
                warn_of_clear_secrets();
            }
        }
        Ok(())
    }

    /// All definitions, oldest first, their secrets masked, including those that can't be decoded.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn list(&self) -> Result<Vec<ListEntry<ExternalApi>>, ApiError> {
        let query = "SELECT id, body, created_at, updated_at, version FROM external_apis ORDER BY created_at, id";
        let rows: Vec<ApiRow> = sqlx::query_as(query).fetch_all(&self.pool).await?;
        let mut all = Vec::new();
        for row in rows {
            all.push(match StoredApi::new(&self.vault, row) {
                Ok(stored) => ListEntry::Record(stored.into_public(&self.pool).await?),
                Err(unreadable) => ListEntry::Unreadable(unreadable),
            });
        }
        Ok(all)
    }

    /// One definition, its secrets masked.
    ///
    /// # Errors
    /// If there is none, or the database fails.
    pub async fn get(&self, id: &str) -> Result<ExternalApi, ApiError> {
        self.stored(id).await?.into_public(&self.pool).await
    }

    /// One definition with its secrets.
    ///
    /// # Errors
    /// If there is none, or the database fails.
    pub async fn definition(&self, id: &str) -> Result<ExternalApiBody, ApiError> {
        Ok(self.stored(id).await?.body)
    }

    async fn stored(&self, id: &str) -> Result<StoredApi, ApiError> {
        let query = "SELECT id, body, created_at, updated_at, version FROM external_apis WHERE id = $1";
        let row: Option<ApiRow> = sqlx::query_as(query).bind(id).fetch_optional(&self.pool).await?;
        Ok(StoredApi::new(&self.vault, row.ok_or_else(not_found)?)?)
    }

    /// Stores a new definition and returns its id.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn insert(&self, body: &ExternalApiBody) -> Result<String, ApiError> {
        if !self.vault.has_key() && !body.secrets().is_empty() {
            warn_of_clear_secrets();
        }
        let id = uuid::Uuid::now_v7().to_string();
        let at = now();
        sqlx::query("INSERT INTO external_apis (id, body, created_at, updated_at) VALUES ($1, $2, $3, $4)")
            .bind(&id)
            .bind(self.to_sealed_json(&id, body)?)
            .bind(at)
            .bind(at)
            .execute(&self.writes)
            .await?;
        Ok(id)
    }

    /// Replaces a definition if its version is still `version`; `None` skips the check.
    ///
    /// # Errors
    /// If there is none, it has another version, or the database fails.
    pub async fn update(&self, id: &str, body: &ExternalApiBody, version: Option<i64>) -> Result<(), ApiError> {
        let query = "UPDATE external_apis SET body = $1, updated_at = $2, version = version + 1 \
                     WHERE id = $3 AND version = COALESCE($4, version)";
        let text = self.to_sealed_json(id, body)?;
        let done = sqlx::query(query).bind(text).bind(now()).bind(id).bind(version).execute(&self.writes).await?;
        if done.rows_affected() > 0 {
            return Ok(());
        }
        // Distinguishes a missing definition from a newer version.
        self.stored(id).await?;
        Err(ApiError::conflict("Somebody else has saved this external API meanwhile."))
    }

    /// Removes a definition and its tests.
    ///
    /// # Errors
    /// If there is none, or the database fails.
    pub async fn remove(&self, id: &str) -> Result<(), ApiError> {
        let mut work = self.writes.begin().await?;
        sqlx::query("DELETE FROM external_api_tests WHERE api_id = $1").bind(id).execute(&mut *work).await?;
        let done = sqlx::query("DELETE FROM external_apis WHERE id = $1").bind(id).execute(&mut *work).await?;
        work.commit().await?;
        if done.rows_affected() == 0 { Err(not_found()) } else { Ok(()) }
    }

    /// An API's tests, newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn tests(&self, id: &str) -> Result<Vec<ListEntry<TestRun>>, ApiError> {
        let query = "SELECT id, run FROM external_api_tests WHERE api_id = $1 ORDER BY at DESC, id DESC LIMIT $2";
        let runs: Vec<(String, Vec<u8>)> = sqlx::query_as(query).bind(id).bind(MAX_TESTS).fetch_all(&self.pool).await?;
        Ok(runs.iter().map(|(id, run)| decode(id, run).map_or_else(ListEntry::Unreadable, ListEntry::Record)).collect())
    }

    /// Stores a test and deletes the oldest beyond the maximum.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn insert_test(&self, id: &str, run: &TestRun) -> Result<(), ApiError> {
        let mut run = run.clone();
        if run.body.len() > MAX_BODY {
            let end = (0..=MAX_BODY).rev().find(|end| run.body.is_char_boundary(*end)).unwrap_or(0);
            run.body.truncate(end);
            run.truncated = true;
        }
        let mut work = self.writes.begin().await?;
        sqlx::query("INSERT INTO external_api_tests (id, api_id, at, run) VALUES ($1, $2, $3, $4)")
            .bind(&run.id)
            .bind(id)
            .bind(run.summary.at)
            .bind(trunkline_api::decode::to_json(&run))
            .execute(&mut *work)
            .await?;
        sqlx::query(
            "DELETE FROM external_api_tests WHERE api_id = $1 AND id NOT IN \
             (SELECT id FROM external_api_tests WHERE api_id = $2 ORDER BY at DESC, id DESC LIMIT $3)",
        )
        .bind(id)
        .bind(id)
        .bind(MAX_TESTS)
        .execute(&mut *work)
        .await?;
        work.commit().await?;
        Ok(())
    }
}

fn warn_of_clear_secrets() {
    tracing::warn!(
        "secrets of external APIs are in the clear in the database: set [external_apis] secrets_key to encrypt them"
    );
}

fn not_found() -> ApiError {
    ApiError::not_found("There is no such external API.")
}

/// Decodes a stored definition or test. A failure is logged with the record's ID, but without its JSON.
fn decode<T: DeserializeOwned>(id: &str, json: &[u8]) -> Result<T, Unreadable> {
    serde_json::from_slice(json).map_err(|error| {
        let unreadable = format!("line {}, column {}", error.line(), error.column());
        tracing::error!(id, at = unreadable, "a stored external API or test can't be decoded");
        Unreadable { id: id.to_owned(), url: (), unreadable }
    })
}
