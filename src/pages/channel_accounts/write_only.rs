//! The four write-only fields, which the vendor accepts and never returns: each is kept, replaced or cleared.
//!
//! Three of them are JSON in a string, so each has a sub-form. They hold credentials: the input stays in memory and
//! never gets into a draft or a log.

use leptos::prelude::*;
use trunkline_api::ValidationError;
use trunkline_api::comm100::FilterEntry;
use trunkline_api::decode::to_json;
pub use trunkline_model::write_only::WriteOnlyEdit;
use trunkline_model::write_only::{
    AccountKind, EMAIL, IDENTITY, email_json, has_input, identity_json, initial_input, invalid_numbers, server_input,
};

use crate::components::FieldErrors;

/// Member of a write-only JSON object: its key and the input for it.
#[derive(Clone, Copy)]
pub struct MemberInput {
    /// The vendor's key, such as `WeChatAppId`.
    pub key: &'static str,
    /// True for a credential, whose input is masked.
    pub secret: bool,
    /// Input.
    pub value: RwSignal<String>,
}

/// One entry of `filter`.
#[derive(Clone, Copy)]
pub struct FilterRow {
    /// Unique id of the row.
    pub id: usize,
    /// `ChannelId`
    pub channel: RwSignal<String>,
    /// `FilterName`
    pub name: RwSignal<String>,
    /// `Enable`
    pub enable: RwSignal<bool>,
}

/// Form state of the write-only fields.
#[derive(Clone, Copy)]
pub struct WriteOnlyFields {
    /// Choice for `channelIdentity`.
    pub identity_choice: RwSignal<String>,
    /// Choice for `accountExtInfo`.
    pub ext_choice: RwSignal<String>,
    /// Choice for `filter`.
    pub filter_choice: RwSignal<String>,
    /// Choice for `emailAccountInfo`.
    pub email_choice: RwSignal<String>,
    /// Members of `channelIdentity`.
    pub identity_values: StoredValue<Vec<MemberInput>>,
    /// Input for `accountExtInfo`.
    pub ext_value: RwSignal<String>,
    /// Entries of `filter`.
    pub filter_rows: RwSignal<Vec<FilterRow>>,
    /// Members of `emailAccountInfo`.
    pub email_values: StoredValue<Vec<MemberInput>>,
    /// `IfSSL`
    pub email_ssl: RwSignal<bool>,
    /// `IfSmtpRequiredAuthentication`
    pub email_smtp_auth: RwSignal<bool>,
    /// True for a new account: it has no stored values, so a section without input is omitted.
    pub is_new: bool,
}

impl WriteOnlyFields {
    /// Every field kept, no input.
    pub fn new(is_new: bool) -> Self {
        let choice = || RwSignal::new(WriteOnlyEdit::Keep.as_str().to_owned());
        let members = |keys: &[(&'static str, bool)]| {
            let member = |(key, secret): &(&'static str, bool)| MemberInput {
                key,
                secret: *secret,
                value: RwSignal::new(initial_input(key).to_owned()),
            };
            StoredValue::new(keys.iter().map(member).collect())
        };
        Self {
            identity_choice: choice(),
            ext_choice: choice(),
            filter_choice: choice(),
            email_choice: choice(),
            identity_values: members(&IDENTITY),
            ext_value: RwSignal::new(String::new()),
            filter_rows: RwSignal::new(Vec::new()),
            email_values: members(&EMAIL),
            email_ssl: RwSignal::new(true),
            email_smtp_auth: RwSignal::new(true),
            is_new,
        }
    }

    /// Has a new account set what accounts of its kind have. Sections that a person has filled in stay.
    pub fn preset(&self, kind: AccountKind) {
        let preset = |choice: RwSignal<String>, applies: bool, is_empty: bool| {
            let now = WriteOnlyEdit::parse(&choice.get_untracked());
            if applies && now == WriteOnlyEdit::Keep {
                choice.set(WriteOnlyEdit::Replace.as_str().to_owned());
            } else if !applies && is_empty && now == WriteOnlyEdit::Replace {
                choice.set(WriteOnlyEdit::Keep.as_str().to_owned());
            }
        };
        preset(self.identity_choice, !kind.identity_keys().is_empty(), !self.has_identity());
        preset(self.email_choice, kind == AccountKind::Email, !self.has_email());
    }

    fn has_identity(&self) -> bool {
        has_input(&IDENTITY, &|key| input_for(self.identity_values, key))
    }

    fn has_email(&self) -> bool {
        has_input(&EMAIL, &|key| input_for(self.email_values, key))
    }

    /// Returns true if an update would omit any of them. Tracked.
    pub fn any_omitted(&self) -> bool {
        let choices = [self.identity_choice, self.ext_choice, self.filter_choice, self.email_choice];
        choices.iter().any(|choice| choice.with(|choice| WriteOnlyEdit::parse(choice) == WriteOnlyEdit::Keep))
    }

    /// Value to send for `channelIdentity`, with every key and null for empty input. `None` to omit it.
    pub fn identity(&self) -> Option<String> {
        if self.is_new && !self.has_identity() {
            return None;
        }
        self.value_to_send(self.identity_choice, || identity_json(&|key| input_for(self.identity_values, key)))
    }

    /// Value to send for `accountExtInfo`. `None` to omit it.
    pub fn ext_info(&self) -> Option<String> {
        self.value_to_send(self.ext_choice, || self.ext_value.get_untracked())
    }

    /// Value to send for `filter`. `None` to omit it.
    pub fn filter(&self) -> Option<String> {
        self.value_to_send(self.filter_choice, || {
            let entry = |row: &FilterRow| FilterEntry {
                channel_id: row.channel.get_untracked(),
                filter_name: row.name.get_untracked(),
                enable: row.enable.get_untracked(),
            };
            to_json(&self.filter_rows.with_untracked(|rows| rows.iter().map(entry).collect::<Vec<_>>()))
        })
    }

    /// Value to send for `emailAccountInfo`. `None` to omit it. `address` is the account's id in its channel.
    pub fn email(&self, address: &str) -> Option<String> {
        if self.is_new && !self.has_email() {
            return None;
        }
        self.value_to_send(self.email_choice, || {
            let auth = self.email_smtp_auth.get_untracked();
            let typed = |key: &str| input_for(self.email_values, key);
            let input = |key: &str| server_input(key, &typed, address, auth);
            email_json(&input, self.email_ssl.get_untracked(), auth)
        })
    }

    /// Validates the input: every filter entry needs a channel and a name, every number must parse. Problems go to
    /// `errors`.
    pub fn check(&self, errors: FieldErrors) {
        if WriteOnlyEdit::parse(&self.filter_choice.get_untracked()) == WriteOnlyEdit::Replace {
            for row in self.filter_rows.get_untracked() {
                for (field, value) in [("channel", row.channel), ("name", row.name)] {
                    if value.with_untracked(|value| value.trim().is_empty()) {
                        errors.add(&format!("filter.{}.{field}", row.id), ValidationError::Required);
                    }
                }
            }
        }
        if WriteOnlyEdit::parse(&self.email_choice.get_untracked()) == WriteOnlyEdit::Replace {
            for key in invalid_numbers(&|key| input_for(self.email_values, key)) {
                errors.add(&format!("emailAccountInfo.{key}"), ValidationError::NotNumber);
            }
        }
    }

    fn value_to_send(&self, choice: RwSignal<String>, replacement: impl FnOnce() -> String) -> Option<String> {
        WriteOnlyEdit::parse(&choice.get_untracked()).value(replacement)
    }
}

/// Input for a key; `None` if empty.
fn input_for(values: StoredValue<Vec<MemberInput>>, key: &str) -> Option<String> {
    values.with_value(|values| {
        let typed = values.iter().find(|typed| typed.key == key)?;
        Some(typed.value.get_untracked()).filter(|text| !text.is_empty())
    })
}
