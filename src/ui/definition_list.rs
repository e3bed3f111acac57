//! The fields of one record.

use leptos::prelude::*;

use super::CopyButton;
use crate::i18n::t;
use crate::reactive::{catalogue, live_text};

/// Terms and values in two columns.
#[component]
pub fn DefinitionList(
    /// [`Definition`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="definitions">{children()}</dl> }
}

/// A term and its value. Pass plain text as `value` (a dash if empty), anything else as `children`.
#[component]
pub fn Definition(
    /// The term.
    #[prop(into)]
    term: Signal<String>,
    /// The value as text.
    #[prop(optional, into)]
    value: Signal<String>,
    /// Adds a button that copies the value.
    #[prop(optional)]
    copy: bool,
    /// Monospaced: ids, codes.
    #[prop(optional)]
    mono: bool,
    /// The value as any other content.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let text = move || {
        if value.read().is_empty() {
            view! { <span class="none" title=t::ui::not_given>"–"<span class="visually-hidden" prop:textContent=catalogue(t::ui::not_given) /></span> }
                .into_any()
        } else {
            view! { <bdi class:mono=mono prop:textContent=live_text(move || value.get()) /> }.into_any()
        }
    };
    let copy = move || {
        (copy && !value.read().is_empty())
            .then(|| view! { <CopyButton label=move || t::ui::copy_value(&term.get()) value /> }.into_any())
    };
    view! {
        <div>
            <dt prop:textContent=live_text(move || term.get()) />
            <dd>{children.map_or_else(|| view! { {move || text()}{move || copy()} }.into_any(), |children| children().into_any())}</dd>
        </div>
    }
}
