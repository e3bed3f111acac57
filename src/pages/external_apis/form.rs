//! The form of a new definition and of a change.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use trunkline_api::gateway::{
    CreateExternalApi, ExternalApi, ExternalApiBody, GetExternalApi, ListExternalApis, UpdateExternalApi,
};
use trunkline_api::merge::{Members, members};
use trunkline_api::{Error, ErrorKind, answer};

use super::draft::Draft;
use super::lists::{Headers, Outputs, Requests};
use super::{actions, changed as definition, words as own};
use crate::fetch::mutation::Look;
use crate::fetch::{Mutation, Truth, use_mutation, use_query};
use crate::i18n::t;
use crate::parts::meanwhile::{Compared, Meanwhile, MeanwhileDialog, use_meanwhile};
use crate::parts::{self, DraftNotice, FieldErrors, Loaded, StandInHeader, use_draft, words};
use crate::reactive::{dynamic, memo};
use crate::routes::{Navigate, Route, use_stored_navigate};
use crate::ui::{FieldSet, FormShell, Kind, SelectField, TextArea, TextField, Toasts, use_toasts};

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
    let form = was.as_ref().map_or(Route::NewExternalApi, |was| Route::EditExternalApi(was.id.clone())).path();
    let cancel = was.as_ref().map_or(Route::ExternalApis, |was| Route::ExternalApi(was.id.clone())).path();
    let title = if was.is_some() { t::routes::edit_external_api } else { t::routes::new_external_api };
    let is_new = was.is_none();
    let draft = use_draft(form, vec![fields.slot()]);
    // What came back may have been typed over an older definition.
    let opened = was.map(|was| match draft.opened_with(|| untrack(|| fields.body())) {
        Some(body) => Arc::new(ExternalApi { body, ..ExternalApi::clone(&was) }),
        None => was,
    });
    let saver = Saver {
        fields,
        owner: Owner::current(),
        errors: FieldErrors::new(),
        saving: use_mutation(),
        meanwhile: use_meanwhile(),
        base: StoredValue::new(opened),
        draft,
        toasts: use_toasts(),
        navigate: use_stored_navigate(),
    };
    let (errors, saving, meanwhile) = (saver.errors, saver.saving, saver.meanwhile);
    let notice = saver.draft.clone();
    // Words about one field stand at the field alone.
    let problem = Signal::derive(move || {
        let error = saving.error.get()?;
        let at_field = matches!(&error.kind, ErrorKind::Invalid(fields) if !fields.is_empty());
        (!at_field).then(|| words(&error))
    });
    view! {
        <div class="page">
            <FormShell title error=problem saving=saving.busy on_submit=move |()| saver.submit() cancel_href=cancel>
                <DraftNotice draft=notice />
                <Address draft=fields errors />
                <Headers rows=fields.headers errors />
                <Requests rows=fields.request errors />
                <Outputs rows=fields.output errors />
            </FormShell>
            {(!is_new).then(|| view! { <MeanwhileDialog meanwhile /> })}
        </div>
    }
}

/// Checks and sends. A definition that is edited is read again first; the gateway refuses what changed after that.
#[derive(Clone)]
struct Saver {
    fields: Draft,
    /// Rows that a merged definition brings belong to the form.
    owner: Option<Owner>,
    errors: FieldErrors,
    saving: Mutation,
    meanwhile: Meanwhile,
    /// The definition as the form knows it to be stored; none for a new one.
    base: StoredValue<Option<Arc<ExternalApi>>>,
    draft: parts::Draft,
    toasts: Toasts,
    navigate: Navigate,
}

impl Saver {
    fn submit(&self) {
        self.saving.error.set(None);
        let api = untrack(|| self.fields.body());
        if !self.errors.check(api.validate()) {
            return;
        }
        let Some(before) = self.base.get_value() else {
            let (saver, look) = (self.clone(), look(None, &api, self.done()));
            let failed = move |error: &Error| saver.errors.take(error);
            return self.saving.run_sure(CreateExternalApi { api }, self.done(), failed, look);
        };
        let saver = self.clone();
        let write = answer::endpoint_name::<UpdateExternalApi>();
        let read = GetExternalApi { id: before.id.clone() };
        self.saving.check(&read, write, move |now| saver.compare(&before, Arc::new(now), api));
    }

    /// Sends it, if nobody changed it meanwhile; else a person is asked, and it begins again with the answer.
    fn compare(&self, before: &Arc<ExternalApi>, now: Arc<ExternalApi>, api: ExternalApiBody) {
        let (saver, stored) = (self.clone(), Arc::clone(&now));
        let go_on = move |merged: Members| {
            saver.base.set_value(Some(Arc::clone(&stored)));
            if let Some(body) = definition::of_members(&merged) {
                match &saver.owner {
                    Some(owner) => owner.with(|| saver.fields.show(&body)),
                    None => saver.fields.show(&body),
                }
                saver.submit();
            }
        };
        let (base, theirs) = (members(&before.body), members(&now.body));
        match self.meanwhile.compare(&base, &theirs, members(&api), definition::WORDS, go_on) {
            Compared::Clear(_) => {
                let (saver, look) = (self.clone(), look(Some(before), &api, self.done()));
                let failed = move |error: &Error| saver.errors.take(error);
                let update = UpdateExternalApi { id: now.id.clone(), version: Some(now.version), api };
                self.saving.run_sure(update, self.done(), failed, look);
            }
            Compared::Asked => {}
        }
    }

    fn done(&self) -> impl Fn(ExternalApi) + Clone + 'static {
        let Self { draft, toasts, navigate, .. } = self.clone();
        move |api: ExternalApi| {
            draft.saved();
            toasts.push(Kind::Success, t::common::saved());
            let target = Route::ExternalApi(api.id.clone()).path();
            actions::changed(api);
            navigate.try_with_value(|navigate| navigate(&target, NavigateOptions::default()));
        }
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
