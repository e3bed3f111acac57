//! A field for a type, group or user: a select of the vendor's list, or a number field if the list fails.

use leptos::prelude::*;

use super::reference_data::ReferenceList;
use crate::reactive::dyn_view;
use crate::ui::{NumberField, SelectField, SelectOption};

/// The field.
#[component]
pub fn ReferenceSelect(
    /// The label.
    label: fn() -> String,
    /// The selected or entered id.
    value: RwSignal<String>,
    /// The vendor's list.
    list: ReferenceList,
    /// The label of the empty option.
    empty_label: fn() -> String,
    /// The hint of the number field.
    number_hint: fn() -> String,
    /// The error text.
    error: Signal<Option<String>>,
    /// Marks the field as required.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let choices = Signal::derive(move || {
        let mut choices = vec![SelectOption::new("", empty_label())];
        choices.extend(list.options());
        choices
    });
    // Once the user has begun to enter a number, the number field stays, even if the list is loaded later.
    let is_number = Memo::new(move |was: Option<&bool>| {
        list.failed() || (was == Some(&true) && !value.with(|value| value.trim().is_empty()))
    });
    dyn_view(move || {
        if is_number.get() {
            view! { <NumberField label value error hint=number_hint required /> }.into_any()
        } else {
            view! { <SelectField label value choices error required /> }.into_any()
        }
    })
}
