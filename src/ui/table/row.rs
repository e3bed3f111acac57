//! A row in the document: its elements, and what stands in them.
//!
//! Rows are the one thing that is made and filled by hand: a table draws some thirty of them for every letter of a
//! search, and what makes a view elsewhere costs several times what it costs to write a text into an element.

use std::any::Any;
use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::cell::Cell;
use super::column::{Item, Plain};
use crate::i18n::t;
use crate::ui::word;

/// A row without a record, to be copied.
pub(super) struct Template(Element);

impl Template {
    /// Of these columns; the row's header is the one that links, else the first.
    pub fn new(columns: &[Plain], ticks: bool) -> Option<Self> {
        let row = element("tr")?;
        if ticks {
            let cell = append(&row, "td")?;
            cell.set_class_name("w-check");
            let input = append(&append(&cell, "label")?, "input")?;
            set(&input, "type", "checkbox");
        }
        let head = columns.iter().position(|column| column.link.is_some()).unwrap_or(0);
        for (at, column) in columns.iter().enumerate() {
            let cell = append(&row, if at == head { "th" } else { "td" })?;
            cell.set_class_name(column.class.trim_end());
            if at == head {
                set(&cell, "scope", "row");
            }
            if column.view.is_none() {
                let inner = if column.link.is_some() { append(&cell, "a")? } else { cell };
                set(&inner, "dir", "auto");
            }
        }
        Some(Self(row))
    }
}

/// A row in the document. It stays its record's as long as that is in the window, and is then handed on.
pub(super) struct Row {
    pub element: Element,
    /// Whose row it is.
    pub id: String,
    item: Item,
    state: Option<State>,
    tick: Option<HtmlInputElement>,
    cells: Vec<Filled>,
}

/// A cell: the element that holds all of it, and what stands in it.
struct Filled {
    inner: Element,
    href: String,
    cell: Cell,
    /// It has told more on hover.
    titled: bool,
    view: Option<View>,
}

/// A view in a cell: its record, and what takes the view away when it is dropped.
struct View {
    item: ArcRwSignal<Item>,
    _mounted: Box<dyn Any>,
}

/// What is known of a row besides its record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    /// Place among all rows, from 0.
    pub index: usize,
    /// Whether it is ticked; none without ticks.
    pub ticked: Option<bool>,
    /// Whether a person is at it.
    pub current: bool,
}

impl Row {
    /// A row for this record; [`Row::fill`] is still to come.
    pub fn new(template: &Template, columns: &[Plain], item: &Item) -> Option<Self> {
        let element: Element = template.0.clone_node_with_deep(true).ok()?.unchecked_into();
        let tick = element.query_selector("input").ok()?.map(JsCast::unchecked_into);
        let mut next = element.first_element_child();
        if tick.is_some() {
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
                View { item: signal, _mounted: Box::new(mounted) }
            });
            let inner = if column.link.is_some() { cell.first_element_child()? } else { cell };
            cells.push(Filled { inner, href: String::new(), cell: Cell::default(), titled: false, view });
        }
        Some(Self { element, id: String::new(), item: Arc::clone(item), state: None, tick, cells })
    }

    /// Has a cell of this row tell on hover what it doesn't show, or the whole of what may be cut.
    pub fn tell(&mut self, columns: &[Plain], cell: &Element) {
        let mut cells = columns.iter().zip(&mut self.cells);
        if let Some((column, filled)) = cells.find(|(_, filled)| cell.contains(Some(&filled.inner))) {
            filled.titled = true;
            filled.tell(column, &self.item);
        }
    }

    /// Shows a record, and writes only what is another than before.
    pub fn fill(&mut self, columns: &[Plain], id: &str, item: &Item, state: State) {
        if self.id != id {
            set(&self.element, "data-row", id);
            id.clone_into(&mut self.id);
        }
        if self.state != Some(state) {
            set(&self.element, "aria-rowindex", &(state.index + 2).to_string());
            mark(&self.element, "aria-current", state.current.then_some(true));
            mark(&self.element, "aria-selected", state.ticked);
            self.state = Some(state);
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
        if let Some(tick) = &self.tick {
            tick.set_checked(state.ticked == Some(true));
            set(tick, "aria-label", &t::ui::select_row(name));
        }
    }
}

impl Filled {
    fn fill(&mut self, column: &Plain, item: &Item) {
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
                set(&self.inner, "href", &href);
                self.href = href;
            }
        }
        if cell != self.cell {
            cell.write(&self.inner, &self.cell);
            self.cell = cell;
            if self.titled {
                self.tell(column, item);
            }
        }
    }

    fn tell(&self, column: &Plain, item: &Item) {
        let title = column.title.as_ref().map_or_else(|| self.cell.text.clone(), |title| title(item));
        if title.is_empty() {
            let _ = self.inner.remove_attribute("title");
        } else {
            set(&self.inner, "title", &title);
        }
    }
}

fn mark(element: &Element, name: &str, value: Option<bool>) {
    match value {
        Some(value) => set(element, name, word(value)),
        None => drop(element.remove_attribute(name)),
    }
}

/// An element by a name that is one.
pub(super) fn element(name: &str) -> Option<Element> {
    document().create_element(name).ok()
}

/// An element by a name that is one, as the last of another.
pub(super) fn append(parent: &Element, name: &str) -> Option<Element> {
    let child = element(name)?;
    parent.append_child(&child).ok()?;
    Some(child)
}

/// Sets an attribute whose name is one.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}
