//! The body of an account update, and the reason codes for a wrong one.

use serde_json::{Map, Value};
use trunkline_api::digital99::{AccountChange, AccountId};
use trunkline_api::wire::Scalar;

/// 2: the JSON is broken (so documented for the access token).
pub const MALFORMED: i64 = 2;
/// 33: the account ID is invalid (so documented for the inboxes).
pub const ACCOUNT_INVALID: i64 = 33;
/// 34: the server is invalid.
pub const SERVER_INVALID: i64 = 34;
// The update's own table is not published; these three are the sandbox's, beyond every code that is.
const NAME_INVALID: i64 = 101;
const STATUS_INVALID: i64 = 102;
const BUILDER_URL_INVALID: i64 = 103;

/// Reads and checks a change; the error is the reason code. Fields that are null count as not given.
pub fn read(body: &[u8]) -> Result<AccountChange, i64> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else { return Err(MALFORMED) };
    let change = AccountChange {
        account_id: AccountId(account_id(fields.get("account_id"))?),
        server: text(&fields, "server", SERVER_INVALID)?.ok_or(SERVER_INVALID)?,
        account_name: text(&fields, "account_name", NAME_INVALID)?,
        account_status: account_status(fields.get("account_status"))?,
        builder_url: text(&fields, "builder_url", BUILDER_URL_INVALID)?,
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

fn account_id(value: Option<&Value>) -> Result<Scalar, i64> {
    match value {
        Some(Value::Number(number)) => Ok(Scalar::Number(number.clone())),
        Some(Value::String(text)) => Ok(Scalar::Text(text.trim().to_owned())),
        _ => Err(ACCOUNT_INVALID),
    }
}

fn text(fields: &Map<String, Value>, name: &str, reason: i64) -> Result<Option<String>, i64> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(reason),
    }
}

/// 0 or 1, as number or text.
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
