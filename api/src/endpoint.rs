//! What a request is: a value that knows its method, path, query, body, readers and response.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::record::closed_words;
use crate::request_body::{BodyProblem, RequestBody};
use crate::wire::Failure;

/// The HTTP methods the contracts use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads; the only method that is ever sent again by itself.
    Get,
    /// Creates or acts.
    Post,
    /// Replaces, or switches a state.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as it stands in a request line.
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

/// Whose contract an endpoint belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Vendor {
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

closed_words!(Vendor {
    "comm100" => Comm100,
    "jtel" => Jtel,
    "oneview" => Oneview,
    "sobot" => Sobot,
    "digital99" => Digital99,
    "gateway" => Gateway,
});

impl Vendor {
    /// The five vendors, in the order the console names them.
    pub const ALL: [Self; 5] = [Self::Comm100, Self::Jtel, Self::Sobot, Self::Digital99, Self::Oneview];

    /// The path segment below `/api/` and the key in configuration files; empty for the gateway itself.
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

    /// The vendor's name as it writes it itself.
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
        Self::ALL.into_iter().find(|vendor| vendor.key() == key)
    }
}

/// What a signed-in person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks after channel accounts, events, external APIs and the vendor account.
    Admin,
    /// Works tickets and events, looks customers up.
    Agent,
}

closed_words!(Role { "admin" => Admin, "agent" => Agent });

impl Role {
    /// The role's word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Agent => "agent",
        }
    }
}

/// Who may send an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Public,
    /// A browser whose user has one of these roles.
    Browser(&'static [Role]),
    /// As [`Access::Browser`] for every role, and only for the agentID tied to the user.
    OwnAgent,
    /// The gateway alone: never accepted from a browser.
    GatewayOnly,
}

/// Both roles.
pub const EVERYONE: Access = Access::Browser(&[Role::Admin, Role::Agent]);
/// Admins alone.
pub const ADMIN: Access = Access::Browser(&[Role::Admin]);

/// A record of a list, its type forgotten: what reads lists is compiled once, not once an endpoint.
pub type Record = Arc<dyn Any + Send + Sync>;

/// [`Records::one`] of a type that can be read.
pub fn record<T: DeserializeOwned + Send + Sync + 'static>(bytes: &[u8]) -> Option<(Record, usize)> {
    let (record, length) = read_one::<T>(bytes)?;
    Some((Arc::new(record), length))
}

/// The value that these bytes begin with, and how many of them it has.
pub(crate) fn read_one<T: DeserializeOwned>(bytes: &[u8]) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<T>();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

/// How an answer that is a plain JSON array of records is read one by one, while it is still arriving.
pub struct Records<T> {
    /// Reads the one that these bytes begin with, and tells how many of them it has; none if it is not what the contract
    /// says, or has not all come.
    pub one: fn(&[u8]) -> Option<(Record, usize)>,
    /// Puts what `one` gave together, in order.
    pub all: fn(Vec<Record>) -> T,
}

/// A request as a value. Adding an endpoint is one struct with this trait, and its line in [`crate::registry`].
pub trait Endpoint {
    /// What a successful answer decodes to.
    type Response;
    /// Whose contract it is.
    const VENDOR: Vendor;
    /// The method of the request line.
    const METHOD: Method;
    /// The path below the vendor's base, with `{name}` for each value: `/ticketing/channelAccounts/{id}:enableBot`.
    const PATH: &'static str;
    /// Who may send it.
    const ACCESS: Access;
    /// Whether sending it changes nothing anywhere, so that a lost answer leaves nobody in doubt. A look-up by POST does
    /// not change anything either.
    const READS: bool = matches!(Self::METHOD, Method::Get);
    /// Of a list, the members of the answer that it may be under; none for a plain array. Records that can't be read are
    /// then told apart from the others, see [`crate::lenient`].
    const LIST: Option<&'static [&'static str]> = None;
    /// For lists that can be long: record by record it must come to the same as [`Self::decode`] of the whole, which is
    /// what is asked wherever the answer is anything but a plain array of sound records.
    const RECORDS: Option<Records<Self::Response>> = None;

    /// The path with its values filled in and percent-encoded.
    fn path(&self) -> String {
        Self::PATH.to_owned()
    }

    /// Query parameters, not yet encoded.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The JSON body, if the request has one.
    fn body(&self) -> Option<String> {
        None
    }

    /// Checks a request's body before the gateway passes it on. An endpoint with a body says how, with
    /// [`request_body::checked`](crate::request_body::checked); one that doesn't takes none.
    fn check_body(body: &[u8]) -> Result<RequestBody, BodyProblem> {
        crate::request_body::none(body)
    }

    /// Reads a successful (2xx) answer's body.
    fn decode(body: &[u8]) -> Result<Self::Response, Failure>;
}

/// `path` and `query` of a request, joined and encoded: what stands after the vendor's base.
pub fn target<E: Endpoint>(request: &E) -> String {
    let mut out = request.path();
    for (index, (name, value)) in request.query().iter().enumerate() {
        out.push(if index == 0 { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        encode_into(&mut out, value);
    }
    out
}

/// Fills `{name}` places of a template with percent-encoded values.
///
/// A value that would vanish or climb in a URL (empty, `.` or `..`) becomes `_`, which no vendor uses as an id.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
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
            Some((_, value)) => encode_into(&mut out, value),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Whether an encoded path fits a template; gives the values, decoded, in the template's order.
///
/// A value never spans a `/`, is never empty and never `.` or `..` in any spelling.
pub fn matches(template: &str, path: &str) -> Option<Vec<String>> {
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
                let value = decode(value)?;
                let climbs = matches!(value.as_str(), "" | "." | "..") || value.contains(['/', '\\', '\0']);
                // `{id}` alone must not swallow the `:enableBot` of its longer sibling.
                if climbs || (suffix.is_empty() && value.contains(':')) {
                    return None;
                }
                values.push(value);
            }
        }
    }
    segments.next().is_none().then_some(values)
}

/// Percent-encodes everything but RFC 3986 unreserved characters.
fn encode_into(out: &mut String, value: &str) {
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

/// Percent-decodes; none where an escape is broken or the result is not UTF-8.
pub fn decode(value: &str) -> Option<String> {
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
    fn values_are_encoded_and_found_again() {
        let path = fill("/a/{id}:enableBot", &[("id", "x y/ü")]);
        assert_eq!(path, "/a/x%20y%2F%C3%BC:enableBot");
        assert_eq!(fill("/a/{id}", &[("id", "..")]), "/a/_");
    }

    #[test]
    fn a_template_takes_what_it_describes_and_nothing_else() {
        let found = |path| matches("/a/{id}:enableBot", path);
        assert_eq!(found("/a/59c7-f4:enableBot"), Some(vec!["59c7-f4".to_owned()]));
        assert_eq!(found("/a/59c7-f4:disableBot"), None);
        assert_eq!(found("/a/:enableBot"), None);
        assert_eq!(found("/a/b/c:enableBot"), None);
        let plain = |path| matches("/a/{id}", path);
        assert_eq!(plain("/a/59c7:enableBot"), None);
        assert_eq!(plain("/a/%2e%2e"), None);
        assert_eq!(plain("/a/x%2Fy"), None);
        assert_eq!(plain("/a/x/"), None);
        assert_eq!(plain("/a/%zz"), None);
        assert_eq!(plain("/a/x%20y"), Some(vec!["x y".to_owned()]));
    }
}
