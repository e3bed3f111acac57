//! The head of a page and what stands above its list.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::select::options;
use super::{Choice, Icon, IconName, unique_id, use_announcer, word};
use crate::i18n::t;
use crate::reactive::{fixed, live_text};

/// Puts the focus on the page's h1 once it is there; on `<main>` if it has none yet.
pub fn focus_heading() {
    request_animation_frame(|| {
        let find = |selector| document().query_selector(selector).ok().flatten();
        let target = find("main h1").or_else(|| find("main"));
        if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
            // A heading that can't take the focus leaves it where it is.
            let _ = target.focus();
        }
    });
}

/// A page's h1, which takes the focus after a navigation, with a line below it and actions at the end. One that stands in
/// until the data are here hands the focus on to the next.
#[component]
pub fn PageHeader(
    /// The h1.
    #[prop(into)]
    title: Signal<String>,
    /// A line of help.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    on_cleanup(move || {
        let heading = heading.try_get_untracked().flatten();
        let focused = document().active_element();
        if heading.zip(focused).is_some_and(|(heading, focused)| focused.is_same_node(Some(heading.as_ref()))) {
            focus_heading();
        }
    });
    view! {
        <header class="page-header">
            <div class="grow">
                <h1 tabindex="-1" node_ref=heading><bdi prop:textContent=live_text(move || title.get()) /></h1>
                {move || Some(hint.get()).filter(|hint| !hint.is_empty()).map(|hint| view! { <p class="muted small" prop:textContent=fixed(hint) /> }.into_any())}
            </div>
            {children.map(|children| view! { <div class="row">{children()}</div> }.into_any())}
        </header>
    }
}

/// Search, filters and what belongs to the list below it. On a small screen the filters are folded behind a button.
#[component]
pub fn Toolbar(
    /// Fields, buttons, a stale marker.
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
                aria-expanded=move || word(open.get())
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=IconName::Filter />
            </button>
            {children()}
        </div>
    }
}

/// The list's one search box. Its value changes with each letter.
#[component]
pub fn SearchField(
    /// Its accessible name, and what it shows while empty.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    #[prop(into)]
    value: Signal<String>,
    /// Called with each letter, and once more with the last when the field is left, or Enter pressed.
    #[prop(into)]
    on_input: Callback<String>,
) -> impl IntoView {
    let announcer = use_announcer();
    let type_in = move |event| {
        on_input.run(event_target_value(&event));
        announcer.ask_count();
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

/// A filter above a list: a native `<select>` named by a small label.
#[component]
pub fn FilterSelect(
    /// The name.
    #[prop(into)]
    label: Signal<String>,
    /// The chosen value; empty: no filter.
    #[prop(into)]
    value: Signal<String>,
    /// What can be chosen; the first one is `Choice::new("", …)` for all.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Called with the choice.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let id = unique_id("filter");
    let announcer = use_announcer();
    let change = move |event| {
        on_change.run(event_target_value(&event));
        announcer.ask_count();
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
