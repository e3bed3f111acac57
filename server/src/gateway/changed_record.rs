//! What a write changed, for the activity: the record's id and name, and the names of the changed fields. Values are
//! compared as hashes and never kept.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};
use trunkline_api::comm100::{GetChannelAccount, UpdateChannelAccount};
use trunkline_api::digital99::UpdateAccount;
use trunkline_api::jtel::CreateAcdEvent;
use trunkline_api::registry::EndpointEntry;
use trunkline_api::{Endpoint, Service};

use crate::vendor_request::VendorRequest;

/// Maximum characters of an id, a name or a field's name.
const MAX_TEXT: usize = 100;
/// Maximum records whose members are remembered.
const MAX_RECORDS: usize = 2000;

/// What a write changed. A response extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedRecord {
    /// The record's id.
    pub id: Option<String>,
    /// Its name after the write.
    pub name: Option<String>,
    /// The names of the changed fields, as the contract has them. Empty if unknown.
    pub fields: Vec<String>,
}

/// Hashes of the members of records as last read, by path.
#[derive(Default)]
pub struct KnownMembers(Mutex<HashMap<String, HashMap<String, u64>>>);

impl KnownMembers {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, HashMap<String, u64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns true if records of this endpoint are remembered: those that a write replaces as a whole.
    pub fn concerns(entry: &EndpointEntry) -> bool {
        entry.service == Service::Comm100 && [GetChannelAccount::PATH, UpdateChannelAccount::PATH].contains(&entry.path)
    }

    /// Remembers a record.
    pub fn remember(&self, path: &str, body: &[u8]) {
        let Ok(record) = serde_json::from_slice::<Map<String, Value>>(body) else { return };
        let members = record.iter().map(|(name, value)| (name.clone(), hash(value))).collect();
        let mut known = self.lock();
        if known.len() >= MAX_RECORDS && !known.contains_key(path) {
            // Rare, and the next read of each brings it back.
            known.clear();
        }
        known.insert(path.to_owned(), members);
    }

    /// The members of a replacement that differ from the record as last read. Empty if it was never read.
    fn changed(&self, path: &str, body: &[u8]) -> Vec<String> {
        let known = self.lock();
        let Some(before) = known.get(path) else { return Vec::new() };
        let Ok(after) = serde_json::from_slice::<Map<String, Value>>(body) else { return Vec::new() };
        let nothing = hash(&Value::Null);
        let differs = |(name, value): &(&String, &Value)| before.get(*name).copied().unwrap_or(nothing) != hash(value);
        after.iter().filter(differs).map(|(name, _)| name.clone()).collect()
    }
}

/// Absent, null and empty are the same.
fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    match value {
        Value::String(text) if text.is_empty() => Value::Null.to_string().hash(&mut hasher),
        other => other.to_string().hash(&mut hasher),
    }
    hasher.finish()
}

/// What a write to a vendor changed. `response` is the body of its response.
pub fn of_vendor(call: &VendorRequest, response: &[u8], known: &KnownMembers) -> ChangedRecord {
    let answer: Value = serde_json::from_slice(response).unwrap_or_default();
    let sent: Value = serde_json::from_slice(&call.body).unwrap_or_default();
    let text = |value: Option<&Value>| match value? {
        Value::String(text) => clean(text),
        Value::Number(number) => clean(&number.to_string()),
        _ => None,
    };
    let in_path = || call.path_params.first().and_then(|id| clean(id));
    let entry = call.endpoint;
    match entry.service {
        Service::Comm100 => ChangedRecord {
            id: in_path().or_else(|| text(answer.get("id"))),
            name: text(answer.get("name")),
            fields: match entry.path {
                UpdateChannelAccount::PATH if entry.method.as_str() == "PUT" => known.changed(&call.path, &call.body),
                _ => Vec::new(),
            },
        },
        Service::Jtel if entry.path == CreateAcdEvent::PATH => {
            let record = answer.get("records").and_then(|records| records.get(0)).or(answer.get("record"));
            ChangedRecord { id: text(record.and_then(|record| record.get("ID"))), ..ChangedRecord::default() }
        }
        Service::Digital99 if entry.path == UpdateAccount::PATH => {
            let members = sent.as_object().into_iter().flatten().map(|(name, _)| name.clone());
            ChangedRecord {
                id: text(sent.get("account_id")),
                name: text(answer.get("account_name")),
                fields: members.filter(|name| !matches!(name.as_str(), "account_id" | "server")).collect(),
            }
        }
        _ => ChangedRecord { id: in_path(), ..ChangedRecord::default() },
    }
}

/// A short text without control characters; `None` if nothing is left.
pub fn clean(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|character| !character.is_control()).take(MAX_TEXT).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_members_are_named_without_values() {
        let known = KnownMembers::default();
        let path = "/ticketing/channelAccounts/1";
        assert_eq!(known.changed(path, br#"{"name":"b"}"#), [""; 0], "never read");
        known.remember(
            path,
            br#"{"id":"1","name":"a","avatarUrl":null,"isEnabled":true,"percentageToBotWhenOnline":5}"#,
        );
        let sent = br#"{"name":"b","avatarUrl":"","isEnabled":true,"percentageToBotWhenOnline":6,"filter":"[]","chatbotId":null}"#;
        let mut changed = known.changed(path, sent);
        changed.sort();
        assert_eq!(changed, ["filter", "name", "percentageToBotWhenOnline"]);
        known.remember(path, b"<html>");
        assert_eq!(known.changed(path, br#"{"name":"a"}"#), [""; 0]);
    }

    #[test]
    fn texts_are_short_and_clean() {
        assert_eq!(clean(" a\u{0}b\n "), Some("ab".to_owned()));
        assert_eq!(clean("\n"), None);
        assert_eq!(clean(&"é".repeat(500)).map(|text| text.chars().count()), Some(100));
    }
}
