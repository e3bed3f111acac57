//! The scaffolding of a page's form: draft, unsaved-changes guard, field errors, Save, and navigation after a save.
//!
//! A form that only creates records submits with [`Submit::create`]. A form that overwrites a stored record implements
//! [`ReplaceRecord`] and submits with [`Submit::replace`], which never overwrites another person's change unnoticed:
//!
//! ```ignore
//! let form = use_record_form(Route::NewExternalApi.path(), fields.draft_fields(), DraftOptions::default());
//! let submit = Submit::replace(Save { fields, form: form.clone(), base });
//! view! { <RecordFormView form submit title=t::routes::new_external_api cancel=Route::ExternalApis> … </RecordFormView> }
//! ```

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use trunkline_api::endpoint::Endpoint;
use trunkline_api::{ErrorKind, response};
use trunkline_model::merge::Members;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::draft::{Draft, DraftField, DraftNotice, DraftOptions, use_draft_with};
use super::edit_conflict::{EditConflict, FieldTexts, Question, use_edit_conflict};
use super::{FieldErrors, PlaceholderHeader, QueryView, describe, form_tools};
use crate::browser::keys::{Key, dialog_is_open, pressed};
use crate::fetch::mutation::ReadBack;
use crate::fetch::{Mutation, Query, use_mutation};
use crate::i18n::t;
use crate::reactive::dyn_view;
use crate::routes::{Navigate, Route, use_stored_navigate};
use crate::ui::{FormShell, Severity, Toasts, use_toasts};

/// State of a form. Clones share it.
#[derive(Clone)]
pub struct RecordForm {
    /// Problems by field.
    pub errors: FieldErrors,
    /// The write, and the refetch before it.
    pub saving: Mutation,
    /// Reports on the form's behalf.
    pub toasts: Toasts,
    draft: Draft,
    navigate: Navigate,
}

/// Creates a form's state, owned by the calling component, and restores a stored draft into `fields`. `path` is the
/// form's path, under which the draft is stored.
pub fn use_record_form(path: String, fields: Vec<DraftField>, options: DraftOptions) -> RecordForm {
    RecordForm {
        errors: FieldErrors::new(),
        saving: use_mutation(),
        toasts: use_toasts(),
        draft: use_draft_with(path, fields, options),
        navigate: use_stored_navigate(),
    }
}

impl RecordForm {
    /// The stored record that the input is based on: `stored`, or the older version that `read` finds in the fields if a
    /// restored draft was typed over that.
    pub fn base<T>(&self, stored: Arc<T>, read: impl FnOnce(&Arc<T>) -> Option<Arc<T>>) -> Arc<T> {
        self.draft.read_as_opened(|| untrack(|| read(&stored))).flatten().unwrap_or(stored)
    }

    /// Sends the write. `on_saved` gets the response, also if the page was left meanwhile. If the response is lost,
    /// `read_back` verifies whether the write was done.
    pub fn send<E>(&self, request: E, on_saved: impl FnOnce(E::Response) + 'static, read_back: ReadBack)
    where
        E: Endpoint + 'static,
    {
        let errors = self.errors;
        self.saving.run_verified(request, on_saved, move |error| errors.set_from(error), read_back);
    }

    /// Ends the form after a save: deletes the draft, reports the save and navigates to `target`.
    pub fn leave_to(&self, target: &Route) {
        self.leave_with(target, Notice { text: t::common::saved(), links: Vec::new() });
    }

    /// Like [`Self::leave_to`], with another notice.
    pub fn leave_with(&self, target: &Route, notice: Notice) {
        self.draft.saved();
        self.toasts.push_links(Severity::Success, notice.text, notice.links);
        self.navigate.try_with_value(|navigate| navigate(&target.path(), NavigateOptions::default()));
    }

    /// Keeps the form open after a save: deletes the draft and reports the save.
    pub fn stay_open(&self) {
        self.draft.clear();
        self.toasts.push(Severity::Success, t::common::saved());
    }

    /// Error to show above the fields. Problems of single fields are shown at the fields only.
    fn problem(&self) -> Option<crate::ui::ErrorMessage> {
        let error = self.saving.error.get()?;
        let is_at_field = matches!(&error.kind, ErrorKind::Invalid(problems) if !problems.is_empty());
        (!is_at_field).then(|| describe(&error))
    }
}

/// What is said after a save.
pub struct Notice {
    /// The text.
    pub text: String,
    /// Labels and paths of links.
    pub links: Vec<(String, String)>,
}

/// The request that Save sends.
pub struct Submit {
    run: Callback<()>,
    /// Asks about changes that another person saved meanwhile.
    conflict: Option<(EditConflict, Option<ViewFn>)>,
}

impl Submit {
    /// Saves a new record. `save` validates and sends.
    pub fn create(form: &RecordForm, save: impl Fn() + Send + Sync + 'static) -> Self {
        let error = form.saving.error;
        let run = move |()| {
            error.set(None);
            save();
        };
        Self { run: Callback::new(run), conflict: None }
    }

    /// Saves over a stored record: refetches it first and asks about what another person changed.
    pub fn replace<S: ReplaceRecord>(save: S) -> Self {
        let conflict = use_edit_conflict();
        let note = save.note();
        Self { run: Callback::new(move |()| submit(&save, conflict)), conflict: Some((conflict, note)) }
    }
}

/// Saves over a stored record. Its methods are called in the order in which they are listed.
pub trait ReplaceRecord: Clone + Send + Sync + 'static {
    /// Validated input.
    type Body: 'static;
    /// Reads the stored record.
    type Read: Endpoint + 'static;
    /// Overwrites it.
    type Write: Endpoint;
    /// Labels and value texts for the conflict dialog.
    const FIELD_TEXTS: FieldTexts;

    /// The form that submits.
    fn form(&self) -> &RecordForm;

    /// Content of the conflict dialog below the fields.
    fn note(&self) -> Option<ViewFn> {
        None
    }

    /// Validates the input, and puts problems into the form's errors. `None` if there is nothing to send.
    fn validate(&self) -> Option<Self::Body>;

    /// Request for the stored record; `None` if there is none, because the record is new.
    fn refetch(&self) -> Option<Self::Read>;

    /// The record's values to compare: as the input is based on them, as they are stored `now`, and as they are in the
    /// input. `None` to send without a comparison, because the record is gone.
    fn compare(&self, body: &Self::Body, now: &<Self::Read as Endpoint>::Response) -> Option<[Members; 3]>;

    /// Replaces the input by the merge of both persons' changes, based on the record as it is stored `now`. False if the
    /// merge can't be decoded: it is not submitted then.
    fn merge(&self, now: &<Self::Read as Endpoint>::Response, merged: &Members) -> bool;

    /// Sends the write by [`RecordForm::send`]. `now` is the refetched record.
    fn send(&self, body: Self::Body, now: Option<&<Self::Read as Endpoint>::Response>);
}

fn submit<S: ReplaceRecord>(save: &S, conflict: EditConflict) {
    let saving = save.form().saving;
    saving.error.set(None);
    let Some(body) = untrack(|| save.validate()) else { return };
    let Some(read) = save.refetch() else { return save.send(body, None) };
    let save = save.clone();
    saving.read_before_write(&read, response::endpoint_name::<S::Write>(), move |now| {
        let Some(versions) = untrack(|| save.compare(&body, &now)) else { return save.send(body, None) };
        let now = Rc::new(now);
        let merged = {
            let (save, now) = (save.clone(), Rc::clone(&now));
            move |merged: Members| {
                if save.merge(&now, &merged) {
                    submit(&save, conflict);
                }
            }
        };
        let toasts = save.form().toasts;
        let unchanged = move || save.send(body, Some(&now));
        let question =
            Question { versions, texts: S::FIELD_TEXTS, merged: Box::new(merged), unchanged: Box::new(unchanged) };
        form_tools::ask(conflict, question, move || toasts.push(Severity::Error, t::shell::part_missing()));
    });
}

/// A form with its h1, draft notice, Save and Cancel.
#[component]
pub fn RecordFormView(
    /// The form's state.
    form: RecordForm,
    /// The request that Save sends.
    submit: Submit,
    /// The h1.
    title: fn() -> String,
    /// Target of Cancel.
    cancel: Route,
    /// Content beside the h1.
    #[prop(optional, into)]
    beside: Option<ViewFn>,
    /// Content above the draft notice.
    #[prop(optional, into)]
    above: Option<ViewFn>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let (draft, saving) = (form.draft.clone(), form.saving.busy);
    save_by_key();
    let error = Signal::derive(move || form.problem());
    view! {
        <FormShell
            title
            beside=move || beside.as_ref().map(ViewFn::run)
            error
            saving
            on_submit=submit.run
            cancel_href=cancel.path()
        >
            {above.map(|above| above.run())}
            <DraftNotice draft />
            {children()}
        </FormShell>
        {submit.conflict.map(|(conflict, note)| dyn_view(move || form_tools::conflict_dialog(conflict, note.clone())))}
    }
}

/// Saves by Ctrl+Enter (⌘ Enter on a Mac), wherever the focus is on the page, until the owner is disposed.
fn save_by_key() {
    let listener = window_event_listener(leptos::ev::keydown, |event: KeyboardEvent| {
        let is_save = (event.ctrl_key() || event.meta_key()) && pressed(&event) == Some(Key::Enter);
        if !is_save || event.default_prevented() || event.repeat() || dialog_is_open() {
            return;
        }
        let button = document().query_selector("main form.form .form-actions button[type=submit]").ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            button.click();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Page that edits a stored record. Creates `form` once, from the first response: a later one must not overwrite input.
pub fn edit_page<T>(
    query: Query<T>,
    title: fn() -> String,
    class: &'static str,
    form: impl Fn(Arc<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: PartialEq + Send + Sync + 'static,
{
    let first = Memo::new(move |first: Option<&Option<Arc<T>>>| first.cloned().flatten().or_else(|| query.data.get()));
    dyn_view(move || match first.get() {
        Some(record) => form(record),
        None => view! {
            <div class=class>
                <PlaceholderHeader query missing=true title />
                <QueryView query children=Callback::new(|_| ().into_any()) />
            </div>
        }
        .into_any(),
    })
}
