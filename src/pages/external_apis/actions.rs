//! What writes to a definition, and what the rest of the console learns of it.

use trunkline_api::gateway::{ExternalApi, GetExternalApi, ListExternalApis, ListTestRuns, TestRun};

use crate::fetch::mutation::Look;
use crate::fetch::{Truth, cache, invalidate};

/// A definition was saved: its own view shows the gateway's answer at once, the list asks again.
pub fn changed(api: ExternalApi) {
    cache::put(GetExternalApi { id: api.id.clone() }, api);
    stale();
}

/// Whether a definition is gone; `done` is called if so.
pub fn look_for_removal(id: &str, done: impl Fn() + 'static) -> Look {
    let id = id.to_owned();
    Look::new(&ListExternalApis, move |apis| {
        if apis.iter().any(|api| api.id == id) {
            return Truth::NotDone;
        }
        done();
        Truth::Done
    })
}

/// Whether a test has run since, by what the history had before; `done` gets it if so.
pub fn look_for_run(id: &str, done: impl Fn(TestRun) + 'static) -> Look {
    let request = ListTestRuns { id: id.to_owned() };
    let before: Option<Vec<String>> = cache::peek(&request).map(|runs| runs.iter().map(|run| run.id.clone()).collect());
    Look::new(&request, move |runs| {
        // Without the history as it was, nobody knows which run is whose.
        let Some(before) = &before else { return Truth::Unknown };
        match runs.iter().find(|run| !before.contains(&run.id)) {
            Some(run) => {
                done(run.clone());
                Truth::Done
            }
            None => Truth::NotDone,
        }
    })
}

/// Definitions or their tests have changed: list, records and histories ask again.
pub fn stale() {
    invalidate(&cache::prefix::<ListExternalApis>());
}
