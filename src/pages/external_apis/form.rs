//! Form to create or edit a definition.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{
    CreateExternalApi, ExternalApi, ExternalApiBody, ExternalMethod, GetExternalApi, ListExternalApis,
    UpdateExternalApi,
};
use trunkline_model::merge::{Members, members};

use super::auth_fields::AuthFields;
use super::draft_test::DraftTest;
use super::form_state::FormState;
use super::import_box::ImportBox;
use super::param_editors::{HeadersEditor, OutputParamsEditor, RequestParamsEditor};
use super::tools::ExternalTools;
use super::variables_editor::VariablesEditor;
use super::{edit_conflict, labels, mutations};
use crate::components::FieldErrors;
use crate::components::draft::DraftOptions;
use crate::components::edit_conflict::FieldTexts;
use crate::components::record_form::{RecordForm, RecordFormView, ReplaceRecord, Submit, edit_page, use_record_form};
use crate::fetch::mutation::ReadBack;
use crate::fetch::{WriteOutcome, use_query};
use crate::i18n::t;
use crate::reactive::memo;
use crate::routes::Route;
use crate::ui::{FieldSet, SelectField, TextArea, TextField};

/// `/external-apis/new`
#[component]
pub fn NewExternalApiPage(
    /// The lazy tools.
    tools: fn(ExternalTools) -> AnyView,
) -> impl IntoView {
    view! { <ApiForm stored=None tools /> }
}

/// `/external-apis/{id}/edit`
#[component]
pub fn EditExternalApiPage(
    /// The gateway's id.
    id: String,
    /// The lazy tools.
    tools: fn(ExternalTools) -> AnyView,
) -> impl IntoView {
    let query = use_query(move || Some(GetExternalApi { id: id.clone() }));
    edit_page(query, t::routes::edit_external_api, "page", move |api| {
        view! { <ApiForm stored=Some(api) tools /> }.into_any()
    })
}

/// Form for a new definition (`stored` is `None`) or an existing one.
#[component]
fn ApiForm(stored: Option<Arc<ExternalApi>>, tools: fn(ExternalTools) -> AnyView) -> impl IntoView {
    let fields = FormState::new(&stored.as_ref().map(|api| api.body.clone()).unwrap_or_default());
    let (route, cancel, title): (_, _, fn() -> String) = match &stored {
        None => (Route::NewExternalApi, Route::ExternalApis, t::routes::new_external_api),
        Some(api) => {
            (Route::EditExternalApi(api.id.clone()), Route::ExternalApi(api.id.clone()), t::routes::edit_external_api)
        }
    };
    let form = use_record_form(route.path(), vec![fields.draft_field()], DraftOptions::default());
    let errors = form.errors;
    let id = stored.as_ref().map(|stored| stored.id.clone());
    let is_new = id.is_none();
    let base = stored.map(|stored| {
        form.base(stored, |stored| Some(Arc::new(ExternalApi { body: fields.body(), ..ExternalApi::clone(stored) })))
    });
    let save = Save { fields, owner: Owner::current(), base: StoredValue::new(base), form: form.clone() };
    view! {
        <div class="page">
            <RecordFormView form submit=Submit::replace(save) title cancel>
                {is_new.then(|| view! { <ImportBox fields tools /> })}
                <EndpointFields fields errors />
                <AuthFields auth=fields.auth errors />
                <HeadersEditor rows=fields.headers errors />
                <RequestParamsEditor rows=fields.request errors />
                <VariablesEditor fields errors />
                <OutputParamsEditor rows=fields.output errors />
                <DraftTest fields errors id tools />
            </RecordFormView>
        </div>
    }
}

/// Saves a definition. The gateway rejects an update if the definition changed after the refetch.
#[derive(Clone)]
struct Save {
    fields: FormState,
    /// The form's owner, which owns the rows of a merged definition.
    owner: Option<Owner>,
    /// Stored definition that the input is based on; `None` for a new one.
    base: StoredValue<Option<Arc<ExternalApi>>>,
    form: RecordForm,
}

impl ReplaceRecord for Save {
    type Body = ExternalApiBody;
    type Read = GetExternalApi;
    type Write = UpdateExternalApi;
    const FIELD_TEXTS: FieldTexts = edit_conflict::FIELD_TEXTS;

    fn form(&self) -> &RecordForm {
        &self.form
    }

    fn validate(&self) -> Option<ExternalApiBody> {
        let api = self.fields.body();
        self.form.errors.check(api.validate()).then_some(api)
    }

    fn refetch(&self) -> Option<GetExternalApi> {
        self.base.get_value().map(|base| GetExternalApi { id: base.id.clone() })
    }

    fn compare(&self, api: &ExternalApiBody, now: &ExternalApi) -> Option<[Members; 3]> {
        let base = self.base.get_value()?;
        Some([members(&base.body), members(&now.body), members(api)])
    }

    fn merge(&self, now: &ExternalApi, merged: &Members) -> bool {
        let Some(body) = edit_conflict::from_members(merged) else { return false };
        self.base.set_value(Some(Arc::new(now.clone())));
        match &self.owner {
            Some(owner) => owner.with(|| self.fields.set_values(&body)),
            None => self.fields.set_values(&body),
        }
        true
    }

    fn send(&self, api: ExternalApiBody, now: Option<&ExternalApi>) {
        let form = self.form.clone();
        let on_saved = move |api: ExternalApi| {
            let target = Route::ExternalApi(api.id.clone());
            mutations::on_saved(api);
            form.leave_to(&target);
        };
        let read_back = save_read_back(self.base.get_value().as_ref(), &api, on_saved.clone());
        match now {
            None => self.form.send(CreateExternalApi { api }, on_saved, read_back),
            Some(now) => {
                let update = UpdateExternalApi { id: now.id.clone(), version: Some(now.version), api };
                self.form.send(update, on_saved, read_back);
            }
        }
    }
}

/// Read-back of a save: succeeded if the list has a definition with the sent values. A change of secrets alone can't be
/// verified.
fn save_read_back(
    before: Option<&Arc<ExternalApi>>,
    sent: &ExternalApiBody,
    done: impl Fn(ExternalApi) + 'static,
) -> ReadBack {
    let (id, sent) = (before.map(|before| before.id.clone()), sent.clone());
    let is_unverifiable = before.is_some_and(|before| sent.matches_record(&before.body));
    ReadBack::new(&ListExternalApis, move |apis| {
        let mine = |api: &&ExternalApi| id.as_ref().is_none_or(|id| *id == api.id);
        match apis.iter().filter(mine).find(|api| sent.matches_record(&api.body)) {
            Some(_) if is_unverifiable => WriteOutcome::Unknown,
            Some(api) => {
                done(api.clone());
                WriteOutcome::Done
            }
            None => WriteOutcome::NotDone,
        }
    })
}

/// Name, description, method, URL, body format and time limit.
#[component]
fn EndpointFields(fields: FormState, errors: FieldErrors) -> impl IntoView {
    let has_body = memo(move || ExternalMethod::from(fields.method.read().as_str()).has_body());
    view! {
        <FieldSet legend=t::external_apis::group_api>
            <TextField label=t::external_apis::name value=fields.name error=errors.signal("name") required=true />
            <TextArea
                label=t::external_apis::description
                value=fields.description
                error=errors.signal("description")
                rows=2
            />
            <SelectField
                label=t::external_apis::method
                value=fields.method
                choices=Signal::stored(labels::method_options())
                error=errors.signal("method")
            />
            <TextField
                label=t::external_apis::url
                value=fields.url
                error=errors.signal("url")
                hint=t::external_apis::url_hint
                required=true
                kind="url"
                mono=true
            />
            <Show when=move || has_body.get()>
                <SelectField
                    label=t::external_apis::format
                    value=fields.format
                    choices=Signal::derive(labels::format_options)
                    error=errors.signal("format")
                />
            </Show>
            <TextField
                label=t::external_apis::timeout
                value=fields.timeout
                error=errors.signal("timeout")
                hint=t::external_apis::timeout_hint
                number=true
                inputmode="numeric"
            />
        </FieldSet>
    }
}
