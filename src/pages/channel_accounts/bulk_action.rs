//! The actions of a bulk run: their words, and what they set.

use std::sync::Arc;

use trunkline_api::comm100::ChannelAccount;
use trunkline_model::account_bulk::{AccountField, ChatbotChoice, count_set};

use crate::i18n::t;

/// A text with a count.
type CountText = fn(i64) -> String;

/// An action of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkAction {
    /// Turns the bot on.
    BotOn,
    /// Turns the bot off.
    BotOff,
    /// Enables the accounts.
    Enable,
    /// Disables the accounts.
    Disable,
    /// Sets the chatbot.
    Chatbot,
    /// Sets the bot's share while agents are online.
    ShareOnline,
    /// Sets the bot's share while all agents are offline.
    ShareOffline,
    /// Removes the accounts.
    Remove,
}

impl BulkAction {
    /// Those that the bar has in its menu.
    pub const IN_MENU: [Self; 6] =
        [Self::Enable, Self::Disable, Self::Chatbot, Self::ShareOnline, Self::ShareOffline, Self::Remove];

    /// The words of the button or menu item.
    pub const fn label(self) -> fn() -> String {
        self.texts().0
    }

    /// The question, with the number of accounts that change.
    pub fn question(self, count: i64) -> String {
        self.texts().1(count)
    }

    /// The words of the confirming button, with the number of accounts that change.
    pub fn confirm(self, count: i64) -> String {
        self.texts().2(count)
    }

    const fn texts(self) -> (fn() -> String, CountText, CountText) {
        match self {
            Self::BotOn => (t::channel_accounts::bulk_on, t::bulk::ask_bot_on, t::bulk::go_bot_on),
            Self::BotOff => (t::channel_accounts::bulk_off, t::bulk::ask_bot_off, t::bulk::go_bot_off),
            Self::Enable => (t::bulk::enable, t::bulk::ask_enable, t::bulk::go_enable),
            Self::Disable => (t::bulk::disable, t::bulk::ask_disable, t::bulk::go_disable),
            Self::Chatbot => (t::bulk::chatbot, t::bulk::ask_chatbot, t::bulk::go_chatbot),
            Self::ShareOnline => (t::bulk::online, t::bulk::ask_online, t::bulk::go_online),
            Self::ShareOffline => (t::bulk::offline, t::bulk::ask_offline, t::bulk::go_offline),
            Self::Remove => (t::bulk::remove, t::bulk::ask_remove, t::bulk::go_remove),
        }
    }

    /// How many of the accounts change: "37 of 61 have it on."
    pub fn share_text(self, changing: i64, total: &str) -> String {
        match self {
            Self::BotOn => t::bulk::have_off(changing, total),
            Self::BotOff => t::bulk::have_on(changing, total),
            Self::Enable => t::bulk::are_disabled(changing, total),
            Self::Disable => t::bulk::are_enabled(changing, total),
            Self::Chatbot | Self::ShareOnline | Self::ShareOffline => t::bulk::have_other(changing, total),
            Self::Remove => t::bulk::remove_warning(),
        }
    }

    /// `true` if a person enters a value first, if something may be lost, or if it can't be undone: it is never run
    /// without a dialog.
    pub const fn always_asks(self) -> bool {
        self.replaces_account() || matches!(self, Self::Remove)
    }

    /// `true` if it replaces the whole account, which may clear the fields that the vendor never shows.
    pub const fn replaces_account(self) -> bool {
        matches!(self, Self::Enable | Self::Disable | Self::Chatbot | Self::ShareOnline | Self::ShareOffline)
    }

    /// The field that it sets, with the value that was entered. `None` for a removal, or if the entered value is
    /// invalid.
    pub fn field(self, chatbot: ChatbotChoice, share: Option<i64>) -> Option<AccountField> {
        Some(match self {
            Self::BotOn => AccountField::Bot(true),
            Self::BotOff => AccountField::Bot(false),
            Self::Enable => AccountField::Enabled(true),
            Self::Disable => AccountField::Enabled(false),
            Self::Chatbot => AccountField::Chatbot(Box::new(chatbot)),
            Self::ShareOnline => AccountField::ShareOnline(share?),
            Self::ShareOffline => AccountField::ShareOffline(share?),
            Self::Remove => return None,
        })
    }
}

/// What a run does to each of its accounts.
#[derive(Clone, PartialEq)]
pub enum BulkTask {
    /// Sets a field.
    Set(AccountField),
    /// Removes the account.
    Remove,
}

impl BulkTask {
    /// Number of accounts that it changes.
    pub fn changing(&self, accounts: &[Arc<ChannelAccount>]) -> usize {
        match self {
            Self::Set(field) => accounts.len().saturating_sub(count_set(field, accounts)),
            Self::Remove => accounts.len(),
        }
    }
}
