//! The look of a table's rows, besides their cells.

use std::marker::PhantomData;
use std::sync::Arc;

use super::column::ErasedRow;

/// Returns a row's marks: words separated by spaces.
pub(super) type MarkFn = Arc<dyn Fn(&ErasedRow) -> String + Send + Sync>;

/// Returns a predicate of the rows that come first; `None` for none.
pub(super) type FirstFn = Arc<dyn Fn() -> Option<Box<dyn Fn(&ErasedRow) -> bool>> + Send + Sync>;

/// Two lines where the table is narrow, and marks of rows for the style sheet.
pub struct RowLook<T> {
    two_lines_below: f64,
    mark: Option<MarkFn>,
    first: Option<FirstFn>,
    row: PhantomData<fn(&T)>,
}

impl<T> Default for RowLook<T> {
    fn default() -> Self {
        Self { two_lines_below: 0.0, mark: None, first: None, row: PhantomData }
    }
}

impl<T> Clone for RowLook<T> {
    fn clone(&self) -> Self {
        Self { mark: self.mark.clone(), first: self.first.clone(), ..*self }
    }
}

impl<T: Send + Sync + 'static> RowLook<T> {
    /// Shows each record in two lines while the table is narrower than this, in px. The classes of the columns place
    /// their cells: `at-edge`, `at-lead`, `at-tag`, `at-end` in the first line, `at-sub`, `at-glyph`, `at-sub-end` in the
    /// second; cells without one are only there for screen readers.
    #[must_use]
    pub fn two_lines_below(mut self, width: f64) -> Self {
        self.two_lines_below = width;
        self
    }

    /// Sets a function that returns the marks of a row, its classes: words separated by spaces.
    /// Tracked.
    #[must_use]
    pub fn mark(mut self, mark: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        self.mark = Some(Arc::new(move |item| item.downcast_ref::<T>().map(&mark).unwrap_or_default()));
        self
    }

    /// Sets a function that returns a predicate of the rows that come first, in whatever order; `None` for none. Tracked.
    #[must_use]
    pub fn first(mut self, first: impl Fn() -> Option<Box<dyn Fn(&T) -> bool>> + Send + Sync + 'static) -> Self {
        self.first = Some(Arc::new(move || {
            let is_first = first()?;
            Some(Box::new(move |item: &ErasedRow| item.downcast_ref::<T>().is_some_and(&is_first)))
        }));
        self
    }

    pub(super) fn erase(self) -> ErasedLook {
        ErasedLook { two_lines_below: self.two_lines_below, mark: self.mark, first: self.first }
    }
}

/// A type-erased [`RowLook`].
#[derive(Clone)]
pub(super) struct ErasedLook {
    pub two_lines_below: f64,
    pub mark: Option<MarkFn>,
    pub first: Option<FirstFn>,
}
