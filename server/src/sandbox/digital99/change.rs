//! Validation of the body of an account update, with the vendor's reason codes.

use serde_json::{Map, Value};
use trunkline_api::decode::LooseScalar;
use trunkline_api::digital99::{AccountChange, AccountId};

/// 2: the JSON is invalid (documented for the access token).
pub const MALFORMED: i64 = 2;
/// 33: the account ID is invalid (documented for the inboxes).
pub const ACCOUNT_INVALID: i64 = 33;
/// 34: the server is invalid.
pub const SERVER_INVALID: i64 = 34;
// The update's own codes are not published; these three are the sandbox's, above all published ones.
const NAME_INVALID: i64 = 101;
const STATUS_INVALID: i64 = 102;
const BUILDER_URL_INVALID: i64 = 103;

/// Parses and validates a change. Null fields count as absent. Errors with the reason code.
pub fn parse(body: &[u8]) -> Result<AccountChange, i64> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else { return Err(MALFORMED) };
    let change = AccountChange {
        account_id: AccountId(account_id(fields.get("account_id"))?),
        server: optional_string(&fields, "server", SERVER_INVALID)?.ok_or(SERVER_INVALID)?,
        account_name: optional_string(&fields, "account_name", NAME_INVALID)?,
        account_status: account_status(fields.get("account_status"))?,
        builder_url: optional_string(&fields, "builder_url", BUILDER_URL_INVALID)?,
    };
    match change.validate() {
        Ok(()) => Ok(change),
        Err(problems) => Err(match problems.first().map(|first| first.field.as_str()) {
            Some("account_id") => ACCOUNT_INVALID,
            Some("server") => SERVER_INVALID,
            Some("account_name") => NAME_INVALID,
            Some("account_status") => STATUS_INVALID,
            _ => BUILDER_URL_INVALID,
        }),
    }
}

fn account_id(value: Option<&Value>) -> Result<LooseScalar, i64> {
    match value {
        Some(Value::Number(number)) => Ok(LooseScalar::Number(number.clone())),
        Some(Value::String(text)) => Ok(LooseScalar::Text(text.trim().to_owned())),
        _ => Err(ACCOUNT_INVALID),
    }
}

fn optional_string(fields: &Map<String, Value>, name: &str, reason: i64) -> Result<Option<String>, i64> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(reason),
    }
}

/// Parses 0 or 1, as a number or a string; `None` if it is absent.
fn account_status(value: Option<&Value>) -> Result<Option<u8>, i64> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_str().map(str::trim).map_or_else(|| value.as_i64(), |text| text.parse().ok()) {
            Some(0) => Ok(Some(0)),
            Some(1) => Ok(Some(1)),
            _ => Err(STATUS_INVALID),
        },
    }
}
