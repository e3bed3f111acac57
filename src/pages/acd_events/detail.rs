//! One event to read.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Vendor;
use trunkline_api::jtel::{AcdEvent, GetAcdEvent, Records};

use super::body::Content;
use super::crumbs::Crumbs;
use super::directory::use_directory;
use super::facts::{Facts, text};
use super::{id_of, name_of};
use crate::fetch::{Query, use_query};
use crate::i18n::t;
use crate::parts::hand_over::{self, EventPrefill};
use crate::parts::{Freshness, Loaded, NotFound, SandboxBadge, StandInHeader};
use crate::reactive::catalogue;
use crate::routes::Route;
use crate::ui::{CopyButton, Icon, IconName, PageHeader};

/// `/events/{id}`
#[component]
pub fn AcdEventPage(
    /// The event's id, as the URL has it.
    id: String,
) -> impl IntoView {
    // An event's id is a whole number; whatever else stands in the URL, the vendor need not be asked.
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let request = is_number.then(|| GetAcdEvent { id: id.clone() });
    let query = use_query(move || request.clone());
    let content = if is_number {
        view! { <Found id query /> }.into_any()
    } else {
        view! { <NotFound message=t::acd_events::id_is_number /> }.into_any()
    };
    view! {
        <div class="page">
            <Crumbs>{is_number.then(|| view! { <Freshness query /> })}</Crumbs>
            {content}
        </div>
    }
}

/// The vendor's answer, whatever it is.
#[component]
fn Found(
    /// The event's id.
    id: String,
    /// The answer.
    query: Query<Records<AcdEvent>>,
) -> impl IntoView {
    // While there is nothing to read, the page is named by what was asked for.
    let id = StoredValue::new(id);
    let title = move || id.with_value(|id| t::acd_events::event_number(id));
    let show = Callback::new(|answer: Arc<Records<AcdEvent>>| match answer.records.first() {
        Some(event) => view! { <Record event=Arc::new(event.clone()) /> }.into_any(),
        None => view! { <NotFound message=t::acd_events::no_record /> }.into_any(),
    });
    view! {
        <StandInHeader query missing=Signal::derive(move || query.data.with(Option::is_none)) title />
        <Loaded query children=show />
    }
}

/// The event.
#[component]
fn Record(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let directory = use_directory();
    let (id, name) = (id_of(&event), name_of(&event));
    let copied = event.clone();
    view! {
        <PageHeader title=name>
            <SandboxBadge vendor=Vendor::Jtel />
            <CopyButton label=t::acd_events::copy_id value=id shown=true />
            <Again event=copied />
        </PageHeader>
        <div class="event">
            <Content event=event.clone() />
            <Facts event directory />
        </div>
    }
}

/// A link to a new event with this one's values. Numbers and addresses don't go by the URL, where they would stay in
/// the browser's history.
#[component]
fn Again(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let ids = [("type", &event.type_id), ("group", &event.group_id), ("user", &event.user_id)];
    let pairs: Vec<String> =
        ids.into_iter().filter_map(|(name, id)| Some(format!("{name}={}", id.as_ref()?.as_i64()?))).collect();
    let href = format!("{}?{}", Route::NewAcdEvent.path(), pairs.join("&"));
    let prefill = EventPrefill {
        sender: text(event.sender.as_ref()),
        receiver: text(event.receiver.as_ref()),
        subject: event.subject.clone().unwrap_or_default(),
        user_data: text(event.user_data.as_ref()),
        crm_url: event.crm_url.clone().unwrap_or_default(),
    };
    view! {
        <a class="button" data-variant="default" href=href on:click=move |event| hand_over::offer_on_click(&event, prefill.clone())>
            <Icon name=IconName::Copy />
            <span prop:textContent=catalogue(t::acd_events::again) />
        </a>
    }
}
