//! Table.

mod cursor;
mod keyboard;
mod rows;
mod sort;
mod sort_and_filter;

use std::sync::Arc;

use leptos::prelude::*;
use trunkline::ui::{Column, Cursor, DataTable, Sort, SortKey};

use crate::support::Stage;

#[derive(Clone, Debug)]
pub struct Thing {
    pub id: usize,
    pub name: String,
    pub size: i64,
}

pub fn things(count: usize) -> Vec<Arc<Thing>> {
    (0..count)
        .map(|id| Arc::new(Thing { id, name: format!("Thing {id}"), size: i64::try_from(count - id).unwrap() }))
        .collect()
}

pub fn columns() -> Vec<Column<Thing>> {
    vec![
        Column::link("name", || "Name".into(), |row: &Thing| row.name.clone(), |row| format!("/things/{}", row.id)),
        Column::text("size", || "Size".into(), |row: &Thing| row.size.to_string())
            .sort(|row| SortKey::number(Some(row.size))),
    ]
}

/// A table 400 px high.
pub fn table(rows: RwSignal<Vec<Arc<Thing>>>, sort: RwSignal<Option<Sort>>, cursor: Cursor) -> Stage {
    let stage = Stage::new(move || {
        view! {
            <DataTable
                name="Things"
                rows
                id=|row: &Thing| row.id.to_string()
                columns=columns()
                sort
                on_sort=move |to| sort.set(to)
                cursor
            />
        }
    });
    let style = stage.one(".table-scroll").style();
    style.set_property("height", "400px").unwrap();
    style.set_property("overflow", "auto").unwrap();
    // No style sheet is loaded here: give rows the height that the table computes with.
    let sheet = document().create_element("style").unwrap();
    sheet.set_text_content(Some(
        ".table { border-spacing: 0 } .table tbody tr:not(.spacer) > * { height: 36px; padding: 0 }",
    ));
    stage.root.append_child(&sheet).unwrap();
    stage
}
