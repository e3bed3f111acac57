//! How a channel account's fields are called where two people have changed one.

use std::sync::Arc;

use serde_json::Value;
use trunkline_api::Endpoint;
use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody, GetChannelAccount, ListChatbots};
use trunkline_api::merge::{Members, members};
use trunkline_api::wire::{Scalar, to_json};

use crate::fetch::cache;
use crate::i18n::t;
use crate::parts::meanwhile::Words;

/// The form's words. What it does not show (the time of creation, fields that the contract doesn't name) has none.
pub const WORDS: Words = Words { label, value };

fn label(field: &str) -> Option<String> {
    Some(match field {
        "appId" => t::channel_accounts::channel(),
        "originalAccountId" => t::channel_accounts::original_id(),
        "name" => t::channel_accounts::name(),
        "screenName" => t::channel_accounts::display_name(),
        "avatarUrl" => t::channel_accounts::avatar_url(),
        "isEnabled" => t::channel_accounts::enabled(),
        "isDefault" => t::channel_accounts::is_default(),
        "isBotEnabled" => t::channel_accounts::bot_enabled(),
        "chatbotId" => t::channel_accounts::chatbot(),
        "percentageToBotWhenOnline" => t::channel_accounts::online(),
        "percentageToBotWhenOffline" => t::channel_accounts::offline(),
        _ => return None,
    })
}

/// A chatbot by its name, where the list of chatbots is known.
fn value(field: &str, value: &Value) -> Option<String> {
    let id = Scalar::from(value.as_str().filter(|_| field == "chatbotId")?);
    let bots = cache::peek(&ListChatbots)?;
    bots.iter().find(|bot| bot.id.as_ref() == Some(&id))?.name.clone()
}

/// An account's members, as an update would write them.
pub fn members_of(account: &ChannelAccount) -> Members {
    members(&ChannelAccountBody::echo(account))
}

/// What is typed, without the write-only fields: nobody can compare those.
pub fn members_typed(typed: &ChannelAccountBody) -> Members {
    members(&ChannelAccountBody {
        channel_identity: None,
        account_ext_info: None,
        filter: None,
        email_account_info: None,
        ..typed.clone()
    })
}

/// The account that members make, which have no id.
pub fn account_of(members: &Members, id: Option<Scalar>) -> Option<Arc<ChannelAccount>> {
    let account = GetChannelAccount::decode(to_json(members).as_bytes()).ok()?;
    Some(Arc::new(ChannelAccount { id, ..account }))
}
