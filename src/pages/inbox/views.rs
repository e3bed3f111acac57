//! The navigation of the views, with the number of tickets of each.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use trunkline_model::inbox::Inbox;
use trunkline_model::inbox_view::{InboxView, count_views};

use super::filters::Filters;
use super::rows::{MarkedList, Rows};
use crate::browser::clock;
use crate::i18n::{count_of, format, t};
use crate::reactive::{catalogue, live_text, memo};
use crate::routes::query_params::with_param;
use crate::ui::unique_id;

/// The views as links. The counts follow the list, also when a snoozed ticket comes back.
#[component]
pub fn Views(
    /// The agent's tickets.
    inbox: Memo<Arc<Inbox>>,
    /// The rows of the list.
    rows: Rows,
    /// The URL parameters.
    filters: Filters,
) -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let counts = memo(move || {
        let MarkedList { marks, held, .. } = rows.marked.get()?;
        held.rows();
        let is_loaded = marks.loaded.get();
        is_loaded.then(|| inbox.with(|inbox| marks.all.with(|marks| count_views(&inbox.tickets, marks, clock::now()))))
    });
    let current = memo(move || filters.view());
    let link = move |(view, at): (InboxView, usize)| {
        let label = match view {
            InboxView::Open => t::inbox_list::view_open,
            InboxView::Snoozed => t::inbox_list::view_snoozed,
            InboxView::Done => t::inbox_list::view_done,
            InboxView::All => t::inbox_list::view_all,
        };
        // Without the marks nobody knows.
        let count = move || {
            let count = counts.get().and_then(|counts| counts.get(at).copied());
            count.map_or_else(String::new, |count| format::number(count_of(count)))
        };
        let href = move || {
            let search = with_param(&search.get(), "view", view.id());
            if search.is_empty() { path.get() } else { format!("{}?{search}", path.get()) }
        };
        let id = unique_id("view");
        let description = id.clone();
        // The count is a description and hidden from the name, which stays the same while it changes.
        view! {
            <a
                href=href
                aria-current=move || (current.get() == view).then_some("page")
                aria-describedby=description
            >
                <span prop:textContent=catalogue(label) />
                <span class="count" id=id aria-hidden="true" prop:textContent=live_text(count) />
            </a>
        }
    };
    view! {
        <nav class="inbox-views" aria-label=t::inbox_list::views>
            {InboxView::ALL.into_iter().zip(0..).map(link).collect_view()}
        </nav>
    }
}
