//! Form state of a definition.

use leptos::prelude::*;
use trunkline_api::gateway::{
    AuthKind, BodyFormat, DEFAULT_TIMEOUT, ExternalApiBody, ExternalAuth, ExternalMethod, OutputParam, Variable,
};
use trunkline_model::external_apis::{from_draft, to_draft};

use super::param_rows::{HeaderRow, OutputRow, RequestRow, SecretValue, VariableRow};
use crate::components::draft::DraftField;

/// Authentication; copies share their signals.
#[derive(Clone, Copy)]
pub struct AuthState {
    /// Kind, by its wire value.
    pub kind: RwSignal<String>,
    /// User name, header name or client ID.
    pub name: RwSignal<String>,
    /// Token, password, header value or client secret.
    pub secret: SecretValue,
    /// Token endpoint.
    pub token_url: RwSignal<String>,
    /// Scope.
    pub scope: RwSignal<String>,
}

impl AuthState {
    fn new(auth: &ExternalAuth) -> Self {
        Self {
            kind: RwSignal::new(auth.kind.to_string()),
            name: RwSignal::new(auth.name.clone()),
            secret: SecretValue::new(&auth.secret, true),
            token_url: RwSignal::new(auth.token_url.clone()),
            scope: RwSignal::new(auth.scope.clone()),
        }
    }

    fn set(self, auth: &ExternalAuth) {
        self.kind.set(auth.kind.to_string());
        self.name.set(auth.name.clone());
        self.secret.set(&auth.secret, true);
        self.token_url.set(auth.token_url.clone());
        self.scope.set(auth.scope.clone());
    }

    /// Authentication to send: what its kind has. Tracked.
    fn get(self) -> ExternalAuth {
        let kind = AuthKind::from(self.kind.read().as_str());
        let (is_none, is_bearer, is_oauth) =
            (kind == AuthKind::None, kind == AuthKind::Bearer, kind == AuthKind::OAuth);
        let some = |has: bool, text: String| if has { text } else { String::new() };
        ExternalAuth {
            name: some(!is_none && !is_bearer, self.name.read().trim().to_owned()),
            secret: some(!is_none, self.secret.get()),
            token_url: some(is_oauth, self.token_url.read().trim().to_owned()),
            scope: some(is_oauth, self.scope.read().trim().to_owned()),
            kind,
        }
    }
}

/// Form state; copies share their signals.
#[derive(Clone, Copy)]
pub struct FormState {
    /// Name.
    pub name: RwSignal<String>,
    /// Description.
    pub description: RwSignal<String>,
    /// Method.
    pub method: RwSignal<String>,
    /// Absolute http(s) URL.
    pub url: RwSignal<String>,
    /// `form` or `json`, for methods with a body.
    pub format: RwSignal<String>,
    /// Time limit in seconds, as typed.
    pub timeout: RwSignal<String>,
    /// Authentication.
    pub auth: AuthState,
    /// Headers.
    pub headers: RwSignal<Vec<HeaderRow>>,
    /// Request parameters.
    pub request: RwSignal<Vec<RequestRow>>,
    /// Samples of the variables in use, and of those that were.
    pub variables: RwSignal<Vec<VariableRow>>,
    /// Output parameters.
    pub output: RwSignal<Vec<OutputRow>>,
}

impl FormState {
    /// Form state with the values of a definition.
    pub fn new(body: &ExternalApiBody) -> Self {
        Self {
            name: RwSignal::new(body.name.clone()),
            description: RwSignal::new(body.description.clone()),
            method: RwSignal::new(body.method.to_string()),
            url: RwSignal::new(body.url.clone()),
            format: RwSignal::new(body.format.to_string()),
            timeout: RwSignal::new(body.timeout_seconds().to_string()),
            auth: AuthState::new(&body.auth),
            headers: RwSignal::new(body.headers.iter().map(HeaderRow::new).collect()),
            request: RwSignal::new(body.request.iter().map(RequestRow::new).collect()),
            variables: RwSignal::new(body.variables.iter().map(VariableRow::new).collect()),
            output: RwSignal::new(body.output.iter().map(OutputRow::new).collect()),
        }
    }

    /// Field of the draft: the definition as JSON, without secret values.
    pub fn draft_field(self) -> DraftField {
        let owner = Owner::current();
        DraftField::new(
            "definition",
            move || to_draft(self.body()),
            move |draft| {
                let Some(body) = from_draft(draft) else { return };
                // Discarding a draft creates rows: make the form their owner, not the click handler.
                match &owner {
                    Some(owner) => owner.with(|| self.set_values(&body)),
                    None => self.set_values(&body),
                }
            },
        )
    }

    /// Replaces the values by a definition's. The current owner owns the new rows.
    pub fn set_values(self, body: &ExternalApiBody) {
        self.name.set(body.name.clone());
        self.description.set(body.description.clone());
        self.method.set(body.method.to_string());
        self.url.set(body.url.clone());
        self.format.set(body.format.to_string());
        self.timeout.set(body.timeout_seconds().to_string());
        self.auth.set(&body.auth);
        self.headers.set(body.headers.iter().map(HeaderRow::new).collect());
        self.request.set(body.request.iter().map(RequestRow::new).collect());
        self.variables.set(body.variables.iter().map(VariableRow::new).collect());
        self.output.set(body.output.iter().map(OutputRow::new).collect());
    }

    /// Adds an output; its name gets a number if it is taken. The current owner owns the row.
    pub fn add_output(self, param: &OutputParam) {
        let names: Vec<String> =
            self.output.with_untracked(|rows| rows.iter().map(|row| row.name.get_untracked()).collect());
        let mut param = param.clone();
        let name = param.name.clone();
        let mut number = 2;
        while names.contains(&param.name) {
            param.name = format!("{name}{number}");
            number += 1;
        }
        let row = OutputRow::new(&param);
        self.output.update(|rows| rows.push(row));
    }

    /// Definition to send. Tracked.
    pub fn body(self) -> ExternalApiBody {
        let timeout = self.timeout.read();
        let timeout = match timeout.trim() {
            "" => 0,
            // What is no number is over the limit.
            typed => typed.parse().unwrap_or(u32::MAX),
        };
        let mut body = ExternalApiBody {
            name: self.name.read().trim().to_owned(),
            description: self.description.get(),
            method: ExternalMethod::from(self.method.read().as_str()),
            url: self.url.read().trim().to_owned(),
            format: BodyFormat::from(self.format.read().as_str()),
            timeout: if timeout == DEFAULT_TIMEOUT { 0 } else { timeout },
            auth: self.auth.get(),
            headers: self.headers.read().iter().map(|row| row.param()).collect(),
            request: self.request.read().iter().map(|row| row.param()).collect(),
            variables: Vec::new(),
            output: self.output.read().iter().map(|row| row.param()).collect(),
        };
        let samples: Vec<Variable> = self.variables.read().iter().map(|row| row.param()).collect();
        let sample = |name: String| samples.iter().find(|known| known.name == name).map(|known| known.sample.clone());
        let variable = |name: String| Variable { sample: sample(name.clone()).unwrap_or_default(), name };
        body.variables = body.variable_names().into_iter().map(variable).collect();
        body
    }
}

/// Calls with the form's owner, not the click handler's.
pub fn with_owner(owner: StoredValue<Option<Owner>>, run: impl FnOnce()) {
    match owner.try_get_value().flatten() {
        Some(owner) => owner.with(run),
        None => run(),
    }
}
