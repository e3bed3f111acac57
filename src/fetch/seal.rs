//! Encryption of what is kept in this browser, with the signed-in user's own key: XChaCha20-Poly1305.
//!
//! Not the browser's WebCrypto: it answers later, so that the last letters before a page goes would be lost, and it does
//! not exist where the console is served over plain http. It comes with the forms, not with the start.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use leptos::prelude::window;

/// Bytes of the nonce, which stands before the text. So many random ones never meet twice.
const NONCE: usize = 24;

/// A user's cipher; none if the key is not one.
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// The cipher of a key: 32 bytes in base64url.
    pub fn new(key: &str) -> Option<Self> {
        let key: String = key.trim_end_matches('=').replace('-', "+").replace('_', "/");
        let padding = "=".repeat((4 - key.len() % 4) % 4);
        let bytes: [u8; 32] = decode(&format!("{key}{padding}"))?.try_into().ok()?;
        Some(Self(XChaCha20Poly1305::new(&bytes.into())))
    }

    /// Encrypts a text that belongs to `name`: under another name it can't be read. None without a source of chance.
    pub fn seal(&self, name: &str, text: &str) -> Option<String> {
        let mut nonce = [0; NONCE];
        window().crypto().ok()?.get_random_values_with_u8_array(&mut nonce).ok()?;
        let payload = Payload { msg: text.as_bytes(), aad: name.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).ok()?;
        encode(&[nonce.as_slice(), &sealed].concat())
    }

    /// Reads what [`Seal::seal`] made; none if it was another key, name or text.
    pub fn open(&self, name: &str, sealed: &str) -> Option<String> {
        let bytes = decode(sealed)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: name.as_bytes() };
        String::from_utf8(self.0.decrypt(&XNonce::from(*nonce), payload).ok()?).ok()
    }
}

/// Bytes as base64; the browser's function takes a letter for each byte.
fn encode(bytes: &[u8]) -> Option<String> {
    let letters: String = bytes.iter().copied().map(char::from).collect();
    window().btoa(&letters).ok()
}

fn decode(text: &str) -> Option<Vec<u8>> {
    window().atob(text).ok()?.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}
