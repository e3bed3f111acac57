//! A table of records, fast with 10,000 of them: only the rows one can see are in the document.

mod announce;
pub mod column;
pub mod cursor;
pub mod rows;
pub mod sort;
mod view;
pub mod window;

use std::sync::Arc;

use leptos::prelude::*;

pub use column::Column;
pub use cursor::{Cursor, Step};
pub use sort::{Sort, SortKey};

use column::Item;
use view::TableView;

/// A virtualised `<table>`. Filter the rows before they come here; the table sorts them by `sort`, which the page owns
/// (its URL does). Rows keep their elements while their id stays, and show a changed record at once.
///
/// Each row's `id` must be unique. With `loading` and no rows, skeleton rows stand in; with neither, `empty` does.
#[component]
pub fn DataTable<T: Send + Sync + 'static>(
    /// Its accessible name: the page's h1.
    #[prop(into)]
    name: Signal<String>,
    /// The matching rows.
    #[prop(into)]
    rows: Signal<Vec<Arc<T>>>,
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
    let sorters = columns.clone();
    // The order alone, as positions: 10,000 numbers, not 10,000 rows.
    let items = Memo::new_with_compare(
        move |_| {
            let rows = rows.read();
            let items = || rows.iter().map(|row| Arc::clone(row) as Item);
            let Some(sort) = sort.get() else { return items().collect::<Vec<Item>>() };
            let Some(key) = sorters.iter().find(|column| column.key == sort.key).and_then(|column| column.sort.clone())
            else {
                return items().collect();
            };
            let unsorted: Vec<Item> = items().collect();
            let keys: Vec<SortKey> = unsorted.iter().map(|item| key(item)).collect();
            sort::order(&keys, sort.descending).into_iter().filter_map(|at| unsorted.get(at).cloned()).collect()
        },
        |_, _| true,
    );
    let id = Arc::new(move |item: &Item| item.downcast_ref::<T>().map(id).unwrap_or_default());
    view! { <TableView name items=items.into() id columns sort on_sort loading empty selection cursor /> }
}
