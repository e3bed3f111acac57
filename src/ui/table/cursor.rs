//! The row a person is at, for tables worked by keyboard.

use leptos::prelude::*;

use crate::browser::keys::Key;

/// A step of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many rows down (negative: up).
    By(isize),
    /// The first row.
    First,
    /// The last row.
    Last,
}

impl Step {
    /// The position it leads to among `count` rows; a first step from nowhere leads to the first or last row.
    #[must_use]
    pub fn from(self, current: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        Some(match (self, current) {
            (Self::First, _) => 0,
            (Self::Last, _) => last,
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

/// The current row of a table, by its id. The page reads it, and may move it by its own keys; the table itself takes
/// the arrows, j, k, Home and End.
#[derive(Clone, Copy)]
pub struct Cursor {
    /// The current row's id.
    pub current: RwSignal<Option<String>>,
    pub(super) wish: RwSignal<Option<Step>>,
}

impl Cursor {
    /// At no row.
    #[must_use]
    pub fn new() -> Self {
        Self { current: RwSignal::new(None), wish: RwSignal::new(None) }
    }

    /// Moves it, brings the row into view and focuses its link.
    pub fn step(self, step: Step) {
        self.wish.set(Some(step));
    }
}

impl Default for Cursor {
    fn default() -> Self {
        Self::new()
    }
}

/// The step a key stands for.
#[must_use]
pub fn step_of(key: Key) -> Option<Step> {
    match key {
        Key::Char('j') | Key::Down => Some(Step::By(1)),
        Key::Char('k') | Key::Up => Some(Step::By(-1)),
        Key::Home => Some(Step::First),
        Key::End => Some(Step::Last),
        _ => None,
    }
}
