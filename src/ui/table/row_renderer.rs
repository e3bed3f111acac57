//! Renders the visible rows, and spacers for the others.

use std::ops::Range;

use leptos::prelude::*;
use trunkline_model::virtualizer::OVERSCAN;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::column::{ErasedColumn, ErasedRow};
use super::dom::{element, set_attr};
use super::row::{RenderedRow, RowState, Template};
use super::row_model::RowModel;

/// The most rows that are kept outside of the document.
const MAX_SPARE: usize = 2 * OVERSCAN;

/// A `<tbody>` and the rows this table rendered into it.
pub(super) struct RowRenderer {
    element: Element,
    template: Template,
    rows: Vec<RenderedRow>,
    /// Rows outside of the document, for the overscan that goes while the visible rows change and comes back after.
    spare: Vec<RenderedRow>,
    spacers: [Element; 2],
    /// The table's owner: views in cells outlive the effect that renders their row.
    owner: Owner,
}

/// The input of one render.
pub(super) struct RenderArgs<'a> {
    /// All rows.
    pub model: &'a RowModel,
    /// The range to render.
    pub range: Range<usize>,
    /// A row's height in pixels.
    pub row_height: usize,
    /// Returns a row's id.
    pub id: &'a dyn Fn(&ErasedRow) -> String,
    /// The columns.
    pub columns: &'a [ErasedColumn],
    /// Ids of the selected rows; `None` if the table has no selection.
    pub selected: Option<&'a [String]>,
    /// Id of the row under the keyboard cursor.
    pub current: Option<&'a str>,
    /// Returns a row's marks.
    pub mark: Option<&'a (dyn Fn(&ErasedRow) -> String + Send + Sync)>,
}

impl RowRenderer {
    /// For an empty element.
    pub fn new(element: Element, columns: &[ErasedColumn], selectable: bool, owner: Owner) -> Option<Self> {
        let template = Template::new(columns, selectable)?;
        Some(Self { element, template, rows: Vec::new(), spare: Vec::new(), spacers: [spacer()?, spacer()?], owner })
    }

    /// Reconciles the rows. A row element stays with its record while that is visible, then it is reused for another
    /// record: filling a row is half the cost of creating one. A row with the focus is never reused, since Enter would
    /// open another record.
    pub fn render(&mut self, args: &RenderArgs<'_>) {
        let focus = document().active_element().filter(|active| self.element.contains(Some(active)));
        let records: Vec<&ErasedRow> = args.range.clone().filter_map(|at| args.model.get(at)).collect();
        let ids: Vec<String> = records.iter().map(|item| (args.id)(item)).collect();
        let (mut staying, mut free): (Vec<RenderedRow>, Vec<RenderedRow>) =
            self.rows.drain(..).partition(|row| ids.contains(&row.id));
        // If no record stays, the elements keep their position and are reused in order, so nothing moves. Otherwise
        // free rows are removed, so that the rows that stay need not move past them.
        free.reverse();
        let moves = !staying.is_empty();
        let has_focus = |row: &RenderedRow| focus.as_ref().is_some_and(|focus| row.element.contains(Some(focus)));
        free.retain(|row| {
            let is_focused = has_focus(row);
            if moves || is_focused {
                row.element.remove();
            }
            !is_focused
        });
        for (at, (item, id)) in records.into_iter().zip(&ids).enumerate() {
            let index = staying.iter().position(|row| row.id == *id);
            let row = index.map(|place| staying.swap_remove(place)).or_else(|| free.pop()).or_else(|| self.spare.pop());
            let make = || self.owner.with(|| RenderedRow::new(&self.template, args.columns, item));
            let Some(mut row) = row.or_else(make) else { continue };
            let state = RowState {
                index: args.range.start + at,
                selected: args.selected.map(|ticked| ticked.contains(id)),
                current: args.current == Some(id),
            };
            row.fill(args.columns, id, item, state);
            if let Some(mark) = args.mark {
                row.set_mark(mark(item));
            }
            self.rows.push(row);
        }
        for row in free {
            row.element.remove();
            if self.spare.len() < MAX_SPARE {
                self.spare.push(row);
            }
        }
        self.reconcile(args);
        // A row loses the focus when it is moved.
        if let Some(focus) = focus.filter(|focus| focus.is_connected())
            && document().active_element().as_ref() != Some(&focus)
        {
            let _ = focus.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// Sets the tooltip of the cell under the pointer. Done on demand because setting a title costs as much as setting
    /// a text.
    pub fn show_tooltip(&mut self, columns: &[ErasedColumn], at: &Element) {
        let Ok(Some(cell)) = at.closest("td, th") else { return };
        if let Some(row) = self.rows.iter_mut().find(|row| row.element.contains(Some(&cell))) {
            row.show_tooltip(columns, &cell);
        }
    }

    /// Puts the rows and spacers in order without touching those already in position.
    fn reconcile(&self, args: &RenderArgs<'_>) {
        let [above, below] = &self.spacers;
        let (before, behind) = (args.range.start, args.model.len().saturating_sub(args.range.end));
        resize(above, before * args.row_height);
        resize(below, behind * args.row_height);
        let mut next = self.element.first_element_child();
        let mut put = |element: &Element| {
            if next.as_ref() == Some(element) {
                next = element.next_element_sibling();
            } else {
                // Inserting before a child of this element can't fail.
                let _ = self.element.insert_before(element, next.as_deref());
            }
        };
        if before > 0 {
            put(above);
        }
        for row in &self.rows {
            put(&row.element);
        }
        if behind > 0 {
            put(below);
        }
    }
}

/// A row that takes the space of rows not rendered. It has one cell, in the first column: a spanning cell would bring
/// back the columns hidden on small screens.
fn spacer() -> Option<Element> {
    let row = element("tr")?;
    row.set_class_name("spacer");
    set_attr(&row, "aria-hidden", "true");
    let cell = element("td")?;
    row.append_child(&cell).ok()?;
    Some(row)
}

/// Sets a spacer's height; removes it if 0.
fn resize(spacer: &Element, pixels: usize) {
    if pixels == 0 {
        spacer.remove();
    } else if let Some(cell) = spacer.first_element_child() {
        // A length can always be set. Use a whole number: formatting floats adds 13 KB of code.
        let _ = cell.unchecked_into::<HtmlElement>().style().set_property("height", &format!("{pixels}px"));
    }
}
