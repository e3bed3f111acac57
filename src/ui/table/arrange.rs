//! Which rows there are to be seen, and in which order. It knows no row type.

use std::sync::Arc;

use leptos::prelude::*;

use super::column::{Item, Plain};
use super::sort::{Sort, SortKey, order};

/// Tells whether a row is to be seen.
pub type Keep<T> = Box<dyn Fn(&T) -> bool>;

/// What picks the rows at present; none: all are to be seen.
pub(super) type Pick = Box<dyn Fn() -> Option<Keep<Item>> + Send + Sync>;

/// The rows in order, of which those are left that are picked.
pub(super) fn arrange(
    rows: Box<dyn Fn() -> Vec<Item> + Send + Sync>,
    pick: Option<Pick>,
    columns: Arc<[Plain]>,
    sort: Signal<Option<Sort>>,
) -> Signal<Vec<Item>> {
    let ordered = Memo::new_with_compare(move |_| sorted(rows(), &columns, sort.get().as_ref()), |_, _| true);
    let Some(pick) = pick else { return ordered.into() };
    let picked = move |_: Option<&Vec<Item>>| match pick() {
        Some(keep) => ordered.read().iter().filter(|item| keep(item)).cloned().collect(),
        None => ordered.get(),
    };
    Memo::new_with_compare(picked, |_, _| true).into()
}

/// As they came, unless a column that can be sorted by is asked for.
fn sorted(rows: Vec<Item>, columns: &[Plain], sort: Option<&Sort>) -> Vec<Item> {
    let asked = sort.and_then(|sort| Some((sort, columns.iter().find(|column| column.key == sort.key)?)));
    let Some((sort, key)) = asked.and_then(|(sort, column)| Some((sort, column.sort.as_ref()?))) else { return rows };
    let keys: Vec<SortKey> = rows.iter().map(|row| key(row)).collect();
    // The order alone, as positions: 10,000 numbers, not 10,000 rows.
    order(&keys, sort.descending).into_iter().filter_map(|at| rows.get(at).cloned()).collect()
}
