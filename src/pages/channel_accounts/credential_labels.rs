//! Names of the vendor's credentials and server settings in the person's language.

use crate::i18n::t;

/// The label of a key of `channelIdentity` or `emailAccountInfo`.
pub fn label_of(parent: &str, key: &str) -> fn() -> String {
    let is_server = parent == "emailAccountInfo";
    match key {
        "UserName" if is_server => t::account_form::server_user_name,
        "Password" if is_server => t::account_form::server_password,
        "UserName" => t::account_form::user_name,
        "AccountToken" => t::account_form::account_token,
        "AccountSecret" => t::account_form::account_secret,
        "AccountTokenExp" => t::account_form::account_token_exp,
        "WebhookId" => t::account_form::webhook_id,
        "AccountSid" => t::account_form::account_sid,
        "AuthToken" => t::account_form::auth_token,
        "PhoneNumberSid" => t::account_form::phone_number_sid,
        "WeChatAppId" => t::account_form::wechat_app_id,
        "AccessToken" => t::account_form::access_token,
        "RefreshToken" => t::account_form::refresh_token,
        "AccessTokenExp" => t::account_form::access_token_exp,
        "PageId" => t::account_form::page_id,
        "PageAccessToken" => t::account_form::page_access_token,
        "Type" => t::account_form::server_type,
        "SenderName" => t::account_form::sender_name,
        "ServerAddress" => t::account_form::server_address,
        "Port" => t::account_form::port,
        "ServerURL" => t::account_form::server_url,
        "SmtpServerAddress" => t::account_form::smtp_address,
        "SmtpPort" => t::account_form::smtp_port,
        "SmtpUserName" => t::account_form::smtp_user_name,
        "SmtpPassword" => t::account_form::smtp_password,
        "SmtpEncrytedConnectionType" => t::account_form::smtp_encryption,
        "FirstPollStatus" => t::account_form::first_poll,
        _ => t::account_form::password,
    }
}
