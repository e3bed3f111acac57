//! Two people change one record: what the other one changed meanwhile, and one record of both changes.
//!
//! Works on a record's members as JSON, so that it serves every form: `base` is the record as the form opened with it,
//! `theirs` as it is stored now, `mine` as it is typed.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::wire::{object, to_json};

/// A record's members by their names on the wire.
pub type Members = Map<String, Value>;

/// A member that somebody else changed meanwhile, to another value than mine.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Its name on the wire.
    pub field: String,
    /// The stored value; null where there is none.
    pub theirs: Value,
    /// The typed value; null where there is none.
    pub mine: Value,
    /// Whether both changed it. If not, mine is merely the value from before.
    pub is_conflict: bool,
}

/// The members of a record, or of a request's body.
pub fn members<T: Serialize>(record: &T) -> Members {
    object(to_json(record).as_bytes()).unwrap_or_default()
}

/// What somebody else changed meanwhile, in the order of `theirs`, then what is gone there. Equal changes are none.
pub fn changed_meanwhile(base: &Members, theirs: &Members, mine: &Members) -> Vec<Changed> {
    let gone = base.keys().filter(|field| !theirs.contains_key(*field));
    let mut found = Vec::new();
    for field in theirs.keys().chain(gone) {
        let (before, now, typed) = (base.get(field), theirs.get(field), mine.get(field));
        if !is_same(before, now) && !is_same(now, typed) {
            let value = |value: Option<&Value>| value.cloned().unwrap_or_default();
            let is_conflict = !is_same(before, typed);
            found.push(Changed { field: field.clone(), theirs: value(now), mine: value(typed), is_conflict });
        }
    }
    found
}

/// What is typed, with those of the changes that `takes` says are to be taken over.
pub fn merge(mine: &Members, changes: &[Changed], takes: impl Fn(&Changed) -> bool) -> Members {
    let mut merged = mine.clone();
    for change in changes.iter().filter(|change| takes(change)) {
        merged.insert(change.field.clone(), change.theirs.clone());
    }
    merged
}

/// Absent, null and an empty text are one: no value. A form can't tell them apart.
fn is_same(one: Option<&Value>, other: Option<&Value>) -> bool {
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
        let found = changed_meanwhile(&record(base), &record(theirs), &record(mine));
        found.into_iter().map(|change| (change.field, change.is_conflict)).collect()
    }

    #[test]
    fn what_nobody_else_changed_is_no_change() {
        let base = json!({"name": "a", "share": 0, "on": true});
        assert!(changes(base.clone(), base.clone(), base.clone()).is_empty());
        assert!(changes(base.clone(), base, json!({"name": "mine", "share": 5, "on": false})).is_empty());
    }

    #[test]
    fn a_field_that_only_the_other_one_changed_is_no_conflict() {
        let (base, theirs) = (json!({"name": "a", "share": 0}), json!({"name": "theirs", "share": 0}));
        assert_eq!(changes(base, theirs, json!({"name": "a", "share": 40})), [("name".to_owned(), false)]);
    }

    #[test]
    fn a_field_that_both_changed_is_a_conflict_unless_both_say_the_same() {
        let (base, theirs) = (json!({"name": "a", "share": 0}), json!({"name": "b", "share": 7}));
        assert_eq!(changes(base, theirs, json!({"name": "c", "share": 7})), [("name".to_owned(), true)]);
    }

    #[test]
    fn no_value_is_one_thing_however_it_is_written() {
        let base = json!({"avatar": null, "bot": ""});
        assert!(changes(base.clone(), json!({}), json!({"avatar": "", "bot": null})).is_empty());
        assert!(changes(json!({}), base, json!({})).is_empty());
    }

    #[test]
    fn a_value_that_was_removed_or_added_there_counts() {
        let found = changes(json!({"bot": "1"}), json!({"new": [1]}), json!({"bot": "1"}));
        assert_eq!(found, [("new".to_owned(), false), ("bot".to_owned(), false)]);
        let found = changed_meanwhile(&record(json!({"bot": "1"})), &Members::new(), &record(json!({"bot": "2"})));
        assert_eq!(found.first().map(|change| (&change.theirs, change.is_conflict)), Some((&Value::Null, true)));
    }

    #[test]
    fn the_merged_record_has_mine_and_what_was_taken() {
        let (base, theirs, mine) = (
            record(json!({"name": "a", "share": 0, "on": true, "extra": {"n": 1}})),
            record(json!({"name": "b", "share": 9, "on": false, "extra": {"n": 2}})),
            record(json!({"name": "c", "share": 5, "on": true, "extra": {"n": 1}})),
        );
        let found = changed_meanwhile(&base, &theirs, &mine);
        let merged = merge(&mine, &found, |change| !change.is_conflict || change.field == "share");
        assert_eq!(Value::Object(merged), json!({"name": "c", "share": 9, "on": false, "extra": {"n": 2}}));
        assert_eq!(merge(&mine, &found, |_| false), mine);
        assert_eq!(merge(&mine, &found, |_| true), theirs);
    }
}
