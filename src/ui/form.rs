//! The form scaffold: title, errors, Save and Cancel, and focus management after a failed submit.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;

use super::{Button, ErrorMessage, ErrorPanel, IconName, LinkButton, Variant};
use crate::i18n::t;
use crate::reactive::{Items, KeyedItem, effect_with_previous, fixed, keyed_list, live_text, memo};

/// A form with an h1, Save and Cancel. Save is never disabled: missing values are reported at their fields. A submit
/// while `saving` is ignored. After a failed submit the first invalid field is focused, else the error.
#[component]
pub fn FormShell(
    /// The h1.
    #[prop(into)]
    title: Signal<String>,
    /// The form-level error.
    #[prop(into)]
    error: Signal<Option<ErrorMessage>>,
    /// Saving is in progress.
    #[prop(into)]
    saving: Signal<bool>,
    /// Validates and saves. Must set the fields' errors and `saving` before it returns.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Target of Cancel.
    #[prop(into)]
    cancel_href: Signal<String>,
    /// Content beside the h1.
    #[prop(optional, into)]
    beside: Option<ViewFn>,
    /// Replaces the label of Save.
    #[prop(default = Signal::derive(t::common::save), into)]
    submit_label: Signal<String>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        on_submit.run(());
        if !saving.get_untracked() {
            focus_first_error(form);
        }
    };
    effect_with_previous(move |was: Option<bool>| {
        let now = saving.get();
        if was == Some(true) && !now {
            focus_first_error(form);
        }
        now
    });
    view! {
        <form class="form" node_ref=form novalidate on:submit=submit>
            <div class="row">
                <h1 tabindex="-1" prop:textContent=live_text(move || title.get()) />
                {beside.map(|beside| beside.run())}
            </div>
            {move || error.get().map(|problem| view! { <ErrorPanel problem /> }.into_any())}
            <div class="form-body">{children()}</div>
            <div class="form-actions">
                <Button label=submit_label submit=true variant=Variant::Primary busy=saving />
                <LinkButton label=t::common::cancel href=cancel_href />
            </div>
        </form>
    }
}

/// Focuses the first invalid field, else the form's error, once they are rendered.
fn focus_first_error(form: NodeRef<html::Form>) {
    spawn_local(async move {
        tick().await;
        let Some(form) = form.try_get_untracked().flatten() else { return };
        let find = |selector| form.query_selector(selector).ok().flatten();
        let target = find("[aria-invalid=\"true\"]").or_else(|| find("[role=\"alert\"]"));
        if let Some(element) = target.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// A group of related fields with a legend.
#[component]
pub fn FieldSet(
    /// The legend.
    #[prop(into)]
    legend: Signal<String>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="group">
            <legend prop:textContent=live_text(move || legend.get()) />
            {move || Some(hint.get()).filter(|hint| !hint.is_empty()).map(|hint| view! { <p class="hint group-hint" prop:textContent=fixed(hint) /> }.into_any())}
            {children()}
        </fieldset>
    }
}

/// A list of field rows that can be added and removed. A row is a value that holds its own signals, with an id unique
/// in the list.
#[component]
pub fn ListEditor<T: Clone + Send + Sync + 'static>(
    /// The rows.
    rows: RwSignal<Vec<T>>,
    /// Returns a row's id.
    key: fn(&T) -> usize,
    /// Creates a row.
    #[prop(into)]
    new_row: Callback<(), T>,
    /// The label of the Add button.
    #[prop(default = Signal::derive(t::ui::add_row), into)]
    add_label: Signal<String>,
    /// Renders the fields of a row.
    #[prop(into)]
    row_view: Callback<T, AnyView>,
) -> impl IntoView {
    let ids = memo(move || rows.with(|rows| rows.iter().map(key).collect::<Vec<_>>()));
    let add = Callback::new(move |()| {
        let row = new_row.run(());
        rows.update(|rows| rows.push(row));
    });
    let remove = Callback::new(move |id| rows.update(|rows| rows.retain(|row| key(row) != id)));
    let fields = Callback::new(move |id| {
        let row = rows.with_untracked(|rows| rows.iter().find(|row| key(row) == id).cloned());
        row.map_or_else(|| ().into_any(), |row| row_view.run(row))
    });
    view! { <RowList ids fields add remove add_label /> }
}

/// The type-erased part, which knows rows by id only and is compiled once.
#[component]
fn RowList(
    ids: Memo<Vec<usize>>,
    fields: Callback<usize, AnyView>,
    add: Callback<()>,
    remove: Callback<usize>,
    add_label: Signal<String>,
) -> impl IntoView {
    let row = move |id: usize| {
        let number = move || ids.read().iter().position(|row| *row == id).map_or(0, |position| position + 1);
        view! {
            <li>
                <div class="list-editor-fields">{fields.run(id)}</div>
                <Button
                    label=Signal::derive(move || t::ui::remove_row(&number().to_string()))
                    icon=IconName::Trash
                    icon_only=true
                    variant=Variant::Ghost
                    on_click=Callback::new(move |()| remove.run(id))
                />
            </li>
        }
        .into_any()
    };
    let rows: Items =
        Arc::new(move || ids.get().into_iter().map(|id| KeyedItem::new(id.to_string(), move || row(id))).collect());
    view! {
        <div class="list-editor">
            <ul role="list" use:keyed_list=rows></ul>
            <div class="row"><Button label=add_label icon=IconName::Plus small=true on_click=add /></div>
        </div>
    }
}
