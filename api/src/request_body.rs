//! Checks a request's body against the contract, before the gateway forwards it to a vendor or to the sandbox.
//!
//! The body must be JSON; its members must be in the contract, occur once, have the right type, and pass
//! [`validate`](crate::validate). Missing members are not checked: the vendor decides which ones it requires, and its
//! error messages are better.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::decode::{DecodeError, from_json, to_json};
use crate::validate::{FieldError, ValidationError};

/// The part of a request's body that is forwarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestBody {
    /// Nothing: the endpoint takes no body.
    None,
    /// The JSON as received.
    Json,
}

/// The reason why a body is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum InvalidBody {
    /// The endpoint accepts no body.
    Unexpected,
    /// It is not a JSON object.
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// Validation errors by member.
    Fields(Vec<FieldError>),
}

/// The treatment of members that the contract does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownMemberRule {
    /// Refuse the body.
    Refuse,
    /// Forward them unchanged.
    Forward,
}

/// Checks the body of an endpoint that accepts none. White space, `null` and `{}` count as no body and are dropped.
///
/// # Errors
/// If the body is anything else.
pub fn check_no_body(body: &[u8]) -> Result<RequestBody, InvalidBody> {
    match body.trim_ascii() {
        b"" | b"null" => Ok(RequestBody::None),
        text if serde_json::from_slice::<Members>(text).is_ok_and(|members| members.0.is_empty()) => {
            Ok(RequestBody::None)
        }
        _ => Err(InvalidBody::Unexpected),
    }
}

/// Checks the body of an endpoint whose body is a `T` with these `members`.
///
/// # Errors
/// If a member that is present is invalid.
pub fn check_json_body<T: Default + Serialize + DeserializeOwned>(
    body: &[u8],
    members: &[&str],
    unknown: UnknownMemberRule,
    validate: impl Fn(&T) -> Result<(), Vec<FieldError>>,
) -> Result<RequestBody, InvalidBody> {
    if body.trim_ascii().is_empty() {
        // All members are missing, which is the vendor's to report.
        return Ok(RequestBody::None);
    }
    let received: Members = serde_json::from_slice(body)
        .map_err(|error| InvalidBody::NotJson { line: error.line(), column: error.column() })?;
    let mut problems = Vec::new();
    // Fill missing members with defaults, so that the rest can be decoded.
    let mut whole = match serde_json::to_value(T::default()) {
        Ok(Value::Object(whole)) => whole,
        _ => Map::new(),
    };
    let mut seen = Vec::new();
    for (name, value) in received.0 {
        let known = members.contains(&name.as_str());
        if seen.contains(&name) {
            problems.push(FieldError { field: name, problem: ValidationError::Duplicate });
            continue;
        }
        if known {
            whole.insert(name.clone(), value);
        } else if unknown == UnknownMemberRule::Refuse {
            problems.push(FieldError { field: name.clone(), problem: ValidationError::NotAllowed });
        }
        seen.push(name);
    }
    match from_json::<T>(to_json(&whole).as_bytes()) {
        Ok(value) => problems.extend(validate(&value).err().unwrap_or_default()),
        Err(failure) => problems.push(wrong_type(failure)),
    }
    problems.retain(|problem| seen.contains(&problem.field) || problem.field.is_empty());
    if problems.is_empty() { Ok(RequestBody::Json) } else { Err(InvalidBody::Fields(problems)) }
}

/// Converts a decoding error to a validation error of the member where it occurred.
fn wrong_type(failure: DecodeError) -> FieldError {
    let (path, found) = match failure {
        DecodeError::Undecodable { path, found } => (path, found),
        DecodeError::Refused { .. } => (String::new(), String::new()),
    };
    let field = path.trim_start_matches('$').trim_start_matches('.').split(['.', '[']).next().unwrap_or_default();
    let number = ["expected i64", "expected u8"].iter().any(|expected| found.contains(expected));
    FieldError {
        field: field.to_owned(),
        problem: if number { ValidationError::NotNumber } else { ValidationError::NotAllowed },
    }
}

/// An object's members in order, including duplicates.
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

    fn problems<E: Endpoint>(body: &str) -> Vec<(String, ValidationError)> {
        match E::check_body(body.as_bytes()) {
            Ok(RequestBody::Json) => Vec::new(),
            Err(InvalidBody::Fields(fields)) => fields.into_iter().map(|error| (error.field, error.problem)).collect(),
            other => panic!("{other:?}"),
        }
    }

    const EVENT: &str =
        r#"{"AcdEventTypesID":3,"AcdGroupsID":235,"UsersID":null,"Sender":"49199123456789","Subject":"s""#;

    #[test]
    fn present_members_are_validated() {
        let event = |more: &str| problems::<CreateAcdEvent>(&format!("{EVENT}{more}}}"));
        let one = |field: &str, problem| vec![(field.to_owned(), problem)];
        assert_eq!(event(r#","CrmURL":"https://www.jtel.de","Body":"b","UserData":"1","Receiver":null"#), []);
        assert_eq!(event(r#","CrmURL":"javascript:alert(1)""#), one("CrmURL", ValidationError::NotUrl));
        assert_eq!(event(r#","Evil":1"#), one("Evil", ValidationError::NotAllowed));
        assert_eq!(event(r#","Subject":"t""#), one("Subject", ValidationError::Duplicate));
        assert_eq!(event(r#","UserData":7"#), one("UserData", ValidationError::NotAllowed));
        let typed = |json: &str| problems::<CreateAcdEvent>(json);
        assert_eq!(typed(r#"{"AcdEventTypesID":"three","Evil":1}"#).len(), 2);
        assert_eq!(typed(r#"{"AcdGroupsID":"x"}"#), one("AcdGroupsID", ValidationError::NotNumber));
        assert_eq!(typed(r#"{"Sender":""}"#), one("Sender", ValidationError::Required));
    }

    #[test]
    fn missing_members_are_accepted() {
        assert_eq!(problems::<CreateAcdEvent>("{}"), []);
        assert_eq!(problems::<CreateChannelAccount>(r#"{"name":"a"}"#), []);
        assert_eq!(problems::<UpdateAccount>(r#"{"account_name":"a"}"#), []);
        assert_eq!(problems::<QueryCustomer>("{}"), []);
        assert_eq!(CreateAcdEvent::check_body(b""), Ok(RequestBody::None));
    }

    #[test]
    fn replacement_may_echo_unknown_members() {
        let body = r#"{"name":"a","percentageToBotWhenOnline":250,"somethingNew":{"x":[1e3]}}"#;
        assert_eq!(problems::<UpdateChannelAccount>(body), []);
        let fields: Vec<String> = problems::<CreateChannelAccount>(body).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["somethingNew", "percentageToBotWhenOnline"]);
        let wrong = r#"{"isEnabled":"yes"}"#;
        assert_eq!(problems::<UpdateChannelAccount>(wrong), [("isEnabled".to_owned(), ValidationError::NotAllowed)]);
    }

    #[test]
    fn anything_but_an_object_is_refused() {
        for text in ["<x>", "[]", "\"a\"", "null", "{\"a\":1", "\u{feff}{}"] {
            let checked = CreateAcdEvent::check_body(text.as_bytes());
            assert!(matches!(checked, Err(InvalidBody::NotJson { .. })), "{text}: {checked:?}");
        }
        for nothing in ["", " \n", "null", "{}", " { } "] {
            assert_eq!(EnableBot::check_body(nothing.as_bytes()), Ok(RequestBody::None), "{nothing}");
        }
        for some in ["{\"a\":1}", "x", "[]", "0"] {
            assert_eq!(EnableBot::check_body(some.as_bytes()), Err(InvalidBody::Unexpected), "{some}");
        }
    }

    /// `MEMBERS` of each request body must list all of the type's members.
    #[test]
    fn member_lists_are_complete() {
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
