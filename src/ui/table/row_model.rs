//! The row pipeline: filters and sorts the rows. Independent of the row type.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_scan::in_order;

use super::column::{ErasedColumn, ErasedRow};
use super::look::FirstFn;
use super::sort::{Sort, SortIndex};
use crate::i18n::language;

/// A row filter. It works on the indices of the table's rows, so that one call filters all of them.
pub struct RowFilter {
    /// Returns the matches among these rows, or among all rows, in their order.
    pub select: SelectFn,
    /// True if every match also matched the previous filter, as when a letter is appended: then only those rows are
    /// tested.
    pub refines: bool,
}

/// Returns the matches among these rows, or among all rows, in their order.
pub type SelectFn = Box<dyn Fn(Option<&[usize]>) -> Vec<usize>>;

/// Returns the current filter; `None` to show all rows. Tracked.
pub(super) type FilterFn = Callback<(), Option<RowFilter>>;

/// Indices into all rows: an order of 10,000 rows is 10,000 numbers.
type Indices = Arc<Vec<usize>>;

/// The visible rows in order. Also the type of every stage's result, because a memo is compiled once per type.
#[derive(Clone, Default)]
pub(super) struct RowModel {
    all: Arc<Vec<ErasedRow>>,
    /// Their order by one column.
    order: Arc<SortIndex>,
    sorted: Indices,
    /// The filter's matches, unsorted; `None` without a filter.
    matches: Option<Indices>,
    visible: Indices,
}

impl RowModel {
    /// The number of visible rows.
    pub fn len(&self) -> usize {
        self.visible.len()
    }

    /// The visible row at this position.
    pub fn get(&self, at: usize) -> Option<&ErasedRow> {
        self.all.get(*self.visible.get(at)?)
    }

    /// True if the same positions are visible in the same order, whatever the records.
    pub fn is_arranged_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.visible, &other.visible) || self.visible == other.visible
    }

    /// All visible rows.
    pub fn iter(&self) -> impl Iterator<Item = &ErasedRow> {
        self.visible.iter().filter_map(|place| self.all.get(*place))
    }

    /// Applies a filter; `before` is the previous result. The matches keep the order: they are not sorted again.
    fn apply_filter(&mut self, filter: &RowFilter, before: Option<&Self>) {
        let refined = before.filter(|before| filter.refines && Arc::ptr_eq(&before.all, &self.all));
        let among = refined.and_then(|before| before.matches.as_ref());
        let matches = (filter.select)(among.map(|among| among.as_slice()));
        self.visible = Arc::new(in_order(&self.sorted, &matches));
        self.matches = Some(Arc::new(matches));
    }
}

/// Builds the pipeline: sorts the rows, then filters them.
pub(super) fn row_pipeline(
    rows: Box<dyn Fn() -> Vec<ErasedRow> + Send + Sync>,
    filter: Option<FilterFn>,
    columns: &[ErasedColumn],
    sort: Signal<Option<Sort>>,
    first: Option<FirstFn>,
) -> Signal<RowModel> {
    // The same rows as before, as when only the search has changed, are not sorted again.
    let all = stage(move |before| {
        let rows = rows();
        match before.filter(|before| are_same(&before.all, &rows)) {
            Some(before) => before.clone(),
            None => RowModel { all: Arc::new(rows), ..RowModel::default() },
        }
    });
    // Computed once per list and column, on the first sort by it; reversing the direction reuses it.
    let orders: Vec<(&str, Memo<RowModel>)> = columns
        .iter()
        .filter_map(|column| {
            let key = column.sort.clone()?;
            let order = move || {
                let keys = all.read().all.iter().map(|row| key(row)).collect::<Vec<_>>();
                SortIndex::by_language(&keys, language().tag)
            };
            Some((column.key, stage(move |_| RowModel { order: Arc::new(order()), ..RowModel::default() })))
        })
        .collect();
    let ordered = stage(move |_| {
        let by_column = sort.get().and_then(|sort| {
            let (_, order) = orders.iter().find(|(key, _)| *key == sort.key)?;
            Some(order.read().order.indices(sort.descending))
        });
        let mut listing = all.get();
        let mut sorted = by_column.unwrap_or_else(|| (0..listing.all.len()).collect());
        if let Some(is_first) = first.as_ref().and_then(|first| first()) {
            let (mut front, rest): (Vec<usize>, Vec<usize>) =
                sorted.into_iter().partition(|row| listing.all.get(*row).is_some_and(&is_first));
            front.extend(rest);
            sorted = front;
        }
        listing.sorted = Arc::new(sorted);
        listing.visible = Arc::clone(&listing.sorted);
        listing
    });
    let Some(pick) = filter else { return ordered.into() };
    let picked = stage(move |before| {
        let mut listing = ordered.get();
        if let Some(keep) = pick.run(()) {
            listing.apply_filter(&keep, before);
        }
        listing
    });
    picked.into()
}

/// Computes a stage's result from its previous one.
type StageFn = Box<dyn Fn(Option<&RowModel>) -> RowModel + Send + Sync>;

/// A stage. Its result counts as changed unless it is the previous one: comparing the rows themselves costs more than
/// rendering those that are on the screen.
fn stage(compute: impl Fn(Option<&RowModel>) -> RowModel + Send + Sync + 'static) -> Memo<RowModel> {
    let take: StageFn = Box::new(compute);
    Memo::new_with_compare(take, |before, after| {
        let is_same = |(a, b): (&RowModel, &RowModel)| {
            Arc::ptr_eq(&a.all, &b.all) && Arc::ptr_eq(&a.order, &b.order) && Arc::ptr_eq(&a.visible, &b.visible)
        };
        !before.zip(after).is_some_and(is_same)
    })
}

fn are_same(before: &[ErasedRow], rows: &[ErasedRow]) -> bool {
    before.len() == rows.len() && before.iter().zip(rows).all(|(a, b)| Arc::ptr_eq(a, b))
}
