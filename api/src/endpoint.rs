//! The [`Endpoint`] trait: a request is a value that knows its method, path, query, body, access and response.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::decode::DecodeError;
use crate::request_body::{InvalidBody, RequestBody};
use crate::tolerant::string_enum;

/// The HTTP methods used by the contracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads. The only method that is retried automatically.
    Get,
    /// Creates or acts.
    Post,
    /// Replaces, or switches a state.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as written in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The service that owns an endpoint's contract: a vendor or the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// Comm100: channel accounts, chatbots.
    Comm100,
    /// jtel: ACD events, types, groups, users.
    Jtel,
    /// one-view: an agent's tickets and online status.
    Oneview,
    /// Sobot: customer look-up.
    Sobot,
    /// 99digital: the vendor account.
    Digital99,
    /// Trunkline's own gateway: sessions, external APIs, health.
    Gateway,
}

string_enum!(Service {
    "comm100" => Comm100,
    "jtel" => Jtel,
    "oneview" => Oneview,
    "sobot" => Sobot,
    "digital99" => Digital99,
    "gateway" => Gateway,
});

impl Service {
    /// The five vendors, in the console's display order.
    pub const VENDORS: [Self; 5] = [Self::Comm100, Self::Jtel, Self::Sobot, Self::Digital99, Self::Oneview];

    /// The path segment below `/api/`, also the key in configuration files. Empty for the gateway itself.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Comm100 => "comm100",
            Self::Jtel => "jtel",
            Self::Oneview => "oneview",
            Self::Sobot => "sobot",
            Self::Digital99 => "digital99",
            Self::Gateway => "",
        }
    }

    /// The vendor's own spelling of its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comm100 => "Comm100",
            Self::Jtel => "jtel",
            Self::Oneview => "one-view",
            Self::Sobot => "Sobot",
            Self::Digital99 => "99digital",
            Self::Gateway => "Trunkline",
        }
    }

    /// The vendor with this [`Self::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::VENDORS.into_iter().find(|vendor| vendor.key() == key)
    }
}

/// The permissions of a signed-in user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Manages channel accounts, events, external APIs and the vendor account.
    Admin,
    /// Works tickets and events, looks customers up.
    #[default]
    Agent,
}

string_enum!(Role { "admin" => Admin, "agent" => Agent });

impl Role {
    /// The role's wire value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Agent => "agent",
        }
    }
}

/// Access control: the callers that may send an endpoint's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Public,
    /// A browser whose signed-in user has one of these roles.
    Browser(&'static [Role]),
    /// Like [`Access::Browser`] for every role, but only for the agentID tied to the user.
    OwnAgent,
    /// Only the gateway itself. Never accepted from a browser.
    GatewayOnly,
}

/// Both roles.
pub const EVERYONE: Access = Access::Browser(&[Role::Admin, Role::Agent]);
/// Only admins.
pub const ADMIN: Access = Access::Browser(&[Role::Admin]);

/// Records that writes change. Identified by the path prefix of the requests that read them; the gateway's change events
/// and the client's cache keys use the same prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Resource {
    /// The service that stores the records.
    pub service: Service,
    /// Path prefix of the endpoints that read the records, such as `/acd/events`.
    pub path_prefix: &'static str,
}

impl Resource {
    /// Prefix of the cache keys of the requests that read the records.
    pub fn key_prefix(&self) -> String {
        format!("{} {}", self.service.key(), self.path_prefix)
    }
}

/// A type-erased record of a list. The list reader is compiled once instead of once per endpoint.
pub type ErasedRecord = Arc<dyn Any + Send + Sync>;

/// [`RecordReader::parse_one`] for any deserialisable type.
pub fn parse_erased<T: DeserializeOwned + Send + Sync + 'static>(bytes: &[u8]) -> Option<(ErasedRecord, usize)> {
    let (record, length) = parse_prefix::<T>(bytes)?;
    Some((Arc::new(record), length))
}

/// Parses the value at the start of `bytes`. Returns it and its length in bytes.
pub(crate) fn parse_prefix<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<T>();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

/// Parses a response that is a JSON array, or an object with one ([`Endpoint::LIST_MEMBERS`]), record by record, while it is
/// still arriving.
pub struct RecordReader<T> {
    /// Parses the record at the start of the bytes. Returns it and its length in bytes, or `None` if it is incomplete
    /// or does not match the contract.
    pub parse_one: fn(&[u8]) -> Option<(ErasedRecord, usize)>,
    /// Collects the records, in order, into the response type. The bytes are those of the object around the list, with an
    /// empty list; none of a plain array. `None` if that object does not match the contract.
    pub collect: fn(Vec<ErasedRecord>, &[u8]) -> Option<T>,
}

/// A request as a value. To add an endpoint, implement this trait for one struct and list it in [`crate::registry`].
pub trait Endpoint {
    /// The decoded body of a successful response.
    type Response;
    /// The service that owns the contract.
    const SERVICE: Service;
    /// The method of the request line.
    const METHOD: Method;
    /// The path below the vendor's base, with `{name}` for each value: `/ticketing/channelAccounts/{id}:enableBot`.
    const PATH: &'static str;
    /// The callers that may send it.
    const ACCESS: Access;
    /// True if the request has no side effects, so that a lost response needs no read-back. A look-up may be a POST and
    /// still have none.
    const IS_READ_ONLY: bool = matches!(Self::METHOD, Method::Get);
    /// For a write: the records that it changes, whose cached reads are stale afterwards. `None` if it changes none.
    const INVALIDATES: Option<Resource> = None;
    /// For lists: the members that may wrap the list; empty for a plain array. Unreadable records of the response are
    /// skipped and reported, see [`crate::lenient`]. `None` if the response is not a list.
    const LIST_MEMBERS: Option<&'static [&'static str]> = None;
    /// For long lists: parses record by record. The result must equal [`Self::decode`] of the whole body, which is the
    /// fallback for anything but a list of valid records.
    const RECORD_READER: Option<RecordReader<Self::Response>> = None;

    /// The path with its values filled in, percent-encoded.
    fn path(&self) -> String {
        Self::PATH.to_owned()
    }

    /// Query parameters, not encoded.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The JSON body, if the request has one.
    fn body(&self) -> Option<String> {
        None
    }

    /// Checks a request's body before the gateway forwards it. Endpoints with a body override this and use
    /// [`request_body::check_json_body`](crate::request_body::check_json_body); the default accepts no body.
    ///
    /// # Errors
    /// If the body does not match the contract.
    fn check_body(body: &[u8]) -> Result<RequestBody, InvalidBody> {
        crate::request_body::check_no_body(body)
    }

    /// Decodes the body of a successful (2xx) response.
    ///
    /// # Errors
    /// If the body does not match the contract, or reports a failure of its own.
    fn decode(body: &[u8]) -> Result<Self::Response, DecodeError>;
}

/// A request's encoded path and query, relative to the vendor's base URL.
pub fn request_target<E: Endpoint>(request: &E) -> String {
    let mut out = request.path();
    for (index, (name, value)) in request.query().iter().enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        percent_encode_into(&mut out, value);
    }
    out
}

/// Fills the `{name}` placeholders of a template with percent-encoded values.
///
/// Empty values and the dot segments `.` and `..` become `_`, which no vendor uses as an id.
pub fn fill_path(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 40);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            break;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, "" | "." | "..")) | None => out.push('_'),
            Some((_, value)) => percent_encode_into(&mut out, value),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Matches an encoded path against a template. Returns the decoded values in the template's order, or `None`.
///
/// A value never contains a `/`, is never empty and never a dot segment, in any encoding.
pub fn match_path(template: &str, path: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let found = segments.next()?;
        match expected.split_once('{') {
            None if expected == found => {}
            None => return None,
            Some((before, after)) => {
                let (_, suffix) = after.split_once('}')?;
                let value = found.strip_prefix(before)?.strip_suffix(suffix)?;
                let value = percent_decode(value)?;
                let climbs = matches!(value.as_str(), "" | "." | "..") || value.contains(['/', '\\', '\0']);
                // A bare `{id}` must not match the longer template `{id}:enableBot`.
                if climbs || (suffix.is_empty() && value.contains(':')) {
                    return None;
                }
                values.push(value);
            }
        }
    }
    segments.next().is_none().then_some(values)
}

/// Percent-encodes everything except RFC 3986 unreserved characters.
fn percent_encode_into(out: &mut String, value: &str) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let hex = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or('0');
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex(byte >> 4));
            out.push(hex(byte & 15));
        }
    }
}

/// Percent-decodes. `None` if an escape is malformed or the result is not UTF-8.
pub fn percent_decode(value: &str) -> Option<String> {
    let mut bytes = value.bytes();
    let mut out = Vec::with_capacity(value.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|d| u8::try_from(d).ok());
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            out.push(high << 4 | low);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_values_are_percent_encoded() {
        let path = fill_path("/a/{id}:enableBot", &[("id", "x y/ü")]);
        assert_eq!(path, "/a/x%20y%2F%C3%BC:enableBot");
        assert_eq!(fill_path("/a/{id}", &[("id", "..")]), "/a/_");
    }

    #[test]
    fn template_matches_only_its_own_paths() {
        let found = |path| match_path("/a/{id}:enableBot", path);
        assert_eq!(found("/a/59c7-f4:enableBot"), Some(vec!["59c7-f4".to_owned()]));
        assert_eq!(found("/a/59c7-f4:disableBot"), None);
        assert_eq!(found("/a/:enableBot"), None);
        assert_eq!(found("/a/b/c:enableBot"), None);
        let plain = |path| match_path("/a/{id}", path);
        assert_eq!(plain("/a/59c7:enableBot"), None);
        assert_eq!(plain("/a/%2e%2e"), None);
        assert_eq!(plain("/a/x%2Fy"), None);
        assert_eq!(plain("/a/x/"), None);
        assert_eq!(plain("/a/%zz"), None);
        assert_eq!(plain("/a/x%20y"), Some(vec!["x y".to_owned()]));
    }
}
