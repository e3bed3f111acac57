//! From an event to the customer who called or wrote. A telephone number and an e-mail address are passed in memory, not
//! in a URL.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::decode::LooseScalar;
use trunkline_api::jtel::{AcdEvent, CALLBACK, VOICE_MAIL};
use trunkline_model::acd_events::sender_lookup;

use super::other_fields::text_or_empty;
use crate::components::prefill::{self, EventPrefill};
use crate::i18n::t;
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::{IconName, LinkButton};

/// A link that looks the sender up; nothing if the sender is neither a telephone number nor an e-mail address.
#[component]
pub fn LookUpLink(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let query = sender_lookup(&event)?;
    let look_up = move |click: web_sys::MouseEvent| prefill::request_lookup_on_click(&click, query.clone());
    Some(view! {
        <LinkButton label=t::acd_events::look_up href=Route::Customers.path() icon=IconName::Customer on:click=look_up />
    })
}

/// A link from a voice mail to a callback for its sender.
#[component]
pub fn CallBackLink(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let id = |id: &Option<LooseScalar>| id.as_ref().and_then(LooseScalar::as_i64);
    let is_voice_mail = id(&event.type_id) == Some(VOICE_MAIL) && event.sender.is_some();
    is_voice_mail.then(|| {
        let group = id(&event.group_id).map(|id| id.to_string()).unwrap_or_default();
        let link = href(&Route::NewAcdEvent, &[("type", &CALLBACK.to_string()), ("group", &group)]);
        let prefill = EventPrefill {
            sender: text_or_empty(event.sender.as_ref()),
            receiver: text_or_empty(event.receiver.as_ref()),
            subject: event.subject.clone().unwrap_or_default(),
            ..EventPrefill::default()
        };
        let call_back = move |click: web_sys::MouseEvent| prefill::stash_on_click(&click, prefill.clone());
        view! { <LinkButton label=t::acd_events::call_back href=link icon=IconName::Phone on:click=call_back /> }
    })
}
