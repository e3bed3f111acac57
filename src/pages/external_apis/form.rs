//! The form of a new definition and of a change.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trunkline_api::ErrorKind;
use trunkline_api::gateway::{
    CreateExternalApi, ExternalApi, ExternalApiBody, GetExternalApi, ListExternalApis, UpdateExternalApi,
};

use super::draft::Draft;
use super::lists::{Headers, Outputs, Requests};
use super::{actions, words as own};
use crate::fetch::mutation::Look;
use crate::fetch::{Truth, use_mutation, use_query};
use crate::i18n::t;
use crate::parts::{DraftNotice, FieldErrors, Loaded, StandInHeader, use_draft, words};
use crate::reactive::{dynamic, memo};
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
    dynamic(move || match first.get() {
        Some(api) => view! { <ApiForm was=Some(api) /> }.into_any(),
        None => view! {
            <div class="page">
                <StandInHeader query missing=true title=t::routes::edit_external_api />
                <Loaded query children=Callback::new(|_| ().into_any()) />
            </div>
        }
        .into_any(),
    })
}

/// The form itself.
#[component]
fn ApiForm(was: Option<Arc<ExternalApi>>) -> impl IntoView {
    let start = was.as_ref().map_or_else(ExternalApiBody::default, |api| api.body.clone());
    let fields = Draft::of(&start);
    let errors = FieldErrors::new();
    let saving = use_mutation();
    let form = was.as_ref().map_or(Route::NewExternalApi, |was| Route::EditExternalApi(was.id.clone())).path();
    let draft = use_draft(form, vec![fields.slot()]);
    let notice = draft.clone();
    let toasts = use_toasts();
    let navigate = StoredValue::new_local(use_navigate());
    let done = move |api: ExternalApi| {
        draft.saved();
        toasts.push(Kind::Success, t::common::saved());
        let target = Route::ExternalApi(api.id.clone()).path();
        actions::changed(api);
        navigate.try_with_value(|navigate| navigate(&target, NavigateOptions::default()));
    };
    let failed = move |error: &trunkline_api::Error| errors.take(error);
    let before = was.clone();
    let submit = move |()| {
        saving.error.set(None);
        let api = untrack(|| fields.body());
        if !errors.check(api.validate()) {
            return;
        }
        let look = look(before.as_ref(), &api, done.clone());
        match before.as_ref().map(|before| before.id.clone()) {
            Some(id) => saving.run_sure(UpdateExternalApi { id, api }, done.clone(), failed, look),
            None => saving.run_sure(CreateExternalApi { api }, done.clone(), failed, look),
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
                <DraftNotice draft=notice />
                <Address draft=fields errors />
                <Headers rows=fields.headers errors />
                <Requests rows=fields.request errors />
                <Outputs rows=fields.output errors />
            </FormShell>
        </div>
    }
}

/// Whether the definition is as it was to be. A change of nothing but secrets leaves no trace to look for.
fn look(before: Option<&Arc<ExternalApi>>, sent: &ExternalApiBody, done: impl Fn(ExternalApi) + 'static) -> Look {
    let (id, sent) = (before.map(|before| before.id.clone()), sent.clone());
    let traceless = before.is_some_and(|before| sent.is_in(&before.body));
    Look::new(&ListExternalApis, move |apis| {
        let mine = |api: &&ExternalApi| id.as_ref().is_none_or(|id| *id == api.id);
        match apis.iter().filter(mine).find(|api| sent.is_in(&api.body)) {
            Some(_) if traceless => Truth::Unknown,
            Some(api) => {
                done(api.clone());
                Truth::Done
            }
            None => Truth::NotDone,
        }
    })
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
