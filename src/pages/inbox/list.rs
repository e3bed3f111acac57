//! The list: the table, what waits above it, and the empty states.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::oneview::TicketSummary;
use trunkline_model::inbox::{InboxFilter, InboxTicket};
use trunkline_model::inbox_view::InboxView;

use super::columns::{columns, row_mark};
use super::filters::Filters;
use super::rows::Rows;
use crate::components::Presence;
use crate::components::list::{EmptyStates, ListTable};
use crate::components::list_records::List;
use crate::fetch::Query;
use crate::i18n::t;
use crate::reactive::memo;
use crate::ui::{Button, Cursor, EmptyState, RowFilter, RowLook, Variant};

/// Width in px below which the seven columns are too narrow, so that each ticket has two lines.
const TWO_LINES_BELOW: f64 = 760.0;

/// The agent's tickets.
#[component]
pub fn TicketList(
    /// The query for the tickets.
    query: Query<Vec<Arc<TicketSummary>>>,
    /// The rows.
    rows: Rows,
    /// The URL parameters.
    filters: Filters,
    /// The agent's status: online or offline.
    presence: Presence,
    /// The current row.
    cursor: Cursor,
    /// Shows what waits above the list; tracked.
    #[prop(into)]
    waiting: ViewFn,
    /// Returns a ticket's URL, including the current filters.
    #[prop(into)]
    href: Callback<String, String>,
) -> impl IntoView {
    let filter = memo(move || filters.filter());
    let Rows { shown, marked, .. } = rows;
    let previous_filter = StoredValue::new(InboxFilter::default());
    let row_filter = Callback::new(move |()| {
        let filter = filter.get();
        shown.track();
        let refines = previous_filter.with_value(|last| filter.refines(last));
        previous_filter.set_value(filter.clone());
        let is_active = filter.is_active();
        // Read in place: a copy of 100,000 pointers per letter takes longer than the search.
        let select = move |among: Option<&[usize]>| shown.with_untracked(|rows| filter.select(rows, among));
        is_active.then(|| RowFilter { select: Box::new(select), refines })
    });
    let list = List::with_row_filter(query, filters.params.clears_in_toolbar(), shown.into(), row_filter);
    let empty =
        EmptyStates::new(t::inbox::no_match, move || no_tickets(presence, filters)).with_hint(t::inbox::no_match_hint);
    let look = RowLook::default()
        .two_lines_below(TWO_LINES_BELOW)
        .mark(move |item: &InboxTicket| {
            let mut mark = row_mark(item);
            marked.with(|marked| {
                if let Some(marked) = marked {
                    (marked.add_words)(item, &mut mark);
                }
            });
            mark
        })
        .first(move || match marked.get() {
            Some(marked) => (marked.first)(),
            None => rows.known_first(),
        });
    view! {
        <section class="inbox-list" aria-label=t::routes::inbox>
            {move || waiting.run()}
            <ListTable
                list
                name=t::routes::inbox
                id=InboxTicket::row_key
                columns=columns(href)
                empty
                cursor
                look
            />
        </section>
    }
}

/// Empty state of a view without any ticket. An agent who is offline can go online here. Tracked.
fn no_tickets(presence: Presence, filters: Filters) -> AnyView {
    type Text = fn() -> String;
    let (title, message) = match filters.view() {
        InboxView::Snoozed => (t::inbox_list::none_snoozed as Text, t::inbox_list::none_snoozed_hint as Text),
        InboxView::Done => (t::inbox_list::none_done as Text, t::inbox_list::none_done_hint as Text),
        _ if presence.is_online() => (t::inbox::no_tickets as Text, t::inbox::waiting as Text),
        _ => {
            return view! {
                <EmptyState title=t::inbox::no_tickets message=t::inbox::go_online>
                    <Button
                        label=t::inbox::go_online_button
                        variant=Variant::Primary
                        on_click=move |()| presence.request(true)
                    />
                </EmptyState>
            }
            .into_any();
        }
    };
    view! { <EmptyState title message /> }.into_any()
}
