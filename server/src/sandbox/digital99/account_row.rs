//! The stored accounts, and the answer to a request for one that is not there.

use serde_json::json;
use sqlx::SqlitePool;
use trunkline_api::digital99::AccountId;

use super::change::{ACCOUNT_INVALID, SERVER_INVALID};
use crate::vendor_request::VendorResponse;

/// An error response: `{status, reason}`.
pub fn error_response(reason: i64) -> VendorResponse {
    VendorResponse::json(200, json!({"status": "FAIL", "reason": reason}).to_string())
}

/// An account as stored.
#[derive(sqlx::FromRow)]
pub struct AccountRow {
    pub account_id: i64,
    pub server: String,
    pub account_name: String,
    pub account_status: i64,
    pub builder_url: String,
    pub create_time: i64,
    pub reference: Option<String>,
}

/// Selects the accounts' columns.
pub const SELECT: &str = "SELECT account_id, server, account_name, account_status, builder_url, create_time, reference \
    FROM sandbox_vendor_accounts";

/// The account with this id.
pub async fn by_id(pool: &SqlitePool, id: i64) -> Result<Option<AccountRow>, sqlx::Error> {
    sqlx::query_as(&format!("{SELECT} WHERE account_id = $1")).bind(id).fetch_optional(pool).await
}

/// Finds the account with this id and server; else the reason code of the one that is wrong.
pub async fn find(pool: &SqlitePool, id: &AccountId, server: &str) -> Result<Result<AccountRow, i64>, sqlx::Error> {
    Ok(match by_id(pool, id.0.as_i64().unwrap_or(-1)).await? {
        None => Err(ACCOUNT_INVALID),
        Some(account) if account.server != server => Err(SERVER_INVALID),
        Some(account) => Ok(account),
    })
}
