//! A table of records that stays fast with 10,000 rows: only the visible ones are in the document.

mod announce;
mod cell;
pub mod column;
pub mod cursor;
mod dom;
mod look;
pub mod printing;
mod row;
mod row_model;
mod row_renderer;
pub mod sort;
pub mod tools;
mod view;

use std::sync::Arc;

use leptos::prelude::*;

pub use cell::Cell;
pub use column::{Column, Narrow};
pub use cursor::{Cursor, Step};
pub use look::RowLook;
pub use row_model::{RowFilter, SelectFn};
pub use sort::{Sort, SortKey};
pub use tools::{Snapshot, TableTools, ToolColumn};

use crate::reactive::dyn_view;
use column::ErasedRow;
use row_model::row_pipeline;
use view::TableView;

/// A virtualised `<table>`. It sorts the rows by `sort`, which is owned by the page (usually in its URL). A row keeps
/// its element while its id stays, and shows a changed record at once.
///
/// Each row's `id` must be unique. Without rows the table shows skeleton rows while `loading`, else `empty`.
#[component]
pub fn DataTable<T: Send + Sync + 'static>(
    /// The accessible name: the page's h1.
    #[prop(into)]
    name: Signal<String>,
    /// The rows: only the matching ones, or all of them if `filter` is given.
    #[prop(into)]
    rows: Signal<Vec<Arc<T>>>,
    /// Returns the current row filter. Tracked. With it the rows are sorted once, not on every keystroke of a search.
    #[prop(optional_no_strip, into)]
    filter: Option<Callback<(), Option<RowFilter>>>,
    /// Returns a row's id.
    id: fn(&T) -> String,
    /// The columns; the row header is the linking one ([`Column::link`]), else the first.
    columns: Vec<Column<T>>,
    /// The order; `None` for the order of `rows`.
    #[prop(optional, into)]
    sort: Signal<Option<Sort>>,
    /// Called with the requested order on a click on a column header; without it there are no sort buttons.
    #[prop(optional, into)]
    on_sort: Option<Callback<Option<Sort>>>,
    /// The first load is in progress.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// The empty state.
    #[prop(optional, into)]
    empty: ViewFn,
    /// The ids of the selected rows; adds a column of checkboxes.
    #[prop(optional_no_strip, into)]
    selection: Option<RwSignal<Vec<String>>>,
    /// The keyboard cursor; enables the table's keys.
    #[prop(optional_no_strip, into)]
    cursor: Option<Cursor>,
    /// The look of the rows.
    #[prop(optional)]
    look: RowLook<T>,
    /// Tools that arrange the columns and export the rows.
    #[prop(optional_no_strip)]
    tools: Option<TableTools>,
) -> impl IntoView {
    let columns: Arc<[column::ErasedColumn]> = columns.into_iter().map(Column::erase).collect();
    let rows = move || rows.read().iter().map(|row| Arc::clone(row) as ErasedRow).collect();
    let look = look.erase();
    let items = row_pipeline(Box::new(rows), filter, &columns, sort, look.first.clone());
    let id = Arc::new(move |item: &ErasedRow| item.downcast_ref::<T>().map(id).unwrap_or_default());
    let table = move |columns: Arc<[column::ErasedColumn]>| {
        let (id, empty, look) = (id.clone(), empty.clone(), look.clone());
        view! { <TableView name items id columns sort on_sort loading empty selection cursor look /> }.into_any()
    };
    // Without tools nobody can choose the optional ones.
    let Some(tools) = tools else { return table(columns.iter().filter(|column| !column.optional).cloned().collect()) };
    tools.attach(&columns, items);
    dyn_view(move || table(tools.arranged(&columns))).into_any()
}
