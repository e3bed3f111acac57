//! Sessions and the vendors' health.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Role, Vendor};
use crate::record::{closed_words, record};

/// Who is signed in, and what the sign-in page may offer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The signed-in user; null when signed out.
    pub user: Option<User>,
    /// Roles that have a demo user here.
    pub demo: Vec<Role>,
    /// Which vendors the sandbox answers for.
    pub sandbox: Vec<Vendor>,
    /// The gateway's version.
    pub version: String,
    /// Seconds until an idle session ends.
    pub idle_seconds: u32,
    /// Seconds until this one ends if its user does nothing; 0 when signed out. To ask is to do something, unless it is
    /// asked in the background.
    pub idle_left: u32,
    /// Seconds until this one ends whatever its user does; 0 when signed out.
    pub absolute_left: u32,
    /// The key with which this user's browsers encrypt what is typed and not yet sent: base64url, 32 bytes, the same in
    /// every session of the user. None when signed out. Never to be logged or stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft_key: Option<String>,
}

record!(Session {
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The name the user signs in with.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// The one-view agentID tied to the user.
    #[serde(default)]
    pub agent_id: Option<String>,
    /// The jtel UsersID tied to the user.
    #[serde(default)]
    pub users_id: Option<i64>,
    /// The last status that one-view confirmed for the agent, since it has no read of its own.
    #[serde(default)]
    pub status: Option<AgentStatus>,
}

/// An agent's status as last confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentStatus {
    /// Whether the agent is online.
    pub online: bool,
    /// Epoch seconds since when.
    pub since: i64,
}

/// What signs a user in.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Credentials {
    /// A demo user, on loopback only.
    Demo {
        /// Which.
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

/// What a vendor's answers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The gateway's own stand-in on its database.
    Sandbox,
    /// The vendor itself.
    Upstream,
}

closed_words!(Mode { "sandbox" => Sandbox, "upstream" => Upstream });

/// A vendor's connection and how its last calls went. Nothing here spends a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VendorHealth {
    /// Which vendor.
    pub vendor: Vendor,
    /// Where its answers come from.
    pub mode: Mode,
    /// Host of the upstream, without credentials; none for the sandbox.
    #[serde(default)]
    pub host: Option<String>,
    /// Epoch seconds of the last good answer.
    #[serde(default)]
    pub last_ok: Option<i64>,
    /// Epoch seconds of the last failure.
    #[serde(default)]
    pub last_failure: Option<i64>,
    /// HTTP status, or the gateway's word, of the last failure.
    #[serde(default)]
    pub failure: Option<String>,
    /// Milliseconds the last answer took.
    #[serde(default)]
    pub millis: Option<u64>,
    /// Calls left in the vendor's budget; none where it has none.
    #[serde(default)]
    pub calls_left: Option<u32>,
}

/// [`Activity::refusal`] of a write whose answer can't be read: nobody knows what came of it.
pub const UNDECODABLE: &str = "undecodable";

/// A change that somebody asked for. Neither bodies nor values of paths are kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// Epoch seconds.
    pub at: i64,
    /// The user's name; for a failed sign-in the name that was typed.
    pub user: Option<String>,
    /// The address it came from, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The request's method.
    pub method: String,
    /// The request's path as a template, such as `/api/comm100/ticketing/channelAccounts/{id}`.
    pub path: String,
    /// The HTTP status it was answered with.
    pub status: i64,
    /// The vendor's code where it refused with a successful status, empty if it gave none; [`UNDECODABLE`] where its
    /// answer can't be read.
    pub refusal: Option<String>,
    /// The request's id, as the log has it.
    pub request_id: String,
}

record!(Activity {
    "at" => at,
    "user" => user,
    "address" => address,
    "method" => method,
    "path" => path,
    "status" => status,
    "refusal" => refusal,
    "requestId" => request_id,
});

/// HTML on its way to or from the cleaner.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Html {
    /// The markup.
    pub html: String,
}
