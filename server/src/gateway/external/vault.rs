//! Encrypts the secret headers of external APIs for the database: ChaCha20-Poly1305 with a key from the configuration.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use trunkline_api::gateway::ExternalApiBody;

use crate::config::Secret;

/// What an encrypted value begins with; then come, in base64, the nonce and the ciphertext with its tag.
const PREFIX: &str = "sealed:1:";

/// Encrypts and decrypts; without a key it leaves values as they are.
pub struct Vault(Option<LessSafeKey>);

impl Vault {
    /// With the operator's key, if there is one.
    pub fn new(key: Option<&Secret>) -> Self {
        Self(key.and_then(|key| {
            let digest =
                Sha256::new().chain_update("trunkline external-apis 1\0").chain_update(key.reveal()).finalize();
            UnboundKey::new(&CHACHA20_POLY1305, &digest).ok().map(LessSafeKey::new)
        }))
    }

    /// Whether there is a key.
    pub fn has_key(&self) -> bool {
        self.0.is_some()
    }

    /// Encrypts the secrets of the definition with this id that are in the clear.
    pub fn seal(&self, id: &str, body: &mut ExternalApiBody) {
        let Some(key) = &self.0 else { return };
        for header in body.headers.iter_mut().filter(|header| header.secret && !is_sealed(&header.value)) {
            if let Some(sealed) = seal(key, id, &header.value) {
                header.value = sealed;
            }
        }
    }

    /// Decrypts them. One that another key encrypted stays as it is.
    pub fn open(&self, id: &str, body: &mut ExternalApiBody) {
        let Some(key) = &self.0 else { return };
        for header in body.headers.iter_mut().filter(|header| header.secret) {
            if let Some(value) = open(key, id, &header.value) {
                header.value = value;
            }
        }
    }
}

/// Whether a value is encrypted.
pub fn is_sealed(value: &str) -> bool {
    value.starts_with(PREFIX)
}

fn seal(key: &LessSafeKey, id: &str, value: &str) -> Option<String> {
    let nonce: [u8; NONCE_LEN] = rand::random();
    let mut text = value.as_bytes().to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(id), &mut text).ok()?;
    Some(format!("{PREFIX}{}", STANDARD.encode([&nonce[..], &text].concat())))
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
    fn secrets_are_encrypted_for_their_definition_and_key_alone() {
        let mut sealed = body();
        vault("one").seal("id-1", &mut sealed);
        assert!(is_sealed(&sealed.headers[0].value) && !sealed.headers[0].value.contains("s3cret"));
        assert_eq!(sealed.headers[1], body().headers[1]);
        let mut again = body();
        vault("one").seal("id-1", &mut again);
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
