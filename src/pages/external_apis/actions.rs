//! What writes to a definition, and what the rest of the console learns of it.

use trunkline_api::gateway::{ExternalApi, GetExternalApi, ListExternalApis};

use crate::fetch::{cache, invalidate};

/// A definition was saved: its own view shows the gateway's answer at once, the list asks again.
pub fn changed(api: ExternalApi) {
    cache::put(GetExternalApi { id: api.id.clone() }, api);
    stale();
}

/// Definitions or their tests have changed: list, records and histories ask again.
pub fn stale() {
    invalidate(&cache::prefix::<ListExternalApis>());
}
