//! ACD events (jtel): the list, one event, and the form for a new one.

mod columns;
mod detail;
mod event_content;
mod event_data;
mod fields_view;
mod filter_bar;
mod filters;
mod find_by_id;
mod form;
mod form_state;
mod form_tools;
mod list;
mod mutations;
mod other_fields;
mod presets;
mod reference_data;
mod reference_select;
mod safe_link;
mod sender_link;
mod time_line;

use trunkline_api::jtel::AcdEvent;
use trunkline_api::text::visible_or;

pub use detail::AcdEventPage;
pub use filter_bar::EventList;
pub use filters::Filters as EventFilters;
pub use form::NewAcdEventPage;
pub use form_tools::{EventFormTool, EventFormTools, FillSender, SaveEvent};
pub use list::AcdEventsPage;
pub use time_line::TimeLine;

/// An event's id as text; empty without one.
fn id_of(event: &AcdEvent) -> String {
    event.id.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// An event's title: its subject, else its id.
fn name_of(event: &AcdEvent) -> String {
    visible_or(event.subject.as_deref().unwrap_or_default().trim(), || id_of(event))
}
