//! External APIs: definitions of calls to a customer's own systems.
//!
//! Modelled on Sobot's "API Management": a definition has header, request and output parameters, and a test run calls
//! the address. The vendor publishes no format, so this one is Trunkline's own. Members that were added later have
//! defaults: definitions stored by older versions keep their meaning.

use serde::Serialize;

use super::external_params::{
    AuthKind, ExternalAuth, HeaderParam, OutputParam, ParamPlace, RequestParam, ValueType, Variable,
};
use super::external_runs::{TestSummary, TestValues};
use super::external_template::{TemplatePart, has_variable, template_parts};
use crate::decode::open_enum;
use crate::tolerant::tolerant_struct;
use crate::validate::{Checks, FieldError, ValidationError, check_http_url, check_max_chars, check_required};

open_enum! {
    /// The method of an external API.
    #[derive(Default)]
    ExternalMethod {
        /// Values are sent in the query.
        #[default]
        Get = "GET",
        /// Values are sent in the body.
        Post = "POST",
        /// Values are sent in the body.
        Put = "PUT",
        /// Values are sent in the body.
        Patch = "PATCH",
        /// Values are sent in the query.
        Delete = "DELETE",
    }
}

impl ExternalMethod {
    /// True if values go to the body unless a parameter says otherwise.
    pub fn has_body(&self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}

open_enum! {
    /// The encoding of a body. The vendor's IVR node documents the form encoding.
    #[derive(Default)]
    BodyFormat {
        /// `application/x-www-form-urlencoded`.
        #[default]
        Form = "form",
        /// `application/json`.
        Json = "json",
    }
}

/// The placeholder for a stored secret. Sent back, it keeps the stored value.
pub const MASK: &str = "••••••••";

/// The most headers, request parameters or output parameters of one definition.
const MAX_PARAMS: usize = 100;

/// Seconds that a call may take, unless the definition says otherwise.
pub const DEFAULT_TIMEOUT: u32 = 10;
/// The longest time limit in seconds.
pub const MAX_TIMEOUT: u32 = 25;

/// The editable definition of an external API.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalApiBody {
    /// Name (at most 100 characters).
    pub name: String,
    /// Description.
    pub description: String,
    /// Method.
    pub method: ExternalMethod,
    /// Absolute http(s) URL. Its path and query may have `{{variables}}`, its path also `{parameters}`.
    pub url: String,
    /// The encoding of a body.
    pub format: BodyFormat,
    /// Time limit in seconds; 0 is [`DEFAULT_TIMEOUT`].
    pub timeout: u32,
    /// Authentication.
    pub auth: ExternalAuth,
    /// Headers.
    pub headers: Vec<HeaderParam>,
    /// Parameters to send.
    pub request: Vec<RequestParam>,
    /// Sample values of the variables.
    pub variables: Vec<Variable>,
    /// Values to extract from the response.
    pub output: Vec<OutputParam>,
}

tolerant_struct!(ExternalApiBody {
    "name" => name,
    "description" => description,
    "method" => method,
    "url" => url,
    "format" => format,
    "timeout" => timeout,
    "auth" => auth,
    "headers" => headers,
    "request" => request,
    "variables" => variables,
    "output" => output,
});

impl ExternalApiBody {
    /// Replaces older spellings by today's.
    pub fn normalise(&mut self) {
        for param in &mut self.request {
            if std::mem::take(&mut param.integer) {
                param.kind = ValueType::Integer;
            }
        }
    }

    /// Time limit in seconds.
    pub fn timeout_seconds(&self) -> u32 {
        if self.timeout == 0 { DEFAULT_TIMEOUT } else { self.timeout.min(MAX_TIMEOUT) }
    }

    /// Where a parameter is sent; never [`ParamPlace::Auto`].
    pub fn place_of(&self, param: &RequestParam) -> ParamPlace {
        match &param.place {
            ParamPlace::Auto if !self.method.has_body() => ParamPlace::Query,
            ParamPlace::Auto if self.format == BodyFormat::Json => ParamPlace::Json,
            ParamPlace::Auto => ParamPlace::Form,
            place => place.clone(),
        }
    }

    /// The names of the variables in use, in the order of their first use.
    pub fn variable_names(&self) -> Vec<String> {
        let headers = self.headers.iter().filter(|header| !header.secret).map(|header| &header.value);
        let values = self.request.iter().filter(|param| !param.secret).map(|param| &param.default);
        let mut names: Vec<String> = Vec::new();
        for part in std::iter::once(&self.url).chain(headers).chain(values).flat_map(|text| template_parts(text)) {
            if let TemplatePart::Variable(name) = part
                && !names.iter().any(|known| known == name)
            {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// The secret values: of headers, of parameters, and of the authentication. Empty ones are left out.
    pub fn secrets(&self) -> Vec<&String> {
        let headers = self.headers.iter().filter(|header| header.secret).map(|header| &header.value);
        let values = self.request.iter().filter(|param| param.secret).map(|param| &param.default);
        headers.chain(values).chain([&self.auth.secret]).filter(|secret| !secret.is_empty()).collect()
    }

    /// As [`ExternalApiBody::secrets`].
    pub fn secrets_mut(&mut self) -> Vec<&mut String> {
        let headers = self.headers.iter_mut().filter(|header| header.secret).map(|header| &mut header.value);
        let values = self.request.iter_mut().filter(|param| param.secret).map(|param| &mut param.default);
        headers.chain(values).chain([&mut self.auth.secret]).filter(|secret| !secret.is_empty()).collect()
    }

    /// Validates the definition.
    ///
    /// # Errors
    /// If a field is invalid; errors are by wire name, list entries as `headers.0.name`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut checks = Checks::new();
        let timeout = (self.timeout > MAX_TIMEOUT).then_some(ValidationError::NotAllowed);
        checks
            .field("name", check_required(&self.name).or_else(|| check_max_chars(&self.name, 100)))
            .field("method", matches!(self.method, ExternalMethod::Other(_)).then_some(ValidationError::NotAllowed))
            .field("url", check_required(&self.url).or_else(|| check_url(&self.url)))
            .field("format", matches!(self.format, BodyFormat::Other(_)).then_some(ValidationError::NotAllowed))
            .field("timeout", timeout);
        self.check_auth(&mut checks);
        for (list, count) in
            [("headers", self.headers.len()), ("request", self.request.len()), ("output", self.output.len())]
        {
            checks.field(
                &format!("{list}.{MAX_PARAMS}.name"),
                (count > MAX_PARAMS).then_some(ValidationError::NotAllowed),
            );
        }
        let mut seen: Vec<String> = Vec::new();
        for (index, header) in self.headers.iter().enumerate() {
            let name = header.name.to_ascii_lowercase();
            let problem =
                check_header_name(&header.name).or_else(|| seen.contains(&name).then_some(ValidationError::Duplicate));
            checks.field(&format!("headers.{index}.name"), problem);
            checks.field(&format!("headers.{index}.value"), check_header_value(&header.value));
            seen.push(name);
        }
        check_names(&mut checks, "request", self.request.iter().map(|param| param.name.as_str()));
        check_names(&mut checks, "output", self.output.iter().map(|param| param.name.as_str()));
        self.check_request(&mut checks);
        for (index, param) in self.output.iter().enumerate() {
            checks.field(&format!("output.{index}.path"), check_required(&param.path));
            let kind = matches!(param.kind, ValueType::Other(_)).then_some(ValidationError::NotAllowed);
            checks.field(&format!("output.{index}.type"), kind);
        }
        checks.finish()
    }

    /// Checks the authentication. A secret that is missing is the gateway's to tell: a stored one may stand in for it.
    fn check_auth(&self, checks: &mut Checks) {
        let ExternalAuth { kind, name, secret, token_url, scope } = &self.auth;
        let required = |kinds: &[AuthKind], problem: Option<ValidationError>| problem.filter(|_| kinds.contains(kind));
        checks
            .field("auth.kind", matches!(kind, AuthKind::Other(_)).then_some(ValidationError::NotAllowed))
            .field(
                "auth.name",
                required(
                    &[AuthKind::Basic, AuthKind::OAuth],
                    check_required(name).or_else(|| check_header_value(name)),
                )
                .or_else(|| {
                    let colon = name.contains(':').then_some(ValidationError::NotAllowed);
                    required(&[AuthKind::Basic], colon)
                })
                .or_else(|| required(&[AuthKind::Header], check_header_name(name))),
            )
            .field(
                "auth.secret",
                check_header_value(secret).or_else(|| {
                    required(&[AuthKind::Bearer, AuthKind::Header, AuthKind::OAuth], check_required(secret))
                }),
            )
            .field(
                "auth.tokenUrl",
                required(&[AuthKind::OAuth], check_required(token_url).or_else(|| check_http_url(token_url))),
            )
            .field("auth.scope", check_header_value(scope));
    }

    /// Checks places, types and defaults of the parameters.
    fn check_request(&self, checks: &mut Checks) {
        let path = path_of(&self.url);
        let mut body: Option<ParamPlace> = None;
        for (index, param) in self.request.iter().enumerate() {
            let place = self.place_of(param);
            let is_body = matches!(place, ParamPlace::Form | ParamPlace::Json);
            // A request has one body.
            let two_bodies = is_body && body.as_ref().is_some_and(|other| *other != place);
            let no_body = is_body && self.method == ExternalMethod::Get;
            let unknown = matches!(place, ParamPlace::Other(_) | ParamPlace::Auto);
            if is_body {
                body.get_or_insert(place.clone());
            }
            let missing = place == ParamPlace::Path && !path.contains(&format!("{{{}}}", param.name));
            let at_place = (two_bodies || no_body || unknown).then_some(ValidationError::NotAllowed);
            let at_place = at_place.or_else(|| missing.then_some(ValidationError::NotInUrl));
            checks.field(&format!("request.{index}.place"), at_place);
            if place == ParamPlace::Header && !param.name.trim().is_empty() {
                checks.field(&format!("request.{index}.name"), check_header_name(&param.name));
            }
            let default = &param.default;
            let mut problem = None;
            let is_open = default.is_empty() || has_variable(default) || (param.secret && default == MASK);
            if !is_open && !param.kind.accepts(default) {
                problem = Some(type_problem(&param.kind));
            }
            if place == ParamPlace::Header {
                problem = problem.or_else(|| check_header_value(default));
            }
            checks.field(&format!("request.{index}.default"), problem);
            let kind = matches!(param.kind, ValueType::Other(_)).then_some(ValidationError::NotAllowed);
            checks.field(&format!("request.{index}.type"), kind);
        }
    }
}

/// The error for a value that is not of its type.
pub fn type_problem(kind: &ValueType) -> ValidationError {
    match kind {
        ValueType::Integer => ValidationError::NotNumber,
        ValueType::Json => ValidationError::NotJson,
        _ => ValidationError::NotAllowed,
    }
}

/// The path of a URL, as far as it may have parameters.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
    path.split(['?', '#']).next().unwrap_or_default()
}

/// Checks for an http(s) URL whose scheme, host and port have no variables: they decide who gets the secrets.
fn check_url(url: &str) -> Option<ValidationError> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if authority.contains(['{', '}']) {
        return Some(ValidationError::NotAllowed);
    }
    // Variables and parameters are no URL text yet.
    let plain: String = url.chars().map(|char| if matches!(char, '{' | '}') { 'x' } else { char }).collect();
    check_http_url(&plain)
}

/// Checks that all names are present and unique.
fn check_names<'a>(checks: &mut Checks, list: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, name) in names.enumerate() {
        let problem = check_required(name).or_else(|| seen.contains(&name).then_some(ValidationError::Duplicate));
        checks.field(&format!("{list}.{index}.name"), problem);
        seen.push(name);
    }
}

/// Checks for an HTTP token that is not a connection-level header.
fn check_header_name(name: &str) -> Option<ValidationError> {
    const OWN: [&str; 7] = ["host", "content-length", "connection", "transfer-encoding", "upgrade", "te", "trailer"];
    if name.trim().is_empty() {
        return Some(ValidationError::Required);
    }
    let token = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    (!token || OWN.contains(&name.to_ascii_lowercase().as_str())).then_some(ValidationError::NotAllowed)
}

/// Checks that a header's value has no line breaks or other control characters.
pub fn check_header_value(value: &str) -> Option<ValidationError> {
    value.chars().any(char::is_control).then_some(ValidationError::NotAllowed)
}

/// An edited definition and the version that was edited.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalApiUpdate {
    /// [`ExternalApi::version`] of the definition that was edited. `None` replaces any version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The definition.
    #[serde(flatten)]
    pub body: ExternalApiBody,
}

tolerant_struct!(ExternalApiUpdate {
    "version" => version,
    "name" => body.name,
    "description" => body.description,
    "method" => body.method,
    "url" => body.url,
    "format" => body.format,
    "timeout" => body.timeout,
    "auth" => body.auth,
    "headers" => body.headers,
    "request" => body.request,
    "variables" => body.variables,
    "output" => body.output,
});

/// A stored definition.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalApi {
    /// The gateway's id.
    pub id: String,
    /// The definition; secrets are masked.
    #[serde(flatten)]
    pub body: ExternalApiBody,
    /// Epoch seconds.
    pub created_at: i64,
    /// Epoch seconds.
    pub updated_at: i64,
    /// Increases with each change.
    pub version: i64,
    /// The newest test, if there is one.
    pub last_test: Option<TestSummary>,
}

tolerant_struct!(ExternalApi {
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
    "timeout" => body.timeout,
    "auth" => body.auth,
    "headers" => body.headers,
    "request" => body.request,
    "variables" => body.variables,
    "output" => body.output,
});

/// A definition to test before it is saved.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestDraft {
    /// Id of the stored definition that is edited: its secrets stand in for [`MASK`].
    pub id: Option<String>,
    /// The definition.
    pub definition: ExternalApiBody,
    /// The values to send.
    pub values: TestValues,
}

tolerant_struct!(TestDraft {
    "id" => id,
    "definition" => definition,
    "values" => values,
});

#[cfg(test)]
mod tests {
    use super::*;

    fn body(json: serde_json::Value) -> ExternalApiBody {
        let mut all = serde_json::json!({"name": "A", "url": "https://a.example/b"});
        all.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
        serde_json::from_value(all).unwrap()
    }

    fn fields(body: &ExternalApiBody) -> Vec<String> {
        body.validate().err().unwrap_or_default().into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn definitions_of_older_versions_keep_their_meaning() {
        let mut old = body(serde_json::json!({
            "method": "POST", "format": "json", "headers": [],
            "request": [{"name": "n", "integer": true, "required": false, "default": "5"}],
            "output": [{"name": "x", "path": "data.0.x"}]
        }));
        old.normalise();
        assert_eq!(old.request[0].kind, ValueType::Integer);
        assert_eq!(old.place_of(&old.request[0]), ParamPlace::Json);
        assert_eq!((old.timeout_seconds(), &old.auth.kind), (10, &AuthKind::None));
        assert_eq!(fields(&old), [""; 0]);
    }

    #[test]
    fn variables_may_not_choose_the_host() {
        for (url, right) in [
            ("https://a.example/{{x}}/{id}?q={{y}}", true),
            ("https://{{host}}/", false),
            ("https://a.example:{{port}}/", false),
            ("{{scheme}}://a.example/", false),
            ("https://{{user}}@a.example", false),
            (r"https://{{x}}\@a.example/", false),
        ] {
            assert_eq!(fields(&body(serde_json::json!({ "url": url }))).is_empty(), right, "{url}");
        }
    }

    #[test]
    fn a_request_has_one_body_and_a_get_none() {
        let param = |name: &str, place: &str| serde_json::json!({"name": name, "place": place});
        let request = |method: &str, params: &[serde_json::Value]| {
            fields(&body(serde_json::json!({"method": method, "url": "https://a.example/{a}", "request": params})))
        };
        assert_eq!(request("POST", &[param("a", "form"), param("b", "json")]), ["request.1.place"]);
        assert_eq!(request("GET", &[param("a", "json")]), ["request.0.place"]);
        assert_eq!(request("DELETE", &[param("a", "json"), param("b", "auto")]), [""; 0]);
        assert_eq!(request("GET", &[param("a", "path"), param("b", "path")]), ["request.1.place"]);
        assert_eq!(request("GET", &[param("X-One", "header"), param("Host", "header")]), ["request.1.name"]);
        assert_eq!(request("GET", &[param("a", "elsewhere")]), ["request.0.place"]);
    }

    #[test]
    fn values_have_their_types_and_headers_no_line_breaks() {
        for (kind, value, right) in [
            ("text", "anything", true),
            ("integer", "7", true),
            ("integer", "{{n}}", true),
            ("integer", "7.5", false),
            ("number", "7.5", true),
            ("number", "x", false),
            ("boolean", "true", true),
            ("boolean", "yes", false),
            ("json", r#"{"a":[1]}"#, true),
            ("json", "{", false),
        ] {
            let param = serde_json::json!({"name": "a", "type": kind, "default": value});
            assert_eq!(fields(&body(serde_json::json!({"request": [param]}))).is_empty(), right, "{kind} {value}");
        }
        let header = serde_json::json!({"name": "X-A", "place": "header", "default": "a\r\nHost: b"});
        assert_eq!(fields(&body(serde_json::json!({"request": [header]}))), ["request.0.default"]);
    }

    #[test]
    fn authentication_needs_what_its_kind_sends() {
        let auth = |auth: serde_json::Value| fields(&body(serde_json::json!({ "auth": auth })));
        assert_eq!(auth(serde_json::json!({"kind": "bearer"})), ["auth.secret"]);
        assert_eq!(auth(serde_json::json!({"kind": "bearer", "secret": "a\nb"})), ["auth.secret"]);
        assert_eq!(auth(serde_json::json!({"kind": "basic", "name": "a:b"})), ["auth.name"]);
        assert_eq!(auth(serde_json::json!({"kind": "basic", "name": "a"})), [""; 0]);
        assert_eq!(auth(serde_json::json!({"kind": "header", "name": "Host", "secret": "x"})), ["auth.name"]);
        let oauth = serde_json::json!({"kind": "oauth", "name": "id", "secret": "x", "tokenUrl": "ftp://a"});
        assert_eq!(auth(oauth), ["auth.tokenUrl"]);
        assert_eq!(auth(serde_json::json!({"kind": "magic"})), ["auth.kind"]);
    }

    #[test]
    fn secrets_are_found_in_all_their_places_and_never_printed() {
        let mut body = body(serde_json::json!({
            "headers": [{"name": "A", "value": "s-1", "secret": true}, {"name": "B", "value": "open"}],
            "request": [{"name": "c", "default": "s-2", "secret": true}, {"name": "d", "default": "open"}],
            "auth": {"kind": "bearer", "secret": "s-3"}
        }));
        assert_eq!(body.secrets(), ["s-1", "s-2", "s-3"]);
        assert!(!format!("{body:?}").contains("s-"));
        body.secrets_mut().into_iter().for_each(String::clear);
        assert!(body.secrets().is_empty());
    }

    #[test]
    fn variables_are_found_where_they_are_filled_in() {
        let body = body(serde_json::json!({
            "url": "https://a.example/{{a}}?x={{b}}",
            "headers": [{"name": "X", "value": "{{c}} {{a}}"}, {"name": "Y", "value": "{{no}}", "secret": true}],
            "request": [{"name": "t", "default": "{{d}}"}]
        }));
        assert_eq!(body.variable_names(), ["a", "b", "c", "d"]);
    }
}
