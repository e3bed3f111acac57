//! The list kit: everything that list pages have in common.
//!
//! [`use_list`](super::use_list) searches, filters and sorts the records of a query by the URL's parameters. [`ListPage`]
//! shows them with a toolbar, and with the loading, error and empty states. A page adds its columns, filters and texts:
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

use leptos::prelude::*;

use super::list_params::{ListParams, ListToolsEntry, ListToolsPart};
use super::list_records::List;
use super::query_view::{QueryError, QueryStatus, QueryUpdatedAt};
use crate::fetch::chunks;
use crate::i18n::t;
use crate::reactive::{dyn_view, effect, memo};
use crate::routes::query_params::Param;
use crate::ui::{
    Button, Column, Cursor, DataTable, EmptyState, FilterSelect, IconName, PageHeader, RowLook, SearchField,
    SelectOption, Toolbar,
};

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
            if params.has_clear_button() {
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
