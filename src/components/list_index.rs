//! Builds a list's search index after its rows are painted: of 100,000 events it takes half a second, which no rows wait
//! for.

use std::sync::{Arc, Weak};

use leptos::prelude::*;
use trunkline_model::lazy_search_index::LazySearchIndex;
use wasm_bindgen_futures::spawn_local;

use crate::browser::clock::monotonic_ms;
use crate::fetch::chunks;
use crate::fetch::scheduler::{SLICE_MS, yield_to_main};
use crate::reactive::effect;

/// Builds each index in slices, when the browser is idle.
pub fn build_when_idle(index: Memo<Arc<LazySearchIndex>>) {
    effect(move || {
        let index = Arc::downgrade(&index.get());
        chunks::when_idle(move || spawn_local(build_in_slices(index)));
    });
}

/// Ends with the index: a newer response has another.
async fn build_in_slices(index: Weak<LazySearchIndex>) {
    loop {
        let end = monotonic_ms() + SLICE_MS;
        if index.upgrade().is_none_or(|index| index.build(|| monotonic_ms() >= end)) {
            return;
        }
        yield_to_main().await;
    }
}
