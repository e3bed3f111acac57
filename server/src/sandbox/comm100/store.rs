//! Channel accounts and chatbots in the database.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use sqlx::SqlitePool;
use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody};

/// A channel account: the thirteen documented fields, in the documented order. Unset fields are null.
#[derive(Debug, Serialize, sqlx::FromRow)]
#[serde(rename_all = "camelCase")]
pub struct AccountRow {
    app_id: String,
    original_account_id: String,
    name: String,
    id: String,
    is_enabled: bool,
    avatar_url: Option<String>,
    screen_name: String,
    is_bot_enabled: bool,
    chatbot_id: Option<String>,
    percentage_to_bot_when_online: i64,
    percentage_to_bot_when_offline: i64,
    is_default: bool,
    created_time: String,
}

/// A channel account with `include=chatbot`: has the chatbot too, or null.
#[derive(Debug, Serialize)]
pub struct AccountWithChatbot<'a> {
    #[serde(flatten)]
    account: &'a AccountRow,
    chatbot: Option<&'a Value>,
}

impl AccountRow {
    /// Adds the account's chatbot.
    pub fn with_chatbot<'a>(&'a self, chatbots: &'a HashMap<String, Value>) -> AccountWithChatbot<'a> {
        let chatbot = self.chatbot_id.as_ref().and_then(|id| chatbots.get(id));
        AccountWithChatbot { account: self, chatbot }
    }

    /// Returns the fields that validation compares with.
    pub fn percentages(&self) -> ChannelAccount {
        ChannelAccount {
            percentage_to_bot_when_online: Some(self.percentage_to_bot_when_online),
            percentage_to_bot_when_offline: Some(self.percentage_to_bot_when_offline),
            ..ChannelAccount::default()
        }
    }
}

const SELECT: &str = "SELECT app_id, original_account_id, name, id, is_enabled, avatar_url, screen_name, \
    is_bot_enabled, chatbot_id, percentage_to_bot_when_online, percentage_to_bot_when_offline, is_default, \
    created_time FROM sandbox_channel_accounts";

/// Lists all accounts, the oldest first.
pub async fn list(pool: &SqlitePool) -> Result<Vec<AccountRow>, sqlx::Error> {
    sqlx::query_as(&format!("{SELECT} ORDER BY created_time, id")).fetch_all(pool).await
}

/// Finds an account; `None` if there is none.
pub async fn get(pool: &SqlitePool, id: &str) -> Result<Option<AccountRow>, sqlx::Error> {
    sqlx::query_as(&format!("{SELECT} WHERE id = $1")).bind(id).fetch_optional(pool).await
}

/// Inserts an account; `now` is its creation time if it has none.
pub async fn insert(pool: &SqlitePool, id: &str, new: &ChannelAccountBody, now: &str) -> Result<(), sqlx::Error> {
    let sql = "INSERT INTO sandbox_channel_accounts (app_id, original_account_id, name, is_enabled, avatar_url, \
        screen_name, is_bot_enabled, chatbot_id, percentage_to_bot_when_online, percentage_to_bot_when_offline, \
        is_default, channel_identity, account_ext_info, filter, email_account_info, created_time, id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, COALESCE($16, $18), $17)";
    bind(sqlx::query(sql), new).bind(id).bind(now).execute(pool).await?;
    Ok(())
}

/// Replaces an account. Clears omitted fields, except the write-only ones and the creation time.
pub async fn replace(pool: &SqlitePool, id: &str, new: &ChannelAccountBody) -> Result<(), sqlx::Error> {
    let sql = "UPDATE sandbox_channel_accounts SET app_id = $1, original_account_id = $2, name = $3, \
        is_enabled = $4, avatar_url = $5, screen_name = $6, is_bot_enabled = $7, chatbot_id = $8, \
        percentage_to_bot_when_online = $9, percentage_to_bot_when_offline = $10, is_default = $11, \
        channel_identity = COALESCE($12, channel_identity), account_ext_info = COALESCE($13, account_ext_info), \
        filter = COALESCE($14, filter), email_account_info = COALESCE($15, email_account_info), \
        created_time = COALESCE($16, created_time) WHERE id = $17";
    bind(sqlx::query(sql), new).bind(id).execute(pool).await?;
    Ok(())
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments<'q>>;

/// Binds parameters 1 to 16.
fn bind<'q>(query: Query<'q>, new: &'q ChannelAccountBody) -> Query<'q> {
    query
        .bind(&new.app_id)
        .bind(&new.original_account_id)
        .bind(&new.name)
        .bind(new.is_enabled)
        .bind(&new.avatar_url)
        .bind(&new.screen_name)
        .bind(new.is_bot_enabled)
        .bind(&new.chatbot_id)
        .bind(new.percentage_to_bot_when_online)
        .bind(new.percentage_to_bot_when_offline)
        .bind(new.is_default)
        .bind(&new.channel_identity)
        .bind(&new.account_ext_info)
        .bind(&new.filter)
        .bind(&new.email_account_info)
        .bind(&new.created_time)
}

/// Removes an account; false if there was none.
pub async fn remove(pool: &SqlitePool, id: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM sandbox_channel_accounts WHERE id = $1").bind(id).execute(pool).await?;
    Ok(done.rows_affected() > 0)
}

/// Enables or disables the bot.
pub async fn set_bot_enabled(pool: &SqlitePool, id: &str, on: bool) -> Result<(), sqlx::Error> {
    let sql = "UPDATE sandbox_channel_accounts SET is_bot_enabled = $1 WHERE id = $2";
    sqlx::query(sql).bind(on).bind(id).execute(pool).await?;
    Ok(())
}

/// Returns all chatbots by ID.
pub async fn chatbots(pool: &SqlitePool) -> Result<HashMap<String, Value>, sqlx::Error> {
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT id, record FROM sandbox_chatbots").fetch_all(pool).await?;
    Ok(rows.into_iter().filter_map(|(id, record)| Some((id, serde_json::from_str(&record).ok()?))).collect())
}

/// True if the chatbot exists, or if `id` is `None`.
pub async fn chatbot_exists(pool: &SqlitePool, id: Option<&str>) -> Result<bool, sqlx::Error> {
    let Some(id) = id else { return Ok(true) };
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM sandbox_chatbots WHERE id = $1").bind(id).fetch_optional(pool).await?;
    Ok(found.is_some())
}
