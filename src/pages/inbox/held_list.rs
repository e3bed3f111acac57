//! The rows of the list. While somebody reads it, it does not move: changes are shown in place, and new tickets wait.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_model::inbox::{Inbox, InboxTicket};
use trunkline_model::inbox_hold::HeldRows;
use trunkline_model::inbox_view::{KnownViews, next_wake};

use super::filters::Arrangement;
use crate::browser::{clock, timers};
use crate::components::inbox_news;
use crate::components::ticket_marks::TicketMarks;
use crate::reactive::{effect, effect_with_previous, memo};
use crate::ui::{Cursor, Step};

/// The rows, and what waits to be shown. Copies share their state.
#[derive(Clone, Copy)]
pub struct HeldList {
    held: Memo<Snapshot>,
    /// Number of matching new tickets, and of changes of the order, that wait.
    pub waiting: Memo<(usize, usize)>,
    releases: RwSignal<u32>,
}

/// The rows, and the choice they were made for.
#[derive(Clone)]
struct Snapshot {
    rows: Arc<HeldRows>,
    arrangement: Arrangement,
    releases: u32,
}

impl HeldList {
    /// The rows of an inbox by the user's arrangement. `open` is the id of the open ticket; `known` decides the views
    /// until the marks are loaded.
    pub fn new(
        inbox: Memo<Arc<Inbox>>,
        marks: TicketMarks,
        arrangement: Memo<Arrangement>,
        open: Memo<Option<String>>,
        known: StoredValue<KnownViews>,
    ) -> Self {
        let (releases, now) = (RwSignal::new(0), wake_times(marks));
        // Apart from the rest: a letter of a search doesn't go through all marks.
        let view = memo(move || arrangement.with(|arrangement| arrangement.view));
        let in_view = Memo::new_with_compare(
            move |_| {
                let (inbox, view, now) = (inbox.get(), view.get(), now.get());
                Arc::new(if marks.settled.get() {
                    view.select(&inbox.tickets, &marks.all.read(), now)
                } else {
                    known.with_value(|known| known.select(view, &inbox.tickets))
                })
            },
            |_, _| true,
        );
        let held = Memo::new_with_compare(
            move |before: Option<&Snapshot>| {
                let (inbox, arrangement, releases) = (inbox.get(), arrangement.get(), releases.get());
                let in_view = in_view.get();
                let tickets = in_view.as_ref().as_ref().unwrap_or(&inbox.tickets);
                let open = open.get_untracked();
                let kept = before.filter(|before| {
                    let is_same = before.arrangement == arrangement && before.releases == releases;
                    is_same && !before.rows.rows.is_empty() && is_read(open.is_some())
                });
                // What the agent's own marks take out of the view leaves at once, and the open ticket comes back at once.
                let leaves = |row: &InboxTicket| in_view.is_some() && inbox.find(row.id()).is_some();
                let is_open = |ticket: &Arc<InboxTicket>| open.as_deref() == Some(ticket.id());
                let rows = kept.map(|before| before.rows.update(tickets, leaves));
                let rows = rows.filter(|rows| !rows.new.iter().any(is_open));
                // A letter of a search does not make new rows of the same tickets: the table would take them for others.
                let same = before.map(|before| &before.rows).filter(|rows| rows.are_all(tickets));
                let rows = match (rows, same) {
                    (Some(rows), _) => Arc::new(rows),
                    (None, Some(same)) => Arc::clone(same),
                    (None, None) => Arc::new(HeldRows::released(tickets)),
                };
                Snapshot { rows, arrangement, releases }
            },
            |before, after| !before.zip(after).is_some_and(|(before, after)| Arc::ptr_eq(&before.rows, &after.rows)),
        );
        // A ticket that is opened is in the list, also by the link of a notification.
        effect(move || {
            let waits = |id: &String| held.with_untracked(|held| held.rows.new.iter().any(|ticket| ticket.id() == id));
            if open.get().as_ref().is_some_and(waits) {
                releases.update(|releases| *releases += 1);
            }
        });
        let waiting = memo(move || {
            held.with(|Snapshot { rows, arrangement, .. }| match rows.new.len() + rows.changed {
                0 => (0, 0),
                _ => (arrangement.filter.select(&rows.new, None).len(), rows.changed),
            })
        });
        effect(move || inbox_news::set_held(waiting.get().0 > 0));
        on_cleanup(|| inbox_news::set_held(false));
        Self { held, waiting, releases }
    }

    /// The rows; tracked.
    pub fn rows(self) -> Arc<HeldRows> {
        self.held.with(|held| Arc::clone(&held.rows))
    }

    /// Shows what waits, each ticket in its place.
    pub fn release(self) {
        self.releases.update(|releases| *releases += 1);
    }

    /// When the current row leaves the list, makes the one that takes its place current.
    pub fn keep_cursor(self, cursor: Cursor) {
        effect_with_previous(move |was_listed: Option<bool>| {
            let rows = self.rows();
            let is_listed = cursor.current.with(|current| {
                current.as_ref().is_some_and(|current| rows.rows.iter().any(|row| row.id() == current))
            });
            if was_listed == Some(true) && !is_listed {
                cursor.step(Step::Stay);
            }
            is_listed
        });
    }
}

/// True if somebody reads the list: a ticket is open, or the list is scrolled, has the focus, or is under the pointer.
fn is_read(is_open: bool) -> bool {
    let list = || document().query_selector(".inbox-list > .table-scroll").ok().flatten();
    is_open
        || list().is_some_and(|list| {
            let has_focus =
                document().active_element().is_some_and(|active| active != list && list.contains(Some(&active)));
            has_focus || list.scroll_top() > 0 || list.matches(":hover").unwrap_or_default()
        })
}

/// The time in epoch seconds, updated when the marks change and when a snoozed ticket comes back.
fn wake_times(marks: TicketMarks) -> RwSignal<i64> {
    let now = RwSignal::new(clock::now());
    let timer = StoredValue::new_local(None);
    effect(move || {
        now.track();
        // A sleeping computer's timers are late, a clock that was set makes them wrong.
        clock::jumps();
        let time = clock::now();
        let wake = marks.all.with(|marks| next_wake(marks, time));
        #[allow(clippy::cast_precision_loss, reason = "seconds stay far below 2^53")]
        let wait = wake.map(|wake| (wake - time) as f64 * 1000.0);
        timer.set_value(wait.map(|wait| timers::after(wait, move || _ = now.try_set(clock::now()))));
        if marks.all.with_untracked(|marks| next_wake(marks, now.get_untracked())) != wake {
            now.set(time);
        }
    });
    now
}
