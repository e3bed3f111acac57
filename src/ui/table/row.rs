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
                let around = if column.link.is_some() { append(&cell, "a")? } else { cell };
                append(&around, column.inner)?;
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
    state: Option<State>,
    tick: Option<HtmlInputElement>,
    cells: Vec<Filled>,
}

/// A cell: the element that holds all of it, and what stands in it.
struct Filled {
    inner: Element,
    href: String,
    cell: Cell,
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
            cells.push(Filled { inner, href: String::new(), cell: Cell::default(), view });
        }
        Some(Self { element, id: String::new(), state: None, tick, cells })
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
        if cell == self.cell {
            return;
        }
        if cell.tag != self.cell.tag {
            write_tag(&self.inner, &cell);
        }
        if let Some(text) = self.inner.last_element_child() {
            if cell.text != self.cell.text {
                text.set_text_content(Some(&cell.text));
            }
            let titled = if column.link.is_some() { &self.inner } else { &text };
            if cell.title != self.cell.title {
                set(titled, "title", &cell.title);
            }
            if cell.left_to_right != self.cell.left_to_right {
                set(&text, "dir", if cell.left_to_right { "ltr" } else { "auto" });
            }
        }
        self.cell = cell;
    }
}

/// Makes, changes or takes away the pill before the text.
fn write_tag(inner: &Element, cell: &Cell) {
    let old = inner.first_element_child().filter(|first| first.class_name() == "badge");
    let Some((tone, word)) = &cell.tag else {
        if let Some(old) = old {
            old.remove();
        }
        return;
    };
    let Some(badge) = old.or_else(|| element("span")) else { return };
    badge.set_class_name("badge");
    set(&badge, "data-tone", tone.id());
    badge.set_text_content(Some(word));
    let first = inner.first_child();
    if first.as_ref() != Some(&*badge) {
        // Before the text of the same cell: it is there.
        let _ = inner.insert_before(&badge, first.as_ref());
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

fn append(parent: &Element, name: &str) -> Option<Element> {
    let child = element(name)?;
    parent.append_child(&child).ok()?;
    Some(child)
}

/// Sets an attribute whose name is one.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}
