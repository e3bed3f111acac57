//! The columns of the list, and the badges of an account.

use trunkline_api::comm100::ChannelAccount;
use trunkline_api::text::is_blank;
use trunkline_model::account_bulk::{BotIssue, bot_issue};

use super::filters;
use crate::i18n::t;
use crate::routes::Route;
use crate::ui::{Cell, Column, IconName, Narrow, SortKey, Tone};

/// Name, channel, original id, state, bot, and the shares that go to the bot; optionally the other fields.
pub fn columns() -> Vec<Column<ChannelAccount>> {
    let percent =
        |value: Option<i64>| value.map(|value| t::channel_accounts::percent(&value.to_string())).unwrap_or_default();
    vec![
        Column::link("name", t::channel_accounts::name, filters::label_of, |account: &ChannelAccount| {
            Route::ChannelAccount(filters::id_of(account)).path()
        })
        .narrow(Narrow::Title),
        Column::new("channel", t::channel_accounts::channel, |account: &ChannelAccount| {
            let channel = account.app_id.clone().unwrap_or_default();
            let glyph = IconName::of_channel(&channel);
            Cell::text(channel).with_glyph(glyph)
        })
        .sort(|account| SortKey::text(account.app_id.as_deref().unwrap_or_default()))
        .class("w-s")
        .narrow(Narrow::Meta),
        Column::text("original", t::channel_accounts::original_id, |account: &ChannelAccount| {
            account.original_account_id.clone().unwrap_or_default()
        })
        .class("w-l mono")
        .wide_only(),
        Column::new("enabled", t::channel_accounts::state, |account: &ChannelAccount| {
            Cell::badge(state_badge(account))
        })
        .sort(|account| SortKey::number(Some(i64::from(account.is_enabled != Some(true)))))
        .class("w-m")
        .narrow(Narrow::Meta),
        Column::new("bot", t::channel_accounts::bot, |account: &ChannelAccount| Cell::badge(bot_badge(account)))
            .sort(|account| SortKey::number(Some(i64::from(account.is_bot_enabled != Some(true)))))
            .class("account-bot")
            .narrow(Narrow::Meta),
        Column::text("online", t::channel_accounts::online_short, move |account: &ChannelAccount| {
            percent(account.percentage_to_bot_when_online)
        })
        .sort(|account| SortKey::number(account.percentage_to_bot_when_online))
        .class("w-s end")
        .wide_only(),
        Column::text("offline", t::channel_accounts::offline_short, move |account: &ChannelAccount| {
            percent(account.percentage_to_bot_when_offline)
        })
        .sort(|account| SortKey::number(account.percentage_to_bot_when_offline))
        .class("w-s end")
        .wide_only(),
        further("screenName", t::channel_accounts::display_name, |account| account.screen_name.clone()),
        further("chatbot", t::channel_accounts::chatbot, |account| account.chatbot.as_ref()?.name.clone()),
        further("chatbotId", t::channel_accounts::chatbot_id, |account| Some(account.chatbot_id.as_ref()?.to_string())),
        further("isDefault", t::channel_accounts::is_default, |account| {
            Some(if account.is_default? { t::common::yes() } else { t::common::no() })
        }),
        further("avatarUrl", t::channel_accounts::avatar_url, |account| account.avatar_url.clone()),
        further("createdTime", t::channel_accounts::created, |account| account.created_time.clone()),
        further("id", t::channel_accounts::id, |account| Some(filters::id_of(account))),
    ]
}

/// An optional column with the value as the vendor sent it.
fn further(
    key: &'static str,
    header: fn() -> String,
    text: fn(&ChannelAccount) -> Option<String>,
) -> Column<ChannelAccount> {
    Column::text(key, header, move |account: &ChannelAccount| text(account).unwrap_or_default()).class("w-l").optional()
}

/// "Enabled" or "Disabled".
pub fn state_badge(account: &ChannelAccount) -> (Tone, String) {
    match account.is_enabled {
        Some(true) => (Tone::Good, t::channel_accounts::enabled()),
        _ => (Tone::Neutral, t::channel_accounts::disabled()),
    }
}

/// The bot's name while the bot is on, or why it gets nothing to do; "Off" otherwise, even if a bot is assigned.
pub fn bot_badge(account: &ChannelAccount) -> (Tone, String) {
    let name = || account.chatbot.as_ref().and_then(|bot| bot.name.clone()).filter(|name| !is_blank(name));
    if let Some(issue) = bot_issue(account) {
        return (Tone::Warn, issue_text(issue));
    }
    match account.is_bot_enabled {
        Some(true) => (Tone::Good, name().unwrap_or_else(t::channel_accounts::bot_on)),
        _ => (Tone::Neutral, t::channel_accounts::bot_off()),
    }
}

/// "Bot on, but 0%" or "Bot on, no chatbot".
pub fn issue_text(issue: BotIssue) -> String {
    match issue {
        BotIssue::NoChatbot => t::channel_accounts::bot_on_no_chatbot(),
        BotIssue::ZeroShare => t::channel_accounts::bot_on_zero(),
    }
}
