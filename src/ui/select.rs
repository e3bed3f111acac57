//! Fields with a list of values: only those of the list, or any text.

use crate::reactive::{dynamic, fixed};
use leptos::prelude::*;
use trunkline_fast::text::TextKind;

use super::field::Wiring;
use super::typed::TypedText;
use super::{Choice, Field, word};

/// A native `<select>`. A value that is not among the choices is shown as it came, so that nothing is lost by looking.
#[component]
pub fn SelectField(
    /// The name alone.
    #[prop(into)]
    label: Signal<String>,
    /// The chosen value.
    value: RwSignal<String>,
    /// What can be chosen; put `Choice::new("", …)` first where nothing is a choice.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A line of help.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the name and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Called after the value changed by a person.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let wiring = Wiring::new(hint, error);
    let change = move |event| {
        let chosen = event_target_value(&event);
        value.set(chosen.clone());
        if let Some(on_change) = on_change {
            on_change.run(chosen);
        }
    };
    view! {
        <Field label wiring required>
            <select
                class="input"
                id=wiring.id()
                aria-required=move || required.get().then_some(word(true))
                aria-invalid=move || wiring.invalid()
                aria-describedby=move || wiring.described_by()
                on:change=change
            >
                {options(value.into(), choices)}
            </select>
        </Field>
    }
}

/// The options of a select whose value is this signal.
pub(super) fn options(value: Signal<String>, choices: Signal<Vec<Choice>>) -> AnyView {
    dynamic(move || {
        let current = value.get();
        let mut choices = choices.get();
        if !choices.iter().any(|choice| choice.value == current) {
            choices.insert(0, Choice::new(current.clone(), current.clone()));
        }
        choices
            .into_iter()
            .map(|Choice { value, label }| {
                let selected = value == current;
                view! { <option value=value prop:selected=selected prop:textContent=fixed(label) /> }
            })
            .collect_view()
            .into_any()
    })
}

/// Any text, with a list of likely values.
#[component]
pub fn ComboField(
    /// The name alone.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed or chosen.
    value: RwSignal<String>,
    /// The likely values.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// A line of help.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Marks the name and sets `aria-required`.
    #[prop(optional, into)]
    required: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::new(hint, error);
    let typed = TypedText::new(value, TextKind::Words);
    let list = format!("{}-list", wiring.id());
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|Choice { value, label }| view! { <option value=value prop:textContent=fixed(label) /> })
            .collect_view()
            .into_any()
    };
    view! {
        <Field label wiring required>
            <input
                class="input"
                dir="auto"
                id=wiring.id()
                type="text"
                list=list.clone()
                autocomplete="off"
                spellcheck="false"
                aria-required=move || required.get().then_some(word(true))
                aria-invalid=move || wiring.invalid()
                aria-describedby=move || wiring.described_by()
                prop:value=move || typed.shown()
                on:input=move |event| typed.input(&event)
                on:change=move |_| typed.change()
            />
            <datalist id=list>{move || options()}</datalist>
        </Field>
    }
}
