//! Rows of the form: headers, request parameters, variables and output parameters, each with its own signals.

use std::cell::Cell;

use leptos::prelude::*;
use trunkline_api::gateway::{HeaderParam, MASK, OutputParam, ParamPlace, RequestParam, ValueType, Variable};

/// Returns a unique row id.
fn next_id() -> usize {
    thread_local! { static NEXT: Cell<usize> = const { Cell::new(0) }; }
    NEXT.with(|next| next.replace(next.get() + 1))
}

fn trimmed(text: RwSignal<String>) -> String {
    text.read().trim().to_owned()
}

/// A value that may be a secret. A stored secret is `kept` until the user replaces it: only the gateway has its value.
#[derive(Clone, Copy, PartialEq)]
pub struct SecretValue {
    /// Input.
    pub value: RwSignal<String>,
    /// True if the value is never shown again after it is saved.
    pub secret: RwSignal<bool>,
    /// True if a secret is stored and stays as it is.
    pub kept: RwSignal<bool>,
}

impl SecretValue {
    /// The input of a value.
    pub fn new(value: &str, secret: bool) -> Self {
        let kept = secret && value == MASK;
        Self {
            value: RwSignal::new(if kept { String::new() } else { value.to_owned() }),
            secret: RwSignal::new(secret),
            kept: RwSignal::new(kept),
        }
    }

    /// Replaces the value.
    pub fn set(self, value: &str, secret: bool) {
        let kept = secret && value == MASK;
        self.value.set(if kept { String::new() } else { value.to_owned() });
        self.secret.set(secret);
        self.kept.set(kept);
    }

    /// Value to send. Tracked.
    pub fn get(self) -> String {
        if self.secret.get() && self.kept.get() { MASK.to_owned() } else { self.value.get() }
    }
}

/// Header.
#[derive(Clone, Copy, PartialEq)]
pub struct HeaderRow {
    /// The row's id.
    pub id: usize,
    /// Name.
    pub name: RwSignal<String>,
    /// Value.
    pub value: SecretValue,
}

impl HeaderRow {
    /// The row of a header.
    pub fn new(header: &HeaderParam) -> Self {
        let value = SecretValue::new(&header.value, header.secret);
        Self { id: next_id(), name: RwSignal::new(header.name.clone()), value }
    }

    /// Header to send. Tracked.
    pub fn param(self) -> HeaderParam {
        HeaderParam { name: trimmed(self.name), value: self.value.get(), secret: self.value.secret.get() }
    }
}

/// Request parameter.
#[derive(Clone, Copy, PartialEq)]
pub struct RequestRow {
    /// The row's id.
    pub id: usize,
    /// Name.
    pub name: RwSignal<String>,
    /// Value for a test that provides none.
    pub default: SecretValue,
    /// Type, by its wire value.
    pub kind: RwSignal<String>,
    /// Place, by its wire value.
    pub place: RwSignal<String>,
    /// True if a call must provide a value.
    pub required: RwSignal<bool>,
}

impl RequestRow {
    /// The row of a parameter.
    pub fn new(param: &RequestParam) -> Self {
        Self {
            id: next_id(),
            name: RwSignal::new(param.name.clone()),
            default: SecretValue::new(&param.default, param.secret),
            kind: RwSignal::new(param.kind.to_string()),
            place: RwSignal::new(param.place.to_string()),
            required: RwSignal::new(param.required),
        }
    }

    /// Parameter to send. Tracked.
    pub fn param(self) -> RequestParam {
        RequestParam {
            name: trimmed(self.name),
            default: self.default.get(),
            secret: self.default.secret.get(),
            kind: ValueType::from(self.kind.read().as_str()),
            place: ParamPlace::from(self.place.read().as_str()),
            required: self.required.get(),
            integer: false,
        }
    }
}

/// Variable. Its name is where it is used; the row holds the sample.
#[derive(Clone, Copy, PartialEq)]
pub struct VariableRow {
    /// Name.
    pub name: StoredValue<String>,
    /// Value for a test that provides none.
    pub sample: RwSignal<String>,
}

impl VariableRow {
    /// The row of a variable.
    pub fn new(variable: &Variable) -> Self {
        Self { name: StoredValue::new(variable.name.clone()), sample: RwSignal::new(variable.sample.clone()) }
    }

    /// Variable to send. Tracked.
    pub fn param(self) -> Variable {
        Variable { name: self.name.get_value(), sample: self.sample.get() }
    }
}

/// Output parameter.
#[derive(Clone, Copy, PartialEq)]
pub struct OutputRow {
    /// The row's id.
    pub id: usize,
    /// Name of the value.
    pub name: RwSignal<String>,
    /// Path of the value in the response.
    pub path: RwSignal<String>,
    /// Type, by its wire value.
    pub kind: RwSignal<String>,
    /// True if a response without the value fails the test.
    pub required: RwSignal<bool>,
}

impl OutputRow {
    /// The row of a parameter.
    pub fn new(param: &OutputParam) -> Self {
        Self {
            id: next_id(),
            name: RwSignal::new(param.name.clone()),
            path: RwSignal::new(param.path.clone()),
            kind: RwSignal::new(param.kind.to_string()),
            required: RwSignal::new(param.required),
        }
    }

    /// Parameter to send. Tracked.
    pub fn param(self) -> OutputParam {
        OutputParam {
            name: trimmed(self.name),
            path: trimmed(self.path),
            kind: ValueType::from(self.kind.read().as_str()),
            required: self.required.get(),
        }
    }
}
