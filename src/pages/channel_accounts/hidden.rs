//! The four fields that the vendor takes and never returns: each is kept as it is, replaced, or cleared.
//!
//! Three of them are JSON in a string, so replacing one is a form of its own. They hold credentials: what is typed
//! here is kept in memory alone, never in a draft or a log.

use leptos::prelude::*;
use trunkline_api::Problem;
use trunkline_api::comm100::{ChannelIdentity, EmailAccountInfo, FilterEntry};
use trunkline_api::wire::to_json;

use crate::parts::FieldErrors;

/// What is to happen to a hidden field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hidden {
    /// Nothing is sent: the vendor keeps what it has.
    #[default]
    Keep,
    /// The typed values are sent.
    Replace,
    /// An empty text is sent.
    Clear,
}

impl Hidden {
    /// The choice's value in the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Replace => "replace",
            Self::Clear => "clear",
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "replace" => Self::Replace,
            "clear" => Self::Clear,
            _ => Self::Keep,
        }
    }
}

/// A value of the identity: its wire key, and what is typed.
#[derive(Clone, Copy)]
pub struct Typed {
    /// The vendor's key, such as `WeChatAppId`.
    pub key: &'static str,
    /// Whether it is a credential, hidden while typed.
    pub secret: bool,
    /// What is typed.
    pub value: RwSignal<String>,
}

/// The identity's keys in the vendor's order, and which of them are credentials.
const IDENTITY: [(&str, bool); 15] = [
    ("UserName", false),
    ("Pwd", true),
    ("AccountToken", true),
    ("AccountSecret", true),
    ("AccountTokenExp", false),
    ("WebhookId", false),
    ("AccountSid", false),
    ("AuthToken", true),
    ("PhoneNumberSid", false),
    ("WeChatAppId", false),
    ("AccessToken", true),
    ("RefreshToken", true),
    ("AccessTokenExp", false),
    ("PageId", false),
    ("PageAccessToken", true),
];

/// The e-mail server's text and number keys that a person sets; the poll's own results are left to the vendor.
const EMAIL: [(&str, bool); 13] = [
    ("Type", false),
    ("UserName", false),
    ("Password", true),
    ("SenderName", false),
    ("ServerAddress", false),
    ("Port", false),
    ("ServerURL", false),
    ("SmtpServerAddress", false),
    ("SmtpPort", false),
    ("SmtpUserName", false),
    ("SmtpPassword", true),
    ("SmtpEncrytedConnectionType", false),
    ("FirstPollStatus", false),
];

/// Keys of the e-mail server that are whole numbers.
const EMAIL_NUMBERS: [&str; 5] = ["Type", "Port", "SmtpPort", "SmtpEncrytedConnectionType", "FirstPollStatus"];

/// One entry of the filter.
#[derive(Clone, Copy)]
pub struct FilterRow {
    /// Tells rows apart.
    pub id: usize,
    /// `ChannelId`
    pub channel: RwSignal<String>,
    /// `FilterName`
    pub name: RwSignal<String>,
    /// `Enable`
    pub enable: RwSignal<bool>,
}

/// The hidden fields' choices and values.
#[derive(Clone, Copy)]
pub struct HiddenFields {
    /// Choice for `channelIdentity`.
    pub identity_choice: RwSignal<String>,
    /// Choice for `accountExtInfo`.
    pub ext_choice: RwSignal<String>,
    /// Choice for `filter`.
    pub filter_choice: RwSignal<String>,
    /// Choice for `emailAccountInfo`.
    pub email_choice: RwSignal<String>,
    /// The identity's values.
    pub identity_values: StoredValue<Vec<Typed>>,
    /// `accountExtInfo` itself.
    pub ext_value: RwSignal<String>,
    /// The filter's entries.
    pub filter_rows: RwSignal<Vec<FilterRow>>,
    /// The e-mail server's values.
    pub email_values: StoredValue<Vec<Typed>>,
    /// `IfSSL`
    pub email_ssl: RwSignal<bool>,
    /// `IfSmtpRequiredAuthentication`
    pub email_smtp_auth: RwSignal<bool>,
}

impl HiddenFields {
    /// Everything kept, nothing typed.
    pub fn new() -> Self {
        let choice = || RwSignal::new(Hidden::Keep.as_str().to_owned());
        let typed = |keys: &[(&'static str, bool)]| {
            let start = |key: &str| if EMAIL_NUMBERS.contains(&key) { "0" } else { "" };
            let one = |(key, secret): &(&'static str, bool)| Typed {
                key,
                secret: *secret,
                value: RwSignal::new(start(key).to_owned()),
            };
            StoredValue::new(keys.iter().map(one).collect())
        };
        Self {
            identity_choice: choice(),
            ext_choice: choice(),
            filter_choice: choice(),
            email_choice: choice(),
            identity_values: typed(&IDENTITY),
            ext_value: RwSignal::new(String::new()),
            filter_rows: RwSignal::new(Vec::new()),
            email_values: typed(&EMAIL),
            email_ssl: RwSignal::new(false),
            email_smtp_auth: RwSignal::new(false),
        }
    }

    /// Whether an update would leave any of them out; tracked.
    pub fn any_kept(&self) -> bool {
        let choices = [self.identity_choice, self.ext_choice, self.filter_choice, self.email_choice];
        choices.iter().any(|choice| choice.with(|choice| Hidden::parse(choice) == Hidden::Keep))
    }

    /// `channelIdentity`, if it is to be sent: every key, null where nothing is typed.
    pub fn identity(&self) -> Option<String> {
        self.send(self.identity_choice, || {
            let value = |key| read(self.identity_values, key);
            to_json(&ChannelIdentity {
                user_name: value("UserName"),
                pwd: value("Pwd"),
                account_token: value("AccountToken"),
                account_secret: value("AccountSecret"),
                account_token_exp: value("AccountTokenExp"),
                webhook_id: value("WebhookId"),
                account_sid: value("AccountSid"),
                auth_token: value("AuthToken"),
                phone_number_sid: value("PhoneNumberSid"),
                wechat_app_id: value("WeChatAppId"),
                access_token: value("AccessToken"),
                refresh_token: value("RefreshToken"),
                access_token_exp: value("AccessTokenExp"),
                page_id: value("PageId"),
                page_access_token: value("PageAccessToken"),
            })
        })
    }

    /// `accountExtInfo`, if it is to be sent.
    pub fn ext_info(&self) -> Option<String> {
        self.send(self.ext_choice, || self.ext_value.get_untracked())
    }

    /// `filter`, if it is to be sent.
    pub fn filter(&self) -> Option<String> {
        self.send(self.filter_choice, || {
            let entry = |row: &FilterRow| FilterEntry {
                channel_id: row.channel.get_untracked(),
                filter_name: row.name.get_untracked(),
                enable: row.enable.get_untracked(),
            };
            to_json(&self.filter_rows.with_untracked(|rows| rows.iter().map(entry).collect::<Vec<_>>()))
        })
    }

    /// `emailAccountInfo`, if it is to be sent.
    pub fn email(&self) -> Option<String> {
        self.send(self.email_choice, || {
            let value = |key| read(self.email_values, key);
            let number = |key| value(key).and_then(|text| text.trim().parse().ok()).unwrap_or_default();
            to_json(&EmailAccountInfo {
                r#type: number("Type"),
                user_name: value("UserName"),
                password: value("Password"),
                sender_name: value("SenderName"),
                server_address: value("ServerAddress"),
                port: number("Port"),
                if_ssl: self.email_ssl.get_untracked(),
                server_url: value("ServerURL"),
                if_smtp_required_authentication: self.email_smtp_auth.get_untracked(),
                smtp_server_address: value("SmtpServerAddress"),
                smtp_port: number("SmtpPort"),
                smtp_user_name: value("SmtpUserName"),
                smtp_password: value("SmtpPassword"),
                smtp_encrypted_connection_type: number("SmtpEncrytedConnectionType"),
                first_poll_status: number("FirstPollStatus"),
                ..EmailAccountInfo::default()
            })
        })
    }

    /// Notes what can't be sent: a filter entry without a channel or name, a number that isn't one.
    pub fn check(&self, errors: FieldErrors) {
        if Hidden::parse(&self.filter_choice.get_untracked()) == Hidden::Replace {
            for row in self.filter_rows.get_untracked() {
                for (part, value) in [("channel", row.channel), ("name", row.name)] {
                    if value.with_untracked(|value| value.trim().is_empty()) {
                        errors.add(&format!("filter.{}.{part}", row.id), Problem::Required);
                    }
                }
            }
        }
        if Hidden::parse(&self.email_choice.get_untracked()) == Hidden::Replace {
            for key in EMAIL_NUMBERS {
                let typed = read(self.email_values, key);
                if typed.is_some_and(|text| text.trim().parse::<i64>().is_err()) {
                    errors.add(&format!("emailAccountInfo.{key}"), Problem::NotNumber);
                }
            }
        }
    }

    fn send(&self, choice: RwSignal<String>, replacement: impl FnOnce() -> String) -> Option<String> {
        match Hidden::parse(&choice.get_untracked()) {
            Hidden::Keep => None,
            Hidden::Replace => Some(replacement()),
            Hidden::Clear => Some(String::new()),
        }
    }
}

/// The typed value of a key; none if nothing is typed.
fn read(values: StoredValue<Vec<Typed>>, key: &str) -> Option<String> {
    values.with_value(|values| {
        let typed = values.iter().find(|typed| typed.key == key)?;
        Some(typed.value.get_untracked()).filter(|text| !text.is_empty())
    })
}
