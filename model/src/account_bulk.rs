//! Bulk actions on channel accounts: what an action changes, which accounts it leaves as they are, and how it is undone.

use std::sync::Arc;

use trunkline_api::comm100::{ChannelAccount, Chatbot};
use trunkline_api::decode::LooseScalar;

/// The most accounts that an action changes without a question.
pub const MAX_WITHOUT_QUESTION: usize = 5;

/// A chatbot, or none: its id, and the bot itself where it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChatbotChoice {
    /// The id; `None` for no chatbot.
    pub id: Option<LooseScalar>,
    /// The bot, for its name in the list.
    pub bot: Option<Chatbot>,
}

/// A field of an account and its value.
#[derive(Clone, Debug, PartialEq)]
pub enum AccountField {
    /// True if the bot is on.
    Bot(bool),
    /// True if the account is enabled.
    Enabled(bool),
    /// The chatbot.
    Chatbot(Box<ChatbotChoice>),
    /// Percent to the bot while agents are online.
    ShareOnline(i64),
    /// Percent to the bot while all agents are offline.
    ShareOffline(i64),
}

impl AccountField {
    /// The same field with its value in an account. An absent value counts as off, none or 0.
    #[must_use]
    pub fn of(&self, account: &ChannelAccount) -> Self {
        match self {
            Self::Bot(_) => Self::Bot(account.is_bot_enabled == Some(true)),
            Self::Enabled(_) => Self::Enabled(account.is_enabled == Some(true)),
            Self::Chatbot(_) => {
                let id = account.chatbot_id.clone().filter(|id| !id.to_string().is_empty());
                Self::Chatbot(Box::new(ChatbotChoice { bot: account.chatbot.clone().filter(|_| id.is_some()), id }))
            }
            Self::ShareOnline(_) => Self::ShareOnline(account.percentage_to_bot_when_online.unwrap_or_default()),
            Self::ShareOffline(_) => Self::ShareOffline(account.percentage_to_bot_when_offline.unwrap_or_default()),
        }
    }

    /// `true` if an account has this value.
    #[must_use]
    pub fn is_set(&self, account: &ChannelAccount) -> bool {
        self.equals(&self.of(account))
    }

    /// `true` if both are the same field with the same value. A chatbot is told by its id.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Chatbot(one), Self::Chatbot(other)) => one.id == other.id,
            _ => self == other,
        }
    }

    /// The account with this value.
    #[must_use]
    pub fn set(&self, account: &ChannelAccount) -> ChannelAccount {
        let mut account = account.clone();
        match self {
            Self::Bot(on) => account.is_bot_enabled = Some(*on),
            Self::Enabled(on) => account.is_enabled = Some(*on),
            Self::Chatbot(chosen) => {
                // A body that must remove a stored chatbot has an empty id.
                let cleared = account.chatbot_id.as_ref().map(|_| LooseScalar::from(""));
                account.chatbot_id = chosen.id.clone().or(cleared);
                account.chatbot.clone_from(&chosen.bot);
            }
            Self::ShareOnline(share) => account.percentage_to_bot_when_online = Some(*share),
            Self::ShareOffline(share) => account.percentage_to_bot_when_offline = Some(*share),
        }
        account
    }

    /// `true` if the vendor has an action of its own for it. Anything else replaces the whole account.
    #[must_use]
    pub const fn has_own_endpoint(&self) -> bool {
        matches!(self, Self::Bot(_))
    }
}

/// Number of accounts that already have this value.
#[must_use]
pub fn count_set(field: &AccountField, accounts: &[Arc<ChannelAccount>]) -> usize {
    accounts.iter().filter(|account| field.is_set(account)).count()
}

/// What keeps conversations from an account's bot although it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BotIssue {
    /// No chatbot is chosen.
    NoChatbot,
    /// Both shares are 0 %.
    ZeroShare,
}

/// What would keep conversations from the account's bot if it were on.
#[must_use]
pub fn potential_bot_issue(account: &ChannelAccount) -> Option<BotIssue> {
    if account.chatbot_id.as_ref().is_none_or(|id| id.to_string().is_empty()) {
        return Some(BotIssue::NoChatbot);
    }
    let none = |share: Option<i64>| share.unwrap_or_default() <= 0;
    (none(account.percentage_to_bot_when_online) && none(account.percentage_to_bot_when_offline))
        .then_some(BotIssue::ZeroShare)
}

/// What keeps conversations from the account's bot; `None` while the bot is off.
#[must_use]
pub fn bot_issue(account: &ChannelAccount) -> Option<BotIssue> {
    potential_bot_issue(account).filter(|_| account.is_bot_enabled == Some(true))
}

/// How many accounts a bot that is turned on does nothing for, by reason. An account may count more than once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BotOnWarnings {
    /// Accounts without a chatbot.
    pub without_chatbot: usize,
    /// Accounts that send 0 % to the bot, whether agents are online or not.
    pub zero_share: usize,
    /// Disabled accounts.
    pub disabled: usize,
}

/// Counts why turning the bot on does nothing for some of these accounts.
#[must_use]
pub fn bot_on_warnings(accounts: &[Arc<ChannelAccount>]) -> BotOnWarnings {
    let count = |is: &dyn Fn(&ChannelAccount) -> bool| accounts.iter().filter(|account| is(account)).count();
    BotOnWarnings {
        without_chatbot: count(&|account| potential_bot_issue(account) == Some(BotIssue::NoChatbot)),
        zero_share: count(&|account| {
            account.percentage_to_bot_when_online.unwrap_or_default() <= 0
                && account.percentage_to_bot_when_offline.unwrap_or_default() <= 0
        }),
        disabled: count(&|account| account.is_enabled != Some(true)),
    }
}

/// A change that was made, with the value from before.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeChange {
    /// The account's id.
    pub id: String,
    /// The account's label.
    pub label: String,
    /// The value from before.
    pub before: AccountField,
    /// The value that was set.
    pub after: AccountField,
}

/// What to do with an account whose field is to be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send it.
    Send,
    /// It has the value already.
    Already,
    /// Another person has changed the field since it was `expected`: leave it.
    ChangedMeanwhile,
}

/// What to do with an account as it is `now`, so that no other person's change is overwritten unseen. `expected` is the
/// value on which the decision to set `wanted` was based.
#[must_use]
pub fn next_step(wanted: &AccountField, expected: &AccountField, now: &ChannelAccount) -> Step {
    let now = wanted.of(now);
    if wanted.equals(&now) {
        Step::Already
    } else if expected.equals(&now) {
        Step::Send
    } else {
        Step::ChangedMeanwhile
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> ChannelAccount {
        ChannelAccount {
            id: Some("1".into()),
            is_enabled: Some(true),
            is_bot_enabled: Some(true),
            chatbot_id: Some("b".into()),
            chatbot: Some(Chatbot { id: Some("b".into()), name: Some("Concierge".into()), ..Chatbot::default() }),
            percentage_to_bot_when_online: Some(20),
            percentage_to_bot_when_offline: Some(100),
            ..ChannelAccount::default()
        }
    }

    fn chatbot(id: Option<&str>) -> AccountField {
        AccountField::Chatbot(Box::new(ChatbotChoice { id: id.map(Into::into), bot: None }))
    }

    #[test]
    fn a_change_is_undone_by_the_value_from_before() {
        let before = account();
        for wanted in [
            AccountField::Bot(false),
            AccountField::Enabled(false),
            chatbot(Some("c")),
            chatbot(None),
            AccountField::ShareOnline(70),
            AccountField::ShareOffline(0),
        ] {
            assert!(!wanted.is_set(&before), "{wanted:?}");
            let after = wanted.set(&before);
            assert!(wanted.is_set(&after), "{wanted:?}");
            assert_eq!(wanted.of(&before).set(&after), before, "{wanted:?}");
        }
    }

    #[test]
    fn a_chatbot_is_removed_by_an_empty_id_and_told_by_its_id() {
        let removed = chatbot(None).set(&account());
        assert_eq!((removed.chatbot_id, removed.chatbot), (Some("".into()), None));
        let never_had_one = chatbot(None).set(&ChannelAccount::default());
        assert_eq!(never_had_one.chatbot_id, None);
        assert!(chatbot(Some("b")).is_set(&account()));
        assert!(chatbot(None).is_set(&ChannelAccount { chatbot_id: Some("".into()), ..account() }));
    }

    #[test]
    fn only_the_bot_has_an_endpoint_of_its_own() {
        assert!(AccountField::Bot(true).has_own_endpoint());
        for field in [AccountField::Enabled(true), chatbot(None), AccountField::ShareOnline(0)] {
            assert!(!field.has_own_endpoint());
        }
    }

    #[test]
    fn counts_say_who_has_it_and_for_whom_a_bot_does_nothing() {
        let accounts: Vec<Arc<ChannelAccount>> = [
            account(),
            ChannelAccount { chatbot_id: None, chatbot: None, ..account() },
            ChannelAccount {
                percentage_to_bot_when_online: Some(0),
                percentage_to_bot_when_offline: None,
                is_enabled: Some(false),
                ..account()
            },
            ChannelAccount { is_bot_enabled: None, ..ChannelAccount::default() },
        ]
        .map(Arc::new)
        .into();
        assert_eq!(count_set(&AccountField::Bot(true), &accounts), 3);
        assert_eq!(bot_on_warnings(&accounts), BotOnWarnings { without_chatbot: 2, zero_share: 2, disabled: 2 });
        let issues: Vec<_> = accounts.iter().map(|account| bot_issue(account)).collect();
        assert_eq!(issues, [None, Some(BotIssue::NoChatbot), Some(BotIssue::ZeroShare), None]);
    }

    #[test]
    fn another_persons_change_is_left_alone() {
        let share = AccountField::ShareOnline;
        assert_eq!(next_step(&share(50), &share(20), &account()), Step::Send);
        assert_eq!(next_step(&share(20), &share(50), &account()), Step::Already);
        assert_eq!(next_step(&share(50), &share(30), &account()), Step::ChangedMeanwhile);
        // On and off are all there is: what is not wanted is what was.
        assert_eq!(next_step(&AccountField::Bot(false), &AccountField::Bot(true), &account()), Step::Send);
    }
}
