//! Keys derived from one secret in the database. They are never logged.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::digest::InvalidLength;
use hmac::{Hmac, Mac};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::Sha256;
use sqlx::SqlitePool;

use super::hex;

/// The name of the secret in the table `gateway_keys`.
const SECRET_NAME: &str = "root";

/// The keys can't be loaded or derived: the gateway must not start.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The database failed.
    #[error("The database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The system has no randomness for a new secret.
    #[error("There is no randomness for a secret: {0}")]
    Randomness(#[from] rand::rand_core::OsError),
    /// The stored secret is damaged. It is not replaced, because that would lose every draft.
    #[error("The secret in the table gateway_keys is not 32 bytes in hexadecimal")]
    Damaged,
    /// No key can be derived from the secret.
    #[error("No key can be derived from the secret: {0}")]
    Derivation(#[from] InvalidLength),
}

/// Derives keys. It has no `Debug`, so that no log line can hold the secret.
pub struct Keys(Hmac<Sha256>);

impl Keys {
    /// Loads the secret from the database; the first start creates it.
    ///
    /// # Errors
    /// [`KeyError`].
    pub async fn load(pool: &SqlitePool) -> Result<Self, KeyError> {
        if let Some(secret) = load_secret(pool).await? {
            return Self::new(&secret);
        }
        let mut fresh = [0_u8; 32];
        OsRng.try_fill_bytes(&mut fresh)?;
        // If two processes start at once, one creates the secret and both read it.
        sqlx::query("INSERT INTO gateway_keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
            .bind(SECRET_NAME)
            .bind(hex::encode(&fresh))
            .execute(pool)
            .await?;
        Self::new(&load_secret(pool).await?.ok_or(sqlx::Error::RowNotFound)?)
    }

    fn new(secret: &[u8]) -> Result<Self, KeyError> {
        Ok(Self(Hmac::new_from_slice(secret)?))
    }

    /// The key with which a user's browsers encrypt drafts: base64url of 32 bytes, the same in every session. `person`
    /// is [`super::session::CurrentUser::person`].
    pub fn draft_key(&self, person: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.derive("draft", person))
    }

    /// Derives a key for one purpose and one subject.
    pub fn derive(&self, purpose: &str, subject: &str) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(subject.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// The stored secret; `None` before the first start.
async fn load_secret(pool: &SqlitePool) -> Result<Option<[u8; 32]>, KeyError> {
    let query = "SELECT value FROM gateway_keys WHERE name = $1";
    let stored: Option<String> = sqlx::query_scalar(query).bind(SECRET_NAME).fetch_optional(pool).await?;
    stored.map(|text| hex::decode_32(&text).ok_or(KeyError::Damaged)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keys_are_stable_and_differ_by_person_purpose_and_database() {
        let pool = crate::db::in_memory().await.unwrap();
        let keys = Keys::load(&pool).await.unwrap();
        let again = Keys::load(&pool).await.unwrap();
        assert_eq!(keys.draft_key("user:1"), again.draft_key("user:1"));
        assert_eq!(URL_SAFE_NO_PAD.decode(keys.draft_key("user:1")).unwrap().len(), 32);
        assert_ne!(keys.draft_key("user:1"), keys.draft_key("user:2"));
        assert_ne!(keys.derive("draft", "user:1"), keys.derive("device", "user:1"));
        let other = Keys::load(&crate::db::in_memory().await.unwrap()).await.unwrap();
        assert_ne!(keys.draft_key("user:1"), other.draft_key("user:1"));
    }

    #[tokio::test]
    async fn damaged_secret_is_an_error_and_stays() {
        let pool = crate::db::in_memory().await.unwrap();
        let insert = "INSERT INTO gateway_keys (name, value) VALUES ('root', 'zz')";
        sqlx::query(insert).execute(&pool).await.unwrap();
        assert!(matches!(Keys::load(&pool).await, Err(KeyError::Damaged)));
        let stored: String = sqlx::query_scalar("SELECT value FROM gateway_keys").fetch_one(&pool).await.unwrap();
        assert_eq!(stored, "zz");
    }
}
