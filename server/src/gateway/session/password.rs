//! Passwords: argon2id, off the async threads, a few at a time.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use rand::TryRngCore;
use rand::rngs::OsRng;
use tokio::sync::Semaphore;

/// Each check takes 19 MiB: a flood of sign-ins must not take the machine's memory.
static SLOTS: Semaphore = Semaphore::const_new(4);

/// Hashes a new password.
///
/// # Errors
/// When the system gives no randomness.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    let mut bytes = [0_u8; 16];
    OsRng.try_fill_bytes(&mut bytes).map_err(|_| argon2::password_hash::Error::Crypto)?;
    let salt = SaltString::encode_b64(&bytes)?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt)?.to_string())
}

/// Whether a password fits a hash; without a hash it never does, and takes as long.
pub async fn verify(password: String, hash: Option<String>) -> bool {
    let Ok(slot) = SLOTS.acquire().await else { return false };
    let check = move || {
        // Held until the work is done: whoever hangs up does not make room for the next.
        let _slot = slot;
        match hash {
            Some(hash) => PasswordHash::new(&hash)
                .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()),
            // A name that isn't there takes as long as one that is.
            None => {
                let _ = self::hash(&password);
                false
            }
        }
    };
    tokio::task::spawn_blocking(check).await.unwrap_or(false)
}
