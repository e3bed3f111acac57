//! A definition as it is being typed.

use leptos::prelude::*;
use trunkline_api::Endpoint;
use trunkline_api::gateway::{BodyFormat, ExternalApiBody, ExternalMethod, GetExternalApi, HeaderParam, MASK};
use trunkline_api::wire::to_json;

use super::rows::{HeaderRow, OutputRow, RequestRow};
use crate::parts::draft::Slot;

/// What the name of a header with a secret value holds.
const SECRET: [&str; 7] = ["auth", "key", "token", "secret", "pass", "cookie", "credential"];

/// The form's values; a copy is the same.
#[derive(Clone, Copy)]
pub struct Draft {
    /// Name.
    pub name: RwSignal<String>,
    /// What it is for.
    pub description: RwSignal<String>,
    /// `GET` or `POST`.
    pub method: RwSignal<String>,
    /// Absolute http(s) URL.
    pub url: RwSignal<String>,
    /// `form` or `json`; of a POST.
    pub format: RwSignal<String>,
    /// Headers.
    pub headers: RwSignal<Vec<HeaderRow>>,
    /// Values to send.
    pub request: RwSignal<Vec<RequestRow>>,
    /// Values to read.
    pub output: RwSignal<Vec<OutputRow>>,
}

impl Draft {
    /// The values of a stored definition, or of a new one.
    pub fn of(body: &ExternalApiBody) -> Self {
        Self {
            name: RwSignal::new(body.name.clone()),
            description: RwSignal::new(body.description.clone()),
            method: RwSignal::new(body.method.to_string()),
            url: RwSignal::new(body.url.clone()),
            format: RwSignal::new(body.format.to_string()),
            headers: RwSignal::new(body.headers.iter().map(HeaderRow::of).collect()),
            request: RwSignal::new(body.request.iter().map(RequestRow::of).collect()),
            output: RwSignal::new(body.output.iter().map(OutputRow::of).collect()),
        }
    }

    /// The values for a draft, without the secret ones.
    pub fn slot(self) -> Slot {
        let owner = Owner::current();
        let read = move || {
            let mut body = self.body();
            let secret = |header: &&mut HeaderParam| header.secret || sounds_secret(&header.name);
            for header in body.headers.iter_mut().filter(secret).filter(|header| header.value != MASK) {
                header.value.clear();
            }
            // As the gateway writes definitions: its answers' decoder reads it.
            let body = to_json(&body);
            format!(r#"{{"id":"","createdAt":0,"updatedAt":0,{}"#, body.strip_prefix('{').unwrap_or(&body))
        };
        Slot::new("definition", read, move |kept| {
            let Ok(kept) = GetExternalApi::decode(kept.as_bytes()) else { return };
            // Rows that are made when a draft is let go belong to the form, not to the click.
            match &owner {
                Some(owner) => owner.with(|| self.show(&kept.body)),
                None => self.show(&kept.body),
            }
        })
    }

    /// Shows a definition's values. Its rows belong to the owner that is current.
    pub fn show(self, body: &ExternalApiBody) {
        self.name.set(body.name.clone());
        self.description.set(body.description.clone());
        self.method.set(body.method.to_string());
        self.url.set(body.url.clone());
        self.format.set(body.format.to_string());
        self.headers.set(body.headers.iter().map(HeaderRow::of).collect());
        self.request.set(body.request.iter().map(RequestRow::of).collect());
        self.output.set(body.output.iter().map(OutputRow::of).collect());
    }

    /// The definition as it is sent; tracked.
    pub fn body(self) -> ExternalApiBody {
        ExternalApiBody {
            name: self.name.read().trim().to_owned(),
            description: self.description.get(),
            method: ExternalMethod::from(self.method.read().as_str()),
            url: self.url.read().trim().to_owned(),
            format: BodyFormat::from(self.format.read().as_str()),
            headers: self.headers.read().iter().map(|row| row.param()).collect(),
            request: self.request.read().iter().map(|row| row.param()).collect(),
            output: self.output.read().iter().map(|row| row.param()).collect(),
        }
    }
}

/// Whether a header's name says that its value is one, marked as such or not.
fn sounds_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|word| name.contains(word))
}
