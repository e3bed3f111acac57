//! 99digital: the partner's accounts. Every answer has HTTP 200; the body says whether it is one.

mod change;

use serde_json::{Value, json};
use trunkline_api::digital99::{GetAccessToken, ListAccounts, UpdateAccount};
use trunkline_api::wire::to_json;
use trunkline_api::{Endpoint, Method};
use uuid::Uuid;

use super::Sandbox;
use crate::vendor_call::{Call, Reply};

/// Answers a call of this contract.
pub async fn answer(sandbox: &Sandbox, call: &Call) -> Result<Reply, sqlx::Error> {
    match (call.endpoint.method, call.endpoint.path) {
        (Method::Get, ListAccounts::PATH) => list(sandbox).await,
        (Method::Post, UpdateAccount::PATH) => update(sandbox, &call.body).await,
        (Method::Post, GetAccessToken::PATH) => Ok(access_token(sandbox, &call.body)),
        _ => Ok(Reply::empty(404)),
    }
}

/// A failure body.
fn fail(reason: i64) -> Reply {
    Reply::json(200, json!({"status": "FAIL", "reason": reason}).to_string())
}

#[derive(sqlx::FromRow)]
struct Account {
    account_id: i64,
    server: String,
    account_name: String,
    account_status: i64,
    builder_url: String,
    create_time: i64,
    reference: Option<String>,
}

const READ: &str = "SELECT account_id, server, account_name, account_status, builder_url, create_time, reference \
    FROM sandbox_vendor_accounts";

/// The list: the id is a text here, the status a word, and there is no builder URL.
async fn list(sandbox: &Sandbox) -> Result<Reply, sqlx::Error> {
    let accounts: Vec<Account> =
        sqlx::query_as(&format!("{READ} ORDER BY account_id")).fetch_all(&sandbox.pool).await?;
    let list: Vec<Value> = accounts.iter().map(listed).collect();
    let body = json!({"status": "OK", "reason": 1, "totalOnline": list.len(), "list": list});
    Ok(Reply::json(200, body.to_string()))
}

fn listed(account: &Account) -> Value {
    json!({
        "create_time": account.create_time,
        "account_name": account.account_name,
        "account_id": account.account_id.to_string(),
        "server": account.server,
        "account_status": if account.account_status == 1 { "active" } else { "suspended" },
        "reference": account.reference,
    })
}

async fn update(sandbox: &Sandbox, body: &[u8]) -> Result<Reply, sqlx::Error> {
    let change = match change::read(body) {
        Ok(change) => change,
        Err(reason) => return Ok(fail(reason)),
    };
    let get = format!("{READ} WHERE account_id = $1");
    let id = change.account_id.0.as_i64().unwrap_or(-1);
    let found: Option<Account> = sqlx::query_as(&get).bind(id).fetch_optional(&sandbox.pool).await?;
    match found {
        None => return Ok(fail(change::ACCOUNT_INVALID)),
        Some(account) if account.server != change.server => return Ok(fail(change::SERVER_INVALID)),
        Some(_) => {}
    }
    let sql = "UPDATE sandbox_vendor_accounts SET account_name = COALESCE($2, account_name), \
        account_status = COALESCE($3, account_status), builder_url = COALESCE($4, builder_url) WHERE account_id = $1";
    sqlx::query(sql)
        .bind(id)
        .bind(&change.account_name)
        .bind(change.account_status.map(i64::from))
        .bind(&change.builder_url)
        .execute(&sandbox.pool)
        .await?;
    let account: Account = sqlx::query_as(&get).bind(id).fetch_one(&sandbox.pool).await?;
    Ok(Reply::json(200, updated(&account)))
}

/// The documented sample with its syntax mended. It has `status` twice, the call's and the account's, which no map
/// could write.
fn updated(account: &Account) -> String {
    format!(
        r#"{{"status":"OK","reason":1,"account_id":{},"server":{},"account_name":{},"status":{},"builder_url":{}}}"#,
        account.account_id,
        to_json(&account.server),
        to_json(&account.account_name),
        account.account_status,
        to_json(&account.builder_url),
    )
}

/// A token for an hour; the time it is over comes as text. There is no `status` in the vendor's sample.
fn access_token(sandbox: &Sandbox, body: &[u8]) -> Reply {
    let given: Value = serde_json::from_slice(body).unwrap_or_default();
    let has = |name: &str| given.get(name).and_then(Value::as_str).is_some_and(|value| !value.trim().is_empty());
    if !has("client_id") || !has("client_secret") {
        return fail(change::MALFORMED);
    }
    let expires = sandbox.clock.now().as_second() + 3600;
    let body = json!({
        "access_token": Uuid::new_v4().simple().to_string(),
        "expiration_time": expires.to_string(),
        "token_type": "Bearer",
        "reason": 1,
    });
    Reply::json(200, body.to_string())
}
