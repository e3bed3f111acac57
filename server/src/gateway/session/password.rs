//! Hashes and checks passwords with argon2id.

use argon2::password_hash::{Output, PasswordHash, PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use rand::TryRngCore;
use rand::rngs::OsRng;

use crate::names;

/// Salt for a check without a stored hash.
const NO_SALT: &[u8] = b"no such user here";

/// A stored password hash.
pub struct StoredPassword {
    /// The hash, as a PHC string.
    pub hash: String,
    /// True if the normalised password was hashed; older hashes may be of any Unicode form.
    pub normalised: bool,
}

/// Hashes a new password.
///
/// # Errors
/// If the system gives no randomness.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    let mut bytes = [0_u8; 16];
    OsRng.try_fill_bytes(&mut bytes).map_err(|_| argon2::password_hash::Error::Crypto)?;
    let salt = SaltString::encode_b64(&bytes)?;
    Ok(Argon2::default().hash_password(names::password(password).as_bytes(), &salt)?.to_string())
}

/// Returns true if a password matches the stored hash. Without a hash it returns false after the same time. `memory` is
/// reused between checks: repeatedly allocating 19 MiB would fragment the heap.
pub fn verify(password: &str, stored: Option<&StoredPassword>, memory: &mut Vec<Block>) -> bool {
    let Some(stored) = stored else {
        let mut output = [0_u8; 32];
        let text = names::password(password);
        let _ = hash_into(&Argon2::default(), text.as_bytes(), NO_SALT, &mut output, memory);
        return false;
    };
    let forms = if stored.normalised { vec![names::password(password)] } else { names::password_forms(password) };
    forms.iter().any(|form| matches_hash(form.as_bytes(), &stored.hash, memory).unwrap_or(false))
}

fn matches_hash(password: &[u8], hash: &str, memory: &mut Vec<Block>) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let wanted = hash.hash?;
    let params = Params::try_from(&hash).ok()?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let argon2 = Argon2::new(Algorithm::try_from(hash.algorithm).ok()?, version, params);
    let mut salt = [0_u8; 64];
    let salt = hash.salt?.decode_b64(&mut salt).ok()?;
    let mut output = vec![0_u8; wanted.len()];
    hash_into(&argon2, password, salt, &mut output, memory)?;
    // `Output` compares in constant time.
    Some(Output::new(&output).ok()? == wanted)
}

fn hash_into(
    argon2: &Argon2<'_>,
    password: &[u8],
    salt: &[u8],
    output: &mut [u8],
    memory: &mut Vec<Block>,
) -> Option<()> {
    let blocks = argon2.params().block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::default());
    }
    let memory = memory.get_mut(..blocks)?;
    argon2.hash_password_into_with_memory(password, salt, output, memory).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verify_reuses_memory() {
        let mut memory = Vec::new();
        let stored = StoredPassword { hash: hash("Zwo\u{308}lf Körbe").unwrap(), normalised: true };
        for _ in 0..3 {
            assert!(verify("Zwölf Ko\u{308}rbe", Some(&stored), &mut memory));
            assert!(!verify("Zwolf Korbe", Some(&stored), &mut memory));
            assert!(!verify("Zwölf Körbe", None, &mut memory));
        }
        assert_eq!(memory.len(), Params::default().block_count());
        let other = StoredPassword { hash: "no hash".to_owned(), normalised: true };
        assert!(!verify("Zwölf Körbe", Some(&other), &mut memory));
    }

    #[test]
    fn hash_of_unnormalised_password_still_matches() {
        let salt = SaltString::encode_b64(&[7; 16]).unwrap();
        for old in ["Zwo\u{308}lf", "Zwölf"] {
            let hash = Argon2::default().hash_password(old.as_bytes(), &salt).unwrap().to_string();
            let stored = StoredPassword { hash, normalised: false };
            for typed in ["Zwo\u{308}lf", "Zwölf"] {
                assert!(verify(typed, Some(&stored), &mut Vec::new()), "{old:?} {typed:?}");
            }
        }
    }
}
