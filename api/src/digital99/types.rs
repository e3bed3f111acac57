//! Shapes of the account, its update and the access token.

use serde::{Deserialize, Serialize};

use crate::decode::{LooseScalar, UnknownMembers};
use crate::tolerant::tolerant_struct;
use crate::validate::{
    Checks, FieldError, ValidationError, check_http_url, check_max_chars, check_optional, check_required,
};

/// An account of the list. The id is a string here, the status a word, and there is no builder URL.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Account {
    /// The account's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<LooseScalar>,
    /// The account's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// Subdomain: `https://{server}.99digital.co.il`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<LooseScalar>,
    /// `active` or `suspended`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_status: Option<LooseScalar>,
    /// Epoch seconds, as number or text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_time: Option<LooseScalar>,
    /// The partner's own reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<LooseScalar>,
    /// Members that the contract does not name.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(Account {
    "account_id" => account_id,
    "account_name" => account_name,
    "server" => server,
    "account_status" => account_status,
    "create_time" => create_time,
    "reference" => reference,
} extra);

impl Account {
    /// True if users can sign in to the account. `None` if the vendor did not send a known status.
    pub fn is_active(&self) -> Option<bool> {
        is_active(self.account_status.as_ref()?)
    }
}

/// Interprets an account's status, which is a word in the list and a number in the update. `None` for anything else.
pub(super) fn is_active(status: &LooseScalar) -> Option<bool> {
    match status.to_string().trim().to_ascii_lowercase().as_str() {
        "active" | "1" => Some(true),
        "suspended" | "disabled" | "0" => Some(false),
        _ => None,
    }
}

/// The body of an update: the two mandatory fields, and only the values that change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccountChange {
    /// The account's id (at most 7 characters), sent as a number if it is one.
    pub account_id: AccountId,
    /// Subdomain (at most 50 characters).
    pub server: String,
    /// New name (at most 100 characters).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// 1 is active; 0 is disabled, so no user can sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_status: Option<u8>,
    /// Sign-in URL of the builder (at most 150 characters).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub builder_url: Option<String>,
}

/// An account id: a [`LooseScalar`] whose default is the empty string.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub LooseScalar);

impl Default for AccountId {
    fn default() -> Self {
        Self(LooseScalar::Text(String::new()))
    }
}

impl AccountId {
    /// Converts the user's input. Digits are sent as a number, as in the vendor's example.
    pub fn from_input(text: &str) -> Self {
        let text = text.trim();
        let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse::<i64>() {
            Ok(number) if plain => Self(number.into()),
            _ => Self(text.into()),
        }
    }
}

impl AccountChange {
    /// The wire names of the members.
    pub const MEMBERS: &'static [&'static str] =
        &["account_id", "server", "account_name", "account_status", "builder_url"];

    /// True if only the mandatory fields are set.
    pub fn is_empty(&self) -> bool {
        self.account_name.is_none() && self.account_status.is_none() && self.builder_url.is_none()
    }

    /// Validates the change.
    ///
    /// # Errors
    /// If a field is invalid; errors are by wire name.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let id = self.account_id.0.to_string();
        let name = self.account_name.as_deref();
        let url = self.builder_url.as_deref().unwrap_or("");
        Checks::new()
            .field("account_id", check_account_id(&id))
            .field("server", check_server(&self.server))
            .field("account_name", name.and_then(|name| check_required(name).or_else(|| check_max_chars(name, 100))))
            .field(
                "account_status",
                self.account_status.filter(|status| *status > 1).map(|_| ValidationError::NotAllowed),
            )
            .field("builder_url", check_optional(url, |url| check_max_chars(url, 150).or_else(|| check_http_url(url))))
            .finish()
    }
}

fn check_account_id(id: &str) -> Option<ValidationError> {
    check_required(id).or_else(|| check_max_chars(id, 7)).or_else(|| check_digits(id))
}

fn check_server(server: &str) -> Option<ValidationError> {
    check_required(server).or_else(|| check_max_chars(server, 50)).or_else(|| check_subdomain(server))
}

fn check_digits(id: &str) -> Option<ValidationError> {
    (!id.bytes().all(|byte| byte.is_ascii_digit())).then_some(ValidationError::NotNumber)
}

fn check_subdomain(server: &str) -> Option<ValidationError> {
    let fits = server.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (!fits).then_some(ValidationError::NotAllowed)
}

/// The response of the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccountList {
    /// `OK` or `FAIL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<LooseScalar>,
    /// 1 is success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<LooseScalar>,
    /// Number of accounts.
    #[serde(default, rename = "totalOnline", skip_serializing_if = "Option::is_none")]
    pub total_online: Option<LooseScalar>,
    /// The accounts.
    pub list: Vec<Account>,
}

/// The body of the list of agents. Unlike the update, the vendor writes `accountID` here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AgentsQuery {
    /// The account's id, sent as a number if it is one.
    #[serde(rename = "accountID")]
    pub account_id: AccountId,
    /// Subdomain of the account.
    pub server: String,
}

impl AgentsQuery {
    /// The wire names of the members.
    pub const MEMBERS: &'static [&'static str] = &["accountID", "server"];

    /// Validates id and server as an update does.
    ///
    /// # Errors
    /// If a field is invalid; errors are by wire name.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        Checks::new()
            .field("accountID", check_account_id(&self.account_id.0.to_string()))
            .field("server", check_server(&self.server))
            .finish()
    }
}

/// An agent, who can sign in to the account (Partners API, "Get agents list").
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AccountAgent {
    /// The agent's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<LooseScalar>,
    /// Epoch seconds, as number or text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_time: Option<LooseScalar>,
    /// The address that the agent signs in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The agent's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_name: Option<String>,
    /// The role; no document lists the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// `sms`, `email` or null. The vendor's page also writes `emai`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub two_factor_type: Option<String>,
    /// The number that gets the codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub two_factor_phone: Option<LooseScalar>,
    /// The address that gets the codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub two_factor_email: Option<String>,
    /// Members that the contract does not name.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(AccountAgent {
    "id" => id,
    "create_time" => create_time,
    "email" => email,
    "agent_name" => agent_name,
    "role" => role,
    "two_factor_type" => two_factor_type,
    "two_factor_phone" => two_factor_phone,
    "two_factor_email" => two_factor_email,
} extra);

/// The second factor of an agent's sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondFactor<'a> {
    /// By the password alone.
    None,
    /// By a code in a text message.
    Sms,
    /// By a code in an e-mail.
    Email,
    /// By something that no document names.
    Other(&'a str),
}

impl AccountAgent {
    /// The second factor of the agent's sign-in.
    pub fn second_factor(&self) -> SecondFactor<'_> {
        match self.two_factor_type.as_deref().map(str::trim) {
            None | Some("") => SecondFactor::None,
            Some(word) if word.eq_ignore_ascii_case("sms") => SecondFactor::Sms,
            Some(word) if word.eq_ignore_ascii_case("email") || word.eq_ignore_ascii_case("emai") => {
                SecondFactor::Email
            }
            Some(word) => SecondFactor::Other(word),
        }
    }
}

/// The response of the list of agents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AgentList {
    /// `OK` or `FAIL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<LooseScalar>,
    /// 1 is success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<LooseScalar>,
    /// The agents. Their number is `totalagents` in the vendor's sample and `totalAgents` in its table; neither is read.
    pub list: Vec<AccountAgent>,
}

/// An access token, valid for one hour. No `Debug`, because it is a secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessToken {
    /// The bearer token.
    pub access_token: String,
    /// Epoch seconds as a string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiration_time: Option<LooseScalar>,
    /// `Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_type: Option<String>,
    /// 1 is success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<LooseScalar>,
}
