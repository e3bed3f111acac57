//! Initials in place of a person's picture.

use leptos::prelude::*;
use trunkline_model::avatar::{hue, initials};

use super::{Icon, IconName};
use crate::reactive::fixed;

/// A person's initials on a disc whose hue belongs to the name; a figure for a name without letters. Decorative, and
/// hidden from screen readers: the name is beside it.
#[component]
pub fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let content = move || {
        let initials = initials(&name.read());
        if initials.is_empty() {
            view! { <Icon name=IconName::Customer /> }.into_any()
        } else {
            view! { <span prop:textContent=fixed(initials) /> }.into_any()
        }
    };
    view! {
        <span class="avatar" aria-hidden="true" style:--hue=move || hue(&name.read()).to_string()>
            {content}
        </span>
    }
}
