//! What a table shows of a row.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;

use super::SortKey;

/// A row, its type forgotten: the table's own code is compiled once, not once a page.
pub(super) type Item = Arc<dyn Any + Send + Sync>;
type CellFn = Arc<dyn Fn(&Item) -> AnyView + Send + Sync>;
type KeyFn = Arc<dyn Fn(&Item) -> SortKey + Send + Sync>;
type TextFn = Arc<dyn Fn(&Item) -> String + Send + Sync>;

/// A column without the type of its rows.
#[derive(Clone)]
pub(super) struct Plain {
    pub key: &'static str,
    pub header: Signal<String>,
    pub cell: CellFn,
    pub link: Option<TextFn>,
    /// What the row is called, if this is its header.
    pub name: TextFn,
    pub sort: Option<KeyFn>,
    pub class: String,
}

/// A column of a table of `T`: its key (for [`super::Sort`]), its header and what a cell shows. Widths: `w-xs` to
/// `w-xl`; a column without one takes what is left.
pub struct Column<T> {
    plain: Plain,
    row: std::marker::PhantomData<fn(&T)>,
}

impl<T: Send + Sync + 'static> Column<T> {
    /// Cells with a view of their own.
    pub fn new(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        cell: impl Fn(&T) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        let cell: CellFn = Arc::new(move |item| item.downcast_ref::<T>().map(&cell).into_any());
        let header = Signal::derive(header);
        let plain = Plain {
            key,
            header,
            cell,
            link: None,
            name: Arc::new(|_| String::new()),
            sort: None,
            class: String::new(),
        };
        Self { plain, row: std::marker::PhantomData }
    }

    /// Cells of text, sorted by it; the whole text on hover.
    pub fn text(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        text: impl Fn(&T) -> String + Send + Sync + Clone + 'static,
    ) -> Self {
        let key_text = text.clone();
        let cell = move |row: &T| {
            let text = text(row);
            let title = text.clone();
            view! { <bdi title=title>{text}</bdi> }.into_any()
        };
        let name = key_text.clone();
        let mut column = Self::new(key, header, cell).sort(move |row| SortKey::text(&key_text(row)));
        column.plain.name = Arc::new(move |item| item.downcast_ref::<T>().map(&name).unwrap_or_default());
        column
    }

    /// The row's header, and a link to its record; at most one a table, at any place. `name` is the link's accessible name.
    pub fn link(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        name: impl Fn(&T) -> String + Send + Sync + Clone + 'static,
        href: impl Fn(&T) -> String + Send + Sync + 'static,
    ) -> Self {
        let mut column = Self::text(key, header, name.clone());
        column.plain.cell = Arc::new(move |item| item.downcast_ref::<T>().map(&name).into_any());
        column.plain.link = Some(Arc::new(move |item| item.downcast_ref::<T>().map(&href).unwrap_or_default()));
        column
    }

    /// Sorts by something else than the text, or at all.
    #[must_use]
    pub fn sort(mut self, key: impl Fn(&T) -> SortKey + Send + Sync + 'static) -> Self {
        self.plain.sort = Some(Arc::new(move |item| item.downcast_ref::<T>().map_or(SortKey::None, &key)));
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
