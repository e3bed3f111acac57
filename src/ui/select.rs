//! Fields with a list of options: a select, and a combo box that accepts any text.

use crate::reactive::{dyn_view, fixed};
use leptos::prelude::*;
use trunkline_text::TextKind;

use super::field::FieldAria;
use super::input_text::InputText;
use super::{Field, SelectOption, aria_bool};

/// A native `<select>`. A value that is not among the options is added to them, so that showing a record never changes
/// it.
#[component]
pub fn SelectField(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The selected value.
    value: RwSignal<String>,
    /// The options; put `Choice::new("", …)` first if the field may be empty.
    #[prop(into)]
    choices: Signal<Vec<SelectOption>>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the label and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// The number of options in sight at once: above one, a list.
    #[prop(optional, into)]
    size: Signal<Option<usize>>,
    /// Called after the user changed the value.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let aria = FieldAria::new(hint, error);
    let change = move |event| {
        let chosen = event_target_value(&event);
        value.set(chosen.clone());
        if let Some(on_change) = on_change {
            on_change.run(chosen);
        }
    };
    view! {
        <Field label aria required>
            <select
                class="input"
                id=aria.id()
                size=move || size.get()
                aria-required=move || required.get().then_some(aria_bool(true))
                aria-invalid=move || aria.invalid()
                aria-describedby=move || aria.described_by()
                on:change=change
            >
                {options(value.into(), choices)}
            </select>
        </Field>
    }
}

/// Renders the options of a select.
pub(super) fn options(value: Signal<String>, choices: Signal<Vec<SelectOption>>) -> AnyView {
    dyn_view(move || {
        let current = value.get();
        let mut choices = choices.get();
        if !choices.iter().any(|choice| choice.value == current) {
            choices.insert(0, SelectOption::new(current.clone(), current.clone()));
        }
        choices
            .into_iter()
            .map(|SelectOption { value, label }| {
                let selected = value == current;
                view! { <option value=value prop:selected=selected prop:textContent=fixed(label) /> }.into_any()
            })
            .collect_view()
            .into_any()
    })
}

/// A text field with suggestions.
#[component]
pub fn ComboField(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    value: RwSignal<String>,
    /// The suggestions.
    #[prop(into)]
    choices: Signal<Vec<SelectOption>>,
    /// The validation error.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help text.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the label and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
) -> impl IntoView {
    let aria = FieldAria::new(hint, error);
    let typed = InputText::new(value, TextKind::Words);
    let list = format!("{}-list", aria.id());
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|SelectOption { value, label }| {
                view! { <option value=value prop:textContent=fixed(label) /> }.into_any()
            })
            .collect_view()
            .into_any()
    };
    view! {
        <Field label aria required>
            <input
                class="input"
                dir="auto"
                id=aria.id()
                type="text"
                list=list.clone()
                autocomplete="off"
                spellcheck="false"
                aria-required=move || required.get().then_some(aria_bool(true))
                aria-invalid=move || aria.invalid()
                aria-describedby=move || aria.described_by()
                prop:value=move || typed.displayed()
                on:input=move |event| typed.on_input(&event)
                on:change=move |_| typed.on_change()
            />
            <datalist id=list>{move || options()}</datalist>
        </Field>
    }
}
