//! Handles a record that somebody else saved while it was being edited here. Shows the changes field by field, and lets
//! the user keep their own value or take the stored one. [`super::record_form`] uses it for every form that replaces a
//! record.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use serde_json::Value;
use trunkline_api::decode::to_json;
use trunkline_model::merge::{Members, RemoteChange, merge, remote_changes};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::t;
use crate::reactive::{catalogue, fixed};
use crate::ui::{Button, Definition, DefinitionList, Dialog, FieldSet, Variant};

/// The labels and values of a record's fields, as a form shows them.
#[derive(Clone, Copy)]
pub struct FieldTexts {
    /// The label of a field, by its wire name; `None` for fields that the form does not show, whose stored value is
    /// taken without asking.
    pub label: fn(&str) -> Option<String>,
    /// A field's value as text; `None` to show its JSON.
    pub value: fn(&str, &Value) -> Option<String>,
}

/// A field that somebody else changed. `takes` says if their value is taken; `None` until the user decides.
#[derive(Clone)]
struct ConflictRow {
    change: Rc<RemoteChange>,
    take_theirs: RwSignal<Option<bool>>,
}

/// What is compared, and what follows.
pub struct Question {
    /// Three versions of the record: as the form opened it, as it is stored now, and as edited.
    pub versions: [Members; 3],
    /// The texts of its fields.
    pub texts: FieldTexts,
    /// Continues with the merged record, once every field is decided.
    pub merged: Box<dyn FnOnce(Members)>,
    /// Continues if nobody has changed a field that the form shows.
    pub unchanged: Box<dyn FnOnce()>,
}

/// The fields that the dialog shows.
struct Decision {
    texts: FieldTexts,
    mine: Members,
    rows: Vec<ConflictRow>,
    silent: Vec<RemoteChange>,
    then: Option<Box<dyn FnOnce(Members)>>,
}

/// A form's merge dialog. Copies share their state.
#[derive(Clone, Copy)]
pub struct EditConflict {
    open: RwSignal<bool>,
    /// There was something to compare: the dialog may be needed.
    pub asked: RwSignal<bool>,
    decision: StoredValue<Option<Decision>, LocalStorage>,
    /// Save was pressed before every field was decided.
    save_attempted: RwSignal<bool>,
}

/// Creates a merge dialog owned by the calling component.
pub fn use_edit_conflict() -> EditConflict {
    EditConflict {
        open: RwSignal::new(false),
        asked: RwSignal::new(false),
        decision: StoredValue::new_local(None),
        save_attempted: RwSignal::new(false),
    }
}

impl EditConflict {
    /// Opens the dialog if somebody else changed a field that the form shows.
    pub fn compare(self, question: Question) {
        let Question { versions: [base, theirs, mine], texts, merged, unchanged } = question;
        let (shown, silent): (Vec<_>, Vec<_>) = remote_changes(&base, &theirs, &mine)
            .into_iter()
            .partition(|change| (texts.label)(&change.field).is_some());
        if shown.is_empty() {
            return unchanged();
        }
        let row = |change: RemoteChange| ConflictRow {
            // A field that only the other user changed needs no decision, but can be reverted.
            take_theirs: RwSignal::new((!change.is_conflict).then_some(true)),
            change: Rc::new(change),
        };
        let rows = shown.into_iter().map(row).collect();
        self.decision.set_value(Some(Decision { texts, mine, rows, silent, then: Some(merged) }));
        self.save_attempted.set(false);
        self.open.set(true);
    }

    /// Continues with the merged record, or marks the undecided fields.
    fn save(self) {
        let decided = self.decision.with_value(|decision| {
            let rows = decision.as_ref().map(|decision| decision.rows.as_slice()).unwrap_or_default();
            rows.iter().all(|row| row.take_theirs.get_untracked().is_some())
        });
        if !decided {
            self.save_attempted.set(true);
            return focus_undecided();
        }
        let Some(mut decision) = self.decision.try_update_value(Option::take).flatten() else { return };
        self.open.set(false);
        let takes: Vec<RemoteChange> = decision
            .rows
            .iter()
            .filter(|row| row.take_theirs.get_untracked() == Some(true))
            .map(|row| RemoteChange::clone(&row.change))
            .chain(decision.silent)
            .collect();
        let merged = merge(&decision.mine, &takes, |_| true);
        decision.then.take().into_iter().for_each(|then| then(merged.clone()));
    }
}

/// Focuses the first undecided field.
fn focus_undecided() {
    spawn_local(async move {
        tick().await;
        let button = document().query_selector("dialog[open] button[data-undecided]").ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // Ignore a button that can't be focused.
            let _ = button.focus();
        }
    });
}

/// The dialog "Changed meanwhile". Esc and Cancel return to the form, unchanged.
#[component]
pub fn EditConflictDialog(
    /// The form's merge dialog.
    conflict: EditConflict,
    /// A note shown above Save.
    #[prop(optional, into)]
    note: Option<ViewFn>,
) -> impl IntoView {
    let open = conflict.open;
    let actions = move || {
        view! {
            <Button label=t::common::cancel on_click=move |()| open.set(false) />
            <Button label=t::common::save variant=Variant::Primary on_click=move |()| conflict.save() />
        }
    };
    let rows = move || {
        conflict.decision.with_value(|decision| {
            let decision = decision.as_ref()?;
            let words = decision.texts;
            Some(decision.rows.iter().map(|row| conflict_field(row, words, conflict.save_attempted)).collect_view())
        })
    };
    view! {
        <Dialog open title=t::components::meanwhile_title wide=true actions>
            <p prop:textContent=catalogue(t::components::meanwhile) />
            {rows()}
            {note.clone().map(|note| note.run())}
        </Dialog>
    }
}

/// One field: both values and the choice.
fn conflict_field(row: &ConflictRow, words: FieldTexts, hurried: RwSignal<bool>) -> AnyView {
    let ConflictRow { change, take_theirs: takes } = row.clone();
    let name = change.field.clone();
    let label = Signal::derive(move || (words.label)(&name).unwrap_or_else(|| name.clone()));
    let value_of = move |field: &str, value: &Value| (words.value)(field, value).unwrap_or_else(|| value_text(value));
    let theirs = value_of(&change.field, &change.theirs);
    let mine = value_of(&change.field, &change.mine);
    let mine_term = if change.is_conflict { t::components::meanwhile_mine } else { t::components::meanwhile_before };
    let choice = move |takes_theirs: bool, label: fn() -> String| {
        let pressed = move || (takes.get() == Some(takes_theirs)).to_string();
        let undecided = move || takes.with(Option::is_none).then_some("");
        view! {
            <button
                type="button"
                class="button"
                data-small=""
                data-undecided=move || undecided()
                aria-pressed=move || pressed()
                on:click=move |_| takes.set(Some(takes_theirs))
            >
                <span prop:textContent=catalogue(label) />
            </button>
        }
        .into_any()
    };
    let missing = move || (hurried.get() && takes.with(Option::is_none)).then(t::components::meanwhile_choose);
    view! {
        <FieldSet legend=label>
            <DefinitionList>
                <Definition term=t::components::meanwhile_theirs value=theirs />
                <Definition term=mine_term value=mine />
            </DefinitionList>
            <div class="row">
                {choice(false, t::components::meanwhile_keep)}
                {choice(true, t::components::meanwhile_take)}
            </div>
            <div role="alert">{move || missing().map(|text| view! { <p class="field-error" prop:textContent=fixed(text) /> }.into_any())}</div>
        </FieldSet>
    }
    .into_any()
}

/// A JSON value as readable text.
fn value_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => t::common::yes(),
        Value::Bool(false) => t::common::no(),
        Value::String(text) => text.clone(),
        other => to_json(other),
    }
}
