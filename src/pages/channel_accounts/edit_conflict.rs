//! Edit conflicts of channel accounts: labels for the dialog, and the members that are compared and merged.

use std::sync::Arc;

use serde_json::Value;
use trunkline_api::Endpoint;
use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody, GetChannelAccount, ListChatbots};
use trunkline_api::decode::{LooseScalar, to_json};
use trunkline_model::merge::{Members, members};

use crate::components::edit_conflict::FieldTexts;
use crate::fetch::cache;
use crate::i18n::t;

/// Field labels and value texts. Fields outside the contract have no label.
pub const FIELD_TEXTS: FieldTexts = FieldTexts { label, value };

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
        "createdTime" => t::channel_accounts::created(),
        _ => return None,
    })
}

/// Name of a chatbot. `None` for other fields, or if the list of chatbots is not cached.
fn value(field: &str, value: &Value) -> Option<String> {
    let id = LooseScalar::from(value.as_str().filter(|_| field == "chatbotId")?);
    let bots = cache::peek(&ListChatbots)?;
    bots.iter().find(|bot| bot.id.as_ref() == Some(&id))?.name.clone()
}

/// Members of an account, as an update sends them.
pub fn members_of(account: &ChannelAccount) -> Members {
    members(&ChannelAccountBody::echo(account))
}

/// Members of the input, without the write-only fields: there is no server value to compare them with.
pub fn input_members(input: &ChannelAccountBody) -> Members {
    members(&ChannelAccountBody {
        channel_identity: None,
        account_ext_info: None,
        filter: None,
        email_account_info: None,
        ..input.clone()
    })
}

/// Builds an account from members, which lack the id. `None` if they don't decode.
pub fn from_members(members: &Members, id: Option<LooseScalar>) -> Option<Arc<ChannelAccount>> {
    let account = GetChannelAccount::decode(to_json(members).as_bytes()).ok()?;
    Some(Arc::new(ChannelAccount { id, ..account }))
}
