//! The rows in the document, each with what can change about it.

use std::sync::Arc;

use leptos::prelude::*;

use super::column::Item;

/// Gives a row's id.
pub(super) type IdFn = Arc<dyn Fn(&Item) -> String + Send + Sync>;

/// A row in the document. Its element stays its record's as long as that is in the window, and is then handed on to a
/// record that comes: filling it anew is half the work of making it.
#[derive(Clone)]
pub(super) struct Row {
    /// Which element.
    pub slot: usize,
    /// Whose row it is.
    pub id: ArcRwSignal<Arc<str>>,
    /// Place among all matching rows, from 0.
    pub index: ArcRwSignal<usize>,
    pub item: ArcRwSignal<Item>,
}

impl Row {
    fn is_of(&self, id: &str) -> bool {
        **self.id.read_untracked() == *id
    }

    fn fill(&self, id: &Arc<str>, index: usize, item: &Item) {
        if !self.is_of(id) {
            self.id.set(Arc::clone(id));
        }
        if self.index.get_untracked() != index {
            self.index.set(index);
        }
        if !Arc::ptr_eq(&self.item.read_untracked(), item) {
            self.item.set(Arc::clone(item));
        }
    }
}

/// The rows for these records, the first at place `start`; what is already drawn is kept and brought up to date. The row
/// that has the focus goes with its record: Enter must never open another one's.
pub(super) fn reconcile(drawn: Option<&[Row]>, records: &[Item], start: usize, id: &IdFn) -> Vec<Row> {
    let drawn = drawn.unwrap_or_default();
    let ids: Vec<Arc<str>> = records.iter().map(|item| id(item).into()).collect();
    let gone = |row: &&Row| !ids.iter().any(|id| row.is_of(id));
    let mut free = drawn.iter().filter(gone).peekable();
    let focused = free.peek().and_then(|_| focused());
    let mut free = free.filter(|row| !focused.as_ref().is_some_and(|focused| row.is_of(focused)));
    let mut next = drawn.iter().map(|row| row.slot + 1).max().unwrap_or_default();
    let mut rows = Vec::with_capacity(records.len());
    for (item, id) in records.iter().zip(&ids) {
        let row = match drawn.iter().find(|row| row.is_of(id)).or_else(|| free.next()) {
            Some(row) => row.clone(),
            None => {
                next += 1;
                Row {
                    slot: next - 1,
                    id: ArcRwSignal::new(Arc::clone(id)),
                    index: ArcRwSignal::new(0),
                    item: ArcRwSignal::new(Arc::clone(item)),
                }
            }
        };
        rows.push(row);
    }
    // When all are dealt: a row that is filled before would be found as another's.
    for ((row, (item, id)), index) in rows.iter().zip(records.iter().zip(&ids)).zip(start..) {
        row.fill(id, index, item);
    }
    rows
}

/// The id of the row with the focus.
fn focused() -> Option<String> {
    let row = document().active_element()?.closest("tr[data-row]").ok()??;
    row.get_attribute("data-row")
}
