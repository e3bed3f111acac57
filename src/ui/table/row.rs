//! A rendered row: its elements and their content.
//!
//! Rows are created and filled through the DOM, without views: a table renders about thirty rows per keystroke of a
//! search, and a view costs several times as much as setting a text.

use std::any::Any;
use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::cell::Cell;
use super::column::{ErasedColumn, ErasedRow};
use super::dom::{append, element, set_attr};
use crate::i18n::t;
use crate::ui::aria_bool;

/// An empty row to clone.
pub(super) struct Template(Element);

impl Template {
    /// For these columns; the row header is the linking one, else the first.
    pub fn new(columns: &[ErasedColumn], selectable: bool) -> Option<Self> {
        // The roles repeat the elements' own: browsers may drop those where the style sheet makes rows of two lines.
        let row = element("tr")?;
        set_attr(&row, "role", "row");
        if selectable {
            let cell = append(&row, "td")?;
            set_attr(&cell, "role", "cell");
            cell.set_class_name("w-check");
            let input = append(&append(&cell, "label")?, "input")?;
            set_attr(&input, "type", "checkbox");
        }
        let head = columns.iter().position(|column| column.link.is_some()).unwrap_or(0);
        for (at, column) in columns.iter().enumerate() {
            let cell = append(&row, if at == head { "th" } else { "td" })?;
            cell.set_class_name(column.class.trim_end());
            set_attr(&cell, "role", if at == head { "rowheader" } else { "cell" });
            if at == head {
                set_attr(&cell, "scope", "row");
            }
            if column.view.is_none() {
                let inner = if column.link.is_some() { append(&cell, "a")? } else { cell };
                set_attr(&inner, "dir", "auto");
            }
        }
        Some(Self(row))
    }
}

/// A rendered row. It belongs to one record while that is visible, and is then reused for another.
pub(super) struct RenderedRow {
    pub element: Element,
    /// The record's id.
    pub id: String,
    item: ErasedRow,
    state: Option<RowState>,
    mark: String,
    checkbox: Option<HtmlInputElement>,
    cells: Vec<CellSlot>,
}

/// A cell: the element that holds its content, and the content.
struct CellSlot {
    inner: Element,
    href: String,
    cell: Cell,
    /// True once a tooltip was set.
    has_tooltip: bool,
    view: Option<MountedView>,
}

/// A view in a cell: its record, and the mount handle that removes the view on drop.
struct MountedView {
    item: ArcRwSignal<ErasedRow>,
    _mounted: Box<dyn Any>,
}

/// The state of a row besides its record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct RowState {
    /// Position among all rows, from 0.
    pub index: usize,
    /// Selected or not; `None` if the table has no selection.
    pub selected: Option<bool>,
    /// True if the keyboard cursor is on it.
    pub current: bool,
}

impl RenderedRow {
    /// Creates a row for this record; [`Row::fill`] must follow.
    pub fn new(template: &Template, columns: &[ErasedColumn], item: &ErasedRow) -> Option<Self> {
        let element: Element = template.0.clone_node_with_deep(true).ok()?.unchecked_into();
        let checkbox = element.query_selector("input").ok()?.map(JsCast::unchecked_into);
        let mut next = element.first_element_child();
        if checkbox.is_some() {
            next = next.and_then(|cell| cell.next_element_sibling());
        }
        let mut cells = Vec::with_capacity(columns.len());
        for column in columns {
            let cell = next?;
            next = cell.next_element_sibling();
            let view = column.view.as_ref().map(|view| {
                let signal = ArcRwSignal::new(Arc::clone(item));
                let (view, shown) = (Arc::clone(view), signal.clone());
                let mounted = mount_to(cell.clone().unchecked_into::<HtmlElement>(), move || view(shown));
                MountedView { item: signal, _mounted: Box::new(mounted) }
            });
            let inner = if column.link.is_some() { cell.first_element_child()? } else { cell };
            cells.push(CellSlot { inner, href: String::new(), cell: Cell::default(), has_tooltip: false, view });
        }
        Some(Self {
            element,
            id: String::new(),
            item: Arc::clone(item),
            state: None,
            mark: String::new(),
            checkbox,
            cells,
        })
    }

    /// Sets a cell's tooltip: the column's, or the full text, which may be truncated.
    pub fn show_tooltip(&mut self, columns: &[ErasedColumn], cell: &Element) {
        let mut cells = columns.iter().zip(&mut self.cells);
        if let Some((column, filled)) = cells.find(|(_, filled)| cell.contains(Some(&filled.inner))) {
            filled.has_tooltip = true;
            filled.write_tooltip(column, &self.item);
        }
    }

    /// Sets the row's marks, for the style sheet. They are classes: of an attribute with several words the browser would
    /// style again all that any of them could concern, four times as many elements in a search.
    pub fn set_mark(&mut self, mark: String) {
        if mark != self.mark {
            self.element.set_class_name(&mark);
            self.mark = mark;
        }
    }

    /// Shows a record, writing only what has changed.
    pub fn fill(&mut self, columns: &[ErasedColumn], id: &str, item: &ErasedRow, state: RowState) {
        if self.id != id {
            set_attr(&self.element, "data-row", id);
            id.clone_into(&mut self.id);
        }
        let before = self.state.replace(state);
        if before.is_none_or(|before| before.index != state.index) {
            set_attr(&self.element, "aria-rowindex", &(state.index + 2).to_string());
        }
        if before.is_some_and(|before| before.current) != state.current {
            set_aria_bool(&self.element, "aria-current", state.current.then_some(true));
        }
        if before.and_then(|before| before.selected) != state.selected {
            set_aria_bool(&self.element, "aria-selected", state.selected);
        }
        if !Arc::ptr_eq(&self.item, item) {
            self.item = Arc::clone(item);
        }
        let mut name = "";
        for (column, filled) in columns.iter().zip(&mut self.cells) {
            filled.fill(column, item);
            if column.link.is_some() {
                name = &filled.cell.text;
            }
        }
        if let Some(tick) = &self.checkbox {
            tick.set_checked(state.selected == Some(true));
            set_attr(tick, "aria-label", &t::ui::select_row(name));
        }
    }
}

impl CellSlot {
    fn fill(&mut self, column: &ErasedColumn, item: &ErasedRow) {
        if let Some(view) = &self.view {
            if !Arc::ptr_eq(&view.item.read_untracked(), item) {
                view.item.set(Arc::clone(item));
            }
            return;
        }
        let cell = (column.cell)(item);
        if let Some(link) = &column.link {
            let href = link(item);
            if href != self.href {
                if href.is_empty() {
                    // A record without a page.
                    let _ = self.inner.remove_attribute("href");
                } else {
                    set_attr(&self.inner, "href", &href);
                }
                self.href = href;
            }
        }
        if cell != self.cell {
            cell.write(&self.inner, &self.cell);
            self.cell = cell;
            if self.has_tooltip {
                self.write_tooltip(column, item);
            }
        }
    }

    fn write_tooltip(&self, column: &ErasedColumn, item: &ErasedRow) {
        let title = column.tooltip.as_ref().map_or_else(|| self.cell.full_text(), |title| title(item));
        if title.is_empty() {
            let _ = self.inner.remove_attribute("title");
        } else {
            set_attr(&self.inner, "title", &title);
        }
    }
}

fn set_aria_bool(element: &Element, name: &str, value: Option<bool>) {
    match value {
        Some(value) => set_attr(element, name, aria_bool(value)),
        None => drop(element.remove_attribute(name)),
    }
}
