//! The answer to an account update, whose documented form has `status` twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::types::is_active;
use crate::wire::{Extra, Scalar};

/// The account's values after an update.
///
/// The documented answer has two members named `status`: first the call's (`"OK"`), then the account's (`1`). A map
/// would keep the last and a plain derive would refuse both, so every `status` is looked at: a word is the call's, a
/// number the account's, and so are `active` and `suspended`, the words of the vendor's list. `account_status`, which
/// the vendor's table names, counts too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdatedAccount {
    /// `OK` or `FAIL`.
    pub call_status: Option<String>,
    /// 1 is success.
    pub reason: Option<Scalar>,
    /// The account's id.
    pub account_id: Option<Scalar>,
    /// Subdomain.
    pub server: Option<Scalar>,
    /// The name now.
    pub account_name: Option<String>,
    /// 1 active, 0 suspended.
    pub account_status: Option<Scalar>,
    /// The builder URL now.
    pub builder_url: Option<String>,
    /// Fields the contract doesn't name.
    pub extra: Extra,
}

impl UpdatedAccount {
    /// Whether people can sign in to the account; none where the vendor didn't say.
    pub fn is_active(&self) -> Option<bool> {
        is_active(self.account_status.as_ref()?)
    }

    /// Whether the call succeeded: `OK` in any case of letters, or, without a word, reason 1.
    pub fn is_ok(&self) -> bool {
        match &self.call_status {
            Some(word) => word.eq_ignore_ascii_case("OK"),
            None => self.reason.as_ref().and_then(Scalar::as_i64) == Some(1),
        }
    }
}

impl<'de> Deserialize<'de> for UpdatedAccount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = UpdatedAccount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an account")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UpdatedAccount, A::Error> {
        let mut out = UpdatedAccount::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "status" => match map.next_value::<Option<Scalar>>()? {
                    Some(Scalar::Text(word)) if is_active(&Scalar::from(word.as_str())).is_none() => {
                        out.call_status = Some(word);
                    }
                    Some(status) => out.account_status = Some(status),
                    None => {}
                },
                "reason" => out.reason = map.next_value()?,
                "account_id" => out.account_id = map.next_value()?,
                "server" => out.server = map.next_value()?,
                "account_name" => out.account_name = map.next_value()?,
                // A null beside the other spelling takes nothing away.
                "account_status" => out.account_status = map.next_value::<Option<Scalar>>()?.or(out.account_status),
                "builder_url" => out.builder_url = map.next_value()?,
                _ => {
                    out.extra.insert(key, map.next_value::<Value>()?);
                }
            }
        }
        Ok(out)
    }
}
