//! Encryption of data stored in this browser, with the signed-in user's key: XChaCha20-Poly1305.
//!
//! WebCrypto is not used: it is asynchronous, so that the last input before the page unloads would be lost, and it does
//! not exist over plain http. This code is in the chunks of the forms, not in the main chunk.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use leptos::prelude::window;

/// Length in bytes of the nonce, which precedes the ciphertext. It is long enough that random nonces do not repeat.
const NONCE_BYTES: usize = 24;

/// A user's cipher.
pub struct Cipher(XChaCha20Poly1305);

impl Cipher {
    /// The cipher of a key of 32 bytes in base64url; `None` if the key is malformed.
    pub fn new(key: &str) -> Option<Self> {
        let key: String = key.trim_end_matches('=').replace('-', "+").replace('_', "/");
        let padding = "=".repeat((4 - key.len() % 4) % 4);
        let bytes: [u8; 32] = decode(&format!("{key}{padding}"))?.try_into().ok()?;
        Some(Self(XChaCha20Poly1305::new(&bytes.into())))
    }

    /// Encrypts a text, with `name` as associated data: it can be decrypted only under the same name. `None` if the
    /// browser has no random number generator.
    pub fn encrypt(&self, name: &str, text: &str) -> Option<String> {
        let mut nonce = [0; NONCE_BYTES];
        window().crypto().ok()?.get_random_values_with_u8_array(&mut nonce).ok()?;
        let payload = Payload { msg: text.as_bytes(), aad: name.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).ok()?;
        encode(&[nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts a text; `None` if it was encrypted with another key or name, or was altered.
    pub fn decrypt(&self, name: &str, sealed: &str) -> Option<String> {
        let bytes = decode(sealed)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: name.as_bytes() };
        String::from_utf8(self.0.decrypt(&XNonce::from(*nonce), payload).ok()?).ok()
    }
}

/// Bytes as base64; `btoa` takes a character per byte.
fn encode(bytes: &[u8]) -> Option<String> {
    let letters: String = bytes.iter().copied().map(char::from).collect();
    window().btoa(&letters).ok()
}

fn decode(text: &str) -> Option<Vec<u8>> {
    window().atob(text).ok()?.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}
