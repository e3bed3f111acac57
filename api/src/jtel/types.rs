//! Shapes of ACD events, types, groups and users.

use serde::{Deserialize, Serialize};

use crate::decode::{LooseScalar, UnknownMembers, loose};
use crate::text::is_blank;
use crate::tolerant::tolerant_struct;
use crate::validate::{
    Checks, FieldError, ValidationError, check_http_url, check_optional, check_required, parse_e164,
};

/// The envelope of jtel's records. The short form has only `records`, `count` and `status`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordList<T> {
    /// The applied filter; reserved for future use.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Index of the first record; reserved for future use, 0.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub limit_start: Option<i64>,
    /// Records per page; -1 for all.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub limit_page_size: Option<i64>,
    /// The records.
    pub records: Vec<T>,
    /// Number of records.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// The field that the records are sorted by.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub order_by: Option<String>,
    /// True if the order is ascending.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub ascending: Option<bool>,
    /// The HTTP status, repeated in the body.
    #[serde(default, deserialize_with = "loose", skip_serializing_if = "Option::is_none")]
    pub status: Option<i64>,
}

impl<T> RecordList<T> {
    /// The short form of the envelope, with these records.
    pub fn of(records: Vec<T>) -> Self {
        Self {
            filter: None,
            limit_start: None,
            limit_page_size: None,
            count: i64::try_from(records.len()).ok(),
            records,
            order_by: None,
            ascending: None,
            status: None,
        }
    }

    /// The short form of the envelope, with one record.
    pub fn single(record: T) -> Self {
        Self::of(vec![record])
    }
}

/// An event that the ACD distributes. Any field may be null; absent fields are serialised as null.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AcdEvent {
    /// The event's id (`AcdEventsID` in a URL).
    #[serde(rename = "ID")]
    pub id: Option<LooseScalar>,
    /// See [`event_type_name`].
    #[serde(rename = "AcdEventTypesID")]
    pub type_id: Option<LooseScalar>,
    /// 1 on creation. The meanings of the other values are not documented.
    #[serde(rename = "AcdEventStatusID")]
    pub status_id: Option<LooseScalar>,
    /// The group that the event is distributed to.
    #[serde(rename = "AcdGroupsID")]
    pub group_id: Option<LooseScalar>,
    /// The user that the event is distributed to; null for the group's queue.
    #[serde(rename = "UsersID")]
    pub user_id: Option<LooseScalar>,
    /// A telephone number (E.164 without "+") or an address.
    pub sender: Option<LooseScalar>,
    /// A service number or an address.
    pub receiver: Option<LooseScalar>,
    /// Any text.
    pub subject: Option<String>,
    /// For tickets, the ticket number in the foreign system.
    pub user_data: Option<LooseScalar>,
    /// Undocumented.
    pub user_data2: Option<LooseScalar>,
    /// Undocumented.
    pub user_data3: Option<LooseScalar>,
    /// A URL that belongs to the event.
    #[serde(rename = "CrmURL")]
    pub crm_url: Option<String>,
    /// XML: `<eventData><urls>…</urls><body html="true">…</body></eventData>`. The body is untrusted HTML.
    pub event_data: Option<String>,
    /// Equals `UserData` for tickets, in the vendor's sample.
    pub foreign_system_number: Option<LooseScalar>,
    /// True if the foreign system closes the event.
    #[serde(rename = "bCloseByForeignSystem")]
    pub close_by_foreign_system: Option<bool>,
    /// Undocumented; 0 on creation.
    pub last_agent_time: Option<i64>,
    /// Undocumented.
    #[serde(rename = "ChatConnectorsID")]
    pub chat_connectors_id: Option<LooseScalar>,
    /// Undocumented.
    #[serde(rename = "AcdWorkFlowConnectorsID")]
    pub work_flow_connectors_id: Option<LooseScalar>,
    /// Undocumented.
    #[serde(rename = "AcdInboxesID")]
    pub inboxes_id: Option<LooseScalar>,
    /// Undocumented.
    #[serde(rename = "WorkFlowMonitorPointsID")]
    pub work_flow_monitor_points_id: Option<LooseScalar>,
    /// Undocumented.
    #[serde(rename = "AcdReplyingTypesID")]
    pub replying_types_id: Option<LooseScalar>,
    /// Undocumented.
    #[serde(rename = "SkillsID1")]
    pub skills_id1: Option<LooseScalar>,
    /// Undocumented.
    #[serde(rename = "SkillsID2")]
    pub skills_id2: Option<LooseScalar>,
    /// Undocumented.
    #[serde(rename = "SkillsID3")]
    pub skills_id3: Option<LooseScalar>,
    /// Undocumented.
    pub skills_value1: Option<LooseScalar>,
    /// Undocumented.
    pub skills_value2: Option<LooseScalar>,
    /// Undocumented.
    pub skills_value3: Option<LooseScalar>,
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
    /// Members that the sample does not have.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(AcdEvent {
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

/// The fields of a type, group or user that the selects need. jtel's own records are wide database rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReferenceRecord {
    /// The record's id.
    #[serde(rename = "ID", skip_serializing_if = "Option::is_none")]
    pub id: Option<LooseScalar>,
    /// A group's name.
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A user's sign-in name.
    #[serde(rename = "UID", skip_serializing_if = "Option::is_none")]
    pub uid: Option<LooseScalar>,
    /// A type's key, such as `AcdEventTypes.Callback`.
    #[serde(rename = "ShortText", skip_serializing_if = "Option::is_none")]
    pub short_text: Option<String>,
    /// The other columns of the row.
    #[serde(flatten)]
    pub extra: UnknownMembers,
}

tolerant_struct!(ReferenceRecord {
    "ID" => id,
    "Name" => name,
    "UID" => uid,
    "ShortText" => short_text,
} extra);

impl ReferenceRecord {
    /// The display label: the record's name, key or sign-in name, else its id.
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

/// Callback. The only type with a body, and one of the two whose numbers are E.164.
pub const CALLBACK: i64 = 3;
/// Voice mail. Its numbers are E.164.
pub const VOICE_MAIL: i64 = 1;
/// Ticket (workflow). Its `UserData` is the ticket number in the foreign system.
pub const TICKET: i64 = 6;

/// The vendor's published name of a type id: 1–5 from its list of types, 6 from its create sample. `None` for others.
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

/// True if sender and receiver of events of this type are telephone numbers ("Voice Mail and Callback Requests").
pub fn is_telephone(type_id: i64) -> bool {
    type_id == VOICE_MAIL || type_id == CALLBACK
}

/// The body of create. Fields that are `None` are omitted, except for `UsersID`, which the samples send as null.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct NewAcdEvent {
    /// The type.
    #[serde(rename = "AcdEventTypesID")]
    pub type_id: i64,
    /// The group that the event is distributed to.
    #[serde(rename = "AcdGroupsID")]
    pub group_id: i64,
    /// The user that the event is distributed to; null for the group's queue.
    #[serde(rename = "UsersID", default)]
    pub user_id: Option<i64>,
    /// A telephone number (E.164 without "+") or an address.
    pub sender: String,
    /// A configured service number or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<String>,
    /// Any text.
    pub subject: String,
    /// Only for callbacks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A well-formed URL.
    #[serde(rename = "CrmURL", default, skip_serializing_if = "Option::is_none")]
    pub crm_url: Option<String>,
    /// For tickets, the ticket number in the foreign system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_data: Option<String>,
}

impl NewAcdEvent {
    /// The wire names of the members.
    pub const MEMBERS: &'static [&'static str] =
        &["AcdEventTypesID", "AcdGroupsID", "UsersID", "Sender", "Receiver", "Subject", "Body", "CrmURL", "UserData"];

    /// The event as sent to the vendor: telephone numbers without "+", spaces and dashes, blank fields omitted, and a
    /// body only if the type has one.
    pub fn normalised(mut self) -> Self {
        if is_telephone(self.type_id) {
            self.sender = parse_e164(&self.sender).unwrap_or(self.sender);
            self.receiver = self.receiver.map(|typed| parse_e164(&typed).unwrap_or(typed));
        }
        let some = |value: Option<String>| value.filter(|text| !text.trim().is_empty());
        self.receiver = some(self.receiver);
        self.body = some(self.body).filter(|_| self.type_id == CALLBACK);
        self.crm_url = some(self.crm_url);
        self.user_data = some(self.user_data);
        self
    }

    /// Validates the event.
    ///
    /// # Errors
    /// If a field is invalid; errors are by wire name.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let number = |value: &str| {
            (is_telephone(self.type_id) && !value.trim().is_empty() && parse_e164(value).is_none())
                .then_some(ValidationError::NotE164)
        };
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Checks::new()
            .field("AcdEventTypesID", (self.type_id <= 0).then_some(ValidationError::Required))
            .field("AcdGroupsID", (self.group_id <= 0).then_some(ValidationError::Required))
            .field("Sender", check_required(&self.sender).or_else(|| number(&self.sender)))
            .field("Receiver", number(&text(&self.receiver)))
            .field("Subject", check_required(&self.subject))
            .field("CrmURL", check_optional(&text(&self.crm_url), check_http_url))
            .finish()
    }
}
