//! A customer's documented fields in groups, with labels and readable values.

use serde_json::Value;
use trunkline_api::decode::LooseScalar;
use trunkline_api::sobot::Customer;

use crate::components::customer_summary::non_blank;
use crate::i18n::t;

/// The kind of a value, which decides how it is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Plain text.
    Text,
    /// An id, a number or an address: left to right in every language, with a copy button.
    Code,
}

/// A field with its label and value.
pub struct Field {
    /// The label.
    pub label: fn() -> String,
    /// The display of the value.
    pub kind: ValueKind,
    /// The readable value; `None` if the vendor sent none.
    pub value: Option<String>,
}

/// A group of fields with a heading.
pub struct FieldGroup {
    /// The heading.
    pub title: fn() -> String,
    /// The fields, in the order of the vendor's page.
    pub fields: Vec<Field>,
}

/// All documented fields but the tags' names, which are displayed as badges.
pub fn groups(customer: &Customer) -> Vec<FieldGroup> {
    let c = customer;
    vec![
        FieldGroup {
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
        FieldGroup {
            title: t::customers::status,
            fields: vec![
                text(t::customers::user_status, &c.user_status_name),
                flag(t::customers::is_black, &c.is_black),
                flag(t::customers::is_vip, &c.is_vip),
                text(t::customers::vip_level_id, &c.vip_level),
                text(t::customers::vip_level_name, &c.vip_level_name),
            ],
        },
        FieldGroup {
            title: t::customers::responsibility,
            fields: vec![
                text(t::customers::liable, &c.liable_service_name),
                text(t::customers::enterprise, &c.enterprise_name),
                text(t::customers::source, &c.source_name),
            ],
        },
        FieldGroup {
            title: t::customers::place,
            fields: vec![
                text(t::customers::country, &c.country_name),
                text(t::customers::province, &c.province_name),
                text(t::customers::city, &c.city_name),
            ],
        },
        FieldGroup { title: t::customers::third_parties, fields: third_parties(c) },
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

/// Custom fields as pairs of id and value: Sobot sends no names for them. A value other than text is shown as JSON.
pub fn custom_fields(customer: &Customer) -> Vec<(String, Option<String>)> {
    let display = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        other => Some(other.to_string()),
    };
    customer.custom.iter().map(|(id, value)| (id.clone(), display(value))).collect()
}

fn text(label: fn() -> String, value: &Option<LooseScalar>) -> Field {
    Field { label, kind: ValueKind::Text, value: non_blank(value) }
}

fn code(label: fn() -> String, value: &Option<LooseScalar>) -> Field {
    Field { label, kind: ValueKind::Code, value: non_blank(value) }
}

/// 1 is yes, 0 is no, and so is 2 for VIPs; anything else is shown as received.
fn flag(label: fn() -> String, value: &Option<LooseScalar>) -> Field {
    let words = non_blank(value).map(|word| match word.as_str() {
        "1" => t::common::yes(),
        "0" | "2" => t::common::no(),
        _ => word,
    });
    Field { label, kind: ValueKind::Text, value: words }
}
