//! Rendered rows: their number, their records, and what stays when a record changes.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::{Cell, Column, Cursor, DataTable, EmptyState, Tone};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlInputElement, MouseEvent, MouseEventInit};

use super::{Thing, columns, table, things};
use crate::support::{Stage, focused, until};

#[wasm_bindgen_test]
async fn table_renders_at_most_80_of_10_000_rows() {
    let (rows, sort) = (RwSignal::new(things(10_000)), RwSignal::new(None));
    let stage = table(rows, sort, Cursor::new());
    tick().await;
    let table = stage.one("table");
    assert_eq!(table.get_attribute("aria-rowcount").as_deref(), Some("10001"));
    assert_eq!(table.get_attribute("aria-label").as_deref(), Some("Things"));
    assert_eq!(stage.one("thead tr").get_attribute("aria-rowindex").as_deref(), Some("1"));
    let first = stage.one("tbody tr[aria-rowindex]");
    assert_eq!(first.get_attribute("aria-rowindex").as_deref(), Some("2"));
    assert_eq!(stage.texts("tbody th a")[0], "Thing 0", "the accessible name is the record's name alone");
    assert!(stage.all("tbody tr[aria-rowindex]").len() <= 80);
    let scroller = stage.one(".table-scroll");
    scroller.set_scroll_top(36 * 5000);
    until("row 5000 in the document", || stage.texts("tbody th a").contains(&"Thing 5005".to_owned())).await;
    assert!(stage.all("tbody tr[aria-rowindex]").len() <= 80);
    let link = stage.all("tbody tr[data-row='5005']")[0].clone();
    assert_eq!(link.get_attribute("aria-rowindex").as_deref(), Some("5007"));
    let seen = link.get_bounding_client_rect().top() - scroller.get_bounding_client_rect().top();
    assert!((0.0..400.0).contains(&seen), "the spacer puts a row where it belongs, not at {seen}");
    // A refresh of the same records keeps the scroll position and the element.
    rows.set(things(10_000));
    tick().await;
    assert_eq!(scroller.scroll_top(), 36 * 5000);
    assert!(stage.all("tbody tr[data-row='5005']")[0].is_same_node(Some(&link)));
    // A filter that leaves three rows shows them, whatever the scroll position was.
    rows.set(things(3));
    until("three rows", || stage.all("tbody tr[aria-rowindex]").len() == 3).await;
    assert_eq!(table.get_attribute("aria-rowcount").as_deref(), Some("4"));
}

#[wasm_bindgen_test]
async fn changed_record_updates_its_row_in_place() {
    let (rows, sort) = (RwSignal::new(things(5)), RwSignal::new(None));
    let stage = table(rows, sort, Cursor::new());
    tick().await;
    let link = stage.one("tbody tr[data-row='2'] a");
    link.focus().unwrap();
    rows.update(|rows| rows[2] = Arc::new(Thing { id: 2, name: "Renamed".into(), size: 9 }));
    tick().await;
    assert_eq!(link.text_content().as_deref(), Some("Renamed"));
    assert_eq!(focused().as_ref(), Some(&*link), "the element is the same and keeps the focus");
}

#[wasm_bindgen_test]
async fn reused_row_shows_only_its_new_record_and_focused_row_is_never_reused() {
    let (rows, sort) = (RwSignal::new(things(1000)), RwSignal::new(None));
    let selection = RwSignal::new(vec!["3".to_owned()]);
    let stage = Stage::new(move || {
        let mut columns = columns();
        let state = |row: &Thing| match row.id % 3 {
            0 => Cell::badge((Tone::Good, "Whole".into())).with_text(format!("{} kg", row.size)),
            1 => Cell::text(row.size.to_string()).left_to_right(),
            _ => Cell::default(),
        };
        let state =
            Column::new("state", || "State".into(), state).tooltip(|row: &Thing| format!("Weighed: {}", row.id));
        columns.push(state);
        columns.push(Column::view(
            "copy",
            || "Copy".into(),
            |row: Signal<Option<Thing>>| view! { <output>{move || row.get().map(|row| row.id)}</output> }.into_any(),
        ));
        view! { <DataTable name="Things" rows id=|row: &Thing| row.id.to_string() columns sort selection /> }
    });
    tick().await;
    let texts = |id: usize| stage.texts(&format!("tbody tr[data-row='{id}'] > :not(:first-child)"));
    assert_eq!(texts(3), ["Thing 3", "997", "Whole997 kg", "3"]);
    assert_eq!(stage.one("tr[data-row='3'] .badge + bdi").text_content().as_deref(), Some("997 kg"));
    // Tooltips are set on hover: the full text, or the column's own title.
    assert!(stage.all("tbody [title]").is_empty());
    let hover = |selector: &str| {
        let over = MouseEventInit::new();
        over.set_bubbles(true);
        let over = MouseEvent::new_with_mouse_event_init_dict("mouseover", &over).unwrap();
        stage.one(selector).dispatch_event(&over).unwrap();
    };
    hover("tr[data-row='3'] .badge + bdi");
    hover("tr[data-row='3'] a");
    let titles =
        || stage.all("tbody [title]").iter().map(|told| told.get_attribute("title").unwrap()).collect::<Vec<_>>();
    assert_eq!(titles(), ["Thing 3", "Weighed: 3"]);
    let ticked: HtmlInputElement = stage.one("tr[data-row='3'] input").unchecked_into();
    assert!(ticked.checked());
    assert_eq!(stage.one("tr[data-row='3']").get_attribute("aria-selected").as_deref(), Some("true"));
    let (handed_on, focused_row) = (stage.one("tr[data-row='3']"), stage.one("tr[data-row='4']"));
    stage.one("tr[data-row='4'] a").focus().unwrap();
    // No visible record is left: their row elements are reused for others, each showing only its own record.
    rows.update(|rows| drop(rows.drain(..500)));
    tick().await;
    for id in 500..505 {
        let size = 1000 - id;
        let state = match id % 3 {
            0 => format!("Whole{size} kg"),
            1 => size.to_string(),
            _ => String::new(),
        };
        assert_eq!(texts(id), [format!("Thing {id}"), size.to_string(), state, id.to_string()]);
        assert_eq!(stage.all(&format!("tr[data-row='{id}'] .badge")).len(), usize::from(id % 3 == 0));
        assert_eq!(stage.all(&format!("tr[data-row='{id}'] [dir=ltr]")).len(), usize::from(id % 3 == 1));
        assert_eq!(stage.one(&format!("tr[data-row='{id}'] a")).get_attribute("href"), Some(format!("/things/{id}")));
    }
    assert!(stage.all("tbody [aria-selected=true]").is_empty());
    assert!(stage.all("tbody input:checked").is_empty());
    assert!(handed_on.is_connected(), "a row that left the window was handed on");
    let id = handed_on.get_attribute("data-row").unwrap();
    assert_eq!(titles(), [format!("Thing {id}"), format!("Weighed: {id}")], "what it tells is of its own record too");
    assert!(!focused_row.is_connected(), "the row with the focus was not");
}

#[wasm_bindgen_test]
async fn skeleton_rows_have_no_index_and_empty_table_shows_its_empty_state() {
    let loading = RwSignal::new(true);
    let rows = RwSignal::new(things(0));
    let stage = Stage::new(move || {
        let empty = || view! { <EmptyState title="No things yet" /> };
        view! { <DataTable name="Things" rows id=|row: &Thing| row.id.to_string() columns=columns() loading empty /> }
    });
    assert_eq!(stage.all("tbody[aria-hidden=true] tr").len(), 1);
    assert!(stage.all("tbody tr[aria-rowindex]").is_empty());
    loading.set(false);
    tick().await;
    assert!(stage.all("tbody tr").is_empty());
    assert_eq!(stage.texts("h2"), ["No things yet"]);
}
