//! What is known of an account, and the change that what is typed makes of it.

use crate::digital99::{Account, AccountChange, AccountId, UpdatedAccount};

/// An account's values as far as the vendor told them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The name.
    pub name: Option<String>,
    /// Whether people can sign in.
    pub active: Option<bool>,
    /// The builder URL: only an update's answer has it.
    pub builder_url: Option<String>,
}

/// An account's values as a form has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed {
    /// The name; empty while it isn't known.
    pub name: String,
    /// Active or disabled; none leaves it as it is.
    pub active: Option<bool>,
    /// The builder URL; empty while it isn't known.
    pub builder_url: String,
}

impl From<&Account> for Known {
    fn from(account: &Account) -> Self {
        Self { name: account.account_name.clone(), active: account.is_active(), builder_url: None }
    }
}

impl Known {
    /// What a form shows before anybody typed.
    pub fn start(&self) -> Typed {
        Typed {
            name: self.name.clone().unwrap_or_default(),
            active: self.active,
            builder_url: self.builder_url.clone().unwrap_or_default(),
        }
    }

    /// The change that brings the vendor to what is typed: only the fields that differ. An empty field whose value
    /// was never known stays as it is; one whose value was known is to be emptied.
    pub fn change(&self, account_id: &str, server: &str, typed: &Typed) -> AccountChange {
        AccountChange {
            account_id: AccountId::typed(account_id),
            server: server.trim().to_owned(),
            account_name: differing(self.name.as_deref(), &typed.name),
            account_status: typed.active.filter(|active| self.active != Some(*active)).map(u8::from),
            builder_url: differing(self.builder_url.as_deref(), &typed.builder_url),
        }
    }

    /// What is known after a change succeeded: the answer's values, else what was sent, else what was known before.
    #[must_use]
    pub fn after(self, sent: &AccountChange, answer: &UpdatedAccount) -> Self {
        let sent_status = sent.account_status.map(|status| status == 1);
        Self {
            name: answer.account_name.clone().or_else(|| sent.account_name.clone()).or(self.name),
            active: answer.is_active().or(sent_status).or(self.active),
            builder_url: answer.builder_url.clone().or_else(|| sent.builder_url.clone()).or(self.builder_url),
        }
    }

    /// With the list's values, which have no builder URL.
    #[must_use]
    pub fn listed(self, account: &Account) -> Self {
        Self { builder_url: self.builder_url, ..Self::from(account) }
    }
}

/// What is typed, without white space around it, if it is another value.
fn differing(known: Option<&str>, typed: &str) -> Option<String> {
    let trimmed = typed.trim();
    let same = match known {
        Some(known) => known == typed || known == trimmed,
        None => trimmed.is_empty(),
    };
    (!same).then(|| trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digital99::UpdateAccount;
    use crate::endpoint::Endpoint;

    fn known() -> Known {
        Known { name: Some("Acme ".to_owned()), active: Some(true), builder_url: None }
    }

    #[test]
    fn untouched_changes_nothing() {
        assert!(known().change("8", "online", &known().start()).is_empty());
        assert!(Known::default().change("8", "online", &Typed::default()).is_empty());
    }

    #[test]
    fn only_what_differs_is_sent() {
        let typed = Typed { name: " Acme Ltd ".to_owned(), ..known().start() };
        let body = UpdateAccount { change: known().change(" 8 ", "online", &typed) }.body();
        assert_eq!(body.as_deref(), Some(r#"{"account_id":8,"server":"online","account_name":"Acme Ltd"}"#));
        let typed = Typed { active: Some(false), ..known().start() };
        assert_eq!(known().change("8", "online", &typed).account_status, Some(0));
        let unsure = Known { active: None, ..known() };
        assert_eq!(unsure.change("8", "online", &typed).account_status, Some(0));
    }

    #[test]
    fn an_empty_field_clears_only_what_was_known() {
        let typed = Typed { builder_url: String::new(), ..known().start() };
        assert_eq!(known().change("8", "online", &typed).builder_url, None);
        let knows = Known { builder_url: Some("https://builder.example".to_owned()), ..known() };
        assert_eq!(knows.change("8", "online", &typed).builder_url.as_deref(), Some(""));
        let nameless = Typed { name: String::new(), ..known().start() };
        assert!(known().change("8", "online", &nameless).validate().is_err());
    }

    #[test]
    fn the_answer_wins_over_what_was_sent() {
        let body = br#"{"status":"OK","reason":1,"account_id":8,"server":"online","account_name":"Stored","status":0,
            "builder_url":"https://builder.example"}"#;
        let answer = UpdateAccount::decode(body).unwrap_or_default();
        let sent = AccountChange { account_name: Some("Sent".to_owned()), ..AccountChange::default() };
        let after = known().after(&sent, &answer);
        let builder_url = Some("https://builder.example".to_owned());
        assert_eq!(after, Known { name: Some("Stored".to_owned()), active: Some(false), builder_url });
        let listed = after.listed(&Account { account_name: Some("Listed".to_owned()), ..Account::default() });
        assert_eq!(listed.builder_url.as_deref(), Some("https://builder.example"));
        assert_eq!(listed.name.as_deref(), Some("Listed"));
        let silent = known().after(&sent, &UpdatedAccount::default());
        assert_eq!(silent, Known { name: Some("Sent".to_owned()), ..known() });
    }
}
