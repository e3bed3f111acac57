//! The rows in the document, keyed, each with what can change about it.

use std::sync::Arc;

use leptos::prelude::*;

use super::column::Item;

/// Gives a row's id.
pub(super) type IdFn = Arc<dyn Fn(&Item) -> String + Send + Sync>;

/// A row in the document. Its element lives as long as its id is in the window; its record and its place may change.
#[derive(Clone)]
pub(super) struct Row {
    pub id: Arc<str>,
    /// Place among all matching rows, from 0.
    pub index: ArcRwSignal<usize>,
    pub item: ArcRwSignal<Item>,
}

/// The rows for these records, the first at place `start`; what is already drawn is kept and brought up to date.
pub(super) fn reconcile(drawn: Option<&[Row]>, records: &[Item], start: usize, id: &IdFn) -> Vec<Row> {
    let drawn = drawn.unwrap_or_default();
    let reuse = |id: &str| drawn.iter().find(|row| &*row.id == id);
    let make = |(offset, item): (usize, &Item)| {
        let (id, index) = (id(item), start + offset);
        let Some(row) = reuse(&id) else {
            return Row { id: id.into(), index: ArcRwSignal::new(index), item: ArcRwSignal::new(Arc::clone(item)) };
        };
        if row.index.get_untracked() != index {
            row.index.set(index);
        }
        if !Arc::ptr_eq(&row.item.read_untracked(), item) {
            row.item.set(Arc::clone(item));
        }
        row.clone()
    };
    records.iter().enumerate().map(make).collect()
}
