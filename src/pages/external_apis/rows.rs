//! Rows of the form: headers, request parameters and output parameters, each with its own signals.

use std::cell::Cell;

use leptos::prelude::*;
use trunkline_api::gateway::{HeaderParam, MASK, OutputParam, RequestParam};

/// A number that no other row has.
fn next_id() -> usize {
    thread_local! { static NEXT: Cell<usize> = const { Cell::new(0) }; }
    NEXT.with(|next| next.replace(next.get() + 1))
}

fn trimmed(text: RwSignal<String>) -> String {
    text.read().trim().to_owned()
}

/// A header. A stored secret is `kept` until somebody replaces it: its value is known to the gateway alone.
#[derive(Clone, Copy, PartialEq)]
pub struct HeaderRow {
    /// The row's id.
    pub id: usize,
    /// Name.
    pub name: RwSignal<String>,
    /// What is typed.
    pub value: RwSignal<String>,
    /// Never shown again once it is saved.
    pub secret: RwSignal<bool>,
    /// A value is stored and stays.
    pub kept: RwSignal<bool>,
}

impl HeaderRow {
    /// The row of a header.
    pub fn of(header: &HeaderParam) -> Self {
        let kept = header.secret && header.value == MASK;
        Self {
            id: next_id(),
            name: RwSignal::new(header.name.clone()),
            value: RwSignal::new(if kept { String::new() } else { header.value.clone() }),
            secret: RwSignal::new(header.secret),
            kept: RwSignal::new(kept),
        }
    }

    /// The header as it is sent; tracked.
    pub fn param(self) -> HeaderParam {
        let secret = self.secret.get();
        let kept = secret && self.kept.get();
        let value = if kept { MASK.to_owned() } else { self.value.get() };
        HeaderParam { name: trimmed(self.name), value, secret }
    }
}

/// A request parameter.
#[derive(Clone, Copy, PartialEq)]
pub struct RequestRow {
    /// The row's id.
    pub id: usize,
    /// Name.
    pub name: RwSignal<String>,
    /// The value where a test gives none.
    pub default: RwSignal<String>,
    /// Goes as an integer.
    pub integer: RwSignal<bool>,
    /// A call without it makes no sense.
    pub required: RwSignal<bool>,
}

impl RequestRow {
    /// The row of a parameter.
    pub fn of(param: &RequestParam) -> Self {
        Self {
            id: next_id(),
            name: RwSignal::new(param.name.clone()),
            default: RwSignal::new(param.default.clone()),
            integer: RwSignal::new(param.integer),
            required: RwSignal::new(param.required),
        }
    }

    /// The parameter as it is sent; tracked.
    pub fn param(self) -> RequestParam {
        RequestParam {
            name: trimmed(self.name),
            default: self.default.get(),
            integer: self.integer.get(),
            required: self.required.get(),
        }
    }
}

/// An output parameter.
#[derive(Clone, Copy, PartialEq)]
pub struct OutputRow {
    /// The row's id.
    pub id: usize,
    /// Name the value is known by.
    pub name: RwSignal<String>,
    /// Where it stands in the answer.
    pub path: RwSignal<String>,
}

impl OutputRow {
    /// The row of a parameter.
    pub fn of(param: &OutputParam) -> Self {
        Self { id: next_id(), name: RwSignal::new(param.name.clone()), path: RwSignal::new(param.path.clone()) }
    }

    /// The parameter as it is sent; tracked.
    pub fn param(self) -> OutputParam {
        OutputParam { name: trimmed(self.name), path: trimmed(self.path) }
    }
}
