//! Hashing and checking passwords: argon2id.

use argon2::password_hash::{Output, PasswordHash, PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use rand::TryRngCore;
use rand::rngs::OsRng;

use crate::names;

/// The salt that a password without a hash is checked with.
const NO_SALT: &[u8] = b"no such user here";

/// What a password is checked against.
pub struct Stored {
    /// The hash, as a PHC string.
    pub hash: String,
    /// Whether it was made of the normalised password; older ones may be of any form.
    pub normalised: bool,
}

/// Hashes a new password.
///
/// # Errors
/// When the system gives no randomness.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    let mut bytes = [0_u8; 16];
    OsRng.try_fill_bytes(&mut bytes).map_err(|_| argon2::password_hash::Error::Crypto)?;
    let salt = SaltString::encode_b64(&bytes)?;
    Ok(Argon2::default().hash_password(names::password(password).as_bytes(), &salt)?.to_string())
}

/// Whether a password fits what is stored; without a hash it never does, and takes as long. `memory` is reused from check
/// to check: 19 MiB that are freed and taken again fragment the heap.
pub fn verify(password: &str, stored: Option<&Stored>, memory: &mut Vec<Block>) -> bool {
    let Some(stored) = stored else {
        let mut output = [0_u8; 32];
        let text = names::password(password);
        let _ = fill(&Argon2::default(), text.as_bytes(), NO_SALT, &mut output, memory);
        return false;
    };
    let forms = if stored.normalised { vec![names::password(password)] } else { names::password_forms(password) };
    forms.iter().any(|form| fits(form.as_bytes(), &stored.hash, memory).unwrap_or(false))
}

fn fits(password: &[u8], hash: &str, memory: &mut Vec<Block>) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let wanted = hash.hash?;
    let params = Params::try_from(&hash).ok()?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let argon2 = Argon2::new(Algorithm::try_from(hash.algorithm).ok()?, version, params);
    let mut salt = [0_u8; 64];
    let salt = hash.salt?.decode_b64(&mut salt).ok()?;
    let mut output = vec![0_u8; wanted.len()];
    fill(&argon2, password, salt, &mut output, memory)?;
    // `Output` compares in constant time.
    Some(Output::new(&output).ok()? == wanted)
}

fn fill(argon2: &Argon2<'_>, password: &[u8], salt: &[u8], output: &mut [u8], memory: &mut Vec<Block>) -> Option<()> {
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
    fn a_password_fits_its_hash_again_and_again_with_the_same_memory() {
        let mut memory = Vec::new();
        let stored = Stored { hash: hash("Zwo\u{308}lf Körbe").unwrap(), normalised: true };
        for _ in 0..3 {
            assert!(verify("Zwölf Ko\u{308}rbe", Some(&stored), &mut memory));
            assert!(!verify("Zwolf Korbe", Some(&stored), &mut memory));
            assert!(!verify("Zwölf Körbe", None, &mut memory));
        }
        assert_eq!(memory.len(), Params::default().block_count());
        let other = Stored { hash: "no hash".to_owned(), normalised: true };
        assert!(!verify("Zwölf Körbe", Some(&other), &mut memory));
    }

    #[test]
    fn an_old_hash_of_another_form_still_fits() {
        let salt = SaltString::encode_b64(&[7; 16]).unwrap();
        for old in ["Zwo\u{308}lf", "Zwölf"] {
            let hash = Argon2::default().hash_password(old.as_bytes(), &salt).unwrap().to_string();
            let stored = Stored { hash, normalised: false };
            for typed in ["Zwo\u{308}lf", "Zwölf"] {
                assert!(verify(typed, Some(&stored), &mut Vec::new()), "{old:?} {typed:?}");
            }
        }
    }
}
