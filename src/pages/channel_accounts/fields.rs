//! The form's values, and the request body they make.

use leptos::prelude::*;
use trunkline_api::Problem;
use trunkline_api::comm100::{ChannelAccount, ChannelAccountBody};

use super::hidden::HiddenFields;
use crate::parts::FieldErrors;
use crate::parts::draft::{Slot, flag, text};

/// What is typed. Percentages stay text until they are sent, so that nothing typed is lost.
#[derive(Clone, Copy)]
pub struct Fields {
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
    /// The four fields that the vendor never returns.
    pub hidden: HiddenFields,
}

impl Fields {
    /// The values of an account, or of a new one.
    pub fn of(account: Option<&ChannelAccount>) -> Self {
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
            hidden: HiddenFields::new(),
        }
    }

    /// Shows another account's values, such as those that two people's changes make together. What is typed into the
    /// hidden fields stays.
    pub fn show(&self, account: &ChannelAccount) {
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
    }

    /// The values for a draft. The hidden ones are credentials: they count as typed, and are not kept.
    pub fn slots(&self) -> Vec<Slot> {
        vec![
            text("channel", self.channel),
            text("original", self.original_id),
            text("name", self.name),
            text("display", self.display_name),
            text("avatar", self.avatar_url),
            text("chatbot", self.chatbot),
            text("online", self.online),
            text("offline", self.offline),
            flag("enabled", self.enabled),
            flag("bot", self.bot_enabled),
            flag("default", self.is_default),
            text("identity", self.hidden.identity_choice).unkept(),
            text("ext", self.hidden.ext_choice).unkept(),
            text("filter", self.hidden.filter_choice).unkept(),
            text("email", self.hidden.email_choice).unkept(),
        ]
    }

    /// The request body, if every value is fine; problems go to `errors`.
    pub fn body(&self, was: Option<&ChannelAccount>, errors: FieldErrors) -> Option<ChannelAccountBody> {
        let body = self.typed(was);
        errors.check(body.validate(was));
        for (field, text) in [("percentageToBotWhenOnline", self.online), ("percentageToBotWhenOffline", self.offline)]
        {
            if percent(text).is_none() {
                errors.add(field, Problem::NotPercent);
            }
        }
        self.hidden.check(errors);
        (!errors.any()).then_some(body)
    }

    /// What is typed, right or wrong.
    pub fn typed(&self, was: Option<&ChannelAccount>) -> ChannelAccountBody {
        let echo = was.map(ChannelAccountBody::echo);
        ChannelAccountBody {
            app_id: trimmed(self.channel),
            original_account_id: trimmed(self.original_id),
            name: trimmed(self.name),
            screen_name: trimmed(self.display_name),
            is_enabled: self.enabled.get_untracked(),
            is_bot_enabled: self.bot_enabled.get_untracked(),
            is_default: self.is_default.get_untracked(),
            avatar_url: some(trimmed(self.avatar_url), was.and_then(|was| was.avatar_url.as_ref()).is_some()),
            chatbot_id: some(trimmed(self.chatbot), was.and_then(|was| was.chatbot_id.as_ref()).is_some()),
            percentage_to_bot_when_online: percent(self.online).unwrap_or_default(),
            percentage_to_bot_when_offline: percent(self.offline).unwrap_or_default(),
            created_time: was.and_then(|was| was.created_time.clone()),
            channel_identity: self.hidden.identity(),
            account_ext_info: self.hidden.ext_info(),
            filter: self.hidden.filter(),
            email_account_info: self.hidden.email(),
            extra: echo.map(|echo| echo.extra).unwrap_or_default(),
        }
    }
}

fn percent(text: RwSignal<String>) -> Option<i64> {
    text.with_untracked(|text| text.trim().parse().ok())
}

fn trimmed(text: RwSignal<String>) -> String {
    text.get_untracked().trim().to_owned()
}

/// An empty text is left out, unless it has to clear what is there.
fn some(text: String, clears: bool) -> Option<String> {
    (!text.is_empty() || clears).then_some(text)
}
