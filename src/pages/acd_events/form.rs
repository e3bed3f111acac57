//! The form for a new event. Its fields depend on the type.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use trunkline_api::ErrorKind;
use trunkline_api::jtel::{TICKET, is_telephone};
use trunkline_api::text::TextKind;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::form_state::{self, FormState, has_body};
use super::form_tools::{EventFormTools, FillSender, FoundSender, SaveEvent};
use super::reference_data::{unreadable_notes, use_reference_data};
use super::reference_select::ReferenceSelect;
use crate::browser::{clock, property};
use crate::components::form_templates::{FormTemplates, form_templates};
use crate::components::record_form::{RecordFormView, Submit, use_record_form};
use crate::components::ticket_origin::TicketBackLink;
use crate::components::{Crumbs, FieldErrors};
use crate::i18n::t;
use crate::reactive::{after_paint, catalogue, dyn_view, effect, memo};
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::{Banner, FieldSet, Severity, TextArea, TextField};

/// `/events/new`; the fields may be prefilled.
#[component]
pub fn NewAcdEventPage(
    /// What the form needs behind its first view.
    tools: EventFormTools,
) -> impl IntoView {
    let fields = FormState::prefilled();
    // The draft's key has the query in it: other prefilled values make another form.
    let path = format!("{}{}", Route::NewAcdEvent.path(), use_location().search.get_untracked());
    let (draft_fields, draft_options) = fields.draft_fields();
    let form = use_record_form(path, draft_fields, draft_options);
    let (errors, error) = (form.errors, form.saving.error);
    // Marks the fields that the vendor's error names, as long as the page is mounted.
    effect(move || {
        error.with(|error| error.iter().for_each(|error| form_state::mark_errors(errors, error)));
    });
    let saver = form.clone();
    let ticket = fields.ticket.get_value();
    let back = ticket.as_ref().map(|ticket| Route::Ticket(ticket.id.clone()));
    let cancel = back.clone().unwrap_or(Route::AcdEvents);
    let crumbs = match ticket.clone() {
        Some(origin) => view! { <TicketBackLink origin /> }.into_any(),
        None => view! { <Crumbs list=Route::AcdEvents /> }.into_any(),
    };
    if ticket.is_some() && fields.group.read_untracked().is_empty() {
        focus_first_empty();
    }
    after_paint(tools.load);
    let found: FoundSender = RwSignal::new(None);
    let keys = ticket.map(|ticket| ticket.lookups).unwrap_or_default();
    let fill = (!keys.is_empty()).then_some(FillSender { fields, keys, found });
    let submit = Submit::create(&form, move || {
        (tools.save)(SaveEvent { fields, form: saver.clone(), back: back.clone() });
    });
    view! {
        <div class="page page-narrow">
            {crumbs}
            <RecordFormView form submit title=t::routes::new_event cancel above=move || view! { {look_for_it(fields, error)} {templates(fields)} }>
                <Distribution fields errors />
                <Details fields errors found />
            </RecordFormView>
            {move || fill.clone().map(tools.fill_sender)}
        </div>
    }
}

/// Templates of the form.
fn templates(fields: FormState) -> Option<AnyView> {
    form_templates(FormTemplates {
        page: Signal::stored(Route::NewAcdEvent.path()),
        query: memo(move || fields.template()),
        apply: Callback::new(move |query: String| fields.apply_template(&query)),
    })
}

/// After a lost answer: a link to the events among which the new one is, if it was made. It opens a new tab, because the
/// input must stay until that is known.
fn look_for_it(fields: FormState, error: RwSignal<Option<trunkline_api::Error>>) -> AnyView {
    let is_lost = memo(move || {
        let is_lost = |kind: &ErrorKind| matches!(kind, ErrorKind::Lost | ErrorKind::Undecodable { .. });
        error.with(|error| error.as_ref().is_some_and(|error| is_lost(&error.kind)))
    });
    dyn_view(move || {
        is_lost.get().then(|| {
            let (kind, group) = (fields.kind.get_untracked(), fields.group.get_untracked());
            let link = href(&Route::AcdEvents, &[("type", &kind), ("group", &group), ("from", &clock::today())]);
            view! {
                <Banner severity=Severity::Warning text=t::acd_events::look_hint>
                    <a class="button" data-small="" href=link target="_blank" rel="noopener">
                        <span prop:textContent=catalogue(t::acd_events::look_for_it) />
                    </a>
                </Banner>
            }
            .into_any()
        })
    })
}

/// Focuses the first required field without a value, after the page's heading has had the focus: one key chooses it.
fn focus_first_empty() {
    let focus = || {
        let Ok(fields) = document().query_selector_all("main form.form [aria-required=true]") else { return };
        let is_empty =
            |field: &Node| property(field, "value").and_then(|value| value.as_string()).as_deref() == Some("");
        let first = (0..fields.length()).filter_map(|at| fields.get(at)).find(is_empty);
        if let Some(field) = first.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            // A field that can't take the focus is still there to click.
            let _ = field.focus();
        }
    };
    request_animation_frame(move || request_animation_frame(focus));
}

/// The event's type, and the group and user it goes to.
#[component]
fn Distribution(fields: FormState, errors: FieldErrors) -> impl IntoView {
    let reference_data = use_reference_data();
    view! {
        <FieldSet legend=t::acd_events::distribution>
            {unreadable_notes(reference_data)}
            <ReferenceSelect
                label=t::acd_events::kind
                value=fields.kind
                list=reference_data.types
                empty_label=t::acd_events::choose
                number_hint=t::acd_events::type_typed
                error=errors.signal("AcdEventTypesID")
                required=true
            />
            <ReferenceSelect
                label=t::acd_events::group
                value=fields.group
                list=reference_data.groups
                empty_label=t::acd_events::choose
                number_hint=t::acd_events::group_typed
                error=errors.signal("AcdGroupsID")
                required=true
            />
            <ReferenceSelect
                label=t::acd_events::user
                value=fields.user
                list=reference_data.users
                empty_label=t::acd_events::nobody
                number_hint=t::acd_events::user_typed
                error=errors.signal("UsersID")
            />
        </FieldSet>
    }
}

/// Sender, receiver, subject and the other details.
#[component]
fn Details(fields: FormState, errors: FieldErrors, found: FoundSender) -> impl IntoView {
    let kind = memo(move || fields.type_id());
    let telephone = memo(move || kind.get().is_some_and(is_telephone));
    let sender_hint = move || {
        if let Some((_, name)) = found.get().filter(|(tel, _)| fields.sender.with(|sender| sender == tel)) {
            return t::ticket::from_sobot(&name);
        }
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
                error=errors.signal("Sender")
                text_kind=TextKind::Code
                hint=Signal::derive(sender_hint)
                required=true
            />
            <TextField
                label=t::acd_events::receiver
                value=fields.receiver
                error=errors.signal("Receiver")
                text_kind=TextKind::Code
                hint=Signal::derive(receiver_hint)
            />
            <TextField label=t::acd_events::subject value=fields.subject error=errors.signal("Subject") required=true />
            {move || has_body(kind.get()).then(|| view! {
                <TextArea label=t::acd_events::body value=fields.body error=errors.signal("Body") />
            })}
            <TextField
                label=t::acd_events::crm_url
                value=fields.crm_url
                error=errors.signal("CrmURL")
                hint=t::acd_events::crm_url_hint
                kind="url"
            />
            <TextField
                label=t::acd_events::user_data
                value=fields.user_data
                error=errors.signal("UserData")
                hint=Signal::derive(user_data_hint)
            />
        </FieldSet>
    }
}
