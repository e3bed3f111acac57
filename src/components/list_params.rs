//! The parameters of a list in the URL.

use leptos::prelude::*;

use crate::routes::query_params::{Param, use_param};
use crate::ui::{Sort, TableTools};

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
