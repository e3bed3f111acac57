//! The records of a list, and those of them that match its search and filters.
//!
//! Only the thin functions with a type parameter are compiled once per page.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_model::lazy_search_index::LazySearchIndex;
use trunkline_model::search_index::{SearchQuery, SearchText};

use super::list_index::build_when_idle;
use super::list_params::ListParams;
use super::query_view::QueryStatus;
use crate::fetch::Query;
use crate::i18n::language;
use crate::routes::query_params::Param;
use crate::ui::RowFilter;

/// Adds a record's searchable texts.
type WriteFn<T> = Arc<dyn Fn(&T, &mut SearchText) + Send + Sync>;

/// Keeps the indices of the records that match the filters.
type Retain<T> = Box<dyn Fn(&[Arc<T>], &mut Vec<usize>)>;

/// Finds a list's records in a response, and those of them that match. `D` is the response, `T` a record.
pub struct ListSpec<D, T> {
    records: fn(Arc<D>) -> Arc<Vec<Arc<T>>>,
    index: Box<dyn Fn() -> WriteFn<T> + Send + Sync>,
    filters: Vec<Param>,
    retain: Box<dyn Fn() -> Retain<T> + Send + Sync>,
    default_sort: &'static str,
}

impl<D, T: 'static> ListSpec<D, T> {
    /// A list with a search and without filters. `records` returns the records of a response; `index` adds a record's
    /// searchable texts.
    pub fn new(
        records: fn(Arc<D>) -> Arc<Vec<Arc<T>>>,
        index: impl Fn(&T, &mut SearchText) + Send + Sync + 'static,
    ) -> Self {
        let write: WriteFn<T> = Arc::new(index);
        Self::with_texts(records, Box::new(move || Arc::clone(&write)))
    }

    /// Like [`Self::new`]; `index` reads, tracked, what the texts depend on, and returns what adds a record's texts.
    pub fn new_with<W: Fn(&T, &mut SearchText) + Send + Sync + 'static>(
        records: fn(Arc<D>) -> Arc<Vec<Arc<T>>>,
        index: impl Fn() -> W + Send + Sync + 'static,
    ) -> Self {
        Self::with_texts(records, Box::new(move || Arc::new(index())))
    }

    fn with_texts(records: fn(Arc<D>) -> Arc<Vec<Arc<T>>>, index: Box<dyn Fn() -> WriteFn<T> + Send + Sync>) -> Self {
        let retain = || -> Retain<T> { Box::new(|_, _| ()) };
        Self { records, index, filters: Vec::new(), retain: Box::new(retain), default_sort: "" }
    }

    /// Sets the order without a `sort` in the URL.
    #[must_use]
    pub fn sorted(self, default_sort: &'static str) -> Self {
        Self { default_sort, ..self }
    }

    /// Adds filters: their parameters, and a function that reads them, tracked, and returns the predicate of a record.
    #[must_use]
    pub fn filtered<P: Fn(&T) -> bool + 'static>(
        self,
        params: Vec<Param>,
        predicate: impl Fn() -> P + Send + Sync + 'static,
    ) -> Self {
        let retain = move || -> Retain<T> {
            let matches = predicate();
            Box::new(move |records, rows| rows.retain(|row| records.get(*row).is_some_and(|record| matches(record))))
        };
        Self { filters: params, retain: Box::new(retain), ..self }
    }
}

/// A list's rows, its parameters and the state of its query. Copies share their state.
pub struct List<T: Send + Sync + 'static> {
    /// All records.
    pub(super) rows: Signal<Vec<Arc<T>>>,
    /// The search and the filters. The table sorts all records once and filters them in their order.
    pub(super) filter: Callback<(), Option<RowFilter>>,
    pub(super) params: ListParams,
    pub(super) query: QueryStatus,
}

impl<T: Send + Sync + 'static> Copy for List<T> {}
impl<T: Send + Sync + 'static> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> List<T> {
    /// A list whose page builds the rows and the filter itself.
    pub fn with_row_filter(
        query: impl Into<QueryStatus>,
        params: ListParams,
        rows: Signal<Vec<Arc<T>>>,
        filter: Callback<(), Option<RowFilter>>,
    ) -> Self {
        Self { rows, filter, params, query: query.into() }
    }

    /// `true` while a search or a filter is on.
    pub fn is_filtered(self) -> Signal<bool> {
        Signal::derive(move || self.params.is_filtered())
    }

    /// The records that match the search and the filters, in the order of the response.
    pub fn matching(self) -> Signal<Vec<Arc<T>>> {
        Signal::derive(move || {
            let rows = self.rows.get();
            match self.filter.run(()) {
                Some(filter) => (filter.select)(None).iter().filter_map(|row| rows.get(*row).cloned()).collect(),
                None => rows,
            }
        })
    }
}

/// Searches and filters the records of a query by the URL's parameters. Call it inside the router.
pub fn use_list<D, T>(query: Query<D>, spec: ListSpec<D, T>) -> List<T>
where
    D: Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    let ListSpec { records, index, filters, retain, default_sort } = spec;
    let params = ListParams::from_url(filters, default_sort);
    let records = unequal_memo(Box::new(move || query.data.get().map(records).unwrap_or_default()));
    // Built once per response, and again after a change of language: some texts depend on it.
    let index = unequal_memo(Box::new(move || {
        language();
        let (records, write) = (records.get(), index());
        let count = records.len();
        let write_row = move |row: usize, text: &mut SearchText| {
            if let Some(record) = records.get(row) {
                write(record, text);
            }
        };
        Arc::new(LazySearchIndex::new(count, Box::new(write_row)))
    }));
    build_when_idle(index);
    let filter = Callback::new(move |()| {
        let (text, retain, is_filtered) = (params.q.get(), retain(), params.is_filtered());
        let (index, records) = (index.get(), records.get());
        let query = SearchQuery::parse(&text);
        let select = move |among: Option<&[usize]>| {
            let mut rows = index.select(&query, among);
            retain(&records, &mut rows);
            rows
        };
        is_filtered.then(|| RowFilter { select: Box::new(select), refines: false })
    });
    let rows = Signal::derive(move || records.with(|records| records.to_vec()));
    List { rows, filter, params, query: query.into() }
}

/// A memo that always counts as changed: comparing lists costs more than rendering the rows that are on the screen.
fn unequal_memo<V: Send + Sync + 'static>(compute: Box<dyn Fn() -> V + Send + Sync>) -> Memo<V> {
    Memo::new_with_compare(move |_| compute(), |_, _| true)
}
