//! Shapes of a channel account and its chatbot.

use serde::{Deserialize, Serialize, Serializer};

use crate::decode::{LooseScalar, UnknownMembers};
use crate::tolerant::tolerant_struct;
use crate::validate::{Checks, FieldError, check_http_url, check_optional, check_percent, check_required};

/// Channels that the vendor's page names. Its list ends with "exc.", so other values are allowed too.
pub const KNOWN_CHANNELS: [&str; 5] = ["Email", "Facebook", "Twitter", "WeChat", "WhatsApp"];

/// An account of a channel app, such as one of several e-mail accounts of the Email channel.
///
/// `channelIdentity`, `accountExtInfo`, `filter` and `emailAccountInfo` are accepted on write and never returned.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelAccount {
    /// Id of the channel app, such as `WeChat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
    /// Id of the account in its original channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_account_id: Option<String>,
    /// Name of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Guid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<LooseScalar>,
    /// True if the account is enabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_enabled: Option<bool>,
    /// Avatar URL. Often plain http, so the console never loads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_name: Option<String>,
    /// True if the bot is enabled. Independent of `chatbot_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_bot_enabled: Option<bool>,
    /// Guid of the chatbot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chatbot_id: Option<LooseScalar>,
    /// Percent of routing to the bot while agents are online. The vendor states no bounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage_to_bot_when_online: Option<i64>,
    /// Percent of routing to the bot while all agents are offline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage_to_bot_when_offline: Option<i64>,
    /// True if this is the default e-mail account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_default: Option<bool>,
    /// UTC, such as `2021-01-27T03:13:04.866Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_time: Option<String>,
    /// The bot itself, with `include=chatbot`. The vendor does not document the shape; this is its usual convention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chatbot: Option<Chatbot>,
    /// Members that the contract does not name.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(ChannelAccount {
    "appId" => app_id,
    "originalAccountId" => original_account_id,
    "name" => name,
    "id" => id,
    "isEnabled" => is_enabled,
    "avatarUrl" => avatar_url,
    "screenName" => screen_name,
    "isBotEnabled" => is_bot_enabled,
    "chatbotId" => chatbot_id,
    "percentageToBotWhenOnline" => percentage_to_bot_when_online,
    "percentageToBotWhenOffline" => percentage_to_bot_when_offline,
    "isDefault" => is_default,
    "createdTime" => created_time,
    "chatbot" => chatbot,
} extra);

/// The fields of a chatbot that the console shows. Source: `server-api-bot-chatbot`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Chatbot {
    /// Guid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<LooseScalar>,
    /// Name of the bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The bot's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_id: Option<LooseScalar>,
    /// `succeeded`, `processing` or `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training_status: Option<String>,
    /// Members that the console does not use.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(Chatbot {
    "id" => id,
    "name" => name,
    "languageId" => language_id,
    "trainingStatus" => training_status,
} extra);

/// The body of create and update: all required fields, echoed optional ones, and the write-only ones.
///
/// Optional fields are omitted if `None`. For the four write-only fields, `None` keeps the stored value and an empty
/// string clears it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelAccountBody {
    /// Id of the channel app.
    pub app_id: String,
    /// Id of the account in its original channel.
    pub original_account_id: String,
    /// Name of the account.
    pub name: String,
    /// True if the account is enabled.
    pub is_enabled: bool,
    /// Avatar URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Display name.
    pub screen_name: String,
    /// True if the bot is enabled.
    pub is_bot_enabled: bool,
    /// Guid of the chatbot. An empty string is sent as `null`, which removes the chatbot; an omitted field keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "null_if_empty")]
    pub chatbot_id: Option<String>,
    /// Percent of routing to the bot while agents are online.
    pub percentage_to_bot_when_online: i64,
    /// Percent of routing to the bot while all agents are offline.
    pub percentage_to_bot_when_offline: i64,
    /// True if this is the default e-mail account.
    pub is_default: bool,
    /// JSON text of a [`super::ChannelIdentity`]. Contains credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_identity: Option<String>,
    /// Undocumented; the vendor's sample sends an empty string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_ext_info: Option<String>,
    /// JSON text of an array of [`super::FilterEntry`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_time: Option<String>,
    /// JSON text of an [`super::EmailAccountInfo`]. Contains credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_account_info: Option<String>,
    /// Members of the stored account that the contract does not name. An update replaces the whole account, so omitted
    /// members may be lost.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

#[allow(clippy::ref_option, reason = "serde passes the field by reference")]
fn null_if_empty<S: Serializer>(text: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    text.as_deref().filter(|text| !text.is_empty()).serialize(serializer)
}

/// Write-only fields: accepted on write, never returned.
pub const WRITE_ONLY: [&str; 4] = ["channelIdentity", "accountExtInfo", "filter", "emailAccountInfo"];

/// Omits the fields that contain credentials.
impl std::fmt::Debug for ChannelAccountBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChannelAccountBody")
            .field("app_id", &self.app_id)
            .field("original_account_id", &self.original_account_id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// An account's members that the contract does not name, without the write-only ones, which only the user may set.
fn unknown_members(account: &ChannelAccount) -> UnknownMembers {
    let mut extra = account.extra.clone();
    WRITE_ONLY.iter().for_each(|name| drop(extra.remove(*name)));
    extra
}

impl ChannelAccountBody {
    /// The wire names of the members that the contract has.
    pub const MEMBERS: &'static [&'static str] = &[
        "appId",
        "originalAccountId",
        "name",
        "isEnabled",
        "avatarUrl",
        "screenName",
        "isBotEnabled",
        "chatbotId",
        "percentageToBotWhenOnline",
        "percentageToBotWhenOffline",
        "isDefault",
        "channelIdentity",
        "accountExtInfo",
        "filter",
        "createdTime",
        "emailAccountInfo",
    ];

    /// The initial values of a new account: enabled, bot disabled, 0 % and 0 % to the bot, not default.
    pub fn blank() -> Self {
        Self { is_enabled: true, ..Self::default() }
    }

    /// A body that changes nothing: echoes all the account's fields and omits the write-only ones.
    pub fn echo(account: &ChannelAccount) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            app_id: text(&account.app_id),
            original_account_id: text(&account.original_account_id),
            name: text(&account.name),
            is_enabled: account.is_enabled.unwrap_or_default(),
            avatar_url: account.avatar_url.clone(),
            screen_name: text(&account.screen_name),
            is_bot_enabled: account.is_bot_enabled.unwrap_or_default(),
            chatbot_id: account.chatbot_id.as_ref().map(ToString::to_string),
            percentage_to_bot_when_online: account.percentage_to_bot_when_online.unwrap_or_default(),
            percentage_to_bot_when_offline: account.percentage_to_bot_when_offline.unwrap_or_default(),
            is_default: account.is_default.unwrap_or_default(),
            created_time: account.created_time.clone(),
            channel_identity: None,
            account_ext_info: None,
            filter: None,
            email_account_info: None,
            extra: unknown_members(account),
        }
    }

    /// Validates a replacement without knowing the stored account: any percentage may be an echo.
    ///
    /// # Errors
    /// If a field is invalid.
    pub fn validate_echo(&self) -> Result<(), Vec<FieldError>> {
        self.validate(Some(&ChannelAccount {
            percentage_to_bot_when_online: Some(self.percentage_to_bot_when_online),
            percentage_to_bot_when_offline: Some(self.percentage_to_bot_when_offline),
            ..ChannelAccount::default()
        }))
    }

    /// Validates the body. `before` is the account being edited: an out-of-range percentage that the vendor sent may be
    /// echoed.
    ///
    /// # Errors
    /// If a field is invalid; errors are by wire name.
    pub fn validate(&self, before: Option<&ChannelAccount>) -> Result<(), Vec<FieldError>> {
        let online = before.and_then(|was| was.percentage_to_bot_when_online);
        let offline = before.and_then(|was| was.percentage_to_bot_when_offline);
        let unless_same = |value, before| if Some(value) == before { None } else { check_percent(value) };
        Checks::new()
            .field("appId", check_required(&self.app_id))
            .field("originalAccountId", check_required(&self.original_account_id))
            .field("name", check_required(&self.name))
            .field("screenName", check_required(&self.screen_name))
            .field("avatarUrl", check_optional(self.avatar_url.as_deref().unwrap_or(""), check_http_url))
            .field("percentageToBotWhenOnline", unless_same(self.percentage_to_bot_when_online, online))
            .field("percentageToBotWhenOffline", unless_same(self.percentage_to_bot_when_offline, offline))
            .finish()
    }
}
