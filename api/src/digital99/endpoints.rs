//! 99digital's requests. The base ends with `/api`.

use crate::digital99::{AccessToken, AccountChange, AccountList, UpdatedAccount, error};
use crate::endpoint::{ADMIN, Access, Endpoint, Method, Vendor};
use crate::request_body::{BodyProblem, Others, RequestBody, checked};
use crate::wire::{Failure, Scalar, from_json, object, to_json};

/// A failure in a successful answer.
fn refused(body: &[u8]) -> Failure {
    let complaint = error::read(body);
    Failure::Refused { code: complaint.code, message: complaint.message }
}

/// Whether a body says that its call failed: `status` is a word other than `OK`, or there is a `reason` other than 1.
fn failed(status: Option<&Scalar>, reason: Option<&Scalar>) -> bool {
    match status {
        Some(Scalar::Text(word)) => !word.eq_ignore_ascii_case("OK"),
        _ => reason.and_then(Scalar::as_i64).is_some_and(|reason| reason != 1),
    }
}

/// As [`failed`], of a body that has nothing of what a success holds: a success without its content is no refusal.
fn says_no(body: &[u8]) -> bool {
    let Some(top) = object(body) else { return false };
    let scalar = |name: &str| top.get(name).and_then(Scalar::of);
    failed(scalar("status").as_ref(), scalar("reason").as_ref())
}

/// Change an account's name, status or builder URL. Answers with all its values.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateAccount {
    /// What changes.
    pub change: AccountChange,
}

impl Endpoint for UpdateAccount {
    type Response = UpdatedAccount;
    const VENDOR: Vendor = Vendor::Digital99;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/online/updateAccount";
    const ACCESS: Access = ADMIN;

    fn body(&self) -> Option<String> {
        Some(to_json(&self.change))
    }
    fn check_body(body: &[u8]) -> Result<RequestBody, BodyProblem> {
        checked(body, AccountChange::MEMBERS, Others::Refused, AccountChange::validate)
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        let updated: UpdatedAccount = from_json(body)?;
        if updated.is_ok() {
            Ok(updated)
        } else if updated.call_status.is_none() && updated.reason.is_none() {
            Err(Failure::Undecodable { path: "$".to_owned(), found: "neither `status` nor `reason`".to_owned() })
        } else {
            Err(refused(body))
        }
    }
}

/// The partner's accounts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAccounts;

impl Endpoint for ListAccounts {
    type Response = AccountList;
    const VENDOR: Vendor = Vendor::Digital99;
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/online/getAccounts";
    const ACCESS: Access = ADMIN;
    const LIST: Option<&'static [&'static str]> = Some(&["list"]);

    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        // A failure has no `list`, so the decoder's complaint would hide the vendor's.
        let list: Result<AccountList, Failure> = from_json(body);
        match &list {
            Ok(list) if failed(list.status.as_ref(), list.reason.as_ref()) => Err(refused(body)),
            Err(_) if says_no(body) => Err(refused(body)),
            _ => list,
        }
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
    const VENDOR: Vendor = Vendor::Digital99;
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/settings/accessToken";
    const ACCESS: Access = Access::GatewayOnly;

    fn body(&self) -> Option<String> {
        let body = serde_json::json!({"client_id": self.client_id, "client_secret": self.client_secret});
        Some(body.to_string())
    }
    fn decode(body: &[u8]) -> Result<Self::Response, Failure> {
        let token: Result<AccessToken, Failure> = from_json(body);
        match &token {
            Ok(token) if says_no(body) || failed(None, token.reason.as_ref()) => Err(refused(body)),
            Err(_) if says_no(body) => Err(refused(body)),
            _ => token,
        }
    }
}
