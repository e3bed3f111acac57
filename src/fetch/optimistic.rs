//! Optimistic updates: patches over the data of the last successful response, until their writes are confirmed or
//! refused.

use std::rc::Rc;
use std::sync::Arc;

use trunkline_api::endpoint::Endpoint;

use super::cache::{self, Entry, Patch};
use super::request::QueryDef;
use super::response::Data;

/// A patch that is shown until this value is dropped.
pub struct OptimisticUpdate {
    entry: Rc<Entry>,
    patch: Patch,
}

impl OptimisticUpdate {
    /// Patches the response to `request`, wherever it is on the screen.
    pub fn new<E>(request: &E, patch: impl Fn(&E::Response) -> E::Response + 'static) -> Self
    where
        E: Endpoint,
        E::Response: Send + Sync + 'static,
    {
        Self::show(
            QueryDef::new(request),
            Rc::new(move |data| Some(Arc::new(patch(data.downcast_ref::<E::Response>()?)) as Data)),
        )
    }

    /// Makes the patch part of the data: the write is confirmed.
    pub fn confirm(self) {
        self.entry.commit(&self.patch);
    }

    fn show(def: QueryDef, patch: Patch) -> Self {
        let entry = cache::entry(def);
        entry.add_patch(&patch);
        Self { entry, patch }
    }
}

impl Drop for OptimisticUpdate {
    fn drop(&mut self) {
        self.entry.remove_patch(&self.patch);
    }
}
