//! Cache updates and read-backs that the writes to definitions share.

use trunkline_api::gateway::{ExternalApi, GetExternalApi, ListTestRuns, TestRun, UpdateExternalApi};

use crate::fetch::mutation::ReadBack;
use crate::fetch::{WriteOutcome, cache, invalidate};

/// Puts a saved definition into the cache and invalidates the list.
pub fn on_saved(api: ExternalApi) {
    cache::put(GetExternalApi { id: api.id.clone() }, api);
    invalidate_all();
}

/// Read-back of a test: succeeded if the history has a run that the cached one lacks. `done` then receives it.
pub fn run_read_back(id: &str, done: impl Fn(TestRun) + 'static) -> ReadBack {
    let request = ListTestRuns { id: id.to_owned() };
    let before: Option<Vec<String>> = cache::peek(&request).map(|runs| runs.iter().map(|run| run.id.clone()).collect());
    ReadBack::new(&request, move |runs| {
        // Without the earlier history, a new run can't be told from an old one.
        let Some(before) = &before else { return WriteOutcome::Unknown };
        match runs.iter().find(|run| !before.contains(&run.id)) {
            Some(run) => {
                done(run.clone());
                WriteOutcome::Done
            }
            None => WriteOutcome::NotDone,
        }
    })
}

/// Invalidates the list, every definition and every test history.
pub fn invalidate_all() {
    invalidate(&cache::stale_prefix::<UpdateExternalApi>());
}
