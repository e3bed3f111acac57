//! The device cookie: it proves that a browser once signed in as a name, so that what strangers try doesn't hold it up.
//! Each entry is a random number and its HMAC with the user's id; a browser has entries of the last eight users.

use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng;
use subtle::ConstantTimeEq;

use super::cookie;
use crate::gateway::keys::Keys;

/// The longest that browsers keep a cookie: 400 days, in seconds.
const MAX_AGE: u32 = 400 * 24 * 60 * 60;
/// Users per browser.
const USERS: usize = 8;
/// Bytes of an entry: its random number, and the number with its HMAC.
const NUMBER: usize = 8;
const ENTRY: usize = NUMBER + 16;

/// The entry by which this browser is known as a person's; none if it isn't.
pub fn known(keys: &Keys, headers: &HeaderMap, person: &str) -> Option<String> {
    entries(headers).find(|entry| is_for(keys, entry, person)).map(str::to_owned)
}

/// The cookie after a person signed in: the person's entry first, and what it held of others.
pub fn remember(keys: &Keys, headers: &HeaderMap, person: &str) -> Option<HeaderValue> {
    let own = known(keys, headers, person).unwrap_or_else(|| {
        let number: [u8; NUMBER] = rand::rng().random();
        URL_SAFE_NO_PAD.encode([number.as_slice(), &tag(keys, &number, person)].concat())
    });
    let others = entries(headers).filter(|entry| *entry != own).map(str::to_owned);
    let all: Vec<String> = [own.clone()].into_iter().chain(others).take(USERS).collect();
    cookie::write(headers, cookie::DEVICE, &all.join("."), MAX_AGE)
}

fn entries(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let value = cookie::read(headers, cookie::DEVICE).unwrap_or("");
    value.split('.').filter(|entry| entry.len() == ENTRY / 3 * 4).take(USERS)
}

fn is_for(keys: &Keys, entry: &str, person: &str) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(entry) else { return false };
    bytes.split_at_checked(NUMBER).is_some_and(|(number, given)| given.ct_eq(&tag(keys, number, person)).into())
}

fn tag(keys: &Keys, number: &[u8], person: &str) -> [u8; ENTRY - NUMBER] {
    let whole = keys.derive("device", &format!("{person}\0{}", super::hex(number)));
    let mut tag = [0_u8; ENTRY - NUMBER];
    tag.iter_mut().zip(whole).for_each(|(byte, from)| *byte = from);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the browser sends after it was given a cookie.
    fn sent(cookie: &HeaderValue) -> HeaderMap {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert("host", "localhost:8080".parse().unwrap());
        headers.insert("cookie", pair.parse().unwrap());
        headers
    }

    #[tokio::test]
    async fn a_browser_is_known_as_whom_it_signed_in_and_as_nobody_else() {
        let keys = Keys::load(&crate::store::in_memory().await.unwrap()).await.unwrap();
        let others = Keys::load(&crate::store::in_memory().await.unwrap()).await.unwrap();
        let mut headers = sent(&"a=b".parse().unwrap());
        assert_eq!(known(&keys, &headers, "user:1"), None);
        for person in ["user:1", "user:2", "user:1"] {
            headers = sent(&remember(&keys, &headers, person).unwrap());
        }
        let first = known(&keys, &headers, "user:1").unwrap();
        assert_ne!(Some(first), known(&keys, &headers, "user:2"));
        assert!(known(&keys, &headers, "user:2").is_some());
        assert_eq!(known(&keys, &headers, "user:3"), None);
        assert_eq!(known(&others, &headers, "user:1"), None, "another database");
        for number in 10..20 {
            headers = sent(&remember(&keys, &headers, &format!("user:{number}")).unwrap());
        }
        assert_eq!(known(&keys, &headers, "user:1"), None, "only the last eight");
        assert!(known(&keys, &headers, "user:19").is_some());
        headers.insert("cookie", "trunkline-device-8080=AAAA.....%%%".parse().unwrap());
        assert_eq!(known(&keys, &headers, "user:1"), None);
    }
}
