//! The three fields of a channel account that are JSON inside a string.

use serde::{Deserialize, Serialize};

/// Identity metadata of a channel account: the keys of the vendor's sample, all nullable. Contains credentials, so it
/// has no `Debug`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[allow(missing_docs, reason = "the vendor names these keys and documents none")]
pub struct ChannelIdentity {
    pub user_name: Option<String>,
    pub pwd: Option<String>,
    pub account_token: Option<String>,
    pub account_secret: Option<String>,
    pub account_token_exp: Option<String>,
    pub webhook_id: Option<String>,
    pub account_sid: Option<String>,
    pub auth_token: Option<String>,
    pub phone_number_sid: Option<String>,
    #[serde(rename = "WeChatAppId")]
    pub wechat_app_id: Option<String>,
    pub access_token: Option<String>,
    pub refresh_token: Option<String>,
    /// ISO with up to 7 fractional digits.
    pub access_token_exp: Option<String>,
    pub page_id: Option<String>,
    pub page_access_token: Option<String>,
}

/// One entry of `filter`. Note `Enable`, not `isEnabled`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct FilterEntry {
    /// Channel, such as `WeChat`.
    pub channel_id: String,
    /// Name of the filter.
    pub filter_name: String,
    /// True if it applies.
    pub enable: bool,
}

/// Server settings of an e-mail account: the keys of the vendor's sample. Contains credentials, so it has no `Debug`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[allow(missing_docs, reason = "the vendor names these keys and documents none")]
pub struct EmailAccountInfo {
    /// The meaning of the numbers is not documented; the sample has 0.
    pub r#type: i64,
    pub user_name: Option<String>,
    pub password: Option<String>,
    pub sender_name: Option<String>,
    pub server_address: Option<String>,
    pub port: i64,
    #[serde(rename = "IfSSL")]
    pub if_ssl: bool,
    #[serde(rename = "ServerURL")]
    pub server_url: Option<String>,
    pub if_smtp_required_authentication: bool,
    pub smtp_server_address: Option<String>,
    pub smtp_port: i64,
    pub smtp_user_name: Option<String>,
    pub smtp_password: Option<String>,
    /// The vendor's spelling. The meaning of the numbers is not documented.
    #[serde(rename = "SmtpEncrytedConnectionType")]
    pub smtp_encrypted_connection_type: i64,
    pub if_poll_success: bool,
    /// Without a time zone; `0001-01-01T00:00:00` means never.
    pub last_poll_time: Option<String>,
    pub fail_reason: Option<String>,
    pub first_poll_status: i64,
}

/// The values of the vendor's sample: nothing set, never polled.
impl Default for EmailAccountInfo {
    fn default() -> Self {
        Self {
            r#type: 0,
            user_name: None,
            password: None,
            sender_name: None,
            server_address: None,
            port: 0,
            if_ssl: false,
            server_url: None,
            if_smtp_required_authentication: false,
            smtp_server_address: None,
            smtp_port: 0,
            smtp_user_name: None,
            smtp_password: None,
            smtp_encrypted_connection_type: 0,
            if_poll_success: false,
            last_poll_time: Some("0001-01-01T00:00:00".to_owned()),
            fail_reason: None,
            first_poll_status: 0,
        }
    }
}
