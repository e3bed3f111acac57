//! The agents of an account. No endpoint changes them, so they have no table: they are the staff of the jtel directory.

use serde_json::{Value, json};
use trunkline_api::digital99::AgentsQuery;

use super::account_row::{self, AccountRow, error_response};
use super::change::MALFORMED;
use crate::sandbox::context::Context;
use crate::sandbox::demo::directory::UIDS;
use crate::vendor_request::VendorResponse;

/// The account that all of the staff can sign in to; others have two agents.
const STAFFED_ACCOUNT: i64 = 8;
/// The staff's second factors, in turns.
const SECOND_FACTORS: [Option<&str>; 3] = [Some("email"), Some("sms"), None];

/// Lists the agents of the account that a body names.
pub async fn list(context: &Context, body: &[u8]) -> Result<VendorResponse, sqlx::Error> {
    let Ok(query) = serde_json::from_slice::<AgentsQuery>(body) else { return Ok(error_response(MALFORMED)) };
    let account = match account_row::find(&context.pool, &query.account_id, &query.server).await? {
        Ok(account) => account,
        Err(reason) => return Ok(error_response(reason)),
    };
    let count = if account.account_id == STAFFED_ACCOUNT { UIDS.len() } else { 2 };
    let list: Vec<Value> = (1..).zip(UIDS).take(count).map(|(id, uid)| agent(&account, id, uid)).collect();
    let body = json!({"status": "OK", "reason": 1, "totalagents": list.len(), "list": list});
    Ok(VendorResponse::json(200, body.to_string()))
}

/// An agent; the first of an account is its administrator.
fn agent(account: &AccountRow, id: i64, uid: &str) -> Value {
    let email = format!("{uid}@example.com");
    let factor = SECOND_FACTORS.into_iter().cycle().nth(usize::try_from(id).unwrap_or_default()).flatten();
    json!({
        "id": id,
        // Hired one a month.
        "create_time": account.create_time + id * 30 * 86_400,
        "email": email,
        "agent_name": full_name(uid),
        "role": if id == 1 { "administrator" } else { "agent" },
        "two_factor_type": factor,
        "two_factor_phone": (factor == Some("sms")).then(|| format!("+97255550{id:04}")),
        "two_factor_email": (factor == Some("email")).then_some(email),
    })
}

/// `dana.levin` as `Dana Levin`.
fn full_name(uid: &str) -> String {
    let capitalised = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    uid.split('.').map(capitalised).collect::<Vec<_>>().join(" ")
}
