//! The four write-only fields of a channel account, which the vendor accepts and never returns: each is kept, replaced or
//! cleared. Three of them are JSON in a string.

use trunkline_api::comm100::{ChannelIdentity, EmailAccountInfo};
use trunkline_api::decode::to_json;

/// Edit of a write-only field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WriteOnlyEdit {
    /// Omit the field: the vendor keeps the stored value.
    #[default]
    Keep,
    /// Send the input.
    Replace,
    /// Send an empty string.
    Clear,
}

impl WriteOnlyEdit {
    /// Option value in the form's select.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Replace => "replace",
            Self::Clear => "clear",
        }
    }

    /// Parses an option value. Unknown ones keep the field.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "replace" => Self::Replace,
            "clear" => Self::Clear,
            _ => Self::Keep,
        }
    }

    /// The value to send; `None` to omit the field.
    pub fn value(self, replacement: impl FnOnce() -> String) -> Option<String> {
        match self {
            Self::Keep => None,
            Self::Replace => Some(replacement()),
            Self::Clear => Some(String::new()),
        }
    }
}

/// Keys of `channelIdentity` in the vendor's order; `true` marks a credential.
pub const IDENTITY: [(&str, bool); 15] = [
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

/// Text and number keys of `emailAccountInfo` that a user sets; `true` marks a credential. The vendor itself sets the
/// keys with the results of its polling.
pub const EMAIL: [(&str, bool); 13] = [
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

/// Keys of `emailAccountInfo` with integer values.
pub const EMAIL_NUMBERS: [&str; 5] = ["Type", "Port", "SmtpPort", "SmtpEncrytedConnectionType", "FirstPollStatus"];

/// The initial input for a key: the usual ports of servers with TLS, and the numbers of the vendor's sample.
#[must_use]
pub fn initial_input(key: &str) -> &'static str {
    match key {
        "Port" => "993",
        "SmtpPort" => "587",
        _ if EMAIL_NUMBERS.contains(&key) => "0",
        _ => "",
    }
}

/// What an account connects to, by its channel: it decides which credentials the form shows first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// A mailbox with its servers.
    Email,
    /// A WeChat account.
    WeChat,
    /// A phone number: WhatsApp or SMS.
    Phone,
    /// A Facebook page.
    Facebook,
    /// A Twitter account.
    Twitter,
    /// Any other channel.
    Other,
}

impl AccountKind {
    /// The kind of a channel, whatever its case.
    #[must_use]
    pub fn of(channel: &str) -> Self {
        match channel.trim().to_ascii_lowercase().as_str() {
            "email" => Self::Email,
            "wechat" => Self::WeChat,
            "whatsapp" | "sms" => Self::Phone,
            "facebook" => Self::Facebook,
            "twitter" => Self::Twitter,
            _ => Self::Other,
        }
    }

    /// The keys of `channelIdentity` that accounts of this kind have; the form has the others in "Other credentials".
    /// Empty if their credentials are not in `channelIdentity`, or not known.
    #[must_use]
    pub const fn identity_keys(self) -> &'static [&'static str] {
        match self {
            Self::WeChat => &["WeChatAppId", "AccessToken", "RefreshToken", "AccessTokenExp"],
            Self::Phone => &["AccountSid", "AuthToken", "PhoneNumberSid"],
            Self::Facebook => &["PageId", "PageAccessToken"],
            Self::Twitter => &["UserName", "AccountToken", "AccountSecret", "AccountTokenExp", "WebhookId"],
            Self::Email | Self::Other => &[],
        }
    }
}

/// `true` if anything was entered for these keys. Numbers have initial values and don't count.
#[must_use]
pub fn has_input(keys: &[(&str, bool)], input: &dyn Fn(&str) -> Option<String>) -> bool {
    keys.iter().any(|(key, _)| !EMAIL_NUMBERS.contains(key) && input(key).is_some_and(|text| !text.trim().is_empty()))
}

/// The input for a key of a mailbox's servers, where an empty field stands for another one: the user name is the
/// account's address, and the outgoing server has the incoming server's user name and password if it needs a sign-in.
#[must_use]
pub fn server_input(
    key: &str,
    input: &dyn Fn(&str) -> Option<String>,
    address: &str,
    smtp_auth: bool,
) -> Option<String> {
    let address = || Some(address.trim()).filter(|address| address.contains('@')).map(str::to_owned);
    input(key).or_else(|| match key {
        "UserName" => address(),
        "SmtpUserName" if smtp_auth => input("UserName").or_else(address),
        "SmtpPassword" if smtp_auth => input("Password"),
        _ => None,
    })
}

/// `channelIdentity` as JSON text, with every key. `input` returns the input for a key, `None` if it is empty.
#[must_use]
pub fn identity_json(input: &dyn Fn(&str) -> Option<String>) -> String {
    to_json(&ChannelIdentity {
        user_name: input("UserName"),
        pwd: input("Pwd"),
        account_token: input("AccountToken"),
        account_secret: input("AccountSecret"),
        account_token_exp: input("AccountTokenExp"),
        webhook_id: input("WebhookId"),
        account_sid: input("AccountSid"),
        auth_token: input("AuthToken"),
        phone_number_sid: input("PhoneNumberSid"),
        wechat_app_id: input("WeChatAppId"),
        access_token: input("AccessToken"),
        refresh_token: input("RefreshToken"),
        access_token_exp: input("AccessTokenExp"),
        page_id: input("PageId"),
        page_access_token: input("PageAccessToken"),
    })
}

/// `emailAccountInfo` as JSON text, with every key. `input` returns the input for a key, `None` if it is empty.
#[must_use]
pub fn email_json(input: &dyn Fn(&str) -> Option<String>, ssl: bool, smtp_auth: bool) -> String {
    let number = |key| input(key).and_then(|text| text.trim().parse().ok()).unwrap_or_default();
    to_json(&EmailAccountInfo {
        r#type: number("Type"),
        user_name: input("UserName"),
        password: input("Password"),
        sender_name: input("SenderName"),
        server_address: input("ServerAddress"),
        port: number("Port"),
        if_ssl: ssl,
        server_url: input("ServerURL"),
        if_smtp_required_authentication: smtp_auth,
        smtp_server_address: input("SmtpServerAddress"),
        smtp_port: number("SmtpPort"),
        smtp_user_name: input("SmtpUserName"),
        smtp_password: input("SmtpPassword"),
        smtp_encrypted_connection_type: number("SmtpEncrytedConnectionType"),
        first_poll_status: number("FirstPollStatus"),
        ..EmailAccountInfo::default()
    })
}

/// The keys of `emailAccountInfo` whose input is not an integer.
#[must_use]
pub fn invalid_numbers(input: &dyn Fn(&str) -> Option<String>) -> Vec<&'static str> {
    let is_invalid = |key: &&str| input(key).is_some_and(|text| text.trim().parse::<i64>().is_err());
    EMAIL_NUMBERS.into_iter().filter(is_invalid).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The vendor's sample request body.
    fn sample(member: &str) -> String {
        let body = include_str!("../../api/tests/samples/comm100_create_body.json");
        let body: Value = serde_json::from_str(body).unwrap();
        body[member].as_str().unwrap().to_owned()
    }

    /// The texts and numbers of an object as they would be typed; nothing for null.
    fn typed(json: &str) -> impl Fn(&str) -> Option<String> {
        let object: Value = serde_json::from_str(json).unwrap();
        move |key| match &object[key] {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    #[test]
    fn typed_values_become_the_vendors_sample() {
        let (identity, email) = (sample("channelIdentity"), sample("emailAccountInfo"));
        assert_eq!(identity_json(&typed(&identity)), identity);
        assert_eq!(email_json(&typed(&email), false, false), email);
    }

    #[test]
    fn key_tables_cover_the_sample() {
        let keys = |json: &str| -> Vec<String> {
            serde_json::from_str::<serde_json::Map<String, Value>>(json).unwrap().keys().cloned().collect()
        };
        let mut identity: Vec<&str> = IDENTITY.iter().map(|(key, _)| *key).collect();
        let mut sample_keys = keys(&sample("channelIdentity"));
        identity.sort_unstable();
        sample_keys.sort_unstable();
        assert_eq!(identity, sample_keys);
        let not_typed = ["IfSSL", "IfSmtpRequiredAuthentication", "IfPollSuccess", "LastPollTime", "FailReason"];
        for key in keys(&sample("emailAccountInfo")) {
            assert!(EMAIL.iter().any(|(name, _)| *name == key) != not_typed.contains(&key.as_str()), "{key}");
        }
    }

    #[test]
    fn numbers_must_be_integers() {
        let input = |key: &str| match key {
            "Port" => Some(" 993 ".to_owned()),
            "SmtpPort" => Some("25a".to_owned()),
            "Type" => Some("1.5".to_owned()),
            _ => None,
        };
        assert_eq!(invalid_numbers(&input), ["Type", "SmtpPort"]);
        let email: Value = serde_json::from_str(&email_json(&input, true, true)).unwrap();
        assert_eq!((&email["Port"], &email["SmtpPort"], &email["IfSSL"]), (&993.into(), &0.into(), &true.into()));
    }

    #[test]
    fn edits_keep_replace_or_clear() {
        let value = |text: &str| WriteOnlyEdit::parse(text).value(|| "new".to_owned());
        assert_eq!(
            (value("keep"), value("replace"), value("clear")),
            (None, Some("new".to_owned()), Some(String::new()))
        );
        assert_eq!(value("anything"), None);
        for edit in [WriteOnlyEdit::Keep, WriteOnlyEdit::Replace, WriteOnlyEdit::Clear] {
            assert_eq!(WriteOnlyEdit::parse(edit.as_str()), edit);
        }
        assert_eq!((initial_input("Port"), initial_input("Type"), initial_input("Pwd")), ("993", "0", ""));
    }

    #[test]
    fn channels_have_their_own_credentials() {
        for (channel, kind) in [
            ("Email", AccountKind::Email),
            (" whatsapp ", AccountKind::Phone),
            ("SMS", AccountKind::Phone),
            ("WeChat", AccountKind::WeChat),
            ("Facebook", AccountKind::Facebook),
            ("Twitter", AccountKind::Twitter),
            ("Telegram", AccountKind::Other),
            ("", AccountKind::Other),
        ] {
            assert_eq!(AccountKind::of(channel), kind, "{channel}");
            for key in kind.identity_keys() {
                assert!(IDENTITY.iter().any(|(known, _)| known == key), "{key}");
            }
        }
    }

    #[test]
    fn a_mailbox_needs_its_server_and_password_alone() {
        let typed = |key: &str| match key {
            "ServerAddress" => Some("imap.example".to_owned()),
            "Password" => Some("secret".to_owned()),
            _ => None,
        };
        let server = |auth| -> Value {
            let input = |key: &str| server_input(key, &typed, " help@acme.example ", auth);
            serde_json::from_str(&email_json(&input, true, auth)).unwrap()
        };
        let with_sign_in = server(true);
        assert_eq!(with_sign_in["UserName"], "help@acme.example");
        assert_eq!(with_sign_in["SmtpUserName"], "help@acme.example");
        assert_eq!(with_sign_in["SmtpPassword"], "secret");
        assert_eq!(server(false)["SmtpPassword"], Value::Null);
        assert_eq!(server_input("UserName", &typed, "gh_be13", true), None);
        assert!(has_input(&EMAIL, &typed));
        assert!(!has_input(&EMAIL, &|key| Some(initial_input(key).to_owned())));
    }
}
