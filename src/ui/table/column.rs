//! What a table shows of a row.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Cell, SortKey};

/// A row, its type forgotten: the table's own code is compiled once, not once a page.
pub(super) type Item = Arc<dyn Any + Send + Sync>;
type CellFn = Arc<dyn Fn(&Item) -> Cell + Send + Sync>;
type KeyFn = Arc<dyn Fn(&Item) -> SortKey + Send + Sync>;
type TextFn = Arc<dyn Fn(&Item) -> String + Send + Sync>;
type ViewFn = Arc<dyn Fn(ArcRwSignal<Item>) -> AnyView + Send + Sync>;

/// A column without the type of its rows.
#[derive(Clone)]
pub(super) struct Plain {
    pub key: &'static str,
    pub header: Signal<String>,
    pub cell: CellFn,
    /// Drawn once a row of the document, which is handed on from record to record.
    pub view: Option<ViewFn>,
    pub link: Option<TextFn>,
    pub sort: Option<KeyFn>,
    /// What is told on hover, if it isn't the cell's text.
    pub title: Option<TextFn>,
    pub class: String,
}

/// A column of a table of `T`: its key (for [`super::Sort`]), its header and what a cell shows. Widths: `w-xs` to
/// `w-xl`; a column without one takes what is left.
pub struct Column<T> {
    plain: Plain,
    row: std::marker::PhantomData<fn(&T)>,
}

impl<T: Send + Sync + 'static> Column<T> {
    /// Cells that are more than a text. What they read, the language above all, is tracked. On hover a cell tells its text.
    pub fn new(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        cell: impl Fn(&T) -> Cell + Send + Sync + 'static,
    ) -> Self {
        let cell: CellFn = Arc::new(move |item| item.downcast_ref::<T>().map(&cell).unwrap_or_default());
        let header = Signal::derive(header);
        let plain = Plain { key, header, cell, view: None, link: None, sort: None, title: None, class: String::new() };
        Self { plain, row: std::marker::PhantomData }
    }

    /// Cells of text, sorted by it.
    pub fn text(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        text: impl Fn(&T) -> String + Send + Sync + Clone + 'static,
    ) -> Self {
        let key_text = text.clone();
        Self::new(key, header, move |row| Cell::text(text(row))).sort(move |row| SortKey::text(&key_text(row)))
    }

    /// The row's header, and a link to its record; at most one a table, at any place. `name` is the link's accessible name.
    pub fn link(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        name: impl Fn(&T) -> String + Send + Sync + Clone + 'static,
        href: impl Fn(&T) -> String + Send + Sync + 'static,
    ) -> Self {
        let mut column = Self::text(key, header, name);
        column.plain.link = Some(Arc::new(move |item| item.downcast_ref::<T>().map(&href).unwrap_or_default()));
        column
    }

    /// Cells with a view of their own, as for a button: it is given the row's record, which changes.
    pub fn view(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        view: impl Fn(Signal<Option<T>>) -> AnyView + Send + Sync + 'static,
    ) -> Self
    where
        T: Clone,
    {
        let mut column = Self::new(key, header, |_| Cell::default());
        column.plain.view =
            Some(Arc::new(move |item| view(Signal::derive(move || item.read().downcast_ref::<T>().cloned()))));
        column
    }

    /// Sorts by something else than the text, or at all.
    #[must_use]
    pub fn sort(mut self, key: impl Fn(&T) -> SortKey + Send + Sync + 'static) -> Self {
        self.plain.sort = Some(Arc::new(move |item| item.downcast_ref::<T>().map_or(SortKey::None, &key)));
        self
    }

    /// Tells something else on hover than the text.
    #[must_use]
    pub fn titled(mut self, title: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        self.plain.title = Some(Arc::new(move |item| item.downcast_ref::<T>().map(&title).unwrap_or_default()));
        self
    }

    /// Cannot be sorted by.
    #[must_use]
    pub fn unsorted(mut self) -> Self {
        self.plain.sort = None;
        self
    }

    /// Adds a class to all its cells: a width (`w-xs`, `w-s`, `w-m`, `w-l`, `w-xl`), `end` (numbers), `mono`.
    #[must_use]
    pub fn class(mut self, class: &str) -> Self {
        self.plain.class.push_str(class);
        self.plain.class.push(' ');
        self
    }

    /// Left out on small screens.
    #[must_use]
    pub fn wide_only(self) -> Self {
        self.class("wide-only")
    }

    pub(super) fn plain(self) -> Plain {
        self.plain
    }
}
