//! The state of the form for a new event, and the event built from it.

use leptos::prelude::*;
use trunkline_api::jtel::{CALLBACK, NewAcdEvent};
use trunkline_api::{Error, FieldError};
use trunkline_model::acd_event_form::{EventInput, FIELD_NAMES, fields_named_by};
use trunkline_model::ticket_origin::TicketOrigin;

use crate::components::draft::{DraftField, DraftOptions, text};
use crate::components::last_group::last_group;
use crate::components::ticket_origin::ticket_origin;
use crate::components::{FieldErrors, prefill};
use crate::routes::query_params::{self, use_param};

/// The form's values. Ids stay text until they are sent. Values that the chosen type doesn't use are kept, so nothing
/// is lost when the type changes back.
#[derive(Clone, Copy)]
pub struct FormState {
    /// `AcdEventTypesID`
    pub kind: RwSignal<String>,
    /// `AcdGroupsID`
    pub group: RwSignal<String>,
    /// `UsersID`; empty for none.
    pub user: RwSignal<String>,
    /// `Sender`
    pub sender: RwSignal<String>,
    /// `Receiver`
    pub receiver: RwSignal<String>,
    /// `Subject`
    pub subject: RwSignal<String>,
    /// `Body`, sent only with a callback.
    pub body: RwSignal<String>,
    /// `CrmURL`
    pub crm_url: RwSignal<String>,
    /// `UserData`
    pub user_data: RwSignal<String>,
    /// True if another page prefilled the form.
    prefilled: bool,
    /// The sender that was looked up and filled in; empty if none was.
    pub found_sender: RwSignal<String>,
    /// The ticket that the event is about, if it was opened from one.
    pub ticket: StoredValue<Option<TicketOrigin>>,
}

impl FormState {
    /// Prefilled values: those from another page, else those from the URL's query.
    pub fn prefilled() -> Self {
        let offer = prefill::take();
        let is_prefilled = offer.is_some();
        let provided = offer.unwrap_or_default();
        let param = |name| use_param(name).value.get_untracked();
        let of = |name, provided: String| RwSignal::new(if provided.is_empty() { param(name) } else { provided });
        let ticket_id = param("ticket");
        let ticket = provided.ticket.or_else(|| (!ticket_id.is_empty()).then(|| ticket_origin(&ticket_id)));
        let or_of_ticket = |text: String, of_ticket: fn(&TicketOrigin) -> &str| {
            if text.is_empty() {
                ticket.as_ref().map(|ticket| of_ticket(ticket).to_owned()).unwrap_or_default()
            } else {
                text
            }
        };
        let subject = or_of_ticket(provided.subject, |ticket| &ticket.subject);
        let user_data = or_of_ticket(provided.user_data, |ticket| &ticket.number);
        Self {
            kind: of("type", String::new()),
            // A person's events mostly go to the same group.
            group: RwSignal::new(Some(param("group")).filter(|id| !id.is_empty()).unwrap_or_else(last_group)),
            user: of("user", String::new()),
            sender: of("sender", provided.sender),
            receiver: of("receiver", provided.receiver),
            subject: of("subject", subject),
            body: of("body", provided.body),
            crm_url: of("crm-url", provided.crm_url),
            user_data: of("user-data", user_data),
            prefilled: is_prefilled,
            found_sender: RwSignal::new(String::new()),
            ticket: StoredValue::new(ticket),
        }
    }

    /// The fields and options of the draft. Prefilled values are kept too, because a reload doesn't bring them back. The
    /// draft of a form about a ticket is restored whenever that ticket's form is opened again.
    pub fn draft_fields(&self) -> (Vec<DraftField>, DraftOptions) {
        let Self { kind, group, user, sender, receiver, subject, body, crm_url, user_data, .. } = *self;
        let values = [kind, group, user, sender, receiver, subject, body, crm_url, user_data];
        let slots = FIELD_NAMES.into_iter().zip(values).map(|(name, value)| text(name, value)).collect();
        let initial = values.map(|value| value.get_untracked());
        let found = self.found_sender;
        // A number that was looked up was not typed.
        let is_dirty = move || {
            let is_found = sender.with(|sender| found.with(|found| !found.is_empty() && sender == found));
            values.iter().zip(&initial).filter(|(value, initial)| value.with(|value| value != *initial)).count()
                > usize::from(is_found)
        };
        let ignore_stored = self.prefilled && self.ticket.with_value(Option::is_none);
        let is_dirty: Option<Box<dyn Fn() -> bool>> = Some(Box::new(is_dirty));
        (slots, DraftOptions { store_all: true, ignore_stored, is_dirty, ..DraftOptions::default() })
    }

    /// What a template keeps, by its name in the page's query: not whom the event is about.
    fn template_fields(self) -> [(&'static str, RwSignal<String>); 7] {
        let Self { kind, group, user, subject, body, crm_url, user_data, .. } = self;
        [
            ("type", kind),
            ("group", group),
            ("user", user),
            ("subject", subject),
            ("body", body),
            ("crm-url", crm_url),
            ("user-data", user_data),
        ]
    }

    /// The values as a template; empty while there are none but a group and a user. Tracked.
    pub fn template(self) -> String {
        let fields = self.template_fields().map(|(name, value)| (name, value.get()));
        let has_text = fields.iter().any(|(name, value)| !matches!(*name, "group" | "user") && !value.is_empty());
        let add = |query: String, (name, value): (&str, String)| query_params::with_param(&query, name, &value);
        if has_text { fields.into_iter().fold(String::new(), add) } else { String::new() }
    }

    /// Fills the form in from a template. Values that the template doesn't have stay.
    pub fn apply_template(self, query: &str) {
        for (name, field) in self.template_fields() {
            let value = query_params::param_in(query, name);
            if !value.is_empty() {
                field.set(value);
            }
        }
    }

    /// The id of the chosen type; `None` if there is none. Tracked.
    pub fn type_id(&self) -> Option<i64> {
        self.kind.get().trim().parse().ok()
    }

    /// The event to send. `None` if a value is invalid; the problems are added to `errors`.
    pub fn to_event(self, errors: FieldErrors) -> Option<NewAcdEvent> {
        let input = |signal: RwSignal<String>| signal.get_untracked();
        let input = EventInput {
            type_id: input(self.kind),
            group: input(self.group),
            user: input(self.user),
            sender: input(self.sender),
            receiver: input(self.receiver),
            subject: input(self.subject),
            body: input(self.body),
            crm_url: input(self.crm_url),
            user_data: input(self.user_data),
        };
        match input.to_event() {
            Ok(event) => {
                errors.check(Ok(()));
                Some(event)
            }
            Err(problems) => {
                errors.check(Err(problems));
                None
            }
        }
    }
}

/// Marks the fields that an error names. jtel sends one sentence for all, with the names of parameters in it.
pub fn mark_errors(errors: FieldErrors, error: &Error) {
    errors.set_from(error);
    for FieldError { field, problem } in fields_named_by(error) {
        errors.add(&field, problem);
    }
}

/// True if events of this type have a body.
pub fn has_body(type_id: Option<i64>) -> bool {
    type_id == Some(CALLBACK)
}
