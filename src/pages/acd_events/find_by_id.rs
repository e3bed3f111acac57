//! A form that opens an event by its id.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trunkline_api::ValidationError;
use trunkline_api::text::TextKind;

use crate::components::validation_message;
use crate::i18n::t;
use crate::reactive::{catalogue, fixed};
use crate::routes::Route;
use crate::ui::{Button, InputText, unique_id};

/// A field for the id, and a button that opens the event's page, even if the list doesn't contain it.
#[component]
pub fn FindById() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let field = InputText::new(text, TextKind::Number);
    let problem = RwSignal::new(None::<ValidationError>);
    let navigate = use_navigate();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let id = text.get_untracked().trim().to_owned();
        let invalid = if id.is_empty() {
            Some(ValidationError::Required)
        } else {
            (!id.bytes().all(|byte| byte.is_ascii_digit())).then_some(ValidationError::NotNumber)
        };
        problem.set(invalid.clone());
        if invalid.is_none() {
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
                prop:value=move || field.displayed()
                on:input=move |event| field.on_input(&event)
                on:change=move |_| field.on_change()
            />
            <Button label=t::acd_events::open submit=true />
            {move || problem.get().map(|problem| {
                view! { <p class="field-error" id=note.clone() role="alert" prop:textContent=fixed(validation_message(&problem)) /> }.into_any()
            })}
        </form>
    }
}
