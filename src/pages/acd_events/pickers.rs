//! Fields for a type, a group or a user: the vendor's list to choose from, or a number to type where the list fails.

use leptos::prelude::*;

use super::directory::Names;
use crate::reactive::dynamic;
use crate::ui::{Choice, NumberField, SelectField};

/// One such field.
#[component]
pub fn Picker(
    /// The name.
    label: fn() -> String,
    /// The chosen or typed id.
    value: RwSignal<String>,
    /// The vendor's list.
    names: Names,
    /// What stands for no choice.
    none: fn() -> String,
    /// A line of help below the number, where the list fails.
    typed_hint: fn() -> String,
    /// What is wrong with it.
    error: Signal<Option<String>>,
    /// Marks the name.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new("", none())];
        choices.extend(names.choices());
        choices
    });
    // A number that somebody has begun to type stays a number, also when the list comes late.
    let typed = Memo::new(move |was: Option<&bool>| {
        names.failed() || (was == Some(&true) && !value.with(|value| value.trim().is_empty()))
    });
    dynamic(move || {
        if typed.get() {
            view! { <NumberField label value error hint=typed_hint required /> }.into_any()
        } else {
            view! { <SelectField label value choices error required /> }.into_any()
        }
    })
}
