//! Verifies a write whose response was lost, by comparing the stored record with the request.
//!
//! No vendor supports idempotency keys, so the record itself is the only evidence. Write-only values (secrets, the four
//! write-only fields of a channel account, a builder URL) cannot be verified.

use crate::comm100::{ChannelAccount, ChannelAccountBody};
use crate::decode::{LooseScalar, UnknownMembers};
use crate::digital99::{Account, AccountChange};
use crate::gateway::ExternalApiBody;
use crate::jtel::{AcdEvent, NewAcdEvent};

impl ChannelAccountBody {
    /// True if an account has all the readable values of this body.
    pub fn matches_record(&self, account: &ChannelAccount) -> bool {
        // Empty values may be stored as absent or null.
        let readable = |body: &Self| Self {
            avatar_url: body.avatar_url.clone().filter(|text| !text.is_empty()),
            chatbot_id: body.chatbot_id.clone().filter(|text| !text.is_empty()),
            created_time: None,
            channel_identity: None,
            account_ext_info: None,
            filter: None,
            email_account_info: None,
            // The vendor may drop members that its contract does not name.
            extra: UnknownMembers::default(),
            ..body.clone()
        };
        readable(self) == readable(&Self::echo(account))
    }
}

impl NewAcdEvent {
    /// True if an event has the values of this request. Two events may have the same values, so this proves a write
    /// only for an event that did not exist before.
    pub fn matches_record(&self, event: &AcdEvent) -> bool {
        let number = |value: &Option<LooseScalar>| value.as_ref().and_then(LooseScalar::as_i64);
        let text = |value: &Option<LooseScalar>| value.as_ref().map(ToString::to_string).unwrap_or_default();
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
    /// True if a stored definition equals this one, except for secret values.
    pub fn matches_record(&self, stored: &Self) -> bool {
        let plain = |body: &Self| {
            let mut body = body.clone();
            body.secrets_mut().into_iter().for_each(String::clear);
            body
        };
        plain(self) == plain(stored)
    }
}

impl AccountChange {
    /// True if an account of the list has the values of this change. `None` if the list does not contain any of them.
    pub fn matches_record(&self, account: &Account) -> Option<bool> {
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
    fn account_matches_its_readable_values() {
        let body =
            ChannelAccountBody { name: "Acme".to_owned(), avatar_url: Some(String::new()), ..Default::default() };
        let account = ChannelAccount { name: Some("Acme".to_owned()), id: Some("1".into()), ..Default::default() };
        assert!(body.matches_record(&account));
        let secret = ChannelAccountBody { channel_identity: Some("{}".to_owned()), ..body.clone() };
        assert!(secret.matches_record(&account), "what is never shown can't differ");
        assert!(!body.matches_record(&ChannelAccount { is_enabled: Some(true), ..account.clone() }));
        assert!(!body.matches_record(&ChannelAccount { name: Some("Acme ".to_owned()), ..account }));
    }

    #[test]
    fn event_ids_match_as_number_or_text() {
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
        assert!(new.matches_record(&event));
        assert!(!new.matches_record(&AcdEvent { user_id: Some(3.into()), ..event.clone() }));
        assert!(!new.matches_record(&AcdEvent { subject: Some("Call".into()), ..event }));
    }

    #[test]
    fn masked_secrets_match() {
        let header = |value: &str, secret| HeaderParam { name: "Authorization".into(), value: value.into(), secret };
        let body = |header| ExternalApiBody { headers: vec![header], ..Default::default() };
        assert!(body(header("key", true)).matches_record(&body(header(MASK, true))));
        assert!(!body(header("key", false)).matches_record(&body(header("other", false))));
    }

    #[test]
    fn listed_account_verifies_name_and_status_only() {
        let account =
            Account { account_name: Some("New".into()), account_status: Some("active".into()), ..Default::default() };
        let change = |name: Option<&str>, status| AccountChange {
            account_name: name.map(str::to_owned),
            account_status: status,
            ..Default::default()
        };
        assert_eq!(change(Some("New"), None).matches_record(&account), Some(true));
        assert_eq!(change(Some("New"), Some(0)).matches_record(&account), Some(false));
        let url = AccountChange { builder_url: Some("https://b.example".into()), ..Default::default() };
        assert_eq!(url.matches_record(&account), None);
    }
}
