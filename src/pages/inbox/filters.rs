//! The list's view, search, filters and order, kept in the URL.

use leptos::prelude::*;
use trunkline_model::inbox::InboxFilter;
use trunkline_model::inbox_view::InboxView;
use trunkline_model::multi_value::parse_values;

use crate::components::ListParams;
use crate::components::ticket_marks::has_ticket_marks;
use crate::routes::query_params::{Param, use_param};
use crate::ui::Sort;

/// The most urgent first.
const DEFAULT_SORT: &str = "priority";
/// The value of the parameter `closed` that hides closed tickets.
pub const HIDE: &str = "hide";

/// The list's URL parameters.
#[derive(Clone, Copy)]
pub struct Filters {
    /// Search and sort order.
    pub params: ListParams,
    /// Statuses.
    pub status: Param,
    /// Queues.
    pub queue: Param,
    /// Channels.
    pub channel: Param,
    /// [`HIDE`], or empty.
    pub closed: Param,
    /// An [`InboxView`].
    view: Param,
}

/// Everything that the user chose about the list. While it stays the same, the list may be held still.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrangement {
    /// The view.
    pub view: InboxView,
    /// Search and filters.
    pub filter: InboxFilter,
    /// The sort order.
    pub order: Option<Sort>,
}

impl Filters {
    /// Binds the parameters to the URL. Call it inside the router.
    pub fn from_url() -> Self {
        let (status, queue, channel) = (use_param("status"), use_param("queue"), use_param("channel"));
        let (closed, view) = (use_param("closed"), use_param("view"));
        let params = ListParams::from_url(vec![status, queue, channel, closed], DEFAULT_SORT);
        Self { params, status, queue, channel, closed, view }
    }

    /// Search and filters as a row filter; tracked.
    pub fn filter(&self) -> InboxFilter {
        InboxFilter {
            query: self.params.q.get().trim().to_owned(),
            statuses: parse_values(&self.status.get()),
            queues: parse_values(&self.queue.get()),
            channels: parse_values(&self.channel.get()),
            hides_closed: self.closed.value.with(|value| value == HIDE),
        }
    }

    /// The view; every ticket if the gateway keeps no marks. Tracked.
    pub fn view(&self) -> InboxView {
        if has_ticket_marks() { self.view.value.with(|view| InboxView::parse(view)) } else { InboxView::All }
    }

    /// View, search, filters and order; tracked.
    pub fn arrangement(&self) -> Arrangement {
        Arrangement { view: self.view(), filter: self.filter(), order: self.params.order() }
    }
}
