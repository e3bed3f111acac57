//! Checks a request's body against the contract, before the gateway passes it on to a vendor or to the sandbox.
//!
//! What is there must be right: JSON, members that the contract names, each once, of their types and with values that
//! [`validate`](crate::validate) takes. What is missing is for the vendor to name: which members it needs is its own
//! affair, and its words are better.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::validate::{FieldError, Problem};
use crate::wire::{Failure, from_json, to_json};

/// What of a request's body goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestBody {
    /// Nothing: the endpoint takes no body.
    None,
    /// The JSON as it came.
    Json,
}

/// Why a body is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyProblem {
    /// The endpoint takes none.
    Unexpected,
    /// It is not a JSON object.
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// Problems by member.
    Fields(Vec<FieldError>),
}

/// Members that the contract doesn't name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// Are refused.
    Refused,
    /// Go on as they are.
    Kept,
}

/// For an endpoint without a body: white space, `null` and `{}` say nothing and are dropped.
///
/// # Errors
/// If there is anything else.
pub fn none(body: &[u8]) -> Result<RequestBody, BodyProblem> {
    match body.trim_ascii() {
        b"" | b"null" => Ok(RequestBody::None),
        text if serde_json::from_slice::<Members>(text).is_ok_and(|members| members.0.is_empty()) => {
            Ok(RequestBody::None)
        }
        _ => Err(BodyProblem::Unexpected),
    }
}

/// For an endpoint whose body is a `T` with these `members`.
///
/// # Errors
/// If something that is there is wrong.
pub fn checked<T: Default + Serialize + DeserializeOwned>(
    body: &[u8],
    members: &[&str],
    others: Others,
    validate: impl Fn(&T) -> Result<(), Vec<FieldError>>,
) -> Result<RequestBody, BodyProblem> {
    if body.trim_ascii().is_empty() {
        // All of it is missing.
        return Ok(RequestBody::None);
    }
    let given: Members = serde_json::from_slice(body)
        .map_err(|error| BodyProblem::NotJson { line: error.line(), column: error.column() })?;
    let mut problems = Vec::new();
    // What is missing has a value of its type, so that the rest can be read.
    let mut whole = match serde_json::to_value(T::default()) {
        Ok(Value::Object(whole)) => whole,
        _ => Map::new(),
    };
    let mut seen = Vec::new();
    for (name, value) in given.0 {
        let known = members.contains(&name.as_str());
        if seen.contains(&name) {
            problems.push(FieldError { field: name, problem: Problem::Duplicate });
            continue;
        }
        if known {
            whole.insert(name.clone(), value);
        } else if others == Others::Refused {
            problems.push(FieldError { field: name.clone(), problem: Problem::NotAllowed });
        }
        seen.push(name);
    }
    match from_json::<T>(to_json(&whole).as_bytes()) {
        Ok(value) => problems.extend(validate(&value).err().unwrap_or_default()),
        Err(failure) => problems.push(wrong_type(failure)),
    }
    problems.retain(|problem| seen.contains(&problem.field) || problem.field.is_empty());
    if problems.is_empty() { Ok(RequestBody::Json) } else { Err(BodyProblem::Fields(problems)) }
}

/// The member that a decoder stopped at.
fn wrong_type(failure: Failure) -> FieldError {
    let (path, found) = match failure {
        Failure::Undecodable { path, found } => (path, found),
        Failure::Refused { .. } => (String::new(), String::new()),
    };
    let field = path.trim_start_matches('$').trim_start_matches('.').split(['.', '[']).next().unwrap_or_default();
    let number = ["expected i64", "expected u8"].iter().any(|expected| found.contains(expected));
    FieldError { field: field.to_owned(), problem: if number { Problem::NotNumber } else { Problem::NotAllowed } }
}

/// An object's members in their order, twice what is there twice.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comm100::{ChannelAccountBody, CreateChannelAccount, EnableBot, UpdateChannelAccount};
    use crate::digital99::{AccountChange, AccountId, UpdateAccount};
    use crate::endpoint::Endpoint;
    use crate::jtel::{CreateAcdEvent, NewAcdEvent};
    use crate::sobot::{CustomerQuery, QueryCustomer};

    fn problems<E: Endpoint>(body: &str) -> Vec<(String, Problem)> {
        match E::check_body(body.as_bytes()) {
            Ok(RequestBody::Json) => Vec::new(),
            Err(BodyProblem::Fields(fields)) => fields.into_iter().map(|error| (error.field, error.problem)).collect(),
            other => panic!("{other:?}"),
        }
    }

    const EVENT: &str =
        r#"{"AcdEventTypesID":3,"AcdGroupsID":235,"UsersID":null,"Sender":"49199123456789","Subject":"s""#;

    #[test]
    fn what_is_there_must_be_right() {
        let event = |more: &str| problems::<CreateAcdEvent>(&format!("{EVENT}{more}}}"));
        let one = |field: &str, problem| vec![(field.to_owned(), problem)];
        assert_eq!(event(r#","CrmURL":"https://www.jtel.de","Body":"b","UserData":"1","Receiver":null"#), []);
        assert_eq!(event(r#","CrmURL":"javascript:alert(1)""#), one("CrmURL", Problem::NotUrl));
        assert_eq!(event(r#","Evil":1"#), one("Evil", Problem::NotAllowed));
        assert_eq!(event(r#","Subject":"t""#), one("Subject", Problem::Duplicate));
        assert_eq!(event(r#","UserData":7"#), one("UserData", Problem::NotAllowed));
        let typed = |json: &str| problems::<CreateAcdEvent>(json);
        assert_eq!(typed(r#"{"AcdEventTypesID":"three","Evil":1}"#).len(), 2);
        assert_eq!(typed(r#"{"AcdGroupsID":"x"}"#), one("AcdGroupsID", Problem::NotNumber));
        assert_eq!(typed(r#"{"Sender":""}"#), one("Sender", Problem::Required));
    }

    #[test]
    fn what_is_missing_is_for_the_vendor_to_name() {
        assert_eq!(problems::<CreateAcdEvent>("{}"), []);
        assert_eq!(problems::<CreateChannelAccount>(r#"{"name":"a"}"#), []);
        assert_eq!(problems::<UpdateAccount>(r#"{"account_name":"a"}"#), []);
        assert_eq!(problems::<QueryCustomer>("{}"), []);
        assert_eq!(CreateAcdEvent::check_body(b""), Ok(RequestBody::None));
    }

    #[test]
    fn a_replacement_gives_back_what_the_vendor_has() {
        let body = r#"{"name":"a","percentageToBotWhenOnline":250,"somethingNew":{"x":[1e3]}}"#;
        assert_eq!(problems::<UpdateChannelAccount>(body), []);
        let fields: Vec<String> = problems::<CreateChannelAccount>(body).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["somethingNew", "percentageToBotWhenOnline"]);
        let wrong = r#"{"isEnabled":"yes"}"#;
        assert_eq!(problems::<UpdateChannelAccount>(wrong), [("isEnabled".to_owned(), Problem::NotAllowed)]);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["<x>", "[]", "\"a\"", "null", "{\"a\":1", "\u{feff}{}"] {
            let checked = CreateAcdEvent::check_body(text.as_bytes());
            assert!(matches!(checked, Err(BodyProblem::NotJson { .. })), "{text}: {checked:?}");
        }
        for nothing in ["", " \n", "null", "{}", " { } "] {
            assert_eq!(EnableBot::check_body(nothing.as_bytes()), Ok(RequestBody::None), "{nothing}");
        }
        for some in ["{\"a\":1}", "x", "[]", "0"] {
            assert_eq!(EnableBot::check_body(some.as_bytes()), Err(BodyProblem::Unexpected), "{some}");
        }
    }

    /// A member that a type gets must be in its list.
    #[test]
    fn the_lists_of_members_are_whole() {
        #[track_caller]
        fn whole<T: Serialize>(value: &T, members: &[&str]) {
            let Value::Object(map) = serde_json::to_value(value).unwrap() else { panic!() };
            let mut members = members.to_vec();
            members.sort_unstable();
            let mut names: Vec<&String> = map.keys().collect();
            names.sort_unstable();
            assert_eq!(names, members);
        }
        let some = || Some(String::new());
        whole(
            &NewAcdEvent {
                receiver: some(),
                body: some(),
                crm_url: some(),
                user_data: some(),
                ..NewAcdEvent::default()
            },
            NewAcdEvent::MEMBERS,
        );
        whole(
            &ChannelAccountBody {
                avatar_url: some(),
                chatbot_id: some(),
                channel_identity: some(),
                account_ext_info: some(),
                filter: some(),
                created_time: some(),
                email_account_info: some(),
                ..ChannelAccountBody::default()
            },
            ChannelAccountBody::MEMBERS,
        );
        whole(
            &CustomerQuery { id: some(), tel: some(), email: some(), third_account_id: some() },
            CustomerQuery::MEMBERS,
        );
        whole(
            &AccountChange {
                account_id: AccountId::default(),
                server: String::new(),
                account_name: some(),
                account_status: Some(1),
                builder_url: some(),
            },
            AccountChange::MEMBERS,
        );
    }
}
