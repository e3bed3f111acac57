//! Shapes of a channel account and of the chatbot that may answer for it.

use serde::{Deserialize, Serialize, Serializer};

use crate::record::record;
use crate::validate::{Checks, FieldError, http_url, optional, percent, required};
use crate::wire::{Extra, Scalar};

/// Channels the vendor's page names. Its list ends with "exc.", so any other text is allowed too.
pub const KNOWN_CHANNELS: [&str; 5] = ["Email", "Facebook", "Twitter", "WeChat", "WhatsApp"];

/// An account integrated to a channel app: several e-mail accounts of the Email channel, say.
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
    pub id: Option<Scalar>,
    /// Whether the account is enabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_enabled: Option<bool>,
    /// Avatar URL; often plain http, so never loaded by the console.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_name: Option<String>,
    /// Whether the bot answers; independent of `chatbot_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_bot_enabled: Option<bool>,
    /// Guid of the chatbot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chatbot_id: Option<Scalar>,
    /// Percent of routing to the bot while agents are online. The vendor states no bounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage_to_bot_when_online: Option<i64>,
    /// Percent of routing to the bot while all agents are offline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage_to_bot_when_offline: Option<i64>,
    /// Whether this is the default e-mail account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_default: Option<bool>,
    /// UTC, such as `2021-01-27T03:13:04.866Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_time: Option<String>,
    /// With `include=chatbot`: the bot itself. The vendor doesn't document the shape; this is its usual convention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chatbot: Option<Chatbot>,
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(ChannelAccount {
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

/// A chatbot, as far as the console shows it. Source: `server-api-bot-chatbot`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Chatbot {
    /// Guid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Scalar>,
    /// Name of the bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Language the bot speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_id: Option<Scalar>,
    /// `succeeded`, `processing` or `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training_status: Option<String>,
    /// Fields the console doesn't read.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(Chatbot {
    "id" => id,
    "name" => name,
    "languageId" => language_id,
    "trainingStatus" => training_status,
} extra);

/// The body of create and update: every required field, what is echoed, and what is set without ever being returned.
///
/// The optional ones are left out when `None`. For the four that are never returned, `None` keeps what the vendor
/// has, an empty string clears it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelAccountBody {
    /// Id of the channel app.
    pub app_id: String,
    /// Id of the account in its original channel.
    pub original_account_id: String,
    /// Name of the account.
    pub name: String,
    /// Whether the account is enabled.
    pub is_enabled: bool,
    /// Avatar URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    /// Display name.
    pub screen_name: String,
    /// Whether the bot answers.
    pub is_bot_enabled: bool,
    /// Guid of the chatbot.
    /// An empty text is written as `null`: it says that no chatbot is wanted, where a field that is left out says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "null_if_empty")]
    pub chatbot_id: Option<String>,
    /// Percent of routing to the bot while agents are online.
    pub percentage_to_bot_when_online: i64,
    /// Percent of routing to the bot while all agents are offline.
    pub percentage_to_bot_when_offline: i64,
    /// Whether this is the default e-mail account.
    pub is_default: bool,
    /// JSON text of a [`super::ChannelIdentity`]. Holds credentials.
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
    /// JSON text of an [`super::EmailAccountInfo`]. Holds credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_account_info: Option<String>,
    /// Fields of the stored account that the contract doesn't name: an update replaces the whole account, so what is
    /// left out may be lost.
    #[serde(flatten)]
    pub extra: Extra,
}

#[allow(clippy::ref_option, reason = "serde passes the field by reference")]
fn null_if_empty<S: Serializer>(text: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    text.as_deref().filter(|text| !text.is_empty()).serialize(serializer)
}

/// The fields that are accepted on write and never returned.
pub const WRITE_ONLY: [&str; 4] = ["channelIdentity", "accountExtInfo", "filter", "emailAccountInfo"];

/// Leaves out what holds credentials.
impl std::fmt::Debug for ChannelAccountBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChannelAccountBody")
            .field("app_id", &self.app_id)
            .field("original_account_id", &self.original_account_id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The fields of an account that the contract doesn't name, without the write-only ones: what becomes of those is a
/// person's decision.
fn unnamed(account: &ChannelAccount) -> Extra {
    let mut extra = account.extra.clone();
    WRITE_ONLY.iter().for_each(|name| drop(extra.remove(*name)));
    extra
}

impl ChannelAccountBody {
    /// The members on the wire that the contract names.
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

    /// What a new account starts with: enabled, bot off, 0 %, 0 %, not default.
    pub fn blank() -> Self {
        Self { is_enabled: true, ..Self::default() }
    }

    /// The body that changes nothing of an account: every field that was read, echoed; nothing of the four others.
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
            extra: unnamed(account),
        }
    }

    /// The problems of a replacement whose account is not at hand: percentages may be the vendor's own.
    pub fn validate_echo(&self) -> Result<(), Vec<FieldError>> {
        self.validate(Some(&ChannelAccount {
            percentage_to_bot_when_online: Some(self.percentage_to_bot_when_online),
            percentage_to_bot_when_offline: Some(self.percentage_to_bot_when_offline),
            ..ChannelAccount::default()
        }))
    }

    /// The problems, by wire name. `was` is the account being edited: a percentage that the vendor itself sent out of
    /// bounds may go back as it came.
    pub fn validate(&self, was: Option<&ChannelAccount>) -> Result<(), Vec<FieldError>> {
        let online = was.and_then(|was| was.percentage_to_bot_when_online);
        let offline = was.and_then(|was| was.percentage_to_bot_when_offline);
        let unless_same = |value, before| if Some(value) == before { None } else { percent(value) };
        Checks::new()
            .field("appId", required(&self.app_id))
            .field("originalAccountId", required(&self.original_account_id))
            .field("name", required(&self.name))
            .field("screenName", required(&self.screen_name))
            .field("avatarUrl", optional(self.avatar_url.as_deref().unwrap_or(""), http_url))
            .field("percentageToBotWhenOnline", unless_same(self.percentage_to_bot_when_online, online))
            .field("percentageToBotWhenOffline", unless_same(self.percentage_to_bot_when_offline, offline))
            .finish()
    }
}
