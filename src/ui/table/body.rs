//! The rows that are in the document, and the room of those that are not.

use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::arrange::Listing;
use super::column::{Item, Plain};
use super::row::{Row, State, Template, element, set};

/// A `<tbody>` and what this table put into it.
pub(super) struct Body {
    element: Element,
    template: Template,
    rows: Vec<Row>,
    spacers: [Element; 2],
    /// The table's: what stands in a row lives longer than the effect that draws it.
    owner: Owner,
}

/// What is to be seen.
pub(super) struct Shown<'a> {
    /// All rows.
    pub items: &'a Listing,
    /// Those to draw.
    pub range: Range<usize>,
    /// A row's height in pixels.
    pub row_height: usize,
    /// Gives a row's id.
    pub id: &'a dyn Fn(&Item) -> String,
    /// What the rows show.
    pub columns: &'a [Plain],
    /// Ids of the ticked rows; none without ticks.
    pub ticked: Option<&'a [String]>,
    /// Id of the row a person is at.
    pub current: Option<&'a str>,
}

impl Body {
    /// Of an empty element.
    pub fn new(element: Element, columns: &[Plain], ticks: bool, owner: Owner) -> Option<Self> {
        let template = Template::new(columns, ticks)?;
        Some(Self { element, template, rows: Vec::new(), spacers: [spacer()?, spacer()?], owner })
    }

    /// Brings the rows up to date. A row stays with its record while that is to be seen, then it is handed on to one that
    /// comes: filling a row is half the work of making it. Not so the row with the focus: Enter must never open another's.
    pub fn draw(&mut self, shown: &Shown<'_>) {
        let focus = document().active_element().filter(|active| self.element.contains(Some(active)));
        let records: Vec<&Item> = shown.range.clone().filter_map(|at| shown.items.get(at)).collect();
        let ids: Vec<String> = records.iter().map(|item| (shown.id)(item)).collect();
        let (mut kept, mut free): (Vec<Row>, Vec<Row>) = self.rows.drain(..).partition(|row| ids.contains(&row.id));
        // Where all are others they stay where they are, and the first to come gets the first: nothing moves. Else those
        // that stay must not have to move past them.
        free.reverse();
        let moves = !kept.is_empty();
        let has_focus = |row: &Row| focus.as_ref().is_some_and(|focus| row.element.contains(Some(focus)));
        free.retain(|row| {
            let lost = has_focus(row);
            if moves || lost {
                row.element.remove();
            }
            !lost
        });
        for (at, (item, id)) in records.into_iter().zip(&ids).enumerate() {
            let place = kept.iter().position(|row| row.id == *id);
            let row = place.map(|place| kept.swap_remove(place)).or_else(|| free.pop());
            let make = || self.owner.with(|| Row::new(&self.template, shown.columns, item));
            let Some(mut row) = row.or_else(make) else { continue };
            let state = State {
                index: shown.range.start + at,
                ticked: shown.ticked.map(|ticked| ticked.contains(id)),
                current: shown.current == Some(id),
            };
            row.fill(shown.columns, id, item, state);
            self.rows.push(row);
        }
        for row in free {
            row.element.remove();
        }
        self.place(shown);
        // A row that changed places lost it.
        if let Some(focus) = focus.filter(|focus| focus.is_connected())
            && document().active_element().as_ref() != Some(&focus)
        {
            let _ = focus.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// Has the cell that the pointer is over tell more on hover. Only then: a title costs as much to write as a text.
    pub fn tell(&mut self, columns: &[Plain], at: &Element) {
        let Ok(Some(cell)) = at.closest("td, th") else { return };
        if let Some(row) = self.rows.iter_mut().find(|row| row.element.contains(Some(&cell))) {
            row.tell(columns, &cell);
        }
    }

    /// Puts the rows in order, with the room of the others before and behind them; what stands right is not touched.
    fn place(&self, shown: &Shown<'_>) {
        let [above, below] = &self.spacers;
        let (before, behind) = (shown.range.start, shown.items.len().saturating_sub(shown.range.end));
        resize(above, before * shown.row_height);
        resize(below, behind * shown.row_height);
        let mut next = self.element.first_element_child();
        let mut put = |element: &Element| {
            if next.as_ref() == Some(element) {
                next = element.next_element_sibling();
            } else {
                // Before what stands in this very body.
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

/// A row that takes room. One cell, in the first column: spanning all of them would bring back those left out on small
/// screens.
fn spacer() -> Option<Element> {
    let row = element("tr")?;
    row.set_class_name("spacer");
    set(&row, "aria-hidden", "true");
    let cell = element("td")?;
    row.append_child(&cell).ok()?;
    Some(row)
}

/// Gives a spacer so many pixels; none takes it out.
fn resize(spacer: &Element, pixels: usize) {
    if pixels == 0 {
        spacer.remove();
    } else if let Some(cell) = spacer.first_element_child() {
        // A length can always be set. Whole: writing a fraction is 13 KB of code.
        let _ = cell.unchecked_into::<HtmlElement>().style().set_property("height", &format!("{pixels}px"));
    }
}
