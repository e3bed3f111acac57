//! After a write whose answer was lost: whether what is there now is what was to be written.
//!
//! No vendor knows idempotency keys, so the record itself is the only witness. What a vendor never shows (secrets, the
//! four hidden fields of a channel account, a builder URL) can't be told from it.

use crate::comm100::{ChannelAccount, ChannelAccountBody};
use crate::digital99::{Account, AccountChange};
use crate::gateway::ExternalApiBody;
use crate::jtel::{AcdEvent, NewAcdEvent};
use crate::wire::{Extra, Scalar};

impl ChannelAccountBody {
    /// Whether an account has every readable value of this body.
    pub fn is_in(&self, account: &ChannelAccount) -> bool {
        // What is empty here may be absent or null there.
        let readable = |body: &Self| Self {
            avatar_url: body.avatar_url.clone().filter(|text| !text.is_empty()),
            chatbot_id: body.chatbot_id.clone().filter(|text| !text.is_empty()),
            created_time: None,
            channel_identity: None,
            account_ext_info: None,
            filter: None,
            email_account_info: None,
            // A vendor may well not keep what it doesn't name.
            extra: Extra::default(),
            ..body.clone()
        };
        readable(self) == readable(&Self::echo(account))
    }
}

impl NewAcdEvent {
    /// Whether an event has the values of this one. Two events may well have the same: only a new one tells.
    pub fn is_in(&self, event: &AcdEvent) -> bool {
        let number = |value: &Option<Scalar>| value.as_ref().and_then(Scalar::as_i64);
        let text = |value: &Option<Scalar>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        let typed = |value: &Option<String>| value.clone().unwrap_or_default();
        number(&event.type_id) == Some(self.type_id)
            && number(&event.group_id) == Some(self.group_id)
            && number(&event.user_id) == self.user_id
            && text(&event.sender) == self.sender
            && text(&event.receiver) == typed(&self.receiver)
            && typed(&event.subject) == self.subject
            && text(&event.user_data) == typed(&self.user_data)
    }
}

impl ExternalApiBody {
    /// Whether a definition is the same but for its secrets' values.
    pub fn is_in(&self, stored: &Self) -> bool {
        let plain = |body: &Self| {
            let mut body = body.clone();
            body.headers.iter_mut().filter(|header| header.secret).for_each(|header| header.value.clear());
            body
        };
        plain(self) == plain(stored)
    }
}

impl AccountChange {
    /// Whether a listed account has the values of this change; none where the list doesn't have them.
    pub fn is_in(&self, account: &Account) -> Option<bool> {
        let name = self.account_name.as_ref().map(|name| account.account_name.as_ref() == Some(name));
        let status = self.account_status.map(|status| account.is_active() == Some(status == 1));
        match (name, status) {
            (None, None) => None,
            (name, status) => Some(name.unwrap_or(true) && status.unwrap_or(true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::{HeaderParam, MASK};

    #[test]
    fn an_account_stands_for_the_body_that_made_it() {
        let body =
            ChannelAccountBody { name: "Acme".to_owned(), avatar_url: Some(String::new()), ..Default::default() };
        let account = ChannelAccount { name: Some("Acme".to_owned()), id: Some("1".into()), ..Default::default() };
        assert!(body.is_in(&account));
        let secret = ChannelAccountBody { channel_identity: Some("{}".to_owned()), ..body.clone() };
        assert!(secret.is_in(&account), "what is never shown can't differ");
        assert!(!body.is_in(&ChannelAccount { is_enabled: Some(true), ..account.clone() }));
        assert!(!body.is_in(&ChannelAccount { name: Some("Acme ".to_owned()), ..account }));
    }

    #[test]
    fn an_event_has_its_numbers_as_numbers_or_texts() {
        let new = NewAcdEvent {
            type_id: 3,
            group_id: 235,
            user_id: None,
            sender: "4919".into(),
            receiver: None,
            subject: "Call me".into(),
            body: None,
            crm_url: None,
            user_data: None,
        };
        let event = AcdEvent {
            type_id: Some("3".into()),
            group_id: Some(235.into()),
            sender: Some("4919".into()),
            subject: Some("Call me".into()),
            ..Default::default()
        };
        assert!(new.is_in(&event));
        assert!(!new.is_in(&AcdEvent { user_id: Some(3.into()), ..event.clone() }));
        assert!(!new.is_in(&AcdEvent { subject: Some("Call".into()), ..event }));
    }

    #[test]
    fn a_definition_comes_back_masked() {
        let header = |value: &str, secret| HeaderParam { name: "Authorization".into(), value: value.into(), secret };
        let body = |header| ExternalApiBody { headers: vec![header], ..Default::default() };
        assert!(body(header("key", true)).is_in(&body(header(MASK, true))));
        assert!(!body(header("key", false)).is_in(&body(header("other", false))));
    }

    #[test]
    fn a_vendor_account_shows_name_and_status_only() {
        let account =
            Account { account_name: Some("New".into()), account_status: Some("active".into()), ..Default::default() };
        let change = |name: Option<&str>, status| AccountChange {
            account_name: name.map(str::to_owned),
            account_status: status,
            ..Default::default()
        };
        assert_eq!(change(Some("New"), None).is_in(&account), Some(true));
        assert_eq!(change(Some("New"), Some(0)).is_in(&account), Some(false));
        let url = AccountChange { builder_url: Some("https://b.example".into()), ..Default::default() };
        assert_eq!(url.is_in(&account), None);
    }
}
