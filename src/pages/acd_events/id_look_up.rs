//! Opens an event by its number.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trunkline_api::Problem;
use trunkline_api::text::TextKind;

use crate::i18n::t;
use crate::parts::problem_text;
use crate::reactive::{catalogue, fixed};
use crate::routes::Route;
use crate::ui::{Button, TypedText, unique_id};

/// A small form: a number, and a button that leads to its page, whether or not the list has it.
#[component]
pub fn IdLookUp() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let field = TypedText::new(typed, TextKind::Number);
    let problem = RwSignal::new(None::<Problem>);
    let navigate = use_navigate();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let id = typed.get_untracked().trim().to_owned();
        let found = if id.is_empty() {
            Some(Problem::Required)
        } else {
            (!id.bytes().all(|byte| byte.is_ascii_digit())).then_some(Problem::NotNumber)
        };
        problem.set(found.clone());
        if found.is_none() {
            navigate(&Route::AcdEvent(id).path(), NavigateOptions::default());
        }
    };
    let id = unique_id("event-id");
    let note = format!("{id}-error");
    let described_by = note.clone();
    view! {
        <form class="id-look-up" novalidate on:submit=submit>
            <label for=id.clone() prop:textContent=catalogue(t::acd_events::event_id) />
            <input
                class="input"
                id=id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-invalid=move || problem.read().is_some().then_some("true")
                aria-describedby=move || problem.read().is_some().then(|| described_by.clone())
                prop:value=move || field.shown()
                on:input=move |event| field.input(&event)
                on:change=move |_| field.change()
            />
            <Button label=t::acd_events::open submit=true />
            {move || problem.get().map(|problem| {
                view! { <p class="field-error" id=note.clone() role="alert" prop:textContent=fixed(problem_text(&problem)) /> }.into_any()
            })}
        </form>
    }
}
