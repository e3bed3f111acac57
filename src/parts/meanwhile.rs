//! Somebody else saved the record while it was being edited here: what changed is shown field by field, and for each a
//! person keeps what is typed here or takes what is stored. Serves every form that replaces a record.
//!
//! ```ignore
//! let meanwhile = use_meanwhile();
//! // Before Save, with the record as it is now (`Mutation::check`):
//! match meanwhile.compare(&base, &theirs, mine, WORDS, move |merged| …) {
//!     Compared::Clear(merged) => …, // save it
//!     Compared::Asked => {},        // `then` gets the merged record
//! }
//! view! { <MeanwhileDialog meanwhile /> }
//! ```

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use serde_json::Value;
use trunkline_api::merge::{Changed, Members, changed_meanwhile, merge};
use trunkline_api::wire::to_json;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::t;
use crate::reactive::{catalogue, fixed};
use crate::ui::{Button, Definition, DefinitionList, Dialog, FieldSet, Variant};

/// How a form names and shows a record's fields.
#[derive(Clone, Copy)]
pub struct Words {
    /// The label of a field, by its name on the wire; none for what the form does not show: there the stored value is
    /// taken over without a question.
    pub label: fn(&str) -> Option<String>,
    /// A field's value in words; none: as it stands in the JSON.
    pub value: fn(&str, &Value) -> Option<String>,
}

/// A field that somebody else changed, and whether their value is to be taken; none: nobody has decided yet.
#[derive(Clone)]
struct Row {
    change: Rc<Changed>,
    takes: RwSignal<Option<bool>>,
}

type Then = Box<dyn FnOnce(Members)>;

struct Question {
    words: Words,
    mine: Members,
    rows: Vec<Row>,
    silent: Vec<Changed>,
    then: Option<Then>,
}

/// What was found before Save.
pub enum Compared {
    /// Nothing that a person has to see: the record to save.
    Clear(Members),
    /// A person is asked.
    Asked,
}

/// A form's question; a copy is the same.
#[derive(Clone, Copy)]
pub struct Meanwhile {
    open: RwSignal<bool>,
    question: StoredValue<Option<Question>, LocalStorage>,
    /// Save was pressed before everything was decided.
    hurried: RwSignal<bool>,
}

/// A form's question, owned by the calling component.
pub fn use_meanwhile() -> Meanwhile {
    Meanwhile { open: RwSignal::new(false), question: StoredValue::new_local(None), hurried: RwSignal::new(false) }
}

impl Meanwhile {
    /// Compares the record as the form opened with it, as it is stored now, and as it is typed. If somebody else changed
    /// what the form shows, a person is asked, and `then` gets the merged record once all is decided.
    pub fn compare(
        self,
        base: &Members,
        theirs: &Members,
        mine: Members,
        words: Words,
        then: impl FnOnce(Members) + 'static,
    ) -> Compared {
        let (shown, silent): (Vec<_>, Vec<_>) = changed_meanwhile(base, theirs, &mine)
            .into_iter()
            .partition(|change| (words.label)(&change.field).is_some());
        if shown.is_empty() {
            return Compared::Clear(merge(&mine, &silent, |_| true));
        }
        let row = |change: Changed| Row {
            // What only the other one changed needs no decision, and can be undone.
            takes: RwSignal::new((!change.is_conflict).then_some(true)),
            change: Rc::new(change),
        };
        let rows = shown.into_iter().map(row).collect();
        self.question.set_value(Some(Question { words, mine, rows, silent, then: Some(Box::new(then)) }));
        self.hurried.set(false);
        self.open.set(true);
        Compared::Asked
    }

    /// Goes on with the merged record, or says what is still to be decided.
    fn save(self) {
        let decided = self.question.with_value(|question| {
            let rows = question.as_ref().map(|question| question.rows.as_slice()).unwrap_or_default();
            rows.iter().all(|row| row.takes.get_untracked().is_some())
        });
        if !decided {
            self.hurried.set(true);
            return focus_undecided();
        }
        let Some(mut question) = self.question.try_update_value(Option::take).flatten() else { return };
        self.open.set(false);
        let takes: Vec<Changed> = question
            .rows
            .iter()
            .filter(|row| row.takes.get_untracked() == Some(true))
            .map(|row| Changed::clone(&row.change))
            .chain(question.silent)
            .collect();
        let merged = merge(&question.mine, &takes, |_| true);
        question.then.take().into_iter().for_each(|then| then(merged.clone()));
    }
}

/// The first field without a decision has the focus.
fn focus_undecided() {
    spawn_local(async move {
        tick().await;
        let button = document().query_selector("dialog[open] button[data-undecided]").ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // A button that can't take it leaves it where it is.
            let _ = button.focus();
        }
    });
}

/// The dialog "Changed meanwhile". Esc and Cancel lead back to the form, where nothing has changed.
#[component]
pub fn MeanwhileDialog(
    /// The form's question.
    meanwhile: Meanwhile,
    /// What else is to be known before Save.
    #[prop(optional, into)]
    note: Option<ViewFn>,
) -> impl IntoView {
    let open = meanwhile.open;
    let actions = move || {
        view! {
            <Button label=t::common::cancel on_click=move |()| open.set(false) />
            <Button label=t::common::save variant=Variant::Primary on_click=move |()| meanwhile.save() />
        }
    };
    let rows = move || {
        meanwhile.question.with_value(|question| {
            let question = question.as_ref()?;
            let words = question.words;
            Some(question.rows.iter().map(|row| field(row, words, meanwhile.hurried)).collect_view())
        })
    };
    view! {
        <Dialog open title=t::parts::meanwhile_title wide=true actions>
            <p prop:textContent=catalogue(t::parts::meanwhile) />
            {rows()}
            {note.clone().map(|note| note.run())}
        </Dialog>
    }
}

/// One field: both values, and the decision.
fn field(row: &Row, words: Words, hurried: RwSignal<bool>) -> AnyView {
    let Row { change, takes } = row.clone();
    let name = change.field.clone();
    let label = Signal::derive(move || (words.label)(&name).unwrap_or_else(|| name.clone()));
    let said = move |field: &str, value: &Value| (words.value)(field, value).unwrap_or_else(|| plain(value));
    let theirs = said(&change.field, &change.theirs);
    let mine = said(&change.field, &change.mine);
    let mine_term = if change.is_conflict { t::parts::meanwhile_mine } else { t::parts::meanwhile_before };
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
    let missing = move || (hurried.get() && takes.with(Option::is_none)).then(t::parts::meanwhile_choose);
    view! {
        <FieldSet legend=label>
            <DefinitionList>
                <Definition term=t::parts::meanwhile_theirs value=theirs />
                <Definition term=mine_term value=mine />
            </DefinitionList>
            <div class="row">
                {choice(false, t::parts::meanwhile_keep)}
                {choice(true, t::parts::meanwhile_take)}
            </div>
            <div role="alert">{move || missing().map(|text| view! { <p class="field-error" prop:textContent=fixed(text) /> }.into_any())}</div>
        </FieldSet>
    }
    .into_any()
}

/// A value as a person reads it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => t::common::yes(),
        Value::Bool(false) => t::common::no(),
        Value::String(text) => text.clone(),
        other => to_json(other),
    }
}
