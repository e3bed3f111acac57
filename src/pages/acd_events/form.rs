//! A new event. The fields follow the type.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use trunkline_api::jtel::{
    AcdEvent, CreateAcdEvent, GetAcdEvent, ListAcdEvents, NewAcdEvent, Records, TICKET, is_telephone,
};
use trunkline_api::text::TextKind;

use super::crumbs::Crumbs;
use super::directory::{notes, use_directory};
use super::fields::{self, Fields, has_body};
use super::id_of;
use super::pickers::Picker;
use crate::fetch::mutation::Look;
use crate::fetch::{Truth, cache, invalidate, put, use_mutation};
use crate::i18n::t;
use crate::parts::draft::use_draft_with;
use crate::parts::{DraftNotice, FieldErrors, words};
use crate::reactive::{effect, memo};
use crate::routes::Route;
use crate::ui::{FieldSet, FormShell, Kind, TextArea, TextField, use_toasts};

/// `/events/new`; fields may come filled in.
#[component]
pub fn NewAcdEventPage() -> impl IntoView {
    let fields = Fields::prefilled();
    let errors = FieldErrors::new();
    let saving = use_mutation();
    let (slots, ways) = fields.slots();
    // Filled in by its URL otherwise, it is another form.
    let form = format!("{}{}", Route::NewAcdEvent.path(), use_location().search.get_untracked());
    let draft = use_draft_with(form, slots, ways);
    let notice = draft.clone();
    let toasts = use_toasts();
    let navigate = StoredValue::new_local(use_navigate());
    let done = move |answer: Records<AcdEvent>| {
        draft.saved();
        toasts.push(Kind::Success, t::common::saved());
        let target = remember(answer);
        navigate.try_with_value(|navigate| navigate(&target.path(), NavigateOptions::default()));
    };
    let submit = move |()| {
        saving.error.set(None);
        if let Some(event) = fields.event(errors) {
            let look = look(&event, done.clone());
            saving.run_sure(CreateAcdEvent { event }, done.clone(), |_| {}, look);
        }
    };
    // Marks what the vendor's refusal names; while the page is there to show it.
    effect(move || {
        saving.error.with(|error| error.iter().for_each(|error| fields::blame(errors, error)));
    });
    let problem = Signal::derive(move || saving.error.get().map(|error| words(&error)));
    view! {
        <div class="page page-narrow">
            <Crumbs />
            <FormShell
                title=t::routes::new_event
                error=problem
                saving=saving.busy
                on_submit=submit
                cancel_href=Route::AcdEvents.path()
            >
                <DraftNotice draft=notice />
                <Distribution fields errors />
                <Details fields errors />
            </FormShell>
        </div>
    }
}

/// Whether the event is there. An older one may have the same values: only one that the last list lacks is surely new.
fn look(sent: &NewAcdEvent, done: impl Fn(Records<AcdEvent>) + 'static) -> Look {
    let sent = sent.clone();
    let before = cache::peek(&ListAcdEvents);
    Look::new(&ListAcdEvents, move |now| {
        let mut like = now.records.iter().filter(|event| sent.is_in(event));
        let Some(before) = &before else {
            return if like.next().is_some() { Truth::Unknown } else { Truth::NotDone };
        };
        match like.find(|event| !before.records.iter().any(|known| known.id == event.id)) {
            Some(event) => {
                done(Records::of(AcdEvent::clone(event)));
                Truth::Done
            }
            None => Truth::NotDone,
        }
    })
}

/// Keeps the created event for its page, and has the list read again. Where the vendor's answer holds no event, the
/// list is the place to look.
fn remember(answer: Records<AcdEvent>) -> Route {
    invalidate(&cache::prefix::<ListAcdEvents>());
    let id = answer.records.first().map(id_of).unwrap_or_default();
    if id.is_empty() {
        return Route::AcdEvents;
    }
    put(GetAcdEvent { id: id.clone() }, answer);
    Route::AcdEvent(id)
}

/// What kind of event, and to whom it goes.
#[component]
fn Distribution(fields: Fields, errors: FieldErrors) -> impl IntoView {
    let directory = use_directory();
    view! {
        <FieldSet legend=t::acd_events::distribution>
            {notes(directory)}
            <Picker
                label=t::acd_events::kind
                value=fields.kind
                names=directory.types
                none=t::acd_events::choose
                typed_hint=t::acd_events::type_typed
                error=errors.of("AcdEventTypesID")
                required=true
            />
            <Picker
                label=t::acd_events::group
                value=fields.group
                names=directory.groups
                none=t::acd_events::choose
                typed_hint=t::acd_events::group_typed
                error=errors.of("AcdGroupsID")
                required=true
            />
            <Picker
                label=t::acd_events::user
                value=fields.user
                names=directory.users
                none=t::acd_events::nobody
                typed_hint=t::acd_events::user_typed
                error=errors.of("UsersID")
            />
        </FieldSet>
    }
}

/// What the event says.
#[component]
fn Details(fields: Fields, errors: FieldErrors) -> impl IntoView {
    let kind = memo(move || fields.type_id());
    let telephone = memo(move || kind.get().is_some_and(is_telephone));
    let sender_hint = move || {
        if telephone.get() { t::acd_events::sender_phone() } else { t::acd_events::sender_address() }
    };
    let receiver_hint = move || {
        if telephone.get() { t::acd_events::receiver_phone() } else { t::acd_events::receiver_address() }
    };
    let user_data_hint = move || {
        if kind.get() == Some(TICKET) { t::acd_events::user_data_ticket() } else { t::acd_events::user_data_any() }
    };
    view! {
        <FieldSet legend=t::acd_events::details>
            <TextField
                label=t::acd_events::sender
                value=fields.sender
                error=errors.of("Sender")
                holds=TextKind::Code
                hint=Signal::derive(sender_hint)
                required=true
            />
            <TextField
                label=t::acd_events::receiver
                value=fields.receiver
                error=errors.of("Receiver")
                holds=TextKind::Code
                hint=Signal::derive(receiver_hint)
            />
            <TextField label=t::acd_events::subject value=fields.subject error=errors.of("Subject") required=true />
            {move || has_body(kind.get()).then(|| view! {
                <TextArea label=t::acd_events::body value=fields.body error=errors.of("Body") hint=t::acd_events::body_hint />
            })}
            <TextField
                label=t::acd_events::crm_url
                value=fields.crm_url
                error=errors.of("CrmURL")
                hint=t::acd_events::crm_url_hint
                kind="url"
            />
            <TextField
                label=t::acd_events::user_data
                value=fields.user_data
                error=errors.of("UserData")
                hint=Signal::derive(user_data_hint)
            />
        </FieldSet>
    }
}
