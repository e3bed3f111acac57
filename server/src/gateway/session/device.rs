//! The device cookie: it proves that a browser has signed in as a user before, so that other people's failed attempts
//! don't delay its owner. Each entry is a random number and its HMAC with the user's id; a browser keeps entries of its
//! last eight users.

use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use subtle::ConstantTimeEq;

use super::cookie;
use crate::gateway::hex;
use crate::gateway::keys::Keys;

/// Maximum life of a cookie in browsers: 400 days, in seconds.
const MAX_AGE: u32 = 400 * 24 * 60 * 60;
/// Entries per browser.
const MAX_USERS: usize = 8;
/// Bytes of an entry's random number, and of the number with its HMAC.
const NUMBER: usize = 8;
const ENTRY: usize = NUMBER + 16;

/// The browser's valid entry for a person; `None` if there is none.
pub fn verified_entry(keys: &Keys, headers: &HeaderMap, person: &str) -> Option<String> {
    entries(headers).find(|entry| is_for(keys, entry, person)).map(str::to_owned)
}

/// The cookie after a sign-in: the person's entry first, then the existing entries of others.
pub fn cookie_after_sign_in(keys: &Keys, headers: &HeaderMap, person: &str) -> Option<HeaderValue> {
    let own = verified_entry(keys, headers, person).unwrap_or_else(|| {
        let number: [u8; NUMBER] = rand::rng().random();
        URL_SAFE_NO_PAD.encode([number.as_slice(), &tag(keys, &number, person)].concat())
    });
    let others = entries(headers).filter(|entry| *entry != own).map(str::to_owned);
    let all: Vec<String> = [own.clone()].into_iter().chain(others).take(MAX_USERS).collect();
    cookie::set_cookie(headers, cookie::DEVICE, &all.join("."), MAX_AGE)
}

fn entries(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let value = cookie::get(headers, cookie::DEVICE).unwrap_or("");
    value.split('.').filter(|entry| entry.len() == ENTRY / 3 * 4).take(MAX_USERS)
}

fn is_for(keys: &Keys, entry: &str, person: &str) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(entry) else { return false };
    bytes.split_at_checked(NUMBER).is_some_and(|(number, received)| received.ct_eq(&tag(keys, number, person)).into())
}

fn tag(keys: &Keys, number: &[u8], person: &str) -> [u8; ENTRY - NUMBER] {
    let whole = keys.derive("device", &format!("{person}\0{}", hex::encode(number)));
    let mut tag = [0_u8; ENTRY - NUMBER];
    tag.iter_mut().zip(whole).for_each(|(byte, from)| *byte = from);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Request headers of a browser that has received a cookie.
    fn sent(cookie: &HeaderValue) -> HeaderMap {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert("host", "localhost:8080".parse().unwrap());
        headers.insert("cookie", pair.parse().unwrap());
        headers
    }

    #[tokio::test]
    async fn device_entry_is_valid_for_its_user_and_database_only() {
        let keys = Keys::load(&crate::db::in_memory().await.unwrap()).await.unwrap();
        let others = Keys::load(&crate::db::in_memory().await.unwrap()).await.unwrap();
        let mut headers = sent(&"a=b".parse().unwrap());
        assert_eq!(verified_entry(&keys, &headers, "user:1"), None);
        for person in ["user:1", "user:2", "user:1"] {
            headers = sent(&cookie_after_sign_in(&keys, &headers, person).unwrap());
        }
        let first = verified_entry(&keys, &headers, "user:1").unwrap();
        assert_ne!(Some(first), verified_entry(&keys, &headers, "user:2"));
        assert!(verified_entry(&keys, &headers, "user:2").is_some());
        assert_eq!(verified_entry(&keys, &headers, "user:3"), None);
        assert_eq!(verified_entry(&others, &headers, "user:1"), None, "another database");
        for number in 10..20 {
            headers = sent(&cookie_after_sign_in(&keys, &headers, &format!("user:{number}")).unwrap());
        }
        assert_eq!(verified_entry(&keys, &headers, "user:1"), None, "only the last eight");
        assert!(verified_entry(&keys, &headers, "user:19").is_some());
        headers.insert("cookie", "trunkline-device-8080=AAAA.....%%%".parse().unwrap());
        assert_eq!(verified_entry(&keys, &headers, "user:1"), None);
    }
}
