//! What the URL asks of the list.

use crate::routes::search::{Param, use_param};
use crate::ui::Sort;
use trunkline_api::oneview::inbox::Filter;

/// The URL's value for "as the vendor sent them".
const UNSORTED: &str = "none";

/// Search, filters and order, as the URL has them.
#[derive(Clone, Copy)]
pub struct Filters {
    /// Words to search for.
    pub q: Param,
    /// A status.
    pub status: Param,
    /// A queue.
    pub queue: Param,
    /// A channel.
    pub channel: Param,
    sort: Param,
}

impl Filters {
    /// Reads and writes the URL. Call it inside the router.
    pub fn new() -> Self {
        Self {
            q: use_param("q"),
            status: use_param("status"),
            queue: use_param("queue"),
            channel: use_param("channel"),
            sort: use_param("sort"),
        }
    }

    /// What the list has to fit; tracked.
    pub fn filter(&self) -> Filter {
        Filter {
            query: self.q.get().trim().to_owned(),
            status: self.status.get(),
            queue: self.queue.get(),
            channel: self.channel.get(),
        }
    }

    /// The order: the most urgent first, unless the URL says otherwise; tracked.
    pub fn order(&self) -> Option<Sort> {
        match self.sort.get().as_str() {
            "" => Sort::parse("priority"),
            UNSORTED => None,
            text => Sort::parse(text),
        }
    }

    /// Puts an order into the URL; the usual one leaves no trace.
    pub fn set_order(&self, sort: Option<Sort>) {
        let text = sort.map_or_else(|| UNSORTED.to_owned(), |sort| sort.to_string());
        self.sort.show(if text == "priority" { "" } else { &text });
    }

    /// Asks for nothing.
    pub fn clear(&self) {
        for param in [self.q, self.status, self.queue, self.channel] {
            param.set("");
        }
    }
}
