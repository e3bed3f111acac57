//! The tools of the section, in a chunk of their own: nobody needs them for the first view of a page.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{ExternalApiBody, TestRun};

use super::draft_result::DraftResult;
use super::export_box::ExportBox;
use super::form_state::FormState;
use super::import_result::{ImportResult, ImportSource};
use super::run_comparison::RunComparison;

/// A tool.
#[derive(Clone)]
pub enum ExternalTools {
    /// Fills in the form, and says what was read.
    Import {
        /// The form.
        fields: FormState,
        /// The source.
        source: ImportSource,
        /// The form's owner, which owns the rows.
        owner: StoredValue<Option<Owner>>,
    },
    /// The result of a test before saving. A click on a value of the response makes it an output.
    DraftResult {
        /// The form.
        fields: FormState,
        /// The run.
        run: Arc<TestRun>,
        /// The form's owner, which owns the rows.
        owner: StoredValue<Option<Owner>>,
    },
    /// The differences between two runs.
    Compare {
        /// The older run.
        older: Arc<TestRun>,
        /// The newer run.
        newer: Arc<TestRun>,
    },
    /// Definitions as a file; a single one also as a curl command.
    Export(Vec<Arc<ExternalApiBody>>),
}

impl ExternalTools {
    /// The view of the tool.
    pub fn view(self) -> AnyView {
        match self {
            Self::Import { fields, source, owner } => view! { <ImportResult fields source owner /> }.into_any(),
            Self::DraftResult { fields, run, owner } => view! { <DraftResult fields run owner /> }.into_any(),
            Self::Compare { older, newer } => view! { <RunComparison older newer /> }.into_any(),
            Self::Export(apis) => view! { <ExportBox apis /> }.into_any(),
        }
    }
}
