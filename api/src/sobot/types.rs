//! The customer record and its look-up keys.

use serde::{Deserialize, Serialize};

use crate::decode::{LooseScalar, UnknownMembers};
use crate::tolerant::tolerant_struct;
use crate::validate::{FieldError, ValidationError};

/// The kinds of third-party account that `thirdAccountId` may be, as the vendor spells them.
pub const THIRD_ACCOUNT_KINDS: [&str; 10] = [
    "partnerId",
    "wxUnionId",
    "wxOpenId",
    "wxExternalUserId",
    "whatsappId",
    "faceBookId",
    "instagramId",
    "lineId",
    "telegramId",
    "discordId",
];

/// The look-up keys: "at least one, otherwise return null".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomerQuery {
    /// Customer ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Mobile number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tel: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// One of [`THIRD_ACCOUNT_KINDS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub third_account_id: Option<String>,
}

impl CustomerQuery {
    /// The wire names of the members.
    pub const MEMBERS: &'static [&'static str] = &["id", "tel", "email", "thirdAccountId"];

    /// The keys that are not blank, trimmed, with their wire names.
    pub fn provided(&self) -> Vec<(&'static str, &str)> {
        [("id", &self.id), ("tel", &self.tel), ("email", &self.email), ("thirdAccountId", &self.third_account_id)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_deref()?.trim())))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// Checks that there is at least one key.
    ///
    /// # Errors
    /// If all keys are blank.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        if self.provided().is_empty() {
            Err(vec![FieldError { field: "id".to_owned(), problem: ValidationError::NeedsOne }])
        } else {
            Ok(())
        }
    }
}

/// A customer. The vendor documents every field as a string but sends numbers too. Misspelt wire names are the
/// vendor's.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the vendor's own words, listed with labels in the console's catalogue")]
pub struct Customer {
    /// Customer ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tel: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<LooseScalar>,
    /// Docking ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wx_unionid: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wx_external_userid: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wx_openid: Option<LooseScalar>,
    #[serde(rename = "faceBookid", skip_serializing_if = "Option::is_none")]
    pub facebook_id: Option<LooseScalar>,
    #[serde(rename = "instagramid", skip_serializing_if = "Option::is_none")]
    pub instagram_id: Option<LooseScalar>,
    #[serde(rename = "whatsappid", skip_serializing_if = "Option::is_none")]
    pub whatsapp_id: Option<LooseScalar>,
    #[serde(rename = "lineid", skip_serializing_if = "Option::is_none")]
    pub line_id: Option<LooseScalar>,
    #[serde(rename = "telegramid", skip_serializing_if = "Option::is_none")]
    pub telegram_id: Option<LooseScalar>,
    #[serde(rename = "discordid", skip_serializing_if = "Option::is_none")]
    pub discord_id: Option<LooseScalar>,
    #[serde(rename = "visitorids", skip_serializing_if = "Option::is_none")]
    pub visitor_ids: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nick: Option<LooseScalar>,
    /// Real name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uname: Option<LooseScalar>,
    /// Male, Female.
    #[serde(rename = "sexName", skip_serializing_if = "Option::is_none")]
    pub sex_name: Option<LooseScalar>,
    #[serde(rename = "countryName", skip_serializing_if = "Option::is_none")]
    pub country_name: Option<LooseScalar>,
    /// The vendor's spelling.
    #[serde(rename = "provice_name", skip_serializing_if = "Option::is_none")]
    pub province_name: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city_name: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<LooseScalar>,
    /// blacklist, normal.
    #[serde(rename = "userStatusName", skip_serializing_if = "Option::is_none")]
    pub user_status_name: Option<LooseScalar>,
    /// 1: yes, 2: no (and 0 elsewhere in the vendor's documents).
    #[serde(rename = "isVip", skip_serializing_if = "Option::is_none")]
    pub is_vip: Option<LooseScalar>,
    #[serde(rename = "vipLevel", skip_serializing_if = "Option::is_none")]
    pub vip_level: Option<LooseScalar>,
    /// The vendor's spelling.
    #[serde(rename = "vipLeveName", skip_serializing_if = "Option::is_none")]
    pub vip_level_name: Option<LooseScalar>,
    /// 1: yes, 0: no.
    #[serde(rename = "isblack", skip_serializing_if = "Option::is_none")]
    pub is_black: Option<LooseScalar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise_name: Option<LooseScalar>,
    /// Channel name.
    #[serde(rename = "sourceName", skip_serializing_if = "Option::is_none")]
    pub source_name: Option<LooseScalar>,
    /// Agent name.
    #[serde(rename = "liableServiceName", skip_serializing_if = "Option::is_none")]
    pub liable_service_name: Option<LooseScalar>,
    /// Tag ids, separated by commas.
    #[serde(rename = "userLabel", skip_serializing_if = "Option::is_none")]
    pub user_label: Option<LooseScalar>,
    /// `"Tag group": "Tag 1", "Tag 2"`. The vendor's spelling.
    #[serde(rename = "userLableName", skip_serializing_if = "Option::is_none")]
    pub user_label_name: Option<LooseScalar>,
    /// Custom fields: values by the ids that are configured in the vendor's CRM.
    #[serde(flatten)]
    pub custom: UnknownMembers,
}

tolerant_struct!(Customer {
    "id" => id,
    "tel" => tel,
    "email" => email,
    "partner_id" => partner_id,
    "wx_unionid" => wx_unionid,
    "wx_external_userid" => wx_external_userid,
    "wx_openid" => wx_openid,
    "faceBookid" => facebook_id,
    "instagramid" => instagram_id,
    "whatsappid" => whatsapp_id,
    "lineid" => line_id,
    "telegramid" => telegram_id,
    "discordid" => discord_id,
    "visitorids" => visitor_ids,
    "nick" => nick,
    "uname" => uname,
    "sexName" => sex_name,
    "countryName" => country_name,
    "provice_name" => province_name,
    "city_name" => city_name,
    "remark" => remark,
    "userStatusName" => user_status_name,
    "isVip" => is_vip,
    "vipLevel" => vip_level,
    "vipLeveName" => vip_level_name,
    "isblack" => is_black,
    "enterprise_name" => enterprise_name,
    "sourceName" => source_name,
    "liableServiceName" => liable_service_name,
    "userLabel" => user_label,
    "userLableName" => user_label_name,
} custom);

impl Customer {
    /// True if the customer is a VIP: the value is 1, as number or string.
    pub fn is_vip(&self) -> bool {
        self.is_vip.as_ref().and_then(LooseScalar::as_i64) == Some(1)
    }

    /// True if the customer is blacklisted: the value is 1, as number or string.
    pub fn is_blacklisted(&self) -> bool {
        self.is_black.as_ref().and_then(LooseScalar::as_i64) == Some(1)
    }

    /// The display name: real name, else nickname, else id.
    pub fn title(&self) -> String {
        [&self.uname, &self.nick, &self.id]
            .into_iter()
            .flatten()
            .find(|value| !value.is_blank())
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    /// Tags by group, parsed from `userLableName`. A text in another format becomes one group without a name.
    pub fn tags(&self) -> Vec<(String, Vec<String>)> {
        let text = self.user_label_name.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        let mut rest = text.as_str();
        let mut quoted = false;
        while let Some((_, after)) = rest.split_once('"') {
            let Some((word, tail)) = after.split_once('"') else { break };
            quoted = true;
            if tail.trim_start().starts_with(':') {
                groups.push((word.to_owned(), Vec::new()));
            } else if let Some((_, tags)) = groups.last_mut() {
                tags.push(word.to_owned());
            } else {
                groups.push((String::new(), vec![word.to_owned()]));
            }
            rest = tail;
        }
        if !quoted {
            let plain: Vec<String> =
                text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
            if !plain.is_empty() {
                groups.push((String::new(), plain));
            }
        }
        groups
    }
}
