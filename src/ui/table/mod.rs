//! A table of records, fast with 10,000 of them: only the rows one can see are in the document.

mod announce;
mod arrange;
mod body;
mod cell;
pub mod column;
pub mod cursor;
pub mod printing;
mod row;
pub mod sort;
mod view;
pub mod window;

use std::sync::Arc;

use leptos::prelude::*;

pub use arrange::Keep;
pub use cell::Cell;
pub use column::Column;
pub use cursor::{Cursor, Step};
pub use sort::{Sort, SortKey};

use arrange::arrange;
use column::Item;
use view::TableView;

/// A virtualised `<table>`. The table sorts the rows by `sort`, which the page owns (its URL does). Rows keep their elements while their id stays, and show a changed record at once.
///
/// Each row's `id` must be unique. With `loading` and no rows, skeleton rows stand in; with neither, `empty` does.
#[component]
pub fn DataTable<T: Send + Sync + 'static>(
    /// Its accessible name: the page's h1.
    #[prop(into)]
    name: Signal<String>,
    /// The rows: those that match, or with `keep` all there are.
    #[prop(into)]
    rows: Signal<Vec<Arc<T>>>,
    /// Picks what matches; tracked. So the rows are sorted once, and not for every letter of a search.
    #[prop(optional)]
    keep: Option<Callback<(), Option<Keep<T>>>>,
    /// A row's id.
    id: fn(&T) -> String,
    /// The columns; the row's header is the one that links ([`Column::link`]), else the first.
    columns: Vec<Column<T>>,
    /// The order; none: as the rows came.
    #[prop(optional, into)]
    sort: Signal<Option<Sort>>,
    /// A click on a column's header asks for this order; without it there are no sort buttons.
    #[prop(optional, into)]
    on_sort: Option<Callback<Option<Sort>>>,
    /// The first load is under way.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// What stands in for no rows.
    #[prop(optional, into)]
    empty: ViewFn,
    /// The ids of the ticked rows; gives the table a column of checkboxes.
    #[prop(optional)]
    selection: Option<RwSignal<Vec<String>>>,
    /// The row a person is at; gives the table keys.
    #[prop(optional)]
    cursor: Option<Cursor>,
) -> impl IntoView {
    let columns: Arc<[column::Plain]> = columns.into_iter().map(Column::plain).collect();
    let rows = move || rows.read().iter().map(|row| Arc::clone(row) as Item).collect();
    let keep = keep.map(|keep| Box::new(move || keep.run(()).map(forget)) as arrange::Pick);
    let items = arrange(Box::new(rows), keep, &columns, sort);
    let id = Arc::new(move |item: &Item| item.downcast_ref::<T>().map(id).unwrap_or_default());
    view! { <TableView name items id columns sort on_sort loading empty selection cursor /> }
}

/// What tells which rows fit, whatever their type.
fn forget<T: Send + Sync + 'static>(keep: Keep<T>) -> Keep<Item> {
    let Keep { fits, narrows } = keep;
    Keep { fits: Box::new(move |item: &Item| item.downcast_ref::<T>().is_some_and(&fits)), narrows }
}
