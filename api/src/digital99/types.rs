//! Shapes of the account, its update and the access token.

use serde::{Deserialize, Serialize};

use crate::record::record;
use crate::validate::{Checks, FieldError, Problem, http_url, max_chars, optional, required};
use crate::wire::{Extra, Scalar};

/// An account as the list has it: the id is a string here, the status a word, and there is no builder URL.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Account {
    /// The account's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<Scalar>,
    /// The account's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// Subdomain: `https://{server}.99digital.co.il`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Scalar>,
    /// `active` or `suspended`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_status: Option<Scalar>,
    /// Epoch seconds, as number or text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_time: Option<Scalar>,
    /// The partner's own reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Scalar>,
    /// Fields the contract doesn't name.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(Account {
    "account_id" => account_id,
    "account_name" => account_name,
    "server" => server,
    "account_status" => account_status,
    "create_time" => create_time,
    "reference" => reference,
} extra);

impl Account {
    /// Whether people can sign in to the account; none where the vendor didn't say.
    pub fn is_active(&self) -> Option<bool> {
        is_active(self.account_status.as_ref()?)
    }
}

/// What an account's status says: the list has words, the update numbers. None for anything else.
pub(super) fn is_active(status: &Scalar) -> Option<bool> {
    match status.to_string().trim().to_ascii_lowercase().as_str() {
        "active" | "1" => Some(true),
        "suspended" | "disabled" | "0" => Some(false),
        _ => None,
    }
}

/// What a change sends: the two mandatory fields, and only what changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccountChange {
    /// The account's id (at most 7 characters), sent as a number when it is one.
    pub account_id: AccountId,
    /// Subdomain (at most 50 characters).
    pub server: String,
    /// New name (at most 100 characters).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// 1 active, 0 disabled: nobody can sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_status: Option<u8>,
    /// Sign-in URL of the builder (at most 150 characters).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub builder_url: Option<String>,
}

/// An account id: a [`Scalar`] that starts out empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub Scalar);

impl Default for AccountId {
    fn default() -> Self {
        Self(Scalar::Text(String::new()))
    }
}

impl AccountId {
    /// A typed id; digits go as a number, as in the vendor's example.
    pub fn typed(text: &str) -> Self {
        let text = text.trim();
        let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse::<i64>() {
            Ok(number) if plain => Self(number.into()),
            _ => Self(text.into()),
        }
    }
}

impl AccountChange {
    /// The members on the wire.
    pub const MEMBERS: &'static [&'static str] =
        &["account_id", "server", "account_name", "account_status", "builder_url"];

    /// Whether nothing but the mandatory fields is set.
    pub fn is_empty(&self) -> bool {
        self.account_name.is_none() && self.account_status.is_none() && self.builder_url.is_none()
    }

    /// The problems, by wire name.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let id = self.account_id.0.to_string();
        let name = self.account_name.as_deref();
        let url = self.builder_url.as_deref().unwrap_or("");
        Checks::new()
            .field("account_id", required(&id).or_else(|| max_chars(&id, 7)).or_else(|| digits(&id)))
            .field(
                "server",
                required(&self.server).or_else(|| max_chars(&self.server, 50)).or_else(|| subdomain(&self.server)),
            )
            .field("account_name", name.and_then(|name| required(name).or_else(|| max_chars(name, 100))))
            .field("account_status", self.account_status.filter(|status| *status > 1).map(|_| Problem::NotAllowed))
            .field("builder_url", optional(url, |url| max_chars(url, 150).or_else(|| http_url(url))))
            .finish()
    }
}

fn digits(id: &str) -> Option<Problem> {
    (!id.bytes().all(|byte| byte.is_ascii_digit())).then_some(Problem::NotNumber)
}

fn subdomain(server: &str) -> Option<Problem> {
    let fits = server.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (!fits).then_some(Problem::NotAllowed)
}

/// The list's answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccountList {
    /// `OK` or `FAIL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Scalar>,
    /// 1 is success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Scalar>,
    /// How many accounts.
    #[serde(default, rename = "totalOnline", skip_serializing_if = "Option::is_none")]
    pub total_online: Option<Scalar>,
    /// The accounts.
    pub list: Vec<Account>,
}

/// The access token's answer; the token lives an hour. No `Debug`: it is a secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessToken {
    /// The bearer token.
    pub access_token: String,
    /// Epoch seconds as a string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiration_time: Option<Scalar>,
    /// `Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_type: Option<String>,
    /// 1 is success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Scalar>,
}
