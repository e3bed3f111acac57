//! The list kit: everything that list pages have in common.
//!
//! [`use_list`] searches, filters and sorts the records of a query by the URL's parameters. [`ListPage`] shows them with
//! a toolbar, and with the loading, error and empty states. A page adds its columns, filters and texts:
//!
//! ```ignore
//! let query = use_query(|| Some(ListThings));
//! let list = use_list(query, ListSpec::new(|things| things, index_texts));
//! view! {
//!     <ListPage
//!         list
//!         title=t::routes::things
//!         search_label=t::things::search
//!         id=|thing: &Thing| thing.id.clone()
//!         columns=columns()
//!         empty=EmptyStates::new(t::things::no_match, || view! { <EmptyState title=t::things::none /> })
//!     />
//! }
//! ```
//!
//! A page with another layout puts [`ListToolbar`] and [`ListTable`] where it needs them.
//!
//! Only the thin functions with a type parameter are compiled once per page.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_model::lazy_search_index::LazySearchIndex;
use trunkline_model::search_index::{SearchQuery, SearchText};

use super::list_index::build_when_idle;
use super::query_view::{QueryError, QueryStatus, QueryUpdatedAt};
use crate::fetch::{Query, chunks};
use crate::i18n::{language, t};
use crate::reactive::{dyn_view, effect, memo};
use crate::routes::query_params::{Param, use_param};
use crate::ui::{
    Button, Column, Cursor, DataTable, EmptyState, FilterSelect, IconName, PageHeader, RowFilter, RowLook, SearchField,
    SelectOption, Sort, TableTools, Toolbar,
};

/// The value of `sort` for the order of the response, in lists that have a default order.
const UNSORTED: &str = "none";

/// The parameters of a list in the URL, the only place that holds its search, filters and sort order.
#[derive(Clone, Copy)]
pub struct ListParams {
    /// The search text.
    pub q: Param,
    sort: Param,
    filters: StoredValue<Vec<Param>>,
    default_sort: &'static str,
    /// The page has a button of its own that clears the filters.
    has_clear_button: bool,
    /// The table, for the tools beside the toolbar.
    pub tools: TableTools,
}

/// Tools of a list, by their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListToolsPart {
    /// In the toolbar: the button that clears the filters.
    Toolbar,
    /// Below the table: columns, export, save as a view. No row moves when they come.
    Table,
}

/// Renders tools of a list, from a chunk that is fetched after the first rows. In the context of the whole app.
#[derive(Clone, Copy)]
pub struct ListToolsEntry(pub fn(ListParams, ListToolsPart) -> AnyView);

impl ListParams {
    /// Binds `q` and `sort` to the URL. `filters` are the parameters of the list's filters; `default_sort` is the order
    /// without a `sort`, empty for the order of the response. Call it inside the router.
    pub fn from_url(filters: Vec<Param>, default_sort: &'static str) -> Self {
        let filters = StoredValue::new(filters);
        Self {
            q: use_param("q"),
            sort: use_param("sort"),
            filters,
            default_sort,
            has_clear_button: false,
            tools: TableTools::new(),
        }
    }

    /// Leaves the button that clears the filters to the page's toolbar.
    #[must_use]
    pub fn clears_in_toolbar(self) -> Self {
        Self { has_clear_button: true, ..self }
    }

    /// `true` if the page has a button of its own that clears the filters.
    pub const fn has_clear_button(self) -> bool {
        self.has_clear_button
    }

    /// Returns `true` if a search or a filter is active. Tracked.
    pub fn is_filtered(self) -> bool {
        // Every parameter is read, so that each is tracked.
        let filters = self.filters.with_value(|filters| filters.iter().filter(|param| !param.get().is_empty()).count());
        !self.q.get().trim().is_empty() || filters > 0
    }

    /// Clears the search and the filters.
    pub fn clear(self) {
        self.q.set("");
        self.filters.with_value(|filters| filters.iter().for_each(|param| param.set("")));
    }

    /// The sort order; `None` for the order of the response. Tracked.
    pub fn order(self) -> Option<Sort> {
        match self.sort.get().as_str() {
            "" => Sort::parse(self.default_sort),
            UNSORTED => None,
            text => Sort::parse(text),
        }
    }

    /// Restores the default order.
    pub fn reset_order(self) {
        self.sort.set_after_paint("");
    }

    /// Writes the sort order to the URL; the default order is left out.
    pub fn set_order(self, sort: Option<Sort>) {
        let text = match sort {
            Some(sort) => sort.to_string(),
            None if self.default_sort.is_empty() => String::new(),
            None => UNSORTED.to_owned(),
        };
        self.sort.set_after_paint(if text == self.default_sort { "" } else { &text });
    }
}

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
    rows: Signal<Vec<Arc<T>>>,
    /// The search and the filters. The table sorts all records once and filters them in their order.
    filter: Callback<(), Option<RowFilter>>,
    params: ListParams,
    query: QueryStatus,
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
    // Built once per response, not once per keystroke; anew in another language, which some of the texts are in.
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

/// The empty states of a list.
pub struct EmptyStates {
    none: ViewFn,
    no_match: fn() -> String,
    no_match_hint: Option<fn() -> String>,
}

impl EmptyStates {
    /// `none` is shown if there are no records, tracked; `no_match` is the title of the state without matching records,
    /// which has a button that clears the filters.
    pub fn new<V: IntoView + 'static>(no_match: fn() -> String, none: impl Fn() -> V + Send + Sync + 'static) -> Self {
        Self { none: ViewFn::from(move || none().into_any()), no_match, no_match_hint: None }
    }

    /// Adds a sentence to the state without matching records.
    #[must_use]
    pub fn with_hint(self, no_match_hint: fn() -> String) -> Self {
        Self { no_match_hint: Some(no_match_hint), ..self }
    }
}

/// A page that consists of a list: header, toolbar, error, table.
#[component]
pub fn ListPage<T: Send + Sync + 'static>(
    /// From [`use_list`].
    list: List<T>,
    /// The h1, and the name of the table.
    title: fn() -> String,
    /// Help text below the h1.
    #[prop(optional)]
    hint: Option<fn() -> String>,
    /// A class of the page, for the widths of its columns.
    #[prop(optional)]
    class: &'static str,
    /// Badges and buttons beside the h1.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Placeholder and accessible name of the search field.
    search_label: fn() -> String,
    /// Filters beside the search field.
    #[prop(optional, into)]
    filters: ViewFn,
    /// Messages between toolbar and table.
    #[prop(optional, into)]
    notes: ViewFn,
    /// Returns a row's id.
    id: fn(&T) -> String,
    /// The columns.
    columns: Vec<Column<T>>,
    /// The empty states.
    empty: EmptyStates,
    /// The ids of the selected rows; adds a column of checkboxes.
    #[prop(optional)]
    selection: Option<RwSignal<Vec<String>>>,
    /// Content below the table.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (params, query) = (list.params, list.query);
    let cursor = Some(Cursor::new());
    let table = table(list, title, id, columns, empty, selection, cursor, RowLook::default());
    view! {
        <div class=format!("page {class}").trim_end().to_owned()>
            <ListHeader title hint actions />
            <ListToolbar params query search_label filters />
            <QueryError query />
            {notes.run()}
            {table}
            {children.map(|children| children())}
        </div>
    }
}

/// The page's header.
#[component]
fn ListHeader(
    title: fn() -> String,
    #[prop(optional_no_strip)] hint: Option<fn() -> String>,
    #[prop(optional_no_strip)] actions: Option<ViewFn>,
) -> impl IntoView {
    let hint = move || hint.map(|hint| hint()).unwrap_or_default();
    match actions {
        Some(actions) => view! { <PageHeader title hint>{actions.run()}</PageHeader> }.into_any(),
        None => view! { <PageHeader title hint /> }.into_any(),
    }
}

/// The toolbar of a list: search, filters, and the time of the last update.
#[component]
pub fn ListToolbar(
    /// The list's parameters.
    params: ListParams,
    /// The list's query.
    #[prop(into)]
    query: QueryStatus,
    /// Placeholder and accessible name of the search field.
    search_label: fn() -> String,
    /// Filters beside the search field.
    #[prop(optional, into)]
    filters: ViewFn,
) -> impl IntoView {
    let q = params.q;
    view! {
        <Toolbar>
            <SearchField label=search_label value=q.value on_input=move |text: String| q.set_debounced(&text) />
            {filters.run()}
            {after_rows(params, ListToolsPart::Toolbar)}
            <QueryUpdatedAt query />
        </Toolbar>
    }
}

/// Tools of a list, once it has rows and the page's own work is done. Nothing without their entry, as in tests of a
/// component.
fn after_rows(params: ListParams, part: ListToolsPart) -> Option<AnyView> {
    let ListToolsEntry(entry) = use_context()?;
    let due = RwSignal::new(false);
    let asked = StoredValue::new(false);
    effect(move || {
        if params.tools.row_count() > 0 && !asked.get_value() {
            asked.set_value(true);
            chunks::when_idle(move || _ = due.try_set(true));
        }
    });
    Some(dyn_view(move || due.get().then(|| entry(params, part))).into_any())
}

/// A filter of a list: a select that holds a parameter of the URL.
#[component]
pub fn ParamFilter(
    /// The label.
    label: fn() -> String,
    /// The parameter.
    param: Param,
    /// The options; the first is `SelectOption::new("", …)` for all.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
) -> impl IntoView {
    view! {
        <FilterSelect label value=param.value choices=options on_change=move |value: String| param.set(&value) />
    }
}

/// The table of a list with its error, for pages with a layout of their own.
#[component]
pub fn ListTable<T: Send + Sync + 'static>(
    /// The list.
    list: List<T>,
    /// The accessible name: the page's h1.
    name: fn() -> String,
    /// Returns a row's id.
    id: fn(&T) -> String,
    /// The columns.
    columns: Vec<Column<T>>,
    /// The empty states.
    empty: EmptyStates,
    /// The keyboard cursor.
    #[prop(optional)]
    cursor: Option<Cursor>,
    /// The look of the rows.
    #[prop(optional)]
    look: RowLook<T>,
) -> impl IntoView {
    let query = list.query;
    view! {
        <QueryError query />
        {table(list, name, id, columns, empty, None, cursor, look)}
    }
}

/// The table, unless the first load has failed.
#[allow(clippy::too_many_arguments, reason = "what a table needs")]
fn table<T: Send + Sync + 'static>(
    list: List<T>,
    name: fn() -> String,
    id: fn(&T) -> String,
    columns: Vec<Column<T>>,
    empty: EmptyStates,
    selection: Option<RwSignal<Vec<String>>>,
    cursor: Option<Cursor>,
    look: RowLook<T>,
) -> AnyView {
    let List { rows, filter, params, query } = list;
    let empty = empty_view(params, empty);
    let table = move || {
        view! {
            <DataTable
                name
                rows
                filter
                id
                columns=columns.clone()
                sort=Signal::derive(move || params.order())
                on_sort=move |sort| params.set_order(sort)
                loading=Signal::derive(move || query.is_first_load())
                empty=empty.clone()
                selection
                cursor
                look=look.clone()
                tools=Some(params.tools)
            />
        }
        .into_any()
    };
    view! {
        {unless_failed(query, ViewFn::from(table))}
        {after_rows(params, ListToolsPart::Table)}
    }
    .into_any()
}

/// Shows a view while the query has data or no error.
fn unless_failed(query: QueryStatus, view: ViewFn) -> AnyView {
    let shown = memo(move || !query.has_failed());
    dyn_view(move || shown.get().then(|| view.run()))
}

/// The view of an empty table.
fn empty_view(params: ListParams, empty: EmptyStates) -> ViewFn {
    let EmptyStates { none, no_match, no_match_hint } = empty;
    ViewFn::from(move || {
        let none = none.clone();
        let is_filtered = memo(move || params.is_filtered());
        dyn_view(move || {
            if !is_filtered.get() {
                return none.run();
            }
            let message = move || no_match_hint.map(|hint| hint()).unwrap_or_default();
            if params.has_clear_button {
                return view! { <EmptyState title=no_match message icon=IconName::Search /> }.into_any();
            }
            view! {
                <EmptyState title=no_match message icon=IconName::Search>
                    <Button label=t::common::clear_filters on_click=move |()| params.clear() />
                </EmptyState>
            }
            .into_any()
        })
    })
}
