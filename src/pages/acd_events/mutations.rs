//! Cache update and read-back of a created event.

use trunkline_api::jtel::{AcdEvent, CreateAcdEvent, GetAcdEvent, ListAcdEvents, NewAcdEvent, RecordList};

use super::id_of;
use crate::fetch::mutation::ReadBack;
use crate::fetch::{WriteOutcome, cache, invalidate, put};
use crate::routes::Route;

/// The read-back after a lost response. An older event may have the same values, so only one that the previous list
/// lacks is certain to be new.
pub fn creation_read_back(sent: &NewAcdEvent, done: impl Fn(RecordList<AcdEvent>) + 'static) -> ReadBack {
    let sent = sent.clone();
    let previous = cache::peek(&ListAcdEvents);
    ReadBack::new(&ListAcdEvents, move |now| {
        let mut candidates = now.records.iter().filter(|event| sent.matches_record(event));
        let Some(previous) = &previous else {
            return if candidates.next().is_some() { WriteOutcome::Unknown } else { WriteOutcome::NotDone };
        };
        match candidates.find(|event| !previous.records.iter().any(|known| known.id == event.id)) {
            Some(event) => {
                done(RecordList::single(AcdEvent::clone(event)));
                WriteOutcome::Done
            }
            None => WriteOutcome::NotDone,
        }
    })
}

/// Caches the created event for its page and invalidates the list. Returns the event's route, or the list's if the
/// response contains no event.
pub fn on_created(response: RecordList<AcdEvent>) -> Route {
    invalidate(&cache::stale_prefix::<CreateAcdEvent>());
    let id = response.records.first().map(id_of).unwrap_or_default();
    if id.is_empty() {
        return Route::AcdEvents;
    }
    put(GetAcdEvent { id: id.clone() }, response);
    Route::AcdEvent(id)
}
