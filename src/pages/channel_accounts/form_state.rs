//! Form state, and the request body built from it.

use leptos::prelude::*;
use trunkline_api::ValidationError;
use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody};

use super::write_only::WriteOnlyFields;
use crate::browser::clock::parse_iso;
use crate::components::FieldErrors;
use crate::components::draft::{DraftField, flag, text};

/// Input of the form. Percentages stay text until they are sent, so that invalid input is not lost.
#[derive(Clone, Copy)]
pub struct FormState {
    /// `appId`
    pub channel: RwSignal<String>,
    /// `originalAccountId`
    pub original_id: RwSignal<String>,
    /// `name`
    pub name: RwSignal<String>,
    /// `screenName`
    pub display_name: RwSignal<String>,
    /// `avatarUrl`
    pub avatar_url: RwSignal<String>,
    /// `isEnabled`
    pub enabled: RwSignal<bool>,
    /// `isBotEnabled`
    pub bot_enabled: RwSignal<bool>,
    /// `chatbotId`; empty for none.
    pub chatbot: RwSignal<String>,
    /// `percentageToBotWhenOnline`
    pub online: RwSignal<String>,
    /// `percentageToBotWhenOffline`
    pub offline: RwSignal<String>,
    /// `isDefault`
    pub is_default: RwSignal<bool>,
    /// `createdTime`; empty to leave it to the vendor.
    pub created: RwSignal<String>,
    /// The four write-only fields.
    pub write_only: WriteOnlyFields,
}

impl FormState {
    /// Form state with the values of an account, or with the defaults of a new one.
    pub fn new(account: Option<&ChannelAccount>) -> Self {
        let body = account.map_or_else(ChannelAccountBody::blank, ChannelAccountBody::echo);
        Self {
            channel: RwSignal::new(body.app_id),
            original_id: RwSignal::new(body.original_account_id),
            name: RwSignal::new(body.name),
            display_name: RwSignal::new(body.screen_name),
            avatar_url: RwSignal::new(body.avatar_url.unwrap_or_default()),
            enabled: RwSignal::new(body.is_enabled),
            bot_enabled: RwSignal::new(body.is_bot_enabled),
            chatbot: RwSignal::new(body.chatbot_id.unwrap_or_default()),
            online: RwSignal::new(body.percentage_to_bot_when_online.to_string()),
            offline: RwSignal::new(body.percentage_to_bot_when_offline.to_string()),
            is_default: RwSignal::new(body.is_default),
            created: RwSignal::new(body.created_time.unwrap_or_default()),
            write_only: WriteOnlyFields::new(account.is_none()),
        }
    }

    /// Replaces the values by another account's, such as the merge of two people's changes. Input in the write-only
    /// fields stays.
    pub fn set_values(&self, account: &ChannelAccount) {
        let body = ChannelAccountBody::echo(account);
        self.channel.set(body.app_id);
        self.original_id.set(body.original_account_id);
        self.name.set(body.name);
        self.display_name.set(body.screen_name);
        self.avatar_url.set(body.avatar_url.unwrap_or_default());
        self.enabled.set(body.is_enabled);
        self.bot_enabled.set(body.is_bot_enabled);
        self.chatbot.set(body.chatbot_id.unwrap_or_default());
        self.online.set(body.percentage_to_bot_when_online.to_string());
        self.offline.set(body.percentage_to_bot_when_offline.to_string());
        self.is_default.set(body.is_default);
        self.created.set(body.created_time.unwrap_or_default());
    }

    /// Fields of the draft. The write-only ones hold credentials: they make the form dirty but are never stored.
    pub fn draft_fields(&self) -> Vec<DraftField> {
        vec![
            text("channel", self.channel),
            text("original", self.original_id),
            text("name", self.name),
            text("display", self.display_name),
            text("avatar", self.avatar_url),
            text("chatbot", self.chatbot),
            text("online", self.online),
            text("offline", self.offline),
            text("created", self.created),
            flag("enabled", self.enabled),
            flag("bot", self.bot_enabled),
            flag("default", self.is_default),
            text("identity", self.write_only.identity_choice).transient(),
            text("ext", self.write_only.ext_choice).transient(),
            text("filter", self.write_only.filter_choice).transient(),
            text("email", self.write_only.email_choice).transient(),
        ]
    }

    /// Validates the input. Returns the request body, or `None` with the problems in `errors`.
    pub fn validated_body(&self, was: Option<&ChannelAccount>, errors: FieldErrors) -> Option<ChannelAccountBody> {
        let body = self.input_body(was);
        errors.check(body.validate(was));
        if was.is_none() && self.display_name.with_untracked(|name| name.trim().is_empty()) {
            // The display name would have been the name: only the name is missing.
            errors.clear_prefix("screenName");
        }
        for (field, text) in [("percentageToBotWhenOnline", self.online), ("percentageToBotWhenOffline", self.offline)]
        {
            if parse_percent(text).is_none() {
                errors.add(field, ValidationError::NotPercent);
            }
        }
        let created = trimmed(self.created);
        if !created.is_empty() && parse_iso(&created).is_none() {
            errors.add("createdTime", ValidationError::NotAllowed);
        }
        self.write_only.check(errors);
        (!errors.any()).then_some(body)
    }

    /// Request body of the input, valid or not.
    pub fn input_body(&self, was: Option<&ChannelAccount>) -> ChannelAccountBody {
        let echo = was.map(ChannelAccountBody::echo);
        ChannelAccountBody {
            app_id: trimmed(self.channel),
            original_account_id: trimmed(self.original_id),
            name: trimmed(self.name),
            screen_name: Some(trimmed(self.display_name))
                .filter(|name| !name.is_empty() || was.is_some())
                .unwrap_or_else(|| trimmed(self.name)),
            is_enabled: self.enabled.get_untracked(),
            is_bot_enabled: self.bot_enabled.get_untracked(),
            is_default: self.is_default.get_untracked(),
            avatar_url: non_empty_or_clearing(
                trimmed(self.avatar_url),
                was.and_then(|was| was.avatar_url.as_ref()).is_some(),
            ),
            chatbot_id: non_empty_or_clearing(
                trimmed(self.chatbot),
                was.and_then(|was| was.chatbot_id.as_ref()).is_some(),
            ),
            percentage_to_bot_when_online: parse_percent(self.online).unwrap_or_default(),
            percentage_to_bot_when_offline: parse_percent(self.offline).unwrap_or_default(),
            created_time: Some(trimmed(self.created))
                .filter(|time| !time.is_empty())
                .or_else(|| was.and_then(|was| was.created_time.clone())),
            channel_identity: self.write_only.identity(),
            account_ext_info: self.write_only.ext_info(),
            filter: self.write_only.filter(),
            email_account_info: self.write_only.email(&self.original_id.get_untracked()),
            extra: echo.map(|echo| echo.extra).unwrap_or_default(),
        }
    }
}

fn parse_percent(text: RwSignal<String>) -> Option<i64> {
    text.with_untracked(|text| text.trim().parse().ok())
}

fn trimmed(text: RwSignal<String>) -> String {
    text.get_untracked().trim().to_owned()
}

/// `None` for an empty text, unless it has to clear a stored value.
fn non_empty_or_clearing(text: String, clears: bool) -> Option<String> {
    (!text.is_empty() || clears).then_some(text)
}
