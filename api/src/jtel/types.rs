//! Shapes of ACD events, types, groups and users.

use serde::{Deserialize, Serialize};

use crate::record::record;
use crate::text::is_blank;
use crate::validate::{Checks, FieldError, Problem, e164, http_url, optional, required};
use crate::wire::{Extra, Scalar, loose};

/// jtel's answer around records: the short form has `records`, `count` and `status` only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Records<T> {
    /// The applied filter; reserved for future use.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Index of the first record; reserved for future use, 0.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub limit_start: Option<i64>,
    /// Records per page; -1 is all.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub limit_page_size: Option<i64>,
    /// The records.
    pub records: Vec<T>,
    /// How many records.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// The field the records are ordered by.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub order_by: Option<String>,
    /// Whether the order ascends.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub ascending: Option<bool>,
    /// The HTTP status once more.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub status: Option<i64>,
}

impl<T> Records<T> {
    /// The short form around one record.
    pub fn of(record: T) -> Self {
        Self {
            filter: None,
            limit_start: None,
            limit_page_size: None,
            records: vec![record],
            count: Some(1),
            order_by: None,
            ascending: None,
            status: None,
        }
    }
}

/// An event that the ACD distributes. Any field may be null; null and absent fields are written as null.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AcdEvent {
    /// The event's id (`AcdEventsID` in a URL).
    #[serde(rename = "ID")]
    pub id: Option<Scalar>,
    /// See [`event_type_name`].
    #[serde(rename = "AcdEventTypesID")]
    pub type_id: Option<Scalar>,
    /// 1 on creation; the names of the others are not documented.
    #[serde(rename = "AcdEventStatusID")]
    pub status_id: Option<Scalar>,
    /// The group it is distributed to.
    #[serde(rename = "AcdGroupsID")]
    pub group_id: Option<Scalar>,
    /// The user it is distributed to; null: by the group's queue.
    #[serde(rename = "UsersID")]
    pub user_id: Option<Scalar>,
    /// A telephone number (E.164 without "+") or an address.
    pub sender: Option<Scalar>,
    /// A service number or an address.
    pub receiver: Option<Scalar>,
    /// Any text.
    pub subject: Option<String>,
    /// For tickets the foreign system's number.
    pub user_data: Option<Scalar>,
    /// Undocumented.
    pub user_data2: Option<Scalar>,
    /// Undocumented.
    pub user_data3: Option<Scalar>,
    /// A URL that goes with the event.
    #[serde(rename = "CrmURL")]
    pub crm_url: Option<String>,
    /// XML: `<eventData><urls>…</urls><body html="true">…</body></eventData>`. The body is untrusted HTML.
    pub event_data: Option<String>,
    /// Equals `UserData` for tickets in the vendor's sample.
    pub foreign_system_number: Option<Scalar>,
    /// Whether the foreign system closes the event.
    #[serde(rename = "bCloseByForeignSystem")]
    pub close_by_foreign_system: Option<bool>,
    /// Undocumented; 0 on creation.
    pub last_agent_time: Option<i64>,
    /// Undocumented.
    #[serde(rename = "ChatConnectorsID")]
    pub chat_connectors_id: Option<Scalar>,
    /// Undocumented.
    #[serde(rename = "AcdWorkFlowConnectorsID")]
    pub work_flow_connectors_id: Option<Scalar>,
    /// Undocumented.
    #[serde(rename = "AcdInboxesID")]
    pub inboxes_id: Option<Scalar>,
    /// Undocumented.
    #[serde(rename = "WorkFlowMonitorPointsID")]
    pub work_flow_monitor_points_id: Option<Scalar>,
    /// Undocumented.
    #[serde(rename = "AcdReplyingTypesID")]
    pub replying_types_id: Option<Scalar>,
    /// Undocumented.
    #[serde(rename = "SkillsID1")]
    pub skills_id1: Option<Scalar>,
    /// Undocumented.
    #[serde(rename = "SkillsID2")]
    pub skills_id2: Option<Scalar>,
    /// Undocumented.
    #[serde(rename = "SkillsID3")]
    pub skills_id3: Option<Scalar>,
    /// Undocumented.
    pub skills_value1: Option<Scalar>,
    /// Undocumented.
    pub skills_value2: Option<Scalar>,
    /// Undocumented.
    pub skills_value3: Option<Scalar>,
    /// Local time of the jtel system, such as `2020-09-15T02:59:32.794`.
    #[serde(rename = "dtCreated")]
    pub created: Option<String>,
    /// Local time of the jtel system.
    #[serde(rename = "dtModified")]
    pub modified: Option<String>,
    /// Local time of the jtel system; differs from `dtModified` in the sample.
    #[serde(rename = "dtLastModified")]
    pub last_modified: Option<String>,
    /// Local time of the jtel system.
    #[serde(rename = "dtReceived")]
    pub received: Option<String>,
    /// Local time of the jtel system.
    #[serde(rename = "dtRemind")]
    pub remind: Option<String>,
    /// Fields the sample doesn't have.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(AcdEvent {
    "ID" => id,
    "AcdEventTypesID" => type_id,
    "AcdEventStatusID" => status_id,
    "AcdGroupsID" => group_id,
    "UsersID" => user_id,
    "Sender" => sender,
    "Receiver" => receiver,
    "Subject" => subject,
    "UserData" => user_data,
    "UserData2" => user_data2,
    "UserData3" => user_data3,
    "CrmURL" => crm_url,
    "EventData" => event_data,
    "ForeignSystemNumber" => foreign_system_number,
    "bCloseByForeignSystem" => close_by_foreign_system,
    "LastAgentTime" => last_agent_time,
    "ChatConnectorsID" => chat_connectors_id,
    "AcdWorkFlowConnectorsID" => work_flow_connectors_id,
    "AcdInboxesID" => inboxes_id,
    "WorkFlowMonitorPointsID" => work_flow_monitor_points_id,
    "AcdReplyingTypesID" => replying_types_id,
    "SkillsID1" => skills_id1,
    "SkillsID2" => skills_id2,
    "SkillsID3" => skills_id3,
    "SkillsValue1" => skills_value1,
    "SkillsValue2" => skills_value2,
    "SkillsValue3" => skills_value3,
    "dtCreated" => created,
    "dtModified" => modified,
    "dtLastModified" => last_modified,
    "dtReceived" => received,
    "dtRemind" => remind,
} extra);

/// A type, a group or a user as the pickers need it: jtel's own records are wide database rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Named {
    /// The record's id.
    #[serde(rename = "ID", skip_serializing_if = "Option::is_none")]
    pub id: Option<Scalar>,
    /// A group's name.
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A user's sign-in name.
    #[serde(rename = "UID", skip_serializing_if = "Option::is_none")]
    pub uid: Option<Scalar>,
    /// A type's key, such as `AcdEventTypes.Callback`.
    #[serde(rename = "ShortText", skip_serializing_if = "Option::is_none")]
    pub short_text: Option<String>,
    /// The rest of the row.
    #[serde(flatten)]
    pub extra: Extra,
}

record!(Named {
    "ID" => id,
    "Name" => name,
    "UID" => uid,
    "ShortText" => short_text,
} extra);

impl Named {
    /// What a person knows the record by: its name, sign-in name or key; else its id.
    pub fn label(&self) -> String {
        let short = self.short_text.as_deref().map(|text| text.rsplit('.').next().unwrap_or(text).to_owned());
        let uid = self.uid.as_ref().map(ToString::to_string);
        let id = || self.id.as_ref().map(ToString::to_string);
        [self.name.clone(), short, uid]
            .into_iter()
            .flatten()
            .find(|text| !is_blank(text))
            .or_else(id)
            .unwrap_or_default()
    }
}

/// Callback: the only type with a Body, and one of the two whose numbers are E.164.
pub const CALLBACK: i64 = 3;
/// Voice mail: numbers are E.164.
pub const VOICE_MAIL: i64 = 1;
/// Ticket (workflow): UserData is the foreign system's number.
pub const TICKET: i64 = 6;

/// The vendor's word for a type id, as far as it is published: 1–5 by its types list, 6 by its create sample.
pub fn event_type_name(id: i64) -> Option<&'static str> {
    match id {
        VOICE_MAIL => Some("VoiceMail"),
        2 => Some("Fax"),
        CALLBACK => Some("Callback"),
        4 => Some("SMS"),
        5 => Some("Email"),
        TICKET => Some("Ticket"),
        _ => None,
    }
}

/// Whether sender and receiver of this type are telephone numbers ("Voice Mail and Callback Requests").
pub fn is_telephone(type_id: i64) -> bool {
    type_id == VOICE_MAIL || type_id == CALLBACK
}

/// The post data of create. Left out when `None`, but for `UsersID`, which the samples send as null.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct NewAcdEvent {
    /// The type.
    #[serde(rename = "AcdEventTypesID")]
    pub type_id: i64,
    /// The group it is distributed to.
    #[serde(rename = "AcdGroupsID")]
    pub group_id: i64,
    /// The user it is distributed to; null: by the group's queue.
    #[serde(rename = "UsersID", default)]
    pub user_id: Option<i64>,
    /// A telephone number (E.164 without "+") or an address.
    pub sender: String,
    /// A configured service number or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<String>,
    /// Any text.
    pub subject: String,
    /// Callbacks only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A well-formed URL.
    #[serde(rename = "CrmURL", default, skip_serializing_if = "Option::is_none")]
    pub crm_url: Option<String>,
    /// For tickets the foreign system's ticket number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_data: Option<String>,
}

impl NewAcdEvent {
    /// The members on the wire.
    pub const MEMBERS: &'static [&'static str] =
        &["AcdEventTypesID", "AcdGroupsID", "UsersID", "Sender", "Receiver", "Subject", "Body", "CrmURL", "UserData"];

    /// The event as it goes to the vendor: telephone numbers without "+", spaces and dashes, blank fields left out,
    /// no body where the type has none.
    pub fn normalised(mut self) -> Self {
        if is_telephone(self.type_id) {
            self.sender = e164(&self.sender).unwrap_or(self.sender);
            self.receiver = self.receiver.map(|typed| e164(&typed).unwrap_or(typed));
        }
        let some = |value: Option<String>| value.filter(|text| !text.trim().is_empty());
        self.receiver = some(self.receiver);
        self.body = some(self.body).filter(|_| self.type_id == CALLBACK);
        self.crm_url = some(self.crm_url);
        self.user_data = some(self.user_data);
        self
    }

    /// The problems, by wire name.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let number = |value: &str| {
            (is_telephone(self.type_id) && !value.trim().is_empty() && e164(value).is_none())
                .then_some(Problem::NotE164)
        };
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Checks::new()
            .field("AcdEventTypesID", (self.type_id <= 0).then_some(Problem::Required))
            .field("AcdGroupsID", (self.group_id <= 0).then_some(Problem::Required))
            .field("Sender", required(&self.sender).or_else(|| number(&self.sender)))
            .field("Receiver", number(&text(&self.receiver)))
            .field("Subject", required(&self.subject))
            .field("CrmURL", optional(&text(&self.crm_url), http_url))
            .finish()
    }
}
