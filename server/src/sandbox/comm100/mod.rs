//! Comm100: channel accounts and their chatbots.

mod body;
mod store;

use trunkline_api::comm100::{
    CreateChannelAccount, DisableBot, EnableBot, GetChannelAccount, ListChannelAccounts, ListChatbots,
    RemoveChannelAccount, UpdateChannelAccount,
};
use trunkline_api::{Endpoint, Method};
use uuid::Uuid;

use super::clock;
use super::context::Context;
use super::json_response::{self, json};
use crate::vendor_request::{VendorRequest, VendorResponse};
use body::ErrorResponse;

/// Handles a request of this contract.
pub async fn handle(context: &Context, call: &VendorRequest) -> Result<VendorResponse, sqlx::Error> {
    let include = match call.query.iter().find(|(name, _)| name == "include") {
        None => false,
        Some((_, value)) if value == "chatbot" => true,
        Some(_) => return Ok(ErrorResponse::invalid("include").response()),
    };
    let id = call.path_params.first().map(|id| id.to_ascii_lowercase()).unwrap_or_default();
    match (call.endpoint.method, call.endpoint.path) {
        (Method::Get, ListChannelAccounts::PATH) => list(context, include).await,
        (Method::Get, GetChannelAccount::PATH) => get(context, &id, include).await,
        (Method::Post, CreateChannelAccount::PATH) => create(context, call).await,
        (Method::Put, UpdateChannelAccount::PATH) => update(context, &id, call).await,
        (Method::Delete, RemoveChannelAccount::PATH) => remove(context, &id).await,
        (Method::Post, EnableBot::PATH) => set_bot_enabled(context, &id, true).await,
        (Method::Post, DisableBot::PATH) => set_bot_enabled(context, &id, false).await,
        (Method::Get, ListChatbots::PATH) => chatbots(context).await,
        _ => Ok(not_found()),
    }
}

fn not_found() -> VendorResponse {
    ErrorResponse::new(404, "Not Found.").response()
}

async fn list(context: &Context, include: bool) -> Result<VendorResponse, sqlx::Error> {
    let accounts = store::list(&context.pool).await?;
    if !include {
        return Ok(json(200, &accounts));
    }
    let chatbots = store::chatbots(&context.pool).await?;
    let with: Vec<_> = accounts.iter().map(|account| account.with_chatbot(&chatbots)).collect();
    Ok(json(200, &with))
}

async fn get(context: &Context, id: &str, include: bool) -> Result<VendorResponse, sqlx::Error> {
    let Some(account) = store::get(&context.pool, id).await? else { return Ok(not_found()) };
    if !include {
        return Ok(json(200, &account));
    }
    Ok(json(200, &account.with_chatbot(&store::chatbots(&context.pool).await?)))
}

async fn create(context: &Context, call: &VendorRequest) -> Result<VendorResponse, sqlx::Error> {
    let account = match body::parse(&call.body, None) {
        Ok(account) => account,
        Err(refusal) => return Ok(refusal.response()),
    };
    if !store::chatbot_exists(&context.pool, account.chatbot_id.as_deref()).await? {
        return Ok(ErrorResponse::invalid("chatbotId").response());
    }
    let id = Uuid::new_v4().to_string();
    let now = clock::utc_millis(context.clock.now());
    store::insert(&context.pool, &id, &account, &now).await?;
    Ok(store::get(&context.pool, &id).await?.map_or_else(not_found, |account| json(201, &account)))
}

async fn update(context: &Context, id: &str, call: &VendorRequest) -> Result<VendorResponse, sqlx::Error> {
    let Some(stored) = store::get(&context.pool, id).await? else { return Ok(not_found()) };
    let account = match body::parse(&call.body, Some(&stored.percentages())) {
        Ok(account) => account,
        Err(refusal) => return Ok(refusal.response()),
    };
    if !store::chatbot_exists(&context.pool, account.chatbot_id.as_deref()).await? {
        return Ok(ErrorResponse::invalid("chatbotId").response());
    }
    store::replace(&context.pool, id, &account).await?;
    get(context, id, false).await
}

async fn remove(context: &Context, id: &str) -> Result<VendorResponse, sqlx::Error> {
    Ok(if store::remove(&context.pool, id).await? { VendorResponse::empty(204) } else { not_found() })
}

async fn set_bot_enabled(context: &Context, id: &str, on: bool) -> Result<VendorResponse, sqlx::Error> {
    store::set_bot_enabled(&context.pool, id, on).await?;
    get(context, id, false).await
}

async fn chatbots(context: &Context) -> Result<VendorResponse, sqlx::Error> {
    let rows = sqlx::query_scalar("SELECT record FROM sandbox_chatbots ORDER BY name, id").fetch(&context.pool);
    Ok(VendorResponse::json(200, json_response::join_array(rows).await?.0))
}
