//! Comm100: channel accounts and the chatbots they may choose from.

mod body;
mod store;

use trunkline_api::comm100::{
    CreateChannelAccount, DisableBot, EnableBot, GetChannelAccount, ListChannelAccounts, ListChatbots,
    RemoveChannelAccount, UpdateChannelAccount,
};
use trunkline_api::{Endpoint, Method};
use uuid::Uuid;

use super::records::{self, json};
use super::{Sandbox, clock};
use crate::vendor_call::{Call, Reply};
use body::Refusal;

/// Answers a call of this contract.
pub async fn answer(sandbox: &Sandbox, call: &Call) -> Result<Reply, sqlx::Error> {
    let include = match call.query.iter().find(|(name, _)| name == "include") {
        None => false,
        Some((_, value)) if value == "chatbot" => true,
        Some(_) => return Ok(Refusal::invalid("include").reply()),
    };
    let id = call.values.first().map(|id| id.to_ascii_lowercase()).unwrap_or_default();
    match (call.endpoint.method, call.endpoint.path) {
        (Method::Get, ListChannelAccounts::PATH) => list(sandbox, include).await,
        (Method::Get, GetChannelAccount::PATH) => get(sandbox, &id, include).await,
        (Method::Post, CreateChannelAccount::PATH) => create(sandbox, call).await,
        (Method::Put, UpdateChannelAccount::PATH) => update(sandbox, &id, call).await,
        (Method::Delete, RemoveChannelAccount::PATH) => remove(sandbox, &id).await,
        (Method::Post, EnableBot::PATH) => switch_bot(sandbox, &id, true).await,
        (Method::Post, DisableBot::PATH) => switch_bot(sandbox, &id, false).await,
        (Method::Get, ListChatbots::PATH) => chatbots(sandbox).await,
        _ => Ok(not_found()),
    }
}

fn not_found() -> Reply {
    Refusal::new(404, "Not Found.").reply()
}

async fn list(sandbox: &Sandbox, include: bool) -> Result<Reply, sqlx::Error> {
    let accounts = store::list(&sandbox.pool).await?;
    if !include {
        return Ok(json(200, &accounts));
    }
    let chatbots = store::chatbots(&sandbox.pool).await?;
    let with: Vec<_> = accounts.iter().map(|account| account.with(&chatbots)).collect();
    Ok(json(200, &with))
}

async fn get(sandbox: &Sandbox, id: &str, include: bool) -> Result<Reply, sqlx::Error> {
    let Some(account) = store::get(&sandbox.pool, id).await? else { return Ok(not_found()) };
    if !include {
        return Ok(json(200, &account));
    }
    Ok(json(200, &account.with(&store::chatbots(&sandbox.pool).await?)))
}

async fn create(sandbox: &Sandbox, call: &Call) -> Result<Reply, sqlx::Error> {
    let account = match body::read(&call.body, None) {
        Ok(account) => account,
        Err(refusal) => return Ok(refusal.reply()),
    };
    if !store::knows_chatbot(&sandbox.pool, account.chatbot_id.as_deref()).await? {
        return Ok(Refusal::invalid("chatbotId").reply());
    }
    let id = Uuid::new_v4().to_string();
    let now = clock::utc_millis(sandbox.clock.now());
    store::insert(&sandbox.pool, &id, &account, &now).await?;
    Ok(store::get(&sandbox.pool, &id).await?.map_or_else(not_found, |account| json(201, &account)))
}

async fn update(sandbox: &Sandbox, id: &str, call: &Call) -> Result<Reply, sqlx::Error> {
    let Some(was) = store::get(&sandbox.pool, id).await? else { return Ok(not_found()) };
    let account = match body::read(&call.body, Some(&was.percentages())) {
        Ok(account) => account,
        Err(refusal) => return Ok(refusal.reply()),
    };
    if !store::knows_chatbot(&sandbox.pool, account.chatbot_id.as_deref()).await? {
        return Ok(Refusal::invalid("chatbotId").reply());
    }
    store::replace(&sandbox.pool, id, &account).await?;
    get(sandbox, id, false).await
}

async fn remove(sandbox: &Sandbox, id: &str) -> Result<Reply, sqlx::Error> {
    Ok(if store::remove(&sandbox.pool, id).await? { Reply::empty(204) } else { not_found() })
}

async fn switch_bot(sandbox: &Sandbox, id: &str, on: bool) -> Result<Reply, sqlx::Error> {
    store::switch_bot(&sandbox.pool, id, on).await?;
    get(sandbox, id, false).await
}

async fn chatbots(sandbox: &Sandbox) -> Result<Reply, sqlx::Error> {
    let rows = sqlx::query_scalar("SELECT record FROM sandbox_chatbots ORDER BY name, id").fetch(&sandbox.pool);
    Ok(Reply::json(200, records::array(rows).await?.0))
}
