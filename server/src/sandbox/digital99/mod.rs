//! 99digital: the partner's accounts and their agents. Every response has HTTP status 200; the body tells success from failure.

mod account_row;
mod agents;
mod change;

use serde_json::{Value, json};
use trunkline_api::decode::to_json;
use trunkline_api::digital99::{GetAccessToken, ListAccountAgents, ListAccounts, UpdateAccount};
use trunkline_api::{Endpoint, Method};
use uuid::Uuid;

use account_row::{AccountRow, SELECT, error_response};

use super::context::Context;
use crate::vendor_request::{VendorRequest, VendorResponse};

/// Handles a request of this contract.
pub async fn handle(context: &Context, call: &VendorRequest) -> Result<VendorResponse, sqlx::Error> {
    match (call.endpoint.method, call.endpoint.path) {
        (Method::Get, ListAccounts::PATH) => list(context).await,
        (Method::Post, ListAccountAgents::PATH) => agents::list(context, &call.body).await,
        (Method::Post, UpdateAccount::PATH) => update(context, &call.body).await,
        (Method::Post, GetAccessToken::PATH) => Ok(access_token(context, &call.body)),
        _ => Ok(VendorResponse::empty(404)),
    }
}

/// Lists the accounts. Here the ID is a string, the status a word, and there is no builder URL.
async fn list(context: &Context) -> Result<VendorResponse, sqlx::Error> {
    let accounts: Vec<AccountRow> =
        sqlx::query_as(&format!("{SELECT} ORDER BY account_id")).fetch_all(&context.pool).await?;
    let list: Vec<Value> = accounts.iter().map(list_entry).collect();
    let body = json!({"status": "OK", "reason": 1, "totalOnline": list.len(), "list": list});
    Ok(VendorResponse::json(200, body.to_string()))
}

fn list_entry(account: &AccountRow) -> Value {
    json!({
        "create_time": account.create_time,
        "account_name": account.account_name,
        "account_id": account.account_id.to_string(),
        "server": account.server,
        "account_status": if account.account_status == 1 { "active" } else { "suspended" },
        "reference": account.reference,
    })
}

async fn update(context: &Context, body: &[u8]) -> Result<VendorResponse, sqlx::Error> {
    let change = match change::parse(body) {
        Ok(change) => change,
        Err(reason) => return Ok(error_response(reason)),
    };
    let id = match account_row::find(&context.pool, &change.account_id, &change.server).await? {
        Ok(account) => account.account_id,
        Err(reason) => return Ok(error_response(reason)),
    };
    let sql = "UPDATE sandbox_vendor_accounts SET account_name = COALESCE($2, account_name), \
        account_status = COALESCE($3, account_status), builder_url = COALESCE($4, builder_url) WHERE account_id = $1";
    sqlx::query(sql)
        .bind(id)
        .bind(&change.account_name)
        .bind(change.account_status.map(i64::from))
        .bind(&change.builder_url)
        .execute(&context.pool)
        .await?;
    let account = account_row::by_id(&context.pool, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    Ok(VendorResponse::json(200, update_body(&account)))
}

/// Formats the documented sample with its syntax corrected. It has `status` twice, the call's and the account's, which
/// a map can't express.
fn update_body(account: &AccountRow) -> String {
    format!(
        r#"{{"status":"OK","reason":1,"account_id":{},"server":{},"account_name":{},"status":{},"builder_url":{}}}"#,
        account.account_id,
        to_json(&account.server),
        to_json(&account.account_name),
        account.account_status,
        to_json(&account.builder_url),
    )
}

/// Issues a token for one hour. The expiry is a string, and there is no `status`, as in the vendor's sample.
fn access_token(context: &Context, body: &[u8]) -> VendorResponse {
    let credentials: Value = serde_json::from_slice(body).unwrap_or_default();
    let has = |name: &str| credentials.get(name).and_then(Value::as_str).is_some_and(|value| !value.trim().is_empty());
    if !has("client_id") || !has("client_secret") {
        return error_response(change::MALFORMED);
    }
    let expires = context.clock.now().as_second() + 3600;
    let body = json!({
        "access_token": Uuid::new_v4().simple().to_string(),
        "expiration_time": expires.to_string(),
        "token_type": "Bearer",
        "reason": 1,
    });
    VendorResponse::json(200, body.to_string())
}
