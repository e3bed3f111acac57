//! Tolerant decoding shared by all vendors.

use std::fmt;

use serde::de::{self, DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Number, Value};

use crate::json_path;
use crate::text::is_blank;

/// Members that the contract does not name. They are stored so that nothing a vendor sends is lost, and only sent back
/// in requests that replace the whole record.
pub type UnknownMembers = Map<String, Value>;

/// The reason why the body of a 2xx response is not usable.
#[derive(Clone, Debug, PartialEq)]
pub enum DecodeError {
    /// The body does not match the contract.
    Undecodable {
        /// JSON path, such as `$[3].id`.
        path: String,
        /// The decoder's message about the value there.
        found: String,
    },
    /// The body reports a failure (99digital's `FAIL`, Sobot's `ret_code`).
    Refused {
        /// The vendor's code.
        code: Option<String>,
        /// The vendor's message.
        message: Option<String>,
    },
}

/// Decodes JSON.
///
/// # Errors
/// If the body is not JSON of this type; the error names the JSON path.
pub fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let body = strip_bom(body);
    serde_json::from_slice(body).map_err(|error| {
        let found =
            if body.iter().all(u8::is_ascii_whitespace) { "an empty body".to_owned() } else { error.to_string() };
        // A missing field has no position: report the object that lacks it.
        let whole = found.starts_with("missing field") || found.starts_with("invalid length");
        DecodeError::Undecodable {
            path: json_path::path_at(body, error.line(), error.column(), whole),
            found: shorten(found),
        }
    })
}

/// Checks that a response has no body. A body comes from something in between, such as a proxy or a captive portal.
///
/// # Errors
/// If there is a body.
pub fn expect_empty(body: &[u8]) -> Result<(), DecodeError> {
    if strip_bom(body).iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    let found = format!("a body of {} bytes, where none belongs", body.len());
    Err(DecodeError::Undecodable { path: "$".to_owned(), found })
}

/// Truncates a decoder's message, which may quote a value of any size.
fn shorten(found: String) -> String {
    const MAX_SHOWN: usize = 200;
    match found.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", found.get(..end).unwrap_or_default()),
        None => found,
    }
}

/// Removes the byte order mark that some proxies add.
fn strip_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Parses a JSON object. `None` if the body is anything else.
pub fn parse_object(body: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(strip_bom(body)) {
        Ok(Value::Object(top)) => Some(top),
        _ => None,
    }
}

/// A failure code as text, sent as a number or a string. `None` if it is blank or neither.
pub(crate) fn code_text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    }
}

/// Decodes the value of an object's member `name`; an error's path starts with that name.
pub(crate) fn from_member<T: DeserializeOwned>(name: &str, value: &Value) -> Result<T, DecodeError> {
    from_json(to_json(value).as_bytes()).map_err(|failure| match failure {
        DecodeError::Undecodable { path, found } => {
            DecodeError::Undecodable { path: format!("$.{name}{}", path.strip_prefix('$').unwrap_or(&path)), found }
        }
        refused @ DecodeError::Refused { .. } => refused,
    })
}

/// Encodes a request body. Encoding cannot fail for the plain data types used here; `null` if it did.
pub fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// A value that a vendor may send as number, string or bool, such as an id.
///
/// It is sent back in the received type. Two values are equal if their text is equal: `8` and `"8"` are the same id.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum LooseScalar {
    /// A JSON string.
    Text(String),
    /// A JSON number.
    Number(Number),
    /// A JSON bool.
    Bool(bool),
}

impl LooseScalar {
    /// Converts a JSON value. `None` for null, arrays and objects. Decoding a `Value` with serde instead would add 12
    /// KB of code for parsing and printing fractions.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Text(text.clone())),
            Value::Number(number) => Some(Self::Number(number.clone())),
            Value::Bool(value) => Some(Self::Bool(*value)),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The value as an integer. `None` if its text is not one.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Number(number) => number.as_i64(),
            Self::Bool(_) => None,
        }
    }

    /// True if the value is a blank text.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if is_blank(text))
    }
}

/// Written by hand: the derived deserialiser of an untagged enum buffers each value, and its error names no type.
impl<'de> Deserialize<'de> for LooseScalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseScalarVisitor)
    }
}

struct LooseScalarVisitor;

impl<'de> Visitor<'de> for LooseScalarVisitor {
    type Value = LooseScalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a number or a bool")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<LooseScalar, E> {
        Ok(LooseScalar::Text(text.to_owned()))
    }
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<LooseScalar, E> {
        Ok(LooseScalar::Bool(value))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<LooseScalar, E> {
        Ok(LooseScalar::Number(value.into()))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<LooseScalar, E> {
        Ok(LooseScalar::Number(value.into()))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<LooseScalar, E> {
        Number::from_f64(value).map(LooseScalar::Number).ok_or_else(|| E::custom("not a finite number"))
    }
    /// serde_json passes a number as a map when it preserves all digits (`arbitrary_precision`).
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<LooseScalar, A::Error> {
        let number = Number::deserialize(de::value::MapAccessDeserializer::new(map));
        number.map(LooseScalar::Number).map_err(|_| de::Error::invalid_type(de::Unexpected::Map, &self))
    }
}

impl fmt::Display for LooseScalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Bool(value) => value.fmt(f),
        }
    }
}

impl PartialEq for LooseScalar {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            _ => self.to_string() == other.to_string(),
        }
    }
}

impl Eq for LooseScalar {}

impl From<&str> for LooseScalar {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for LooseScalar {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<i64> for LooseScalar {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

/// A type whose unimportant members may have another JSON type.
pub trait Loose: Sized {
    /// Converts a JSON value. `None` if it has another type.
    fn from_value(value: &Value) -> Option<Self>;
}

impl Loose for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
    }
}

impl Loose for bool {
    fn from_value(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Loose for String {
    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

/// Decodes a member of a list's envelope. A value of another type counts as absent, because nothing depends on it.
///
/// # Errors
/// If the text is not JSON.
pub fn loose<'de, D: Deserializer<'de>, T: Loose>(deserializer: D) -> Result<Option<T>, D::Error> {
    Value::deserialize(deserializer).map(|value| T::from_value(&value))
}

/// Decodes a list, bare or wrapped in an object as the first of the members `names`.
///
/// # Errors
/// If the body is neither.
pub fn list_or_wrapped<T: DeserializeOwned>(body: &[u8], names: &[&str]) -> Result<Vec<T>, DecodeError> {
    if let Some(top) = parse_object(body)
        && let Some((name, list)) = names.iter().find_map(|name| Some((*name, top.get(*name)?)))
    {
        return from_member(name, list);
    }
    from_json(body)
}

/// Defines a string enum that preserves unknown values in the variant `Other`.
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
            /// A value that the contract does not name, as received.
            Other(String),
        }

        impl $name {
            /// The known values, in the contract's order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The wire value.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from(<std::borrow::Cow<'de, str>>::deserialize(deserializer)?.as_ref()))
            }
        }
    };
}
pub(crate) use open_enum;
