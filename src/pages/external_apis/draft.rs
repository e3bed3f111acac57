//! A definition as it is being typed.

use leptos::prelude::*;
use trunkline_api::gateway::{BodyFormat, ExternalApiBody, ExternalMethod};

use super::rows::{HeaderRow, OutputRow, RequestRow};

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

    /// The definition as it is sent.
    pub fn body(self) -> ExternalApiBody {
        ExternalApiBody {
            name: self.name.read_untracked().trim().to_owned(),
            description: self.description.get_untracked(),
            method: ExternalMethod::from(self.method.read_untracked().as_str()),
            url: self.url.read_untracked().trim().to_owned(),
            format: BodyFormat::from(self.format.read_untracked().as_str()),
            headers: self.headers.read_untracked().iter().map(|row| row.param()).collect(),
            request: self.request.read_untracked().iter().map(|row| row.param()).collect(),
            output: self.output.read_untracked().iter().map(|row| row.param()).collect(),
        }
    }
}
