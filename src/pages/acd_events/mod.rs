//! ACD events (jtel): all of them, one of them, a new one.

mod body;
mod columns;
mod crumbs;
mod detail;
mod directory;
mod event_data;
mod facts;
mod fields;
mod filter_bar;
mod filters;
mod form;
mod further;
mod id_look_up;
mod list;
mod pickers;
mod safe_link;

use trunkline_api::jtel::AcdEvent;
use trunkline_api::text::visible_or;

pub use detail::AcdEventPage;
pub use form::NewAcdEventPage;
pub use list::AcdEventsPage;

/// An event's id as text; empty without one.
fn id_of(event: &AcdEvent) -> String {
    event.id.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// What an event is called: its subject, else its id.
fn name_of(event: &AcdEvent) -> String {
    visible_or(event.subject.as_deref().unwrap_or_default().trim(), || id_of(event))
}
