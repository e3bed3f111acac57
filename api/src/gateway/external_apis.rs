//! External APIs: definitions of calls to a customer's own systems, and tests of them.
//!
//! After Sobot's "API Management": header, request and output parameters are defined, and an API test shows whether
//! the address answers. The vendor publishes no format, so this one is Trunkline's own.

use serde::{Deserialize, Serialize};

use crate::record::record;
use crate::validate::{Checks, FieldError, Problem, http_url, max_chars, required};
use crate::wire::open_enum;

open_enum! {
    /// The method of an external API.
    #[derive(Default)]
    ExternalMethod {
        /// Values go in the query.
        #[default]
        Get = "GET",
        /// Values go in the body.
        Post = "POST",
    }
}

open_enum! {
    /// How a POST's values are written. The vendor's IVR node documents the form.
    #[derive(Default)]
    BodyFormat {
        /// `application/x-www-form-urlencoded`.
        #[default]
        Form = "form",
        /// `application/json`.
        Json = "json",
    }
}

/// The value that stands for a stored secret: sent back, it keeps what is stored.
pub const MASK: &str = "••••••••";

/// The most headers, request parameters or output parameters of one definition.
const MOST: usize = 100;

/// A header to send.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeaderParam {
    /// Header name.
    pub name: String,
    /// Value; [`MASK`] for a stored secret.
    pub value: String,
    /// Whether the value is never shown again.
    pub secret: bool,
}

record!(HeaderParam {
    "name" => name,
    "value" => value,
    "secret" => secret,
});

/// Leaves a secret's value out.
impl std::fmt::Debug for HeaderParam {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeaderParam").field("name", &self.name).field("secret", &self.secret).finish_non_exhaustive()
    }
}

/// A value to send. The vendor's IVR node types them "int OR string".
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestParam {
    /// Parameter name.
    pub name: String,
    /// Whether the value goes as an integer.
    pub integer: bool,
    /// Whether a call without it makes no sense.
    pub required: bool,
    /// The value where a test gives none.
    pub default: String,
}

record!(RequestParam {
    "name" => name,
    "integer" => integer,
    "required" => required,
    "default" => default,
});

/// A value to read from the answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutputParam {
    /// Name the value is known by.
    pub name: String,
    /// Where it stands in the JSON answer: names and indexes joined by dots, such as `data.items.0.vipLevel`.
    pub path: String,
}

record!(OutputParam {
    "name" => name,
    "path" => path,
});

/// What a person defines.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalApiBody {
    /// Name (at most 100 characters).
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Method.
    pub method: ExternalMethod,
    /// Absolute http(s) URL.
    pub url: String,
    /// How a POST's values are written.
    pub format: BodyFormat,
    /// Headers.
    pub headers: Vec<HeaderParam>,
    /// Values to send.
    pub request: Vec<RequestParam>,
    /// Values to read.
    pub output: Vec<OutputParam>,
}

record!(ExternalApiBody {
    "name" => name,
    "description" => description,
    "method" => method,
    "url" => url,
    "format" => format,
    "headers" => headers,
    "request" => request,
    "output" => output,
});

impl ExternalApiBody {
    /// The problems, by wire name; list entries as `headers.0.name`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut checks = Checks::new();
        checks
            .field("name", required(&self.name).or_else(|| max_chars(&self.name, 100)))
            .field("method", matches!(self.method, ExternalMethod::Other(_)).then_some(Problem::NotAllowed))
            .field("url", required(&self.url).or_else(|| http_url(&self.url)))
            .field("format", matches!(self.format, BodyFormat::Other(_)).then_some(Problem::NotAllowed));
        for (list, count) in
            [("headers", self.headers.len()), ("request", self.request.len()), ("output", self.output.len())]
        {
            checks.field(&format!("{list}.{MOST}.name"), (count > MOST).then_some(Problem::NotAllowed));
        }
        let mut seen: Vec<String> = Vec::new();
        for (index, header) in self.headers.iter().enumerate() {
            let name = header.name.to_ascii_lowercase();
            let problem = header_name(&header.name).or_else(|| seen.contains(&name).then_some(Problem::Duplicate));
            checks.field(&format!("headers.{index}.name"), problem);
            let broken = header.value.chars().any(char::is_control);
            checks.field(&format!("headers.{index}.value"), broken.then_some(Problem::NotAllowed));
            seen.push(name);
        }
        named(&mut checks, "request", self.request.iter().map(|param| param.name.as_str()));
        named(&mut checks, "output", self.output.iter().map(|param| param.name.as_str()));
        for (index, param) in self.request.iter().enumerate() {
            let wrong = param.integer && !param.default.is_empty() && param.default.trim().parse::<i64>().is_err();
            checks.field(&format!("request.{index}.default"), wrong.then_some(Problem::NotNumber));
        }
        for (index, param) in self.output.iter().enumerate() {
            checks.field(&format!("output.{index}.path"), required(&param.path));
        }
        checks.finish()
    }
}

/// Names are given, and given once.
fn named<'a>(checks: &mut Checks, list: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, name) in names.enumerate() {
        let problem = required(name).or_else(|| seen.contains(&name).then_some(Problem::Duplicate));
        checks.field(&format!("{list}.{index}.name"), problem);
        seen.push(name);
    }
}

/// An HTTP token, and none of the headers that belong to the connection.
fn header_name(name: &str) -> Option<Problem> {
    const OWN: [&str; 7] = ["host", "content-length", "connection", "transfer-encoding", "upgrade", "te", "trailer"];
    if name.trim().is_empty() {
        return Some(Problem::Required);
    }
    let token = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    (!token || OWN.contains(&name.to_ascii_lowercase().as_str())).then_some(Problem::NotAllowed)
}

/// A changed definition, and the version that it was made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalApiUpdate {
    /// [`ExternalApi::version`] of the definition that was changed; none: it replaces whatever is stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The definition.
    #[serde(flatten)]
    pub body: ExternalApiBody,
}

record!(ExternalApiUpdate {
    "version" => version,
    "name" => body.name,
    "description" => body.description,
    "method" => body.method,
    "url" => body.url,
    "format" => body.format,
    "headers" => body.headers,
    "request" => body.request,
    "output" => body.output,
});

/// A stored definition.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalApi {
    /// The gateway's id.
    pub id: String,
    /// The definition; secret header values are masked.
    #[serde(flatten)]
    pub body: ExternalApiBody,
    /// Epoch seconds.
    pub created_at: i64,
    /// Epoch seconds.
    pub updated_at: i64,
    /// Grows with each change.
    pub version: i64,
    /// The newest test, if there was one.
    pub last_test: Option<TestSummary>,
}

record!(ExternalApi {
    "id" => id,
    "createdAt" => created_at,
    "updatedAt" => updated_at,
    "version" => version,
    "lastTest" => last_test,
    "name" => body.name,
    "description" => body.description,
    "method" => body.method,
    "url" => body.url,
    "format" => body.format,
    "headers" => body.headers,
    "request" => body.request,
    "output" => body.output,
});

open_enum! {
    /// Why a test brought no answer. Words of other versions are kept: a history may be older than its gateway.
    NoAnswer {
        /// The address is no http or https URL with a host.
        Address = "address",
        /// The host's name leads nowhere.
        Name = "name",
        /// The address is private, loopback or reserved, and the operator doesn't allow those.
        Private = "private",
        /// The port is none of those that tests may use on the public Internet.
        Port = "port",
        /// The request can't be made.
        Request = "request",
        /// No connection could be made.
        Connection = "connection",
        /// The connection broke off before the answer was whole.
        Broken = "broken",
        /// There was no whole answer within 10 seconds.
        Late = "late",
        /// More than 5 redirects.
        Redirects = "redirects",
    }
}

/// How a test went, in a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestSummary {
    /// Epoch seconds.
    pub at: i64,
    /// HTTP status; none if there was no answer.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<NoAnswer>,
    /// Milliseconds it took.
    pub millis: u64,
}

record!(TestSummary {
    "at" => at,
    "status" => status,
    "error" => error,
    "millis" => millis,
});

/// Values for one test, by parameter name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TestValues {
    /// Name and value.
    pub values: Vec<(String, String)>,
}

/// One value read from a test's answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Output {
    /// Name the value is known by.
    pub name: String,
    /// The value as text; none if the path leads nowhere.
    pub value: Option<String>,
}

record!(Output {
    "name" => name,
    "value" => value,
});

/// One test: what was sent, what came back.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestRun {
    /// The gateway's id.
    pub id: String,
    /// How it went.
    #[serde(flatten)]
    pub summary: TestSummary,
    /// The address that was called, with its query; values of secret headers appear nowhere.
    pub url: String,
    /// Headers of the answer.
    pub headers: Vec<(String, String)>,
    /// The answer's body as text, secrets masked.
    pub body: String,
    /// Whether the body was cut at 1 MiB (64 KiB in the history).
    pub truncated: bool,
    /// The output parameters.
    pub outputs: Vec<Output>,
}

record!(TestRun {
    "id" => id,
    "url" => url,
    "headers" => headers,
    "body" => body,
    "truncated" => truncated,
    "outputs" => outputs,
    "at" => summary.at,
    "status" => summary.status,
    "error" => summary.error,
    "millis" => summary.millis,
});
