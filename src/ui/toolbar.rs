//! The toolbar above a list.

use leptos::prelude::*;

use super::select::options;
use super::{Icon, IconName, SelectOption, aria_bool, unique_id, use_announcer};
use crate::i18n::t;
use crate::reactive::live_text;

/// Search, filters and other controls of the list below. On a small screen the filters are collapsed behind a button.
#[component]
pub fn Toolbar(
    /// Fields, buttons, the time of the last update.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <div class="toolbar" class:is-open=move || open.get()>
            <button
                type="button"
                class="button filter-toggle"
                data-icon-only=""
                aria-label=t::ui::filters
                aria-expanded=move || aria_bool(open.get())
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=IconName::Filter />
            </button>
            {children()}
        </div>
    }
}

/// The list's search field. Its value changes on every keystroke.
#[component]
pub fn SearchField(
    /// Its accessible name and placeholder.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    #[prop(into)]
    value: Signal<String>,
    /// Called on every keystroke, and again on blur or Enter.
    #[prop(into)]
    on_input: Callback<String>,
) -> impl IntoView {
    let announcer = use_announcer();
    let type_in = move |event| {
        on_input.run(event_target_value(&event));
        announcer.request_count();
    };
    view! {
        <div class="search">
            <Icon name=IconName::Search />
            <input
                class="input"
                type="search"
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="search"
                aria-label=move || label.get()
                placeholder=move || label.get()
                prop:value=move || value.get()
                on:input=type_in
                on:change=move |event| on_input.run(event_target_value(&event))
            />
        </div>
    }
}

/// A filter above a list: a labelled native `<select>`.
#[component]
pub fn FilterSelect(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The selected value; empty for no filter.
    #[prop(into)]
    value: Signal<String>,
    /// The options; the first is `Choice::new("", …)` for all.
    #[prop(into)]
    choices: Signal<Vec<SelectOption>>,
    /// Called with the selected value.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let id = unique_id("filter");
    let announcer = use_announcer();
    let change = move |event| {
        on_change.run(event_target_value(&event));
        announcer.request_count();
    };
    view! {
        <div class="filter" data-on=move || (!value.read().is_empty()).then_some("")>
            <label for=id.clone() prop:textContent=live_text(move || label.get()) />
            <select class="input" id=id on:change=change>
                {options(value, choices)}
            </select>
        </div>
    }
}
