//! 99digital's requests. The base ends with `/api`.

use serde::de::DeserializeOwned;

use crate::decode::{DecodeError, LooseScalar, from_json, parse_object, to_json};
use crate::digital99::{AccessToken, AccountChange, AccountList, AgentList, AgentsQuery, UpdatedAccount, error};
use crate::endpoint::{ADMIN, Access, Endpoint, Method, Resource, Service};
use crate::request_body::{InvalidBody, RequestBody, UnknownMemberRule, check_json_body};

/// The accounts.
pub const ACCOUNTS: Resource = Resource { service: Service::Digital99, path_prefix: "/online/" };

/// The error for a failure reported in a 2xx response.
fn refusal_error(body: &[u8]) -> DecodeError {
    let complaint = error::parse(body);
    DecodeError::Refused { code: complaint.code, message: complaint.message }
}

/// True if a body reports a failure: its `status` is a string other than `OK`, or it has a `reason` other than 1.
fn is_failure(status: Option<&LooseScalar>, reason: Option<&LooseScalar>) -> bool {
    match status {
        Some(LooseScalar::Text(word)) => !word.eq_ignore_ascii_case("OK"),
        _ => reason.and_then(LooseScalar::as_i64).is_some_and(|reason| reason != 1),
    }
}

/// Like [`is_failure`], for a body that could not be decoded. A success without its content is not a failure report.
fn reports_failure(body: &[u8]) -> bool {
    let Some(top) = parse_object(body) else { return false };
    let scalar = |name: &str| top.get(name).and_then(LooseScalar::from_value);
    is_failure(scalar("status").as_ref(), scalar("reason").as_ref())
}

/// Change an account's name, status or builder URL. Responds with all the account's values.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateAccount {
    /// The change.
    pub change: AccountChange,
}

impl Endpoint for UpdateAccount {
    type Response = UpdatedAccount;
    const SERVICE: Service = Service::Digital99;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/online/updateAccount";
    const ACCESS: Access = ADMIN;
    const INVALIDATES: Option<Resource> = Some(ACCOUNTS);

    fn body(&self) -> Option<String> {
        Some(to_json(&self.change))
    }
    fn check_body(body: &[u8]) -> Result<RequestBody, InvalidBody> {
        check_json_body(body, AccountChange::MEMBERS, UnknownMemberRule::Refuse, AccountChange::validate)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        let updated: UpdatedAccount = from_json(body)?;
        if updated.is_ok() {
            Ok(updated)
        } else if updated.call_status.is_none() && updated.reason.is_none() {
            Err(DecodeError::Undecodable { path: "$".to_owned(), found: "neither `status` nor `reason`".to_owned() })
        } else {
            Err(refusal_error(body))
        }
    }
}

/// List the partner's accounts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAccounts;

impl Endpoint for ListAccounts {
    type Response = AccountList;
    const SERVICE: Service = Service::Digital99;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/online/getAccounts";
    const ACCESS: Access = ADMIN;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&["list"]);

    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_list(body, |list: &AccountList| is_failure(list.status.as_ref(), list.reason.as_ref()))
    }
}

/// Decodes a list. A failure has none, so the decoding error would hide the vendor's code.
fn decode_list<T: DeserializeOwned>(body: &[u8], is_failure: fn(&T) -> bool) -> Result<T, DecodeError> {
    let list: Result<T, DecodeError> = from_json(body);
    match &list {
        Ok(list) if is_failure(list) => Err(refusal_error(body)),
        Err(_) if reports_failure(body) => Err(refusal_error(body)),
        _ => list,
    }
}

/// List the agents of an account. A POST without side effects.
#[derive(Clone, Debug, PartialEq)]
pub struct ListAccountAgents {
    /// The account.
    pub query: AgentsQuery,
}

impl Endpoint for ListAccountAgents {
    type Response = AgentList;
    const SERVICE: Service = Service::Digital99;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/online/getAgents";
    const ACCESS: Access = ADMIN;
    const IS_READ_ONLY: bool = true;
    const LIST_MEMBERS: Option<&'static [&'static str]> = Some(&["list"]);

    fn body(&self) -> Option<String> {
        Some(to_json(&self.query))
    }
    fn check_body(body: &[u8]) -> Result<RequestBody, InvalidBody> {
        check_json_body(body, AgentsQuery::MEMBERS, UnknownMemberRule::Refuse, AgentsQuery::validate)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        decode_list(body, |list: &AgentList| is_failure(list.status.as_ref(), list.reason.as_ref()))
    }
}

/// Get an access token. Only the gateway sends this: the client secret never reaches a browser.
#[derive(Clone, PartialEq)]
pub struct GetAccessToken {
    /// The partner's client id.
    pub client_id: String,
    /// The partner's client secret.
    pub client_secret: String,
}

impl Endpoint for GetAccessToken {
    type Response = AccessToken;
    const SERVICE: Service = Service::Digital99;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/settings/accessToken";
    const ACCESS: Access = Access::GatewayOnly;

    fn body(&self) -> Option<String> {
        let body = serde_json::json!({"client_id": self.client_id, "client_secret": self.client_secret});
        Some(body.to_string())
    }
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError> {
        let token: Result<AccessToken, DecodeError> = from_json(body);
        match &token {
            Ok(token) if reports_failure(body) || is_failure(None, token.reason.as_ref()) => Err(refusal_error(body)),
            Err(_) if reports_failure(body) => Err(refusal_error(body)),
            _ => token,
        }
    }
}
