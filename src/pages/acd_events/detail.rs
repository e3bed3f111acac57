//! The page of one event.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::jtel::{AcdEvent, GetAcdEvent, RecordList};
use trunkline_model::html_text::html_to_text;

use super::event_content::EventContent;
use super::event_data::{self, Body};
use super::fields_view::EventFields;
use super::other_fields::text_or_empty;
use super::reference_data::{use_reference_data, use_statuses};
use super::sender_link::{CallBackLink, LookUpLink};
use super::{id_of, name_of};
use crate::components::prefill::{self, EventPrefill};
use crate::components::record_activity::RecordActivity;
use crate::components::{RecordPage, SandboxBadge};
use crate::fetch::{config, session, use_query};
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, memo};
use crate::routes::Route;
use crate::ui::{CopyButton, Icon, IconName, PageHeader};

/// `/events/{id}`
#[component]
pub fn AcdEventPage(
    /// The event's id from the URL.
    id: String,
    /// The record's history, lazy.
    history: fn(RecordActivity) -> AnyView,
) -> impl IntoView {
    // An event's id is a whole number; for anything else no request is sent.
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let request = is_number.then(|| GetAcdEvent { id: id.clone() });
    let query = use_query(move || request.clone());
    let is_empty = move || query.data.with(|data| data.as_ref().is_some_and(|list| list.records.is_empty()));
    let absent = Signal::derive(move || match is_number {
        false => Some(t::acd_events::id_is_number()),
        true => is_empty().then(t::acd_events::no_record),
    });
    let select = |list: Arc<RecordList<AcdEvent>>| list.records.first().cloned().map(Arc::new);
    let show = Callback::new(move |event| view! { <EventView event history /> }.into_any());
    // Without a record the page's title is the requested id.
    let title = move || t::acd_events::event_number(&id);
    view! { <RecordPage query list=Route::AcdEvents title select absent children=show /> }
}

/// The event.
#[component]
fn EventView(
    /// The event.
    event: Arc<AcdEvent>,
    /// The record's history, lazy.
    history: fn(RecordActivity) -> AnyView,
) -> impl IntoView {
    let record = RecordActivity { service: Service::Jtel, record: id_of(&event) };
    // For admins, as the activity is.
    let is_shown = memo(|| config::has_gateway() && session::is_admin());
    let (reference_data, statuses) = (use_reference_data(), use_statuses());
    let (id, name) = (id_of(&event), name_of(&event));
    let (copied, sender, called) = (event.clone(), event.clone(), event.clone());
    view! {
        <PageHeader title=name>
            <SandboxBadge vendor=Service::Jtel />
            <CopyButton label=t::acd_events::copy_id value=id label_shown=true />
            <LookUpLink event=sender />
            <CallBackLink event=called />
            <DuplicateLink event=copied />
        </PageHeader>
        <div class="event">
            <EventContent event=event.clone() />
            <EventFields event reference_data statuses />
        </div>
        {dyn_view(move || is_shown.get().then(|| history(record.clone())))}
    }
}

/// The event's body as text; empty if it has none.
fn body_text(event: &AcdEvent) -> String {
    let data = event.event_data.as_deref().and_then(event_data::parse).unwrap_or_default();
    match data.body {
        Body::None => String::new(),
        Body::Text(text) => text,
        Body::Html(html) => html_to_text(&html),
    }
}

/// A link to a new event with this one's values. Phone numbers and addresses are passed in memory: in the URL they
/// would stay in the browser's history.
#[component]
fn DuplicateLink(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let ids = [("type", &event.type_id), ("group", &event.group_id), ("user", &event.user_id)];
    let pairs: Vec<String> =
        ids.into_iter().filter_map(|(name, id)| Some(format!("{name}={}", id.as_ref()?.as_i64()?))).collect();
    let href = format!("{}?{}", Route::NewAcdEvent.path(), pairs.join("&"));
    let prefill = EventPrefill {
        sender: text_or_empty(event.sender.as_ref()),
        receiver: text_or_empty(event.receiver.as_ref()),
        subject: event.subject.clone().unwrap_or_default(),
        user_data: text_or_empty(event.user_data.as_ref()),
        crm_url: event.crm_url.clone().unwrap_or_default(),
        body: body_text(&event),
        ticket: None,
    };
    view! {
        <a class="button" data-variant="default" href=href on:click=move |event| prefill::stash_on_click(&event, prefill.clone())>
            <Icon name=IconName::Copy />
            <span prop:textContent=catalogue(t::acd_events::again) />
        </a>
    }
}
