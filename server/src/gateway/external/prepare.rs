//! Turns a definition and the values of one call into the request to send. Nothing here reaches the network.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Map, Value};
use trunkline_api::gateway::external_template::{TemplatePart, fill_template, has_variable, template_parts};
use trunkline_api::gateway::{
    AuthKind, BodyFormat, ExternalApiBody, MASK, ParamPlace, RequestParam, TestValues, ValueType, check_header_value,
    type_problem,
};
use trunkline_api::{FieldError, ValidationError};
use url::form_urlencoded;

/// A request that is ready to be sent.
pub struct PreparedRequest {
    /// Method.
    pub method: Method,
    /// URL with its query.
    pub url: String,
    /// Names and values of the headers, those of the authentication included, except for an OAuth token.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<PreparedBody>,
    /// Secret values of this call that are not in the definition.
    pub secrets: Vec<String>,
}

/// A body's members; `secret` ones are never sent to another origin than the definition's.
pub struct PreparedBody {
    /// JSON, else a form.
    pub is_json: bool,
    members: Vec<Member>,
}

struct Member {
    name: String,
    value: Value,
    secret: bool,
}

impl PreparedBody {
    /// The content type.
    pub fn content_type(&self) -> &'static str {
        if self.is_json { "application/json" } else { "application/x-www-form-urlencoded" }
    }

    /// The text. `home`: it goes to the definition's origin, with the secrets.
    pub fn text(&self, home: bool) -> String {
        let members = self.members.iter().filter(|member| home || !member.secret);
        if self.is_json {
            let object: Map<String, Value> =
                members.map(|member| (member.name.clone(), member.value.clone())).collect();
            Value::Object(object).to_string()
        } else {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(members.map(|member| (&member.name, to_text(&member.value))));
            form.finish()
        }
    }
}

/// Prepares a call. Values that are not provided are the defaults, and the variables' samples.
///
/// # Errors
/// Validation errors by field, as `values.{name}` and `variables.{name}`.
pub fn prepare(api: &ExternalApiBody, given: &TestValues) -> Result<PreparedRequest, Vec<FieldError>> {
    let variables = Variables { api, given };
    let mut problems = variables.problems();
    let mut headers = plain_headers(api, &variables);
    headers.extend(auth_header(api));
    let (mut path_values, mut query, mut members, mut secrets) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for param in &api.request {
        let place = api.place_of(param);
        let value = match value_of(param, given, &variables) {
            Ok(Some(value)) => value,
            Ok(None) if place != ParamPlace::Path => continue,
            Ok(None) => {
                problems.push(problem(&param.name, ValidationError::Required));
                continue;
            }
            Err(error) => {
                problems.push(problem(&param.name, error));
                continue;
            }
        };
        let text = to_text(&value);
        if param.secret {
            secrets.push(text.clone());
        }
        match place {
            ParamPlace::Path if is_dots(&text) => problems.push(problem(&param.name, ValidationError::NotAllowed)),
            ParamPlace::Path => path_values.push((param.name.as_str(), text)),
            ParamPlace::Header => {
                problems.extend(check_header_value(&text).map(|error| problem(&param.name, error)));
                headers.push((param.name.clone(), text));
            }
            ParamPlace::Form | ParamPlace::Json => {
                members.push(Member { name: param.name.clone(), value, secret: param.secret });
            }
            _ => query.push((param.name.as_str(), text)),
        }
    }
    let method = Method::from_bytes(api.method.as_str().as_bytes()).unwrap_or(Method::GET);
    let mut in_body = api.request.iter().map(|param| api.place_of(param));
    let is_json = match in_body.find(|place| matches!(place, ParamPlace::Form | ParamPlace::Json)) {
        Some(place) => place == ParamPlace::Json,
        None => api.format == BodyFormat::Json,
    };
    // An empty body is still one of its format: some servers refuse a POST without any.
    let body = (api.method.has_body() || !members.is_empty()).then_some(PreparedBody { is_json, members });
    let url = with_query(&fill_url(&api.url, &path_values, &variables), &query);
    if problems.is_empty() { Ok(PreparedRequest { method, url, headers, body, secrets }) } else { Err(problems) }
}

/// The values of a call's variables.
struct Variables<'a> {
    api: &'a ExternalApiBody,
    given: &'a TestValues,
}

impl Variables<'_> {
    fn get(&self, name: &str) -> String {
        let given = self.given.variables.iter().find(|(known, value)| known == name && !value.is_empty());
        let sample = || self.api.variables.iter().find(|variable| variable.name == name).map(|found| &found.sample);
        given.map(|(_, value)| value).or_else(sample).cloned().unwrap_or_default()
    }

    /// Missing values, and values that may not stand where they are used.
    fn problems(&self) -> Vec<FieldError> {
        let path = self.api.url.split(['?', '#']).next().unwrap_or_default();
        let uses = |text: &str, name: &str| template_parts(text).contains(&TemplatePart::Variable(name));
        let problem = |name: &String| {
            let value = self.get(name);
            let in_header = || self.api.headers.iter().any(|header| !header.secret && uses(&header.value, name));
            if value.is_empty() {
                return Some(ValidationError::Required);
            }
            if uses(path, name) && is_dots(&value) {
                return Some(ValidationError::NotAllowed);
            }
            check_header_value(&value).filter(|_| in_header())
        };
        let names = self.api.variable_names();
        let error = |name: &String| Some(FieldError { field: format!("variables.{name}"), problem: problem(name)? });
        names.iter().filter_map(error).collect()
    }
}

fn problem(name: &str, problem: ValidationError) -> FieldError {
    FieldError { field: format!("values.{name}"), problem }
}

/// The definition's headers. One that the authentication sets is left out.
fn plain_headers(api: &ExternalApiBody, variables: &Variables<'_>) -> Vec<(String, String)> {
    let own = match api.auth.kind {
        AuthKind::None | AuthKind::Other(_) => "",
        AuthKind::Header => api.auth.name.as_str(),
        _ => "authorization",
    };
    let headers = api.headers.iter().filter(|header| !header.name.eq_ignore_ascii_case(own));
    let value = |header: &trunkline_api::gateway::HeaderParam| match header.secret {
        true => header.value.clone(),
        false => fill_template(&header.value, |name| variables.get(name)),
    };
    headers.map(|header| (header.name.clone(), value(header))).collect()
}

/// The header that signs the call in; an OAuth token comes later.
fn auth_header(api: &ExternalApiBody) -> Option<(String, String)> {
    let auth = &api.auth;
    match auth.kind {
        AuthKind::Bearer => Some(("Authorization".to_owned(), format!("Bearer {}", auth.secret))),
        AuthKind::Basic => {
            let pair = STANDARD.encode(format!("{}:{}", auth.name, auth.secret));
            Some(("Authorization".to_owned(), format!("Basic {pair}")))
        }
        AuthKind::Header => Some((auth.name.clone(), auth.secret.clone())),
        AuthKind::None | AuthKind::OAuth | AuthKind::Other(_) => None,
    }
}

/// The value of a parameter: the provided one, else the default. `None` if it has none and needs none.
fn value_of(
    param: &RequestParam,
    given: &TestValues,
    variables: &Variables<'_>,
) -> Result<Option<Value>, ValidationError> {
    let provided = given.values.iter().find(|(name, _)| *name == param.name).map(|(_, value)| value.as_str());
    let provided = provided.filter(|value| !value.is_empty() && *value != MASK && *value != param.default);
    if provided.is_none() && param.kind == ValueType::Json && has_variable(&param.default) {
        // Variables fill in the strings of the JSON: a value can't change its structure.
        if let Ok(mut json) = serde_json::from_str::<Value>(&param.default) {
            fill_json(&mut json, variables);
            return Ok(Some(json));
        }
    }
    let text: Cow<'_, str> = match provided {
        Some(text) => text.into(),
        None if param.secret => param.default.as_str().into(),
        None => fill_template(&param.default, |name| variables.get(name)).into(),
    };
    if text.is_empty() {
        return if param.required { Err(ValidationError::Required) } else { Ok(None) };
    }
    if !param.kind.accepts(&text) {
        return Err(type_problem(&param.kind));
    }
    Ok(Some(match param.kind {
        ValueType::Text | ValueType::Other(_) => Value::String(text.into_owned()),
        _ => serde_json::from_str(text.trim()).map_err(|_| type_problem(&param.kind))?,
    }))
}

fn fill_json(value: &mut Value, variables: &Variables<'_>) {
    match value {
        Value::String(text) => *text = fill_template(text, |name| variables.get(name)),
        Value::Array(items) => items.iter_mut().for_each(|item| fill_json(item, variables)),
        Value::Object(members) => members.values_mut().for_each(|member| fill_json(member, variables)),
        _ => {}
    }
}

/// Fills in a URL's path parameters and variables, percent-encoded: a value never ends its place in the URL.
fn fill_url(url: &str, path_values: &[(&str, String)], variables: &Variables<'_>) -> String {
    let mut filled = String::new();
    let mut in_path = true;
    for part in template_parts(url) {
        match part {
            TemplatePart::Variable(name) => filled.push_str(&percent_encode(&variables.get(name))),
            TemplatePart::Text(text) => {
                let (path, rest) = text.split_at(text.find(['?', '#']).filter(|_| in_path).unwrap_or(text.len()));
                filled.push_str(&if in_path { fill_path(path, path_values) } else { path.to_owned() });
                filled.push_str(rest);
                in_path &= rest.is_empty();
            }
        }
    }
    filled
}

fn fill_path(path: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, inner)) = rest.split_once('{') {
        filled.push_str(before);
        let found = values.iter().find_map(|(name, value)| Some((value, inner.strip_prefix(name)?.strip_prefix('}')?)));
        match found {
            Some((value, after)) => {
                filled.push_str(&percent_encode(value));
                rest = after;
            }
            None => {
                filled.push('{');
                rest = inner;
            }
        }
    }
    filled + rest
}

/// Appends parameters to a URL's query.
fn with_query(url: &str, query: &[(&str, String)]) -> String {
    let Some(mut parsed) = url::Url::parse(url.trim()).ok().filter(|_| !query.is_empty()) else {
        return url.to_owned();
    };
    parsed.query_pairs_mut().extend_pairs(query);
    parsed.into()
}

fn percent_encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// True if a text is a path segment that leads elsewhere, or could become one beside another.
fn is_dots(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte == b'.')
}

fn to_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn prepared(api: Value, values: Value) -> Result<PreparedRequest, Vec<String>> {
        let mut all = json!({"name": "A", "url": "https://a.example/b"});
        all.as_object_mut().unwrap().extend(api.as_object().unwrap().clone());
        let api: ExternalApiBody = serde_json::from_value(all).unwrap();
        api.validate().unwrap();
        let fields = |errors: Vec<FieldError>| errors.into_iter().map(|error| error.field).collect();
        prepare(&api, &serde_json::from_value(values).unwrap()).map_err(fields)
    }

    fn body_text(api: Value, values: Value) -> String {
        prepared(api, values).ok().unwrap().body.unwrap().text(true)
    }

    #[test]
    fn each_place_gets_its_value() {
        let api = json!({
            "method": "PUT", "url": "https://a.example/c/{id}?fixed=1&v={{tel}}",
            "headers": [{"name": "X-Tel", "value": "t {{tel}}"}],
            "request": [
                {"name": "id", "place": "path", "default": "a/../b?c#d e"},
                {"name": "q", "place": "query", "default": "&ü"},
                {"name": "X-N", "place": "header", "default": "7"},
                {"name": "n", "place": "json", "type": "integer", "default": "7"},
                {"name": "o", "place": "json", "type": "json", "default": "{\"t\":[\"{{tel}}\"]}"},
                {"name": "gone", "place": "json"}
            ],
            "variables": [{"name": "tel", "sample": "+49 \"1\""}]
        });
        let request = prepared(api.clone(), json!({})).ok().unwrap();
        assert_eq!(request.url, "https://a.example/c/a%2F..%2Fb%3Fc%23d%20e?fixed=1&v=%2B49%20%221%22&q=%26%C3%BC");
        assert_eq!(request.headers, [("X-Tel".into(), "t +49 \"1\"".into()), ("X-N".into(), "7".into())]);
        assert_eq!(request.method, Method::PUT);
        let body: Value = serde_json::from_str(&request.body.unwrap().text(true)).unwrap();
        assert_eq!(body, json!({"n": 7, "o": {"t": ["+49 \"1\""]}}));
        let given = prepared(api, json!({"variables": [["tel", "1"]], "values": [["q", "2"]]})).ok().unwrap();
        assert!(given.url.ends_with("?fixed=1&v=1&q=2"), "{}", given.url);
    }

    #[test]
    fn values_can_not_leave_their_place() {
        let path = json!({"url": "https://a.example/{id}/x", "request": [{"name": "id", "place": "path"}]});
        for value in [".", "..", "...", ""] {
            let values = json!({"values": [["id", value]]});
            assert_eq!(prepared(path.clone(), values).err().unwrap(), ["values.id"], "{value}");
        }
        let variable = json!({"url": "https://a.example/{{id}}/x"});
        assert_eq!(prepared(variable.clone(), json!({})).err().unwrap(), ["variables.id"]);
        let values = json!({"variables": [["id", ".."]]});
        assert_eq!(prepared(variable, values).err().unwrap(), ["variables.id"]);
        let header = json!({"request": [{"name": "X-A", "place": "header"}]});
        let values = json!({"values": [["X-A", "1\r\nX-B: 2"]]});
        assert_eq!(prepared(header, values).err().unwrap(), ["values.X-A"]);
        let header = json!({"headers": [{"name": "X-A", "value": "{{a}}"}]});
        let values = json!({"variables": [["a", "1\nX-B: 2"]]});
        assert_eq!(prepared(header, values).err().unwrap(), ["variables.a"]);
    }

    #[test]
    fn authentication_sets_its_header() {
        let headers = |auth: Value| {
            let headers = json!([{"name": "authorization", "value": "old"}, {"name": "X-Key", "value": "old"}]);
            prepared(json!({"auth": auth, "headers": headers}), json!({})).ok().unwrap().headers
        };
        let has = |headers: &[(String, String)], name: &str, value: &str| {
            let found: Vec<_> = headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).collect();
            assert_eq!(found.len(), 1, "{headers:?}");
            assert_eq!(found[0].1, value);
        };
        has(&headers(json!({"kind": "bearer", "secret": "t"})), "Authorization", "Bearer t");
        has(&headers(json!({"kind": "basic", "name": "ada", "secret": "ü"})), "Authorization", "Basic YWRhOsO8");
        has(&headers(json!({"kind": "header", "name": "X-Key", "secret": "k"})), "X-Key", "k");
        has(&headers(json!({"kind": "none"})), "X-Key", "old");
    }

    #[test]
    fn secret_values_are_told_and_left_out_elsewhere() {
        let api = json!({"method": "POST", "format": "json", "request": [
            {"name": "key", "secret": true, "default": "s3cret"}, {"name": "n", "default": "1"}
        ]});
        let request = prepared(api, json!({"values": [["key", "typed"]]})).ok().unwrap();
        assert_eq!(request.secrets, ["typed"]);
        let body = request.body.unwrap();
        assert_eq!(serde_json::from_str::<Value>(&body.text(true)).unwrap(), json!({"key": "typed", "n": "1"}));
        assert_eq!(body.text(false), r#"{"n":"1"}"#);
    }

    #[test]
    fn bodies_are_forms_or_json() {
        let api =
            |format: &str| json!({"method": "PATCH", "format": format, "request": [{"name": "a b", "default": "ü&"}]});
        assert_eq!(body_text(api("form"), json!({})), "a+b=%C3%BC%26");
        assert_eq!(body_text(api("json"), json!({})), r#"{"a b":"ü&"}"#);
        let number = json!({"method": "POST", "format": "json", "request": [{"name": "n", "type": "number", "default": "1.50"}]});
        assert_eq!(body_text(number, json!({})), r#"{"n":1.5}"#);
        assert!(prepared(json!({"method": "DELETE"}), json!({})).ok().unwrap().body.is_none());
    }
}
