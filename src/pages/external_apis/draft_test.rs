//! A test before saving: calls what the form says, with the defaults and samples.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{TestDraft, TestExternalApiDraft, TestRun, TestValues};
use trunkline_api::{ErrorKind, FieldError};

use super::form_state::FormState;
use super::labels::{millis_text, outcome_text};
use super::tools::ExternalTools;
use crate::components::{FieldErrors, describe};
use crate::fetch::use_mutation;
use crate::i18n::t;
use crate::reactive::{dyn_view, effect};
use crate::ui::{Button, ErrorPanel, FieldSet, IconName, use_announcer};

/// The button and the result.
#[component]
pub fn DraftTest(
    /// The form.
    fields: FormState,
    /// Its problems by field.
    errors: FieldErrors,
    /// Id of the stored definition that is edited.
    id: Option<String>,
    /// The lazy tools.
    tools: fn(ExternalTools) -> AnyView,
) -> impl IntoView {
    let run = RwSignal::new(None::<Arc<TestRun>>);
    let testing = use_mutation();
    let announcer = use_announcer();
    let owner = StoredValue::new(Owner::current());
    let start = move |()| {
        let mut definition = untrack(|| fields.body());
        if definition.name.is_empty() {
            // A name is needed to find it again, not to call it.
            t::external_apis::new_name().clone_into(&mut definition.name);
        }
        if !errors.check(definition.validate()) {
            return;
        }
        run.set(None);
        let done = move |done: TestRun| {
            announcer.announce(format!("{}, {}", outcome_text(&done.summary), millis_text(done.summary.millis)));
            run.try_set(Some(Arc::new(done)));
        };
        let draft = TestDraft { id: id.clone(), definition, values: TestValues::default() };
        testing.run(TestExternalApiDraft { draft }, done);
    };
    effect(move || {
        if let Some(error) = testing.error.get() {
            errors.set_from(&error);
            untrack(|| name_rows(fields, errors, error.fields()));
        }
    });
    let problem = move || {
        let error = testing.error.get()?;
        let at_field = matches!(&error.kind, ErrorKind::Invalid(fields) if !fields.is_empty());
        (!at_field).then(|| view! { <ErrorPanel problem=describe(&error) /> })
    };
    view! {
        <FieldSet legend=t::external_apis::draft_title hint=t::external_apis::draft_hint>
            <div class="row">
                <Button label=t::external_apis::test icon=IconName::Play busy=testing.busy on_click=start />
            </div>
            {dyn_view(problem)}
            {dyn_view(move || run.get().map(|run| tools(ExternalTools::DraftResult { fields, run, owner })))}
        </FieldSet>
    }
}

/// A value that is missing is a missing default: the gateway names values, the form names rows.
fn name_rows(fields: FormState, errors: FieldErrors, problems: &[FieldError]) {
    for FieldError { field, problem } in problems {
        let Some(name) = field.strip_prefix("values.") else { continue };
        let is_named = |row: &super::param_rows::RequestRow| row.name.with_untracked(|known| known.trim() == name);
        if let Some(at) = fields.request.with_untracked(|rows| rows.iter().position(is_named)) {
            errors.add(&format!("request.{at}.default"), problem.clone());
        }
    }
}
