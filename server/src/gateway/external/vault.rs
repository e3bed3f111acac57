//! Encrypts the secrets of external APIs for the database: ChaCha20-Poly1305 with a key from the configuration.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::error::Unspecified;
use sha2::{Digest, Sha256};
use trunkline_api::gateway::ExternalApiBody;

use crate::config::Secret;

/// Prefix of an encrypted value. The nonce and the ciphertext with its tag follow in base64.
const PREFIX: &str = "sealed:1:";

/// Encrypts and decrypts; without a key it leaves values unchanged.
pub struct Vault(Option<LessSafeKey>);

impl Vault {
    /// Creates a vault with the operator's key, if there is one.
    pub fn new(key: Option<&Secret>) -> Self {
        Self(key.and_then(|key| {
            let digest =
                Sha256::new().chain_update("trunkline external-apis 1\0").chain_update(key.reveal()).finalize();
            UnboundKey::new(&CHACHA20_POLY1305, &digest).ok().map(LessSafeKey::new)
        }))
    }

    /// Returns true if there is a key.
    pub fn has_key(&self) -> bool {
        self.0.is_some()
    }

    /// Encrypts the plain-text secrets of the definition with this id.
    ///
    /// # Errors
    /// If a secret can't be encrypted; it must then not be stored.
    pub fn seal(&self, id: &str, body: &mut ExternalApiBody) -> Result<(), Unspecified> {
        let Some(key) = &self.0 else { return Ok(()) };
        for secret in body.secrets_mut().into_iter().filter(|secret| !is_encrypted(secret)) {
            *secret = seal(key, id, secret)?;
        }
        Ok(())
    }

    /// Decrypts the secrets. One that was encrypted with another key stays unchanged.
    pub fn open(&self, id: &str, body: &mut ExternalApiBody) {
        let Some(key) = &self.0 else { return };
        for secret in body.secrets_mut() {
            if let Some(value) = open(key, id, secret) {
                *secret = value;
            }
        }
    }
}

/// Returns true if a value is encrypted.
pub fn is_encrypted(value: &str) -> bool {
    value.starts_with(PREFIX)
}

fn seal(key: &LessSafeKey, id: &str, value: &str) -> Result<String, Unspecified> {
    let nonce: [u8; NONCE_LEN] = rand::random();
    let mut text = value.as_bytes().to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(id), &mut text)?;
    Ok(format!("{PREFIX}{}", STANDARD.encode([&nonce[..], &text].concat())))
}

fn open(key: &LessSafeKey, id: &str, value: &str) -> Option<String> {
    let bytes = STANDARD.decode(value.strip_prefix(PREFIX)?).ok()?;
    let (nonce, text) = bytes.split_at_checked(NONCE_LEN)?;
    let mut text = text.to_vec();
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let opened = key.open_in_place(nonce, Aad::from(id), &mut text).ok()?;
    String::from_utf8(opened.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use trunkline_api::gateway::HeaderParam;

    use super::*;

    fn body() -> ExternalApiBody {
        let header = |secret| HeaderParam { name: "X".into(), value: "Bearer s3cret".into(), secret };
        ExternalApiBody { headers: vec![header(true), header(false)], ..Default::default() }
    }

    fn vault(key: &str) -> Vault {
        Vault::new(Some(&Secret::literal(key)))
    }

    #[test]
    fn encryption_is_bound_to_definition_and_key() {
        let mut sealed = body();
        vault("one").seal("id-1", &mut sealed).unwrap();
        assert!(is_encrypted(&sealed.headers[0].value) && !sealed.headers[0].value.contains("s3cret"));
        assert_eq!(sealed.headers[1], body().headers[1]);
        let mut again = body();
        vault("one").seal("id-1", &mut again).unwrap();
        assert_ne!(again.headers[0].value, sealed.headers[0].value, "each has a nonce of its own");
        for (vault, id, opens) in [
            (vault("one"), "id-1", true),
            (vault("two"), "id-1", false),
            (vault("one"), "id-2", false),
            (Vault::new(None), "id-1", false),
        ] {
            let mut opened = sealed.clone();
            vault.open(id, &mut opened);
            assert_eq!(opened == body(), opens);
        }
    }
}
