//! What an external API sends and reads: headers, parameters, variables, authentication and outputs.

use serde::Serialize;

use crate::decode::open_enum;
use crate::tolerant::tolerant_struct;

open_enum! {
    /// The type of a parameter or an output. The vendor's IVR node knows "int OR string"; JSON bodies need the others.
    #[derive(Default)]
    ValueType {
        /// Text.
        #[default]
        Text = "text",
        /// A whole number.
        Integer = "integer",
        /// A number.
        Number = "number",
        /// `true` or `false`.
        Boolean = "boolean",
        /// Any JSON.
        Json = "json",
    }
}

impl ValueType {
    /// True if a text is a value of this type.
    pub fn accepts(&self, text: &str) -> bool {
        let text = text.trim();
        match self {
            Self::Text | Self::Other(_) => true,
            Self::Integer => text.parse::<i64>().is_ok(),
            Self::Number => serde_json::from_str::<serde_json::Number>(text).is_ok(),
            Self::Boolean => matches!(text, "true" | "false"),
            Self::Json => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
        }
    }
}

open_enum! {
    /// Where a parameter is sent.
    #[derive(Default)]
    ParamPlace {
        /// By the method: in the query of a GET or DELETE, else in the body, encoded as the definition's format says.
        #[default]
        Auto = "auto",
        /// In the query.
        Query = "query",
        /// In place of `{name}` in the URL's path.
        Path = "path",
        /// As a header.
        Header = "header",
        /// In a form body.
        Form = "form",
        /// As a member of a JSON body.
        Json = "json",
    }
}

open_enum! {
    /// How an external API knows who calls.
    #[derive(Default)]
    AuthKind {
        /// Not at all, or by a header of the definition.
        #[default]
        None = "none",
        /// `Authorization: Bearer …`.
        Bearer = "bearer",
        /// `Authorization: Basic …`, of a user name and a password.
        Basic = "basic",
        /// A header of any name, such as `X-Api-Key`.
        Header = "header",
        /// OAuth 2 client credentials: each test gets an access token first.
        OAuth = "oauth",
    }
}

/// A header to send.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeaderParam {
    /// Header name.
    pub name: String,
    /// Header value; [`super::MASK`] for a stored secret.
    pub value: String,
    /// True if the value is write-only.
    pub secret: bool,
}

tolerant_struct!(HeaderParam {
    "name" => name,
    "value" => value,
    "secret" => secret,
});

/// Omits the value, which may be a secret.
impl std::fmt::Debug for HeaderParam {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeaderParam").field("name", &self.name).field("secret", &self.secret).finish_non_exhaustive()
    }
}

/// A parameter to send.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestParam {
    /// Parameter name.
    pub name: String,
    /// Type of the value.
    #[serde(rename = "type")]
    pub kind: ValueType,
    /// The older spelling of [`ValueType::Integer`], in stored definitions. [`super::ExternalApiBody::normalise`] moves
    /// it into `kind`.
    #[serde(skip_serializing)]
    pub integer: bool,
    /// True if a call requires it.
    pub required: bool,
    /// The value if a test provides none; [`super::MASK`] for a stored secret.
    pub default: String,
    /// Where it is sent.
    pub place: ParamPlace,
    /// True if the default is write-only.
    pub secret: bool,
}

tolerant_struct!(RequestParam {
    "name" => name,
    "type" => kind,
    "integer" => integer,
    "required" => required,
    "default" => default,
    "place" => place,
    "secret" => secret,
});

/// Omits the default, which may be a secret.
impl std::fmt::Debug for RequestParam {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, kind, place, .. } = self;
        f.debug_struct("RequestParam")
            .field("name", name)
            .field("kind", kind)
            .field("place", place)
            .finish_non_exhaustive()
    }
}

/// A variable, written `{{name}}` in the URL, in headers and in values.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Variable {
    /// Name.
    pub name: String,
    /// The value if a test provides none.
    pub sample: String,
}

tolerant_struct!(Variable {
    "name" => name,
    "sample" => sample,
});

/// How an external API is signed in to. Which members count depends on the kind.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAuth {
    /// The kind.
    pub kind: AuthKind,
    /// User name (Basic), header name (header) or client ID (OAuth).
    pub name: String,
    /// Token, password, header value or client secret. Always write-only; [`super::MASK`] if one is stored.
    pub secret: String,
    /// The token endpoint (OAuth).
    pub token_url: String,
    /// The scope to ask for (OAuth); may be empty.
    pub scope: String,
}

tolerant_struct!(ExternalAuth {
    "kind" => kind,
    "name" => name,
    "secret" => secret,
    "tokenUrl" => token_url,
    "scope" => scope,
});

/// Omits the secret.
impl std::fmt::Debug for ExternalAuth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExternalAuth").field("kind", &self.kind).field("name", &self.name).finish_non_exhaustive()
    }
}

/// A value to extract from the response.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutputParam {
    /// Parameter name.
    pub name: String,
    /// A JSON Pointer (`/data/items/0/vipLevel`), or names and indices joined by dots.
    pub path: String,
    /// Type that the value must have. [`ValueType::Text`] accepts any.
    #[serde(rename = "type")]
    pub kind: ValueType,
    /// True if a response without the value fails the test.
    pub required: bool,
}

tolerant_struct!(OutputParam {
    "name" => name,
    "path" => path,
    "type" => kind,
    "required" => required,
});
