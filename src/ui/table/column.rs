//! Column definitions.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Cell, SortKey};
use crate::i18n::format;

/// A type-erased row: the table's code is compiled once, not once per page.
pub(super) type ErasedRow = Arc<dyn Any + Send + Sync>;
type CellFn = Arc<dyn Fn(&ErasedRow) -> Cell + Send + Sync>;
type KeyFn = Arc<dyn Fn(&ErasedRow) -> SortKey + Send + Sync>;
type TextFn = Arc<dyn Fn(&ErasedRow) -> String + Send + Sync>;
type ViewFn = Arc<dyn Fn(ArcRwSignal<ErasedRow>) -> AnyView + Send + Sync>;

/// Where a column stands in a row of two lines, as narrow windows have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrow {
    /// The first line.
    Title,
    /// The second line, one after the other.
    Meta,
    /// At the end, beside both lines.
    Aside,
    /// Nowhere.
    Hidden,
}

/// A type-erased column.
#[derive(Clone)]
pub(super) struct ErasedColumn {
    pub key: &'static str,
    pub header: Signal<String>,
    pub cell: CellFn,
    /// Created once per row element, which is reused for other records.
    pub view: Option<ViewFn>,
    pub link: Option<TextFn>,
    pub sort: Option<KeyFn>,
    /// The tooltip, if not the cell's text.
    pub tooltip: Option<TextFn>,
    /// The text in an exported file, if not the cell's text.
    pub export: Option<TextFn>,
    /// The width in pixels that a person has chosen.
    pub width: Option<u32>,
    pub class: String,
    /// True if it has a place in a row of two lines.
    pub stacks: bool,
    /// True if it is hidden until a user selects it.
    pub optional: bool,
}

/// A column of a table of `T`: its key (see [`super::Sort`]), header and cell content. Widths: `w-xs` to `w-xl`; a
/// column without one takes the remaining space.
pub struct Column<T> {
    erased: ErasedColumn,
    row: std::marker::PhantomData<fn(&T)>,
}

impl<T> Clone for Column<T> {
    fn clone(&self) -> Self {
        Self { erased: self.erased.clone(), row: std::marker::PhantomData }
    }
}

impl<T: Send + Sync + 'static> Column<T> {
    /// Cells with arbitrary content. Signals that `cell` reads, such as the language, are tracked. The tooltip is the
    /// cell's text.
    pub fn new(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        cell: impl Fn(&T) -> Cell + Send + Sync + 'static,
    ) -> Self {
        let cell: CellFn = Arc::new(move |item| item.downcast_ref::<T>().map(&cell).unwrap_or_default());
        let header = Signal::derive(header);
        let erased = ErasedColumn {
            key,
            header,
            cell,
            view: None,
            link: None,
            sort: None,
            tooltip: None,
            export: None,
            width: None,
            class: String::new(),
            stacks: false,
            optional: false,
        };
        Self { erased, row: std::marker::PhantomData }
    }

    /// Text cells, sorted by their text.
    pub fn text(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        text: impl Fn(&T) -> String + Send + Sync + Clone + 'static,
    ) -> Self {
        let key_text = text.clone();
        Self::new(key, header, move |row| Cell::text(text(row))).sort(move |row| SortKey::text(&key_text(row)))
    }

    /// The row header, a link to the record; at most one per table, at any position. `name` is the link's accessible
    /// name.
    pub fn link(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        name: impl Fn(&T) -> String + Send + Sync + Clone + 'static,
        href: impl Fn(&T) -> String + Send + Sync + 'static,
    ) -> Self {
        let mut column = Self::text(key, header, name);
        column.erased.link = Some(Arc::new(move |item| item.downcast_ref::<T>().map(&href).unwrap_or_default()));
        column
    }

    /// Cells with a view, such as a button. The view receives the row's record as a signal, which changes when the row
    /// is reused.
    pub fn view(
        key: &'static str,
        header: impl Fn() -> String + Send + Sync + 'static,
        view: impl Fn(Signal<Option<T>>) -> AnyView + Send + Sync + 'static,
    ) -> Self
    where
        T: Clone,
    {
        let mut column = Self::new(key, header, |_| Cell::default());
        column.erased.view =
            Some(Arc::new(move |item| view(Signal::derive(move || item.read().downcast_ref::<T>().cloned()))));
        column
    }

    /// Sets what the cells show, of a column that links, sorts and is named by its text.
    #[must_use]
    pub fn content(mut self, cell: impl Fn(&T) -> Cell + Send + Sync + 'static) -> Self {
        self.erased.cell = Arc::new(move |item| item.downcast_ref::<T>().map(&cell).unwrap_or_default());
        self
    }

    /// Sets the sort key.
    #[must_use]
    pub fn sort(mut self, key: impl Fn(&T) -> SortKey + Send + Sync + 'static) -> Self {
        self.erased.sort = Some(Arc::new(move |item| item.downcast_ref::<T>().map_or(SortKey::None, &key)));
        self
    }

    /// Sets the tooltip.
    #[must_use]
    pub fn tooltip(mut self, title: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        self.erased.tooltip = Some(Arc::new(move |item| item.downcast_ref::<T>().map(&title).unwrap_or_default()));
        self
    }

    /// Sets the text in an exported file, where a cell's own is short or relative: a full time, a number.
    #[must_use]
    pub fn export(mut self, text: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        self.erased.export = Some(Arc::new(move |item| item.downcast_ref::<T>().map(&text).unwrap_or_default()));
        self
    }

    /// Sets the time that a cell is about: the tooltip has it exactly, a file in UTC, and the column is sorted by it.
    #[must_use]
    pub fn time(self, at: impl Fn(&T) -> Option<i64> + Copy + Send + Sync + 'static) -> Self {
        self.tooltip(move |row| at(row).map(format::date_time_exact).unwrap_or_default())
            .export(move |row| at(row).map(format::utc).unwrap_or_default())
            .sort(move |row| SortKey::number(at(row)))
            .class("digits")
    }

    /// Disables sorting by this column.
    #[must_use]
    pub fn unsorted(mut self) -> Self {
        self.erased.sort = None;
        self
    }

    /// Adds a class to its cells: a width (`w-xs`, `w-s`, `w-m`, `w-l`, `w-xl`), `end` (numbers), `digits` of one width,
    /// `mono`.
    #[must_use]
    pub fn class(mut self, class: &str) -> Self {
        self.erased.class.push_str(class);
        self.erased.class.push(' ');
        self
    }

    /// Says where the column stands in narrow windows. A table in which columns say so has rows of two lines there;
    /// columns that don't are hidden.
    #[must_use]
    pub fn narrow(mut self, place: Narrow) -> Self {
        self.erased.stacks = true;
        self.class(match place {
            Narrow::Title => "n-title",
            Narrow::Meta => "n-meta",
            Narrow::Aside => "n-aside",
            Narrow::Hidden => "",
        })
    }

    /// Hides the column until a user selects it in the dialog of the columns, and always on small screens. An export of all
    /// columns includes it.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.erased.optional = true;
        self.wide_only()
    }

    /// Hides the column on small screens.
    #[must_use]
    pub fn wide_only(self) -> Self {
        self.class("wide-only")
    }

    pub(super) fn erase(self) -> ErasedColumn {
        self.erased
    }
}
