//! The keyboard cursor of a table.

use leptos::prelude::*;

use crate::browser::keys::Key;

/// A step of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// By this many rows down (negative: up).
    By(isize),
    /// Nowhere. If the current row has left the table, the one that took its place becomes current.
    Stay,
    /// The first row.
    First,
    /// The last row.
    Last,
}

impl Step {
    /// The target position among `count` rows; `None` without rows. Without a current row, a step leads to the first or
    /// last row.
    #[must_use]
    pub fn from(self, current: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, current) {
            (Self::First, _) => 0,
            (Self::Last, _) => last,
            (Self::Stay, current) => current?.min(last),
            (Self::By(step), Some(current)) => current.saturating_add_signed(step).min(last),
            (Self::By(step), None) => {
                if step < 0 {
                    last
                } else {
                    0
                }
            }
        })
    }
}

/// The current row of a table, by id. The page may read and move it by its own keys; the table handles the arrows, Home
/// and End.
#[derive(Clone, Copy)]
pub struct Cursor {
    /// The current row's id.
    pub current: RwSignal<Option<String>>,
    /// The row that the user's last step led to; `Step::Stay` is none.
    pub stepped: RwSignal<Option<String>>,
    /// True while the focus stays where it is when the cursor moves.
    pub keeps_focus: RwSignal<bool>,
    pub(super) requested: RwSignal<Option<Step>>,
}

impl Cursor {
    /// A cursor without a current row.
    #[must_use]
    pub fn new() -> Self {
        Self {
            current: RwSignal::new(None),
            stepped: RwSignal::new(None),
            keeps_focus: RwSignal::new(false),
            requested: RwSignal::new(None),
        }
    }

    /// Moves the cursor, scrolls the row into view and focuses its link.
    pub fn step(self, step: Step) {
        self.requested.set(Some(step));
    }
}

impl Default for Cursor {
    fn default() -> Self {
        Self::new()
    }
}

/// The step of a key; `None` if it is no cursor key.
#[must_use]
pub fn step_of(key: Key) -> Option<Step> {
    match key {
        Key::Down => Some(Step::By(1)),
        Key::Up => Some(Step::By(-1)),
        Key::Home => Some(Step::First),
        Key::End => Some(Step::Last),
        _ => None,
    }
}
