//! Three-way merge for concurrent edits of one record.
//!
//! Works on a record's JSON members, so it serves every form: `base` is the record that the form was opened with,
//! `theirs` the stored record, `mine` the form's current values.

use serde::Serialize;
use serde_json::{Map, Value};

use trunkline_api::decode::{parse_object, to_json};

/// A record's members by wire name.
pub type Members = Map<String, Value>;

/// A member that another user has changed to a value different from mine.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteChange {
    /// The member's wire name.
    pub field: String,
    /// The stored value; null if there is none.
    pub theirs: Value,
    /// The form's value; null if there is none.
    pub mine: Value,
    /// True if both users changed the member. If not, `mine` equals the base value.
    pub is_conflict: bool,
}

/// The members of a record or a request body.
pub fn members<T: Serialize>(record: &T) -> Members {
    parse_object(to_json(record).as_bytes()).unwrap_or_default()
}

/// The members that another user changed: first those in `theirs`, in its order, then those removed there. Members that
/// both users changed to the same value are left out.
pub fn remote_changes(base: &Members, theirs: &Members, mine: &Members) -> Vec<RemoteChange> {
    let gone = base.keys().filter(|field| !theirs.contains_key(*field));
    let mut found = Vec::new();
    for field in theirs.keys().chain(gone) {
        let (before, now, typed) = (base.get(field), theirs.get(field), mine.get(field));
        if !is_equal(before, now) && !is_equal(now, typed) {
            let value = |value: Option<&Value>| value.cloned().unwrap_or_default();
            let is_conflict = !is_equal(before, typed);
            found.push(RemoteChange { field: field.clone(), theirs: value(now), mine: value(typed), is_conflict });
        }
    }
    found
}

/// The form's values with the other user's changes for which `accepts` returns true.
pub fn merge(mine: &Members, changes: &[RemoteChange], accepts: impl Fn(&RemoteChange) -> bool) -> Members {
    let mut merged = mine.clone();
    for change in changes.iter().filter(|change| accepts(change)) {
        merged.insert(change.field.clone(), change.theirs.clone());
    }
    merged
}

/// Absent, null and the empty string are equal, because a form cannot distinguish them.
fn is_equal(one: Option<&Value>, other: Option<&Value>) -> bool {
    fn value(of: Option<&Value>) -> Option<&Value> {
        of.filter(|value| !value.is_null() && value.as_str() != Some(""))
    }
    value(one) == value(other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(value: Value) -> Members {
        value.as_object().cloned().unwrap_or_default()
    }

    fn changes(base: Value, theirs: Value, mine: Value) -> Vec<(String, bool)> {
        let found = remote_changes(&record(base), &record(theirs), &record(mine));
        found.into_iter().map(|change| (change.field, change.is_conflict)).collect()
    }

    #[test]
    fn own_edits_are_no_remote_changes() {
        let base = json!({"name": "a", "share": 0, "on": true});
        assert!(changes(base.clone(), base.clone(), base.clone()).is_empty());
        assert!(changes(base.clone(), base, json!({"name": "mine", "share": 5, "on": false})).is_empty());
    }

    #[test]
    fn remote_change_of_an_untouched_field_is_no_conflict() {
        let (base, theirs) = (json!({"name": "a", "share": 0}), json!({"name": "theirs", "share": 0}));
        assert_eq!(changes(base, theirs, json!({"name": "a", "share": 40})), [("name".to_owned(), false)]);
    }

    #[test]
    fn different_edits_of_one_field_conflict() {
        let (base, theirs) = (json!({"name": "a", "share": 0}), json!({"name": "b", "share": 7}));
        assert_eq!(changes(base, theirs, json!({"name": "c", "share": 7})), [("name".to_owned(), true)]);
    }

    #[test]
    fn absent_null_and_empty_are_equal() {
        let base = json!({"avatar": null, "bot": ""});
        assert!(changes(base.clone(), json!({}), json!({"avatar": "", "bot": null})).is_empty());
        assert!(changes(json!({}), base, json!({})).is_empty());
    }

    #[test]
    fn remote_additions_and_removals_are_changes() {
        let found = changes(json!({"bot": "1"}), json!({"new": [1]}), json!({"bot": "1"}));
        assert_eq!(found, [("new".to_owned(), false), ("bot".to_owned(), false)]);
        let found = remote_changes(&record(json!({"bot": "1"})), &Members::new(), &record(json!({"bot": "2"})));
        assert_eq!(found.first().map(|change| (&change.theirs, change.is_conflict)), Some((&Value::Null, true)));
    }

    #[test]
    fn merged_record_has_mine_and_accepted_changes() {
        let (base, theirs, mine) = (
            record(json!({"name": "a", "share": 0, "on": true, "extra": {"n": 1}})),
            record(json!({"name": "b", "share": 9, "on": false, "extra": {"n": 2}})),
            record(json!({"name": "c", "share": 5, "on": true, "extra": {"n": 1}})),
        );
        let found = remote_changes(&base, &theirs, &mine);
        let merged = merge(&mine, &found, |change| !change.is_conflict || change.field == "share");
        assert_eq!(Value::Object(merged), json!({"name": "c", "share": 9, "on": false, "extra": {"n": 2}}));
        assert_eq!(merge(&mine, &found, |_| false), mine);
        assert_eq!(merge(&mine, &found, |_| true), theirs);
    }
}
