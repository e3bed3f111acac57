//! What tools outside of a table know of it and do to it: its columns, the rows that are shown, and the arrangement of the
//! columns. Tools are fetched after the first rows, so a table works without them.

use std::sync::Arc;

use leptos::prelude::*;

use super::column::ErasedColumn;
use super::row_model::RowModel;

/// A column of a table, for tools.
#[derive(Clone)]
pub struct ToolColumn {
    /// Its key.
    pub key: &'static str,
    /// Its header.
    pub header: Signal<String>,
    /// `true` if it has a text to export.
    pub has_text: bool,
    /// `true` if it is hidden until somebody chooses it.
    pub optional: bool,
}

/// A shown column: its position among the table's columns, and its width in pixels if it isn't its own.
pub type Placed = (usize, Option<u32>);

/// A table, for tools. Copies share their state.
#[derive(Clone, Copy)]
pub struct TableTools {
    columns: RwSignal<Vec<ErasedColumn>>,
    items: RwSignal<Option<Signal<RowModel>>>,
    arrangement: RwSignal<Option<Arc<[Placed]>>>,
}

impl TableTools {
    /// Without a table yet.
    #[must_use]
    pub fn new() -> Self {
        Self { columns: RwSignal::new(Vec::new()), items: RwSignal::new(None), arrangement: RwSignal::new(None) }
    }

    /// Becomes a table's.
    pub(super) fn attach(self, columns: &[ErasedColumn], items: Signal<RowModel>) {
        self.columns.set(columns.to_vec());
        self.items.set(Some(items));
        on_cleanup(move || {
            self.items.try_set(None);
            self.columns.try_set(Vec::new());
        });
    }

    /// The columns as they are arranged. Tracked.
    pub(super) fn arranged(self, columns: &Arc<[ErasedColumn]>) -> Arc<[ErasedColumn]> {
        let Some(places) = self.arrangement.get() else {
            return columns.iter().filter(|column| !column.optional).cloned().collect();
        };
        let place = |(at, width): &Placed| Some(ErasedColumn { width: *width, ..columns.get(*at)?.clone() });
        places.iter().filter_map(place).collect()
    }

    /// Arranges the columns; `None` for the table's own arrangement.
    pub fn arrange(self, places: Option<Vec<Placed>>) {
        self.arrangement.set(places.map(Into::into));
    }

    /// The table's columns in their own order. Tracked.
    pub fn columns(self) -> Vec<ToolColumn> {
        let tool = |column: &ErasedColumn| ToolColumn {
            key: column.key,
            header: column.header,
            has_text: column.view.is_none(),
            optional: column.optional,
        };
        self.columns.with(|columns| columns.iter().map(tool).collect())
    }

    /// Number of rows that are shown. Tracked.
    pub fn row_count(self) -> usize {
        self.items.get().map_or(0, |items| items.read().len())
    }

    /// The rows that are shown, as texts of these columns. The snapshot doesn't change with the table.
    #[must_use]
    pub fn snapshot(self, keys: &[&str]) -> Snapshot {
        let columns = self.columns.with_untracked(|columns| {
            keys.iter().filter_map(|key| columns.iter().find(|column| column.key == *key).cloned()).collect()
        });
        let rows = self.items.get_untracked().map(|items| items.get_untracked()).unwrap_or_default();
        Snapshot { rows, columns }
    }
}

impl Default for TableTools {
    fn default() -> Self {
        Self::new()
    }
}

/// The rows of a table at one time, as texts.
pub struct Snapshot {
    rows: RowModel,
    columns: Vec<ErasedColumn>,
}

impl Snapshot {
    /// Number of rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.header.get_untracked()).collect()
    }

    /// The texts of a row; `None` behind the last one.
    #[must_use]
    pub fn texts(&self, at: usize) -> Option<Vec<String>> {
        let row = self.rows.get(at)?;
        let text = |column: &ErasedColumn| match &column.export {
            Some(export) => export(row),
            None => (column.cell)(row).full_text(),
        };
        Some(untrack(|| self.columns.iter().map(text).collect()))
    }
}
