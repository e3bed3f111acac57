//! A filter of several values, and the chips of what is chosen. They hold a parameter of the URL.

use leptos::html;
use leptos::prelude::*;
use trunkline_model::multi_value::{parse_values, toggle_value};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, KeyboardEvent, Node};

use super::list_params::ListParams;
use crate::browser::keys::{Key, pressed};
use crate::i18n::{format, t};
use crate::reactive::{catalogue, fixed, live_text, memo};
use crate::routes::query_params::Param;
use crate::ui::{Button, Icon, IconName, SelectOption, Variant, aria_bool, unique_id, use_announcer};

/// A filter of several values: a button that opens a list of checkboxes. Esc and leaving it close the list.
#[component]
pub fn MultiFilter(
    /// The label.
    label: fn() -> String,
    /// The parameter: its values, as in [`parse_values`].
    param: Param,
    /// The values to choose from. A chosen value that is not among them is listed too.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// Shows a single chosen value in the button, for lists without [`FilterChips`].
    #[prop(optional)]
    shows_value: bool,
) -> impl IntoView {
    let (open, id) = (RwSignal::new(false), unique_id("filter"));
    let (whole, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let announcer = use_announcer();
    let chosen = memo(move || parse_values(&param.get()));
    let listed = memo(move || {
        let mut listed: Vec<(String, String)> =
            options.get().into_iter().map(|option| (option.value, option.label)).collect();
        for value in chosen.get() {
            if !listed.iter().any(|(known, _)| *known == value) {
                listed.push((value.clone(), value));
            }
        }
        listed
    });
    let leave = move |event: FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        if to.is_some_and(|to| whole.get_untracked().is_some_and(|whole| !whole.contains(Some(&to)))) {
            open.set(false);
        }
    };
    let press = move |event: KeyboardEvent| {
        if pressed(&event) == Some(Key::Escape) && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            if let Some(button) = button.get_untracked() {
                // The button is on the screen, so it takes the focus.
                let _ = button.focus();
            }
        }
    };
    let toggle = move |value: &str| {
        param.set(&toggle_value(&param.value.get_untracked(), value));
        announcer.request_count();
    };
    let option = move |(value, label): (String, String)| {
        let is_chosen = {
            let value = value.clone();
            move || chosen.with(|chosen| chosen.contains(&value))
        };
        view! {
            <label class="multi-filter-option">
                <input type="checkbox" prop:checked=is_chosen on:change=move |_| toggle(&value) />
                <bdi prop:textContent=fixed(label) />
            </label>
        }
    };
    let list_id = id.clone();
    let list = move || {
        open.get().then(|| {
            view! {
                <div class="multi-filter-list" id=list_id.clone() role="group" aria-label=label>
                    {listed.get().into_iter().map(option).collect_view()}
                </div>
            }
            .into_any()
        })
    };
    let count = move || chosen.with(Vec::len);
    let summary = move || {
        let chosen = chosen.get();
        let one = chosen.first().filter(|_| shows_value && chosen.len() == 1)?;
        let label = listed.get().into_iter().find_map(|(value, label)| (value == *one).then_some(label));
        Some(view! { <bdi class="multi-filter-value" prop:textContent=fixed(label.unwrap_or_default()) /> }.into_any())
    };
    let number = move || {
        let count = i64::try_from(count()).unwrap_or_default();
        (count > 0).then(|| {
            view! { <span class="multi-filter-count" prop:textContent=fixed(format::number(count)) /> }.into_any()
        })
    };
    view! {
        <div
            class="filter multi-filter"
            data-on=move || (count() > 0).then_some("")
            node_ref=whole
            on:focusout=leave
            on:keydown=press
        >
            <button
                type="button"
                node_ref=button
                aria-expanded=move || aria_bool(open.get())
                aria-controls=id
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span prop:textContent=catalogue(label) />
                {move || summary().or_else(number)}
                <Icon name=IconName::SortUp />
            </button>
            {list}
        </div>
    }
}

/// The chosen values as chips that remove them, and a button that clears the search and all filters. Nothing while no
/// filter is on.
#[component]
pub fn FilterChips(
    /// The list's parameters.
    params: ListParams,
    /// The filters of several values, with their labels.
    filters: Vec<(fn() -> String, Param)>,
) -> impl IntoView {
    let announcer = use_announcer();
    let is_on = memo(move || params.is_filtered());
    let chip = move |label: fn() -> String, param: Param, value: String| {
        let text = value.clone();
        let remove = move |_| {
            param.set(&toggle_value(&param.value.get_untracked(), &value));
            announcer.request_count();
        };
        view! {
            <button type="button" class="chip" title=t::filters::remove on:click=remove>
                <span class="muted" prop:textContent=catalogue(label) />
                <bdi prop:textContent=fixed(text) />
                <Icon name=IconName::Close />
            </button>
        }
    };
    let filters = StoredValue::new(filters);
    let chips = move || {
        let chips = filters
            .get_value()
            .into_iter()
            .flat_map(|(label, param)| parse_values(&param.get()).into_iter().map(move |value| (label, param, value)));
        chips.map(|(label, param, value)| chip(label, param, value)).collect_view()
    };
    let clear = move |()| {
        params.clear();
        announcer.request_count();
    };
    move || {
        is_on.get().then(|| {
            view! {
                <div class="filter-chips toolbar" role="group" aria-label=t::filters::active>
                    {chips}
                    <Button label=t::common::clear_filters small=true variant=Variant::Ghost on_click=clear />
                </div>
            }
            .into_any()
        })
    }
}

/// A filter that is on or off: a checkbox that holds a parameter of the URL.
#[component]
pub fn CheckFilter(
    /// The label.
    label: fn() -> String,
    /// The parameter.
    param: Param,
    /// Its value while the filter is on.
    on: &'static str,
) -> impl IntoView {
    let announcer = use_announcer();
    let is_on = memo(move || param.value.with(|value| value == on));
    let change = move |event| {
        param.set(if event_target_checked(&event) { on } else { "" });
        announcer.request_count();
    };
    view! {
        <label class="filter check-filter" data-on=move || is_on.get().then_some("")>
            <input type="checkbox" prop:checked=move || is_on.get() on:change=change />
            <span prop:textContent=live_text(label) />
        </label>
    }
}
