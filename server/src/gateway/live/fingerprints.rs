//! A fingerprint of what each watched list last was. The gateway's first look compares with what a browser read before it,
//! so a change is found that happened after a page read the list and before the page's stream opened.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use serde_json::Value;

use super::watch::Subject;
use crate::gateway::proxy::Answer;
use crate::gateway::state::State;

/// Bytes from which on a first reading is not looked into.
const LARGE: usize = 1 << 20;

/// The fingerprints, by subject. There are as many as agents and vendors, so it needs no limit of its own.
#[derive(Debug, Default)]
pub struct Fingerprints(Mutex<HashMap<Subject, Known>>);

/// What a list was when it was last read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
    /// Hash of the bytes.
    bytes: u64,
    /// Hash of the values, in which the order of keys does not count: jtel's has none. `None` for a first reading that is
    /// large: it comes while a page opens, which must not wait for it.
    values: Option<u64>,
    /// The number of the last change before it was read.
    as_of: u64,
}

/// What a new reading of a list means.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    /// It is as it was, or nobody has read it before.
    Same,
    /// It is different, and a change was sent since the older of the two readings.
    Known,
    /// It is different, and nobody has been told.
    News,
    /// The same, but it is for a look to find out.
    Left,
}

/// Compares an answer with what its list was before, when it has come whole, and tells the streams if that is news. While
/// the gateway looks at the list by itself, news come from its looks alone, at their pace: a list that is another at each
/// reading must not make browsers read it again and again.
pub fn compare(state: &State, subject: Subject, answer: Answer, is_look: bool) {
    let state = Arc::clone(state);
    tokio::spawn(async move {
        let as_of = answer.as_of();
        let Ok((200, body)) = answer.collect().await else { return };
        let bytes = hash_of(|hasher| hasher.write(&body));
        if state.live.fingerprints.is_same(&subject, bytes, as_of) {
            return;
        }
        let values = if body.len() > LARGE && state.live.fingerprints.is_first(&subject) {
            None
        } else {
            // Reading 10,000 tickets takes some 100 ms.
            tokio::task::spawn_blocking(move || values_hash(&body)).await.ok()
        };
        let change = subject.change();
        let last = state.live.hub.last_like(&change);
        let may_tell = is_look || !state.live.watches.is_watched(&subject);
        if state.live.fingerprints.note(&subject, Known { bytes, values, as_of }, last, may_tell) == Finding::News {
            state.live.changed(change);
        }
    });
}

impl Fingerprints {
    /// Whether the bytes are the same as before; then they are known to be so as of this reading too.
    fn is_same(&self, subject: &Subject, bytes: u64, as_of: u64) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get_mut(subject).filter(|known| known.bytes == bytes);
        known.map(|known| known.as_of = known.as_of.max(as_of)).is_some()
    }

    fn is_first(&self, subject: &Subject) -> bool {
        !self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(subject)
    }

    /// Notes a reading; `last` is the number of the last change that was sent for the subject. News that this reading may not
    /// tell are left to the next look.
    fn note(&self, subject: &Subject, read: Known, last: u64, may_tell: bool) -> Finding {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = all.get_mut(subject) else {
            all.insert(subject.clone(), read);
            return Finding::Same;
        };
        let (older, newer) = (known.as_of.min(read.as_of), known.as_of.max(read.as_of));
        let finding = match (known.values.is_some() && known.values == read.values, older < last && last <= newer) {
            (true, _) => Finding::Same,
            (false, true) => Finding::Known,
            (false, false) if may_tell => Finding::News,
            (false, false) => return Finding::Left,
        };
        if read.as_of >= known.as_of {
            *known = read;
        }
        finding
    }
}

/// The hash of an answer's values; of what is not JSON, that of its bytes.
fn values_hash(body: &Bytes) -> u64 {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => hash_of(|hasher| value.hash(hasher)),
        Err(_) => hash_of(|hasher| hasher.write(body)),
    }
}

fn hash_of(feed: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    feed(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use trunkline_api::Vendor;

    use super::*;

    fn read(text: &'static str, as_of: u64) -> Known {
        let body = Bytes::from(text);
        Known { bytes: hash_of(|hasher| hasher.write(&body)), values: Some(values_hash(&body)), as_of }
    }

    #[test]
    fn a_different_list_is_news_unless_a_change_was_sent_since_the_older_reading() {
        let all = Fingerprints::default();
        let note = |read, last| all.note(&Subject::List(Vendor::Jtel), read, last, true);
        assert_eq!(note(read("[1]", 0), 0), Finding::Same, "the first reading");
        assert_eq!(note(read("[1]", 0), 0), Finding::Same);
        assert_eq!(note(read("[2]", 0), 0), Finding::News);
        assert_eq!(note(read("[2]", 1), 1), Finding::Same, "the page reads again");
        assert_eq!(note(read("[3]", 2), 2), Finding::Known, "read after a write, which was told as 2");
        assert_eq!(note(read("[4]", 2), 2), Finding::News, "and then somebody else changed it");
        assert_eq!(note(read("[0]", 1), 2), Finding::Known, "a slow answer to a page that was told of 2");
        assert_eq!(note(read("[4]", 3), 3), Finding::Same, "the slow one did not count as the newest");
    }

    #[test]
    fn while_the_gateway_looks_only_its_looks_tell() {
        let all = Fingerprints::default();
        let note = |read, may_tell| all.note(&Subject::List(Vendor::Jtel), read, 0, may_tell);
        assert_eq!(note(read("[1]", 0), true), Finding::Same);
        assert_eq!(note(read("[2]", 0), false), Finding::Left, "a browser's reading");
        assert_eq!(note(read("[2]", 0), true), Finding::News, "the look after it");
    }

    #[test]
    fn the_order_of_keys_is_no_change() {
        let hash = |text: &'static str| values_hash(&Bytes::from(text));
        assert_eq!(hash(r#"{"a":1,"b":[2,{"x":0,"y":0}]}"#), hash(r#"{"b":[2,{"y":0,"x":0}],"a":1}"#));
        for (before, now) in [("[1,2]", "[2,1]"), ("<a>", "<b>"), ("<a>", "[]")] {
            assert_ne!(hash(before), hash(now), "{before} {now}");
        }
    }
}
