//! The response to an account update, which has the member `status` twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::types::is_active;
use crate::decode::{LooseScalar, UnknownMembers};

/// The account's values after an update.
///
/// The documented response has two members named `status`: first the call's (`"OK"`), then the account's (`1`). A map
/// would keep only the last and a derived deserialiser would refuse duplicates, so each `status` is inspected: a number
/// is the account's status, as are `active` and `suspended`, the words of the vendor's list; any other word is the
/// call's. `account_status`, the name in the vendor's table, is accepted too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdatedAccount {
    /// `OK` or `FAIL`.
    pub call_status: Option<String>,
    /// 1 is success.
    pub reason: Option<LooseScalar>,
    /// The account's id.
    pub account_id: Option<LooseScalar>,
    /// Subdomain.
    pub server: Option<LooseScalar>,
    /// The current name.
    pub account_name: Option<String>,
    /// 1 active, 0 suspended.
    pub account_status: Option<LooseScalar>,
    /// The current builder URL.
    pub builder_url: Option<String>,
    /// Members that the contract does not name.
    pub extra: UnknownMembers,
}

impl UpdatedAccount {
    /// True if users can sign in to the account. `None` if the vendor did not send a known status.
    pub fn is_active(&self) -> Option<bool> {
        is_active(self.account_status.as_ref()?)
    }

    /// True if the call succeeded: its status is `OK` in any letter case, or it has none and the reason is 1.
    pub fn is_ok(&self) -> bool {
        match &self.call_status {
            Some(word) => word.eq_ignore_ascii_case("OK"),
            None => self.reason.as_ref().and_then(LooseScalar::as_i64) == Some(1),
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
                "status" => match map.next_value::<Option<LooseScalar>>()? {
                    Some(LooseScalar::Text(word)) if is_active(&LooseScalar::from(word.as_str())).is_none() => {
                        out.call_status = Some(word);
                    }
                    Some(status) => out.account_status = Some(status),
                    None => {}
                },
                "reason" => out.reason = map.next_value()?,
                "account_id" => out.account_id = map.next_value()?,
                "server" => out.server = map.next_value()?,
                "account_name" => out.account_name = map.next_value()?,
                // A null must not overwrite the value of the other spelling.
                "account_status" => {
                    out.account_status = map.next_value::<Option<LooseScalar>>()?.or(out.account_status)
                }
                "builder_url" => out.builder_url = map.next_value()?,
                _ => {
                    out.extra.insert(key, map.next_value::<Value>()?);
                }
            }
        }
        Ok(out)
    }
}
