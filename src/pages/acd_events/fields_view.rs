//! All fields of an event, by name. Empty fields are shown too.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::jtel::AcdEvent;
use trunkline_model::acd_events::display_address;

use super::id_of;
use super::other_fields::{OtherFields, text_or_empty};
use super::reference_data::{ReferenceData, ReferenceList};
use super::safe_link::SafeLink;
use crate::i18n::{format, t};
use crate::reactive::{catalogue, fixed, live_text};
use crate::ui::{CopyButton, Definition, DefinitionList};

/// All the fields, in groups.
#[component]
pub fn EventFields(
    /// The event.
    event: Arc<AcdEvent>,
    /// The names of types, groups and users.
    reference_data: ReferenceData,
    /// The words for status numbers.
    statuses: ReferenceList,
) -> impl IntoView {
    view! {
        <section class="card stack-s">
            <h2 prop:textContent=catalogue(t::acd_events::about) />
            <MainFields event=event.clone() reference_data statuses />
        </section>
        <section class="card stack-s">
            <h2 prop:textContent=catalogue(t::acd_events::times) />
            <p class="muted small" prop:textContent=catalogue(t::acd_events::times_hint) />
            <Times event=event.clone() />
        </section>
        <section class="card stack-s">
            <h2 prop:textContent=catalogue(t::acd_events::further) />
            <OtherFields event />
        </section>
    }
}

/// The fields that people work with most.
#[component]
fn MainFields(event: Arc<AcdEvent>, reference_data: ReferenceData, statuses: ReferenceList) -> impl IntoView {
    let (kind, group, user) = (event.type_id.clone(), event.group_id.clone(), event.user_id.clone());
    let status = event.status_id.clone();
    let type_name = move || reference_data.types.name_and_id_of(kind.as_ref());
    let status_name = move || statuses.name_and_id_of(status.as_ref());
    let group_name = move || reference_data.groups.name_and_id_of(group.as_ref());
    let user_name = move || match user.as_ref() {
        Some(id) => reference_data.users.name_and_id_of(Some(id)),
        None => t::acd_events::nobody(),
    };
    let crm_url = event.crm_url.clone().unwrap_or_default();
    view! {
        <DefinitionList>
            <CopyableCode term=t::acd_events::id value=id_of(&event) />
            <Definition term=t::acd_events::kind value=Signal::derive(type_name) />
            <Definition term=t::acd_events::status value=Signal::derive(status_name) />
            <Definition term=t::acd_events::group value=Signal::derive(group_name) />
            <Definition term=t::acd_events::user value=Signal::derive(user_name) />
            <CopyableCode term=t::acd_events::sender value=display_address(&event, event.sender.as_ref()) />
            <CopyableCode term=t::acd_events::receiver value=display_address(&event, event.receiver.as_ref()) />
            <CopyableCode term=t::acd_events::user_data value=text_or_empty(event.user_data.as_ref()) />
            {if crm_url.trim().is_empty() {
                view! { <Definition term=t::acd_events::crm_url value="" /> }.into_any()
            } else {
                view! { <Definition term=t::acd_events::crm_url><SafeLink url=crm_url name="" /></Definition> }.into_any()
            }}
        </DefinitionList>
    }
}

/// Times in the jtel system's local time, with the vendor's notation on hover.
#[component]
fn Times(event: Arc<AcdEvent>) -> impl IntoView {
    let time = |term: fn() -> String, time: &Option<String>| match time.clone().filter(|time| !time.is_empty()) {
        None => view! { <Definition term value="" /> }.into_any(),
        Some(raw) => {
            let original = raw.clone();
            let shown = move || format::local_date_time(&raw);
            view! { <Definition term><span title=original prop:textContent=live_text(move || shown()) /></Definition> }
                .into_any()
        }
    };
    view! {
        <DefinitionList>
            {time(t::acd_events::created, &event.created)}
            {time(t::acd_events::modified, &event.modified)}
            {time(t::acd_events::last_modified, &event.last_modified)}
            {time(t::acd_events::received, &event.received)}
            {time(t::acd_events::remind, &event.remind)}
        </DefinitionList>
    }
}

/// An id, a number or an address: left to right in every language, with a copy button.
#[component]
fn CopyableCode(
    /// The label.
    term: fn() -> String,
    /// The value; a dash is shown if it is empty.
    value: String,
) -> impl IntoView {
    if value.is_empty() {
        return view! { <Definition term value="" /> }.into_any();
    }
    let copied = value.clone();
    view! {
        <Definition term>
            <bdi class="break" dir="ltr" prop:textContent=fixed(value) />
            <CopyButton label=move || t::ui::copy_value(&term()) value=copied />
        </Definition>
    }
    .into_any()
}
