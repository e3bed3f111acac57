//! What the form needs only behind its first view: Save, with the decoders of its response and of the list that is read
//! after a lost one, and the look-up of a ticket's customer. It is a chunk of its own, which is loaded after the form has
//! been shown; Save waits for it.

use leptos::prelude::*;
use trunkline_api::jtel::{AcdEvent, CreateAcdEvent, RecordList, is_telephone};
use trunkline_api::sobot::CustomerQuery;

use super::form_state::FormState;
use super::mutations;
use crate::components::customer_lookup::use_customer_lookup;
use crate::components::customer_summary::non_blank;
use crate::components::last_group::remember_group;
use crate::components::record_form::{Notice, RecordForm};
use crate::i18n::t;
use crate::reactive::effect;
use crate::routes::Route;
use crate::routes::query_params::href;
use crate::ui::Severity;

/// The number and name of a ticket's customer, as Sobot knows them.
pub type FoundSender = RwSignal<Option<(String, String)>>;

/// How the page gets at the chunk.
#[derive(Clone, Copy)]
pub struct EventFormTools {
    /// Requests the chunk.
    pub load: fn(),
    /// Looks the sender up, once the chunk is loaded. Tracked.
    pub fill_sender: fn(FillSender) -> AnyView,
    /// Saves, once the chunk is loaded.
    pub save: fn(SaveEvent),
}

/// The look-up of a ticket's customer.
#[derive(Clone)]
pub struct FillSender {
    /// The form's values.
    pub fields: FormState,
    /// Look-ups of the customer, the most certain first.
    pub keys: Vec<CustomerQuery>,
    /// The outcome.
    pub found: FoundSender,
}

/// Save.
#[derive(Clone)]
pub struct SaveEvent {
    /// The form's values.
    pub fields: FormState,
    /// The form.
    pub form: RecordForm,
    /// Where the form leads back to; the new event's page without.
    pub back: Option<Route>,
}

/// What the chunk does.
pub enum EventFormTool {
    /// Looks the sender up.
    FillSender(FillSender),
    /// Saves.
    Save(SaveEvent),
}

impl EventFormTool {
    /// Does it. The view has no content.
    pub fn run(self) -> AnyView {
        match self {
            Self::FillSender(fill) => fill.run(),
            Self::Save(save) => save.run(),
        };
        ().into_any()
    }
}

impl FillSender {
    /// Looks the ticket's customer up and fills in their telephone number, unless the form has a sender by then.
    fn run(self) {
        let Self { fields, keys, found } = self;
        let lookup = use_customer_lookup(Signal::stored(keys));
        effect(move || {
            let Some(customer) = lookup.customer.get() else { return };
            let Some(tel) = non_blank(&customer.tel) else { return };
            found.set(Some((tel.clone(), customer.title())));
            let is_telephone = untrack(|| fields.type_id().is_some_and(is_telephone));
            if is_telephone && fields.sender.read_untracked().is_empty() {
                fields.found_sender.set(tel.clone());
                fields.sender.set(tel);
            }
        });
    }
}

impl SaveEvent {
    /// Marks the form as busy while the chunk is awaited.
    pub fn wait(&self) {
        self.form.saving.busy.set(true);
    }

    /// Ends the wait. False if the page has been left: nothing is saved then.
    pub fn end_wait(&self) -> bool {
        self.form.saving.busy.try_set(false).is_none()
    }

    /// Says that the chunk could not be loaded.
    pub fn report_load_failure(&self) {
        if self.end_wait() {
            self.form.toasts.push(Severity::Error, t::shell::part_missing());
        }
    }

    fn run(self) {
        let Self { fields, form, back } = self;
        let Some(event) = fields.to_event(form.errors) else { return };
        let (kind, group, leaving) = (event.type_id, event.group_id.to_string(), form.clone());
        let on_saved = move |response: RecordList<AcdEvent>| {
            remember_group(&group);
            let created = mutations::on_created(response);
            leaving.leave_with(back.as_ref().unwrap_or(&created), saved_notice(&created, kind, &group));
        };
        let read_back = mutations::creation_read_back(&event, on_saved.clone());
        form.send(CreateAcdEvent { event }, on_saved, read_back);
    }
}

/// The notice after Save: what was saved, and the links to it and to another event of the type for the group.
fn saved_notice(created: &Route, kind: i64, group: &str) -> Notice {
    let another = href(&Route::NewAcdEvent, &[("type", &kind.to_string()), ("group", group)]);
    let mut links = vec![(t::acd_events::another(), another)];
    let text = match created.id() {
        Some(id) => {
            links.insert(0, (t::ui::open(), created.path()));
            t::acd_events::saved_as(id)
        }
        None => t::common::saved(),
    };
    Notice { text, links }
}
