//! The tolerant pieces of decoding that all vendors share.

use std::fmt;

use serde::de::{self, DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Number, Value};

use crate::json_path;
use crate::text::is_blank;

/// Fields that the contract doesn't name, kept so that nothing a vendor sends is lost. Only a request that replaces the
/// whole record sends them back.
pub type Extra = Map<String, Value>;

/// A successful answer that is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The body is not what the contract says.
    Undecodable {
        /// Where in the JSON, such as `$[3].id`.
        path: String,
        /// What stood there, in the decoder's words.
        found: String,
    },
    /// The body says that the call failed (99digital's `FAIL`, Sobot's `ret_code`).
    Refused {
        /// The vendor's code.
        code: Option<String>,
        /// The vendor's words.
        message: Option<String>,
    },
}

/// Reads JSON bytes into a type; a failure names the JSON path.
pub fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    let body = without_bom(body);
    serde_json::from_slice(body).map_err(|error| {
        let found =
            if body.iter().all(u8::is_ascii_whitespace) { "an empty body".to_owned() } else { error.to_string() };
        // What is missing stands nowhere: the place is the object it is missing from.
        let whole = found.starts_with("missing field") || found.starts_with("invalid length");
        Failure::Undecodable { path: json_path::at(body, error.line(), error.column(), whole), found: short(found) }
    })
}

/// Reads the answer that says nothing but "done". Whatever else comes with a success was said by somebody else: a proxy,
/// or a page for signing in to a network.
pub fn from_nothing(body: &[u8]) -> Result<(), Failure> {
    if without_bom(body).iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    let found = format!("a body of {} bytes, where none belongs", body.len());
    Err(Failure::Undecodable { path: "$".to_owned(), found })
}

/// The decoder quotes what it found, were it ten megabytes: its beginning tells enough.
fn short(found: String) -> String {
    const MOST: usize = 200;
    match found.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", found.get(..end).unwrap_or_default()),
        None => found,
    }
}

/// The body after the byte order mark that some proxies put before the JSON.
fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// The JSON object that a failure body is, if it is one.
pub(crate) fn object(body: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(without_bom(body)) {
        Ok(Value::Object(top)) => Some(top),
        _ => None,
    }
}

/// A failure's code, which comes as a number or in quotes; none if it is blank or neither.
pub(crate) fn code(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    }
}

/// Reads what stood under `name` in an object; a failure's path begins there.
pub(crate) fn from_member<T: DeserializeOwned>(name: &str, value: &Value) -> Result<T, Failure> {
    from_json(to_json(value).as_bytes()).map_err(|failure| match failure {
        Failure::Undecodable { path, found } => {
            Failure::Undecodable { path: format!("$.{name}{}", path.strip_prefix('$').unwrap_or(&path)), found }
        }
        refused @ Failure::Refused { .. } => refused,
    })
}

/// Writes a request body. The types here are plain data, whose encoding cannot fail; `null` if it ever did.
pub fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// A value that comes as number, string or bool, depending on the vendor's mood: ids above all.
///
/// It goes back as it came. Two are equal when they read the same: `8` and `"8"` are one id.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Scalar {
    /// A JSON string.
    Text(String),
    /// A JSON number.
    Number(Number),
    /// A JSON bool.
    Bool(bool),
}

impl Scalar {
    /// That of a value that was read already; none if it is null, a list or an object. The general decoder of such a value
    /// would bring the reading and printing of fractions with it, 12 KB.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Text(text.clone())),
            Value::Number(number) => Some(Self::Number(number.clone())),
            Value::Bool(value) => Some(Self::Bool(*value)),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The value as an integer, if it reads as one.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Number(number) => number.as_i64(),
            Self::Bool(_) => None,
        }
    }

    /// Whether there is nothing to show.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if is_blank(text))
    }
}

/// By hand: an untagged derive would buffer each value first, and names no type when there is none that fits.
impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a number or a bool")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Bool(value))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value.into()))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value.into()))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Scalar, E> {
        Number::from_f64(value).map(Scalar::Number).ok_or_else(|| E::custom("not a finite number"))
    }
    /// A number that is kept digit by digit, as the decoder gives it where it does (`arbitrary_precision`).
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Scalar, A::Error> {
        let number = Number::deserialize(de::value::MapAccessDeserializer::new(map));
        number.map(Scalar::Number).map_err(|_| de::Error::invalid_type(de::Unexpected::Map, &self))
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Bool(value) => value.fmt(f),
        }
    }
}

impl PartialEq for Scalar {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            _ => self.to_string() == other.to_string(),
        }
    }
}

impl Eq for Scalar {}

impl From<&str> for Scalar {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Scalar {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

/// A type whose value may be of another type without anything being lost that matters.
pub trait Loose: Sized {
    /// The value, if it is one of this type, or reads like one.
    fn of(value: &Value) -> Option<Self>;
}

impl Loose for i64 {
    fn of(value: &Value) -> Option<Self> {
        value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
    }
}

impl Loose for bool {
    fn of(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Loose for String {
    fn of(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

/// Reads a member of the envelope around a list: one of another type counts as absent, for nothing hangs on it.
///
/// # Errors
/// The text is no JSON.
pub fn loose<'de, D: Deserializer<'de>, T: Loose>(deserializer: D) -> Result<Option<T>, D::Error> {
    Value::deserialize(deserializer).map(|value| T::of(&value))
}

/// A list, or an object with the list under one of `names`: some vendors wrap, some don't.
pub fn list_or_wrapped<T: DeserializeOwned>(body: &[u8], names: &[&str]) -> Result<Vec<T>, Failure> {
    if let Some(top) = object(body)
        && let Some((name, list)) = names.iter().find_map(|name| Some((*name, top.get(*name)?)))
    {
        return from_member(name, list);
    }
    from_json(body)
}

/// A string enum of the wire that stays open: an unknown word is kept and shown as it came.
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
            /// A word the contract doesn't name, as it came.
            Other(String),
        }

        impl $name {
            /// The known values, in the contract's order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
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
