//! Shapes of sessions, vendor health and the activity.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Role, Service};
use crate::tolerant::{string_enum, tolerant_struct};

/// The signed-in user, and the options of the sign-in page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The signed-in user; null if signed out.
    pub user: Option<User>,
    /// Roles for which this gateway has a demo user.
    pub demo: Vec<Role>,
    /// Vendors that are served by the sandbox.
    pub sandbox: Vec<Service>,
    /// The gateway's version.
    pub version: String,
    /// Idle time-out of a session in seconds.
    pub idle_seconds: u32,
    /// Seconds until this session times out if the user is idle; 0 if signed out. Each request resets the time-out,
    /// except for background requests.
    pub idle_left: u32,
    /// Seconds until this session ends regardless of activity; 0 if signed out.
    pub absolute_left: u32,
    /// The key with which this user's browsers encrypt form drafts: 32 bytes in base64url, the same in all the user's
    /// sessions. `None` if signed out. Must never be logged or stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft_key: Option<String>,
}

tolerant_struct!(Session {
    "user" => user,
    "demo" => demo,
    "sandbox" => sandbox,
    "version" => version,
    "idleSeconds" => idle_seconds,
    "idleLeft" => idle_left,
    "absoluteLeft" => absolute_left,
    "draftKey" => draft_key,
});

/// A signed-in user.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The sign-in name.
    pub name: String,
    /// The user's role.
    pub role: Role,
    /// The one-view agentID tied to the user.
    pub agent_id: Option<String>,
    /// The jtel UsersID tied to the user.
    pub users_id: Option<i64>,
    /// The last status that one-view confirmed for the agent. one-view has no endpoint to read it.
    pub status: Option<AgentStatus>,
}

tolerant_struct!(User {
    "name" => name,
    "role" => role,
    "agentId" => agent_id,
    "usersId" => users_id,
    "status" => status,
});

/// An agent's last confirmed status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AgentStatus {
    /// True if the agent is online.
    pub online: bool,
    /// Epoch seconds of the status change.
    pub since: i64,
    /// True if the gateway set the agent offline, because no stream of the agent had been open for
    /// `[live] offline_after_minutes`.
    pub automatic: bool,
}

tolerant_struct!(AgentStatus { "online" => online, "since" => since, "automatic" => automatic });

/// Sign-in credentials.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Credentials {
    /// A demo user, on loopback only.
    Demo {
        /// The demo user's role.
        demo: Role,
    },
    /// A real user.
    Password {
        /// The user's name.
        name: String,
        /// The password.
        password: String,
    },
}

/// The backend that serves a vendor's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The gateway's sandbox, on its own database.
    Sandbox,
    /// The vendor itself.
    Upstream,
}

string_enum!(Mode { "sandbox" => Sandbox, "upstream" => Upstream });

/// A vendor's connection and the outcome of its last calls. Reading it makes no call to the vendor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VendorHealth {
    /// The vendor.
    pub vendor: Service,
    /// The backend.
    pub mode: Mode,
    /// Host of the upstream, without credentials. `None` for the sandbox.
    #[serde(default)]
    pub host: Option<String>,
    /// Epoch seconds of the last successful response.
    #[serde(default)]
    pub last_ok: Option<i64>,
    /// Epoch seconds of the last failure.
    #[serde(default)]
    pub last_failure: Option<i64>,
    /// HTTP status or gateway error code of the last failure.
    #[serde(default)]
    pub failure: Option<String>,
    /// Duration of the last call in milliseconds.
    #[serde(default)]
    pub millis: Option<u64>,
    /// Calls left in the vendor's budget. `None` if it has no budget.
    #[serde(default)]
    pub calls_left: Option<u32>,
}

/// [`Activity::refusal`] of a write whose response could not be decoded, so its outcome is unknown.
pub const UNDECODABLE: &str = "undecodable";

/// An entry of the activity: a change that a user requested. Values are not stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// Epoch seconds.
    pub at: i64,
    /// The user's name. For a failed sign-in, the entered name.
    pub user: Option<String>,
    /// The client's IP address, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The request's method.
    pub method: String,
    /// The request's path as a template, such as `/api/comm100/ticketing/channelAccounts/{id}`.
    pub path: String,
    /// The HTTP status of the response.
    pub status: i64,
    /// The vendor's code if it reported a failure, empty if it did so with a 2xx status and sent no code;
    /// [`UNDECODABLE`] if the response could not be decoded. Of a test of an external API, its verdict if it did not
    /// pass.
    pub refusal: Option<String>,
    /// The request's id in the log.
    pub request_id: String,
    /// The id of the changed record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_id: Option<String>,
    /// The record's name after the change; of a removed record, its last known name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_name: Option<String>,
    /// The names of the changed fields. Empty if unknown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The bulk run that the request was part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
}

tolerant_struct!(Activity {
    "at" => at,
    "user" => user,
    "address" => address,
    "method" => method,
    "path" => path,
    "status" => status,
    "refusal" => refusal,
    "requestId" => request_id,
    "recordId" => record_id,
    "recordName" => record_name,
    "fields" => fields,
    "run" => run,
});

/// A kind of values that a vendor sends without names, and that the operator can name in the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelKind {
    /// The status numbers of ACD events: `[vendors.jtel.statuses]`.
    EventStatus,
    /// The ids of customers' custom fields: `[vendors.sobot.custom_fields]`.
    CustomerField,
}

impl LabelKind {
    /// All kinds.
    pub const ALL: [Self; 2] = [Self::EventStatus, Self::CustomerField];

    /// The kind's name in the path.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::EventStatus => "event-statuses",
            Self::CustomerField => "customer-fields",
        }
    }
}

/// HTML, before or after sanitising.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Html {
    /// The markup.
    pub html: String,
}
