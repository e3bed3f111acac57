//! Every field of an event, by name. Nothing is left out because it is empty.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::jtel::AcdEvent;
use trunkline_api::wire::Scalar;

use super::directory::Directory;
use super::further::Further;
use super::id_of;
use super::safe_link::SafeLink;
use crate::i18n::{format, t};
use crate::reactive::{catalogue, fixed, live_text};
use crate::ui::{CopyButton, Definition, DefinitionList};

/// All the fields, in groups.
#[component]
pub fn Facts(
    /// The event.
    event: Arc<AcdEvent>,
    /// The names of types, groups and users.
    directory: Directory,
) -> impl IntoView {
    view! {
        <section class="card stack-s">
            <h2 prop:textContent=catalogue(t::acd_events::about) />
            <Main event=event.clone() directory />
        </section>
        <section class="card stack-s">
            <h2 prop:textContent=catalogue(t::acd_events::times) />
            <p class="muted small" prop:textContent=catalogue(t::acd_events::times_hint) />
            <Times event=event.clone() />
        </section>
        <section class="card stack-s">
            <h2 prop:textContent=catalogue(t::acd_events::further) />
            <Further event />
        </section>
    }
}

/// What a person works with.
#[component]
fn Main(event: Arc<AcdEvent>, directory: Directory) -> impl IntoView {
    let (kind, group, user) = (event.type_id.clone(), event.group_id.clone(), event.user_id.clone());
    let type_name = move || with_id(&directory.types.of(kind.as_ref()), kind.as_ref());
    let group_name = move || with_id(&directory.groups.of(group.as_ref()), group.as_ref());
    let user_name = move || match user.as_ref() {
        Some(id) => with_id(&directory.users.of(Some(id)), Some(id)),
        None => t::acd_events::nobody(),
    };
    let crm_url = event.crm_url.clone().unwrap_or_default();
    view! {
        <DefinitionList>
            <Code term=t::acd_events::id value=id_of(&event) />
            <Definition term=t::acd_events::kind value=Signal::derive(type_name) />
            <Definition term=t::acd_events::status value=text(event.status_id.as_ref()) />
            <Definition term=t::acd_events::group value=Signal::derive(group_name) />
            <Definition term=t::acd_events::user value=Signal::derive(user_name) />
            <Code term=t::acd_events::sender value=text(event.sender.as_ref()) />
            <Code term=t::acd_events::receiver value=text(event.receiver.as_ref()) />
            <Code term=t::acd_events::user_data value=text(event.user_data.as_ref()) />
            {if crm_url.trim().is_empty() {
                view! { <Definition term=t::acd_events::crm_url value="" /> }.into_any()
            } else {
                view! { <Definition term=t::acd_events::crm_url><SafeLink url=crm_url name="" /></Definition> }.into_any()
            }}
        </DefinitionList>
    }
}

/// Times as they stand in the jtel system; as the vendor wrote them, on hover.
#[component]
fn Times(event: Arc<AcdEvent>) -> impl IntoView {
    let time = |term: fn() -> String, time: &Option<String>| match time.clone().filter(|time| !time.is_empty()) {
        None => view! { <Definition term value="" /> }.into_any(),
        Some(raw) => {
            let given = raw.clone();
            let shown = move || format::local_date_time(&raw);
            view! { <Definition term><span title=given prop:textContent=live_text(move || shown()) /></Definition> }
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

/// An id, a number or an address: read from left to right, with a button that copies it.
#[component]
fn Code(
    /// The name.
    term: fn() -> String,
    /// The value; empty: a dash.
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

/// A value as text; empty without one.
pub fn text(value: Option<&Scalar>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// A name and the id behind it.
fn with_id(name: &str, id: Option<&Scalar>) -> String {
    match id.map(ToString::to_string) {
        Some(id) if id != name => t::acd_events::name_and_id(&id, name),
        _ => name.to_owned(),
    }
}
