//! Keys that the gateway derives from one secret of its database. None of them is ever logged.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::Sha256;
use sqlx::SqlitePool;

/// The name of the secret in the table `gateway_keys`.
const ROOT: &str = "root";

/// Derives keys. It has no `Debug`, so that no log line holds the secret by accident.
pub struct Keys([u8; 32]);

impl Keys {
    /// Reads the database's secret; the first start makes it.
    ///
    /// # Errors
    /// When the database fails or the system gives no randomness.
    pub async fn load(pool: &SqlitePool) -> Result<Self, sqlx::Error> {
        if let Some(key) = read(pool).await? {
            return Ok(Self(key));
        }
        let mut fresh = [0_u8; 32];
        OsRng.try_fill_bytes(&mut fresh).map_err(|error| sqlx::Error::Io(std::io::Error::other(error)))?;
        // Of two first starts at once, one makes the secret and both read it.
        sqlx::query("INSERT INTO gateway_keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
            .bind(ROOT)
            .bind(super::session::hex(&fresh))
            .execute(pool)
            .await?;
        read(pool).await?.map(Self).ok_or(sqlx::Error::RowNotFound)
    }

    /// The key with which a user's browsers encrypt drafts: base64url, 32 bytes, the same in every session. `person` is
    /// [`super::session::SignedIn::person`].
    pub fn draft(&self, person: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.derive("draft", person))
    }

    /// A key for one purpose and one subject.
    pub fn derive(&self, purpose: &str, subject: &str) -> [u8; 32] {
        // HMAC takes keys of any length: the error can't occur.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 32] };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(subject.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// The stored secret. One that can't be read counts as a failure: to replace it would lose every draft.
async fn read(pool: &SqlitePool) -> Result<Option<[u8; 32]>, sqlx::Error> {
    let query = "SELECT value FROM gateway_keys WHERE name = $1";
    let stored: Option<String> = sqlx::query_scalar(query).bind(ROOT).fetch_optional(pool).await?;
    let parse = |text: String| unhex(&text).ok_or_else(|| sqlx::Error::Decode("gateway_keys: not 32 bytes".into()));
    stored.map(parse).transpose()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0_u8; 32];
    let pairs = text.as_bytes().chunks_exact(2);
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keys_differ_by_person_purpose_and_database_and_stay() {
        let pool = crate::store::in_memory().await.unwrap();
        let keys = Keys::load(&pool).await.unwrap();
        let again = Keys::load(&pool).await.unwrap();
        assert_eq!(keys.draft("user:1"), again.draft("user:1"));
        assert_eq!(URL_SAFE_NO_PAD.decode(keys.draft("user:1")).unwrap().len(), 32);
        assert_ne!(keys.draft("user:1"), keys.draft("user:2"));
        assert_ne!(keys.derive("draft", "user:1"), keys.derive("device", "user:1"));
        let other = Keys::load(&crate::store::in_memory().await.unwrap()).await.unwrap();
        assert_ne!(keys.draft("user:1"), other.draft("user:1"));
    }
}
