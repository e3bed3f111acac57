//! The form's values, and the event they make.

use leptos::prelude::*;
use trunkline_api::jtel::{CALLBACK, NewAcdEvent};
use trunkline_api::{Error, Problem};

use crate::parts::draft::{Slot, Ways, text};
use crate::parts::{FieldErrors, hand_over};
use crate::routes::search::use_param;

/// What is typed and chosen. Ids stay text until they are sent, and what a type doesn't use is kept for the type that
/// does, so that nothing typed is lost.
#[derive(Clone, Copy)]
pub struct Fields {
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
    /// `Body`, sent with a callback only.
    pub body: RwSignal<String>,
    /// `CrmURL`
    pub crm_url: RwSignal<String>,
    /// `UserData`
    pub user_data: RwSignal<String>,
    /// Whether another page has just filled it in.
    given: bool,
}

impl Fields {
    /// The values that another page hands over, else those that the URL's query brings.
    pub fn prefilled() -> Self {
        let offer = hand_over::take();
        let is_given = offer.is_some();
        let given = offer.unwrap_or_default();
        let of = |name, given: String| {
            let value = if given.is_empty() { use_param(name).value.get_untracked() } else { given };
            RwSignal::new(value)
        };
        Self {
            kind: of("type", String::new()),
            group: of("group", String::new()),
            user: of("user", String::new()),
            sender: of("sender", given.sender),
            receiver: of("receiver", given.receiver),
            subject: of("subject", given.subject),
            body: of("body", String::new()),
            crm_url: of("crm-url", given.crm_url),
            user_data: of("user-data", given.user_data),
            given: is_given,
        }
    }

    /// The values for a draft. What was handed over is kept with what is typed: a reload brings neither.
    pub fn slots(&self) -> (Vec<Slot>, Ways) {
        let Self { kind, group, user, sender, receiver, subject, body, crm_url, user_data, given } = *self;
        let values = [kind, group, user, sender, receiver, subject, body, crm_url, user_data];
        let slots = NAMES.into_iter().zip(values).map(|(name, value)| text(name, value)).collect();
        (slots, Ways { whole: true, fresh: given, ..Ways::default() })
    }

    /// The chosen type; none if it is none. Tracked.
    pub fn type_id(&self) -> Option<i64> {
        self.kind.get().trim().parse().ok()
    }

    /// The event as it goes to the vendor, if every value is fine; problems go to `errors`.
    pub fn event(&self, errors: FieldErrors) -> Option<NewAcdEvent> {
        let number = |text: RwSignal<String>| text.get_untracked().trim().parse::<i64>().ok();
        let text = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        let some = |value: RwSignal<String>| Some(text(value)).filter(|text| !text.is_empty());
        let event = NewAcdEvent {
            type_id: number(self.kind).unwrap_or_default(),
            group_id: number(self.group).unwrap_or_default(),
            user_id: number(self.user),
            sender: text(self.sender),
            receiver: some(self.receiver),
            subject: text(self.subject),
            // The vendor's own line ends.
            body: Some(self.body.get_untracked().replace("\r\n", "\n").replace('\n', "\r\n")),
            crm_url: some(self.crm_url),
            user_data: some(self.user_data),
        };
        errors.check(event.validate());
        for (field, value) in [("AcdEventTypesID", self.kind), ("AcdGroupsID", self.group), ("UsersID", self.user)] {
            if !text(value).is_empty() && number(value).is_none_or(|id| id <= 0) {
                errors.add(field, Problem::NotNumber);
            }
        }
        (!errors.any()).then(|| event.normalised())
    }
}

/// The fields by the vendor's names.
const NAMES: [&str; 9] =
    ["AcdEventTypesID", "AcdGroupsID", "UsersID", "Sender", "Receiver", "Subject", "Body", "CrmURL", "UserData"];

/// Marks the fields that a refusal names: jtel has one sentence for all, with a parameter's name in it.
pub fn blame(errors: FieldErrors, error: &Error) {
    errors.take(error);
    let Some(sentence) = error.message.as_deref().filter(|_| matches!(error.status, Some(400 | 409))) else { return };
    for word in sentence.split(|character: char| !character.is_ascii_alphanumeric()) {
        if let Some(name) = NAMES.iter().find(|name| **name == word) {
            errors.add(name, Problem::Said(sentence.to_owned()));
        }
    }
}

/// Whether a type has a body.
pub fn has_body(type_id: Option<i64>) -> bool {
    type_id == Some(CALLBACK)
}
