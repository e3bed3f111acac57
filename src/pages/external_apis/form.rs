//! The form of a new definition and of a change.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trunkline_api::ErrorKind;
use trunkline_api::gateway::{CreateExternalApi, ExternalApi, ExternalApiBody, GetExternalApi, UpdateExternalApi};

use super::draft::Draft;
use super::lists::{Headers, Outputs, Requests};
use super::{actions, words as own};
use crate::fetch::{use_mutation, use_query};
use crate::i18n::t;
use crate::parts::{FieldErrors, Loaded, guard_leaving, words};
use crate::reactive::memo;
use crate::routes::Route;
use crate::ui::{FieldSet, FormShell, Kind, SelectField, TextArea, TextField, use_toasts};

/// `/external-apis/new`
#[component]
pub fn NewExternalApiPage() -> impl IntoView {
    view! { <ApiForm was=None /> }
}

/// `/external-apis/{id}/edit`
#[component]
pub fn EditExternalApiPage(
    /// The gateway's id.
    id: String,
) -> impl IntoView {
    let query = use_query(move || Some(GetExternalApi { id: id.clone() }));
    // The form is made once, of the first answer: a later one must not overwrite what is typed.
    let first = Memo::new(move |known: Option<&Option<Arc<ExternalApi>>>| {
        known.cloned().flatten().or_else(|| query.data.get())
    });
    move || match first.get() {
        Some(api) => view! { <ApiForm was=Some(api) /> }.into_any(),
        None => view! { <div class="page"><Loaded query children=Callback::new(|_| ().into_any()) /></div> }.into_any(),
    }
}

/// The form itself.
#[component]
fn ApiForm(was: Option<Arc<ExternalApi>>) -> impl IntoView {
    let start = was.as_ref().map_or_else(ExternalApiBody::default, |api| api.body.clone());
    let draft = Draft::of(&start);
    let errors = FieldErrors::new();
    let saving = use_mutation();
    let saved = RwSignal::new(false);
    let start = StoredValue::new(start);
    guard_leaving(move || !saved.get_untracked() && start.with_value(|start| *start != draft.body()));
    let toasts = use_toasts();
    let navigate = StoredValue::new_local(use_navigate());
    let done = move |api: ExternalApi| {
        saved.try_set(true);
        toasts.push(Kind::Success, t::common::saved());
        let target = Route::ExternalApi(api.id.clone()).path();
        actions::changed(api);
        navigate.try_with_value(|navigate| navigate(&target, NavigateOptions::default()));
    };
    let failed = move |error: &trunkline_api::Error| errors.take(error);
    let id = was.as_ref().map(|was| was.id.clone());
    let submit = move |()| {
        saving.error.set(None);
        let api = draft.body();
        if !errors.check(api.validate()) {
            return;
        }
        match id.clone() {
            Some(id) => saving.run_or(UpdateExternalApi { id, api }, done, failed),
            None => saving.run_or(CreateExternalApi { api }, done, failed),
        }
    };
    // Words about one field stand at the field alone.
    let problem = Signal::derive(move || {
        let error = saving.error.get()?;
        let at_field = matches!(&error.kind, ErrorKind::Invalid(fields) if !fields.is_empty());
        (!at_field).then(|| words(&error))
    });
    let cancel = was.as_ref().map_or(Route::ExternalApis, |was| Route::ExternalApi(was.id.clone())).path();
    let title = if was.is_some() { t::routes::edit_external_api } else { t::routes::new_external_api };
    view! {
        <div class="page">
            <FormShell title error=problem saving=saving.busy on_submit=submit cancel_href=cancel>
                <Address draft errors />
                <Headers rows=draft.headers errors />
                <Requests rows=draft.request errors />
                <Outputs rows=draft.output errors />
            </FormShell>
        </div>
    }
}

/// Name, and where the call goes.
#[component]
fn Address(draft: Draft, errors: FieldErrors) -> impl IntoView {
    let is_post = memo(move || draft.method.with(|method| method == "POST"));
    view! {
        <FieldSet legend=t::external_apis::group_api>
            <TextField label=t::external_apis::name value=draft.name error=errors.of("name") required=true />
            <TextArea
                label=t::external_apis::description
                value=draft.description
                error=errors.of("description")
                rows=2
            />
            <SelectField
                label=t::external_apis::method
                value=draft.method
                choices=Signal::stored(own::methods())
                error=errors.of("method")
            />
            <TextField
                label=t::external_apis::url
                value=draft.url
                error=errors.of("url")
                hint=t::external_apis::url_hint
                required=true
                kind="url"
                mono=true
            />
            <Show when=move || is_post.get()>
                <SelectField
                    label=t::external_apis::format
                    value=draft.format
                    choices=Signal::derive(own::formats)
                    error=errors.of("format")
                />
            </Show>
        </FieldSet>
    }
}
