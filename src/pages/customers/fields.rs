//! A customer's documented fields in groups, with their labels and their values as a person reads them.

use serde_json::Value;
use trunkline_api::sobot::Customer;
use trunkline_api::wire::Scalar;

use crate::i18n::t;

/// What a value is, which decides how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// An id, a number, an address: left to right in any language, and one wants to copy it.
    Code,
}

/// A field: its name and its value, none where the vendor sent none.
pub struct Field {
    /// Its name.
    pub label: fn() -> String,
    /// How it is drawn.
    pub kind: Kind,
    /// The value, in words where the vendor's is a number that means one.
    pub value: Option<String>,
}

/// Fields that belong together.
pub struct Group {
    /// Their heading.
    pub title: fn() -> String,
    /// The fields, in the order of the vendor's page.
    pub fields: Vec<Field>,
}

/// Every documented field but the tags' names, which are drawn as pills.
pub fn groups(customer: &Customer) -> Vec<Group> {
    let c = customer;
    vec![
        Group {
            title: t::customers::contact,
            fields: vec![
                code(t::customers::id, &c.id),
                text(t::customers::name, &c.uname),
                text(t::customers::nick, &c.nick),
                text(t::customers::sex, &c.sex_name),
                code(t::customers::tel, &c.tel),
                code(t::customers::email, &c.email),
                text(t::customers::remark, &c.remark),
            ],
        },
        Group {
            title: t::customers::status,
            fields: vec![
                text(t::customers::user_status, &c.user_status_name),
                flag(t::customers::is_black, &c.is_black),
                flag(t::customers::is_vip, &c.is_vip),
                text(t::customers::vip_level_id, &c.vip_level),
                text(t::customers::vip_level_name, &c.vip_level_name),
            ],
        },
        Group {
            title: t::customers::responsibility,
            fields: vec![
                text(t::customers::liable, &c.liable_service_name),
                text(t::customers::enterprise, &c.enterprise_name),
                text(t::customers::source, &c.source_name),
            ],
        },
        Group {
            title: t::customers::place,
            fields: vec![
                text(t::customers::country, &c.country_name),
                text(t::customers::province, &c.province_name),
                text(t::customers::city, &c.city_name),
            ],
        },
        Group { title: t::customers::third_parties, fields: third_parties(c) },
    ]
}

fn third_parties(c: &Customer) -> Vec<Field> {
    vec![
        code(t::customers::partner_id, &c.partner_id),
        code(t::customers::wx_unionid, &c.wx_unionid),
        code(t::customers::wx_openid, &c.wx_openid),
        code(t::customers::wx_external_userid, &c.wx_external_userid),
        code(t::customers::whatsapp, &c.whatsapp_id),
        code(t::customers::facebook, &c.facebook_id),
        code(t::customers::instagram, &c.instagram_id),
        code(t::customers::line, &c.line_id),
        code(t::customers::telegram, &c.telegram_id),
        code(t::customers::discord, &c.discord_id),
        code(t::customers::visitors, &c.visitor_ids),
    ]
}

/// Custom fields: the vendor's CRM names them by id alone. A value that is not plain is shown as JSON.
pub fn custom(customer: &Customer) -> Vec<(String, Option<String>)> {
    let words = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        other => Some(other.to_string()),
    };
    customer.custom.iter().map(|(id, value)| (id.clone(), words(value))).collect()
}

/// A value that is there and isn't blank.
pub fn given(value: &Option<Scalar>) -> Option<String> {
    value.as_ref().filter(|value| !value.is_blank()).map(ToString::to_string)
}

fn text(label: fn() -> String, value: &Option<Scalar>) -> Field {
    Field { label, kind: Kind::Text, value: given(value) }
}

fn code(label: fn() -> String, value: &Option<Scalar>) -> Field {
    Field { label, kind: Kind::Code, value: given(value) }
}

/// 1 is yes; 0, and 2 for VIPs, is no; anything else is shown as it came.
fn flag(label: fn() -> String, value: &Option<Scalar>) -> Field {
    let words = given(value).map(|word| match word.as_str() {
        "1" => t::common::yes(),
        "0" | "2" => t::common::no(),
        _ => word,
    });
    Field { label, kind: Kind::Text, value: words }
}
