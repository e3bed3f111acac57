//! Sorting, filtering and selecting.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;
use leptos::task::tick;
use trunkline::ui::{Column, Cursor, DataTable, RowFilter, Sort, SortKey};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use super::{Thing, columns, table, things};
use crate::support::{Stage, focused};

#[wasm_bindgen_test]
async fn column_header_cycles_through_ascending_descending_unsorted() {
    let (rows, sort) = (RwSignal::new(things(200)), RwSignal::new(None));
    let stage = table(rows, sort, Cursor::new());
    tick().await;
    let header = stage.all("thead th")[1].clone();
    let button: HtmlElement = header.query_selector("button").unwrap().unwrap().unchecked_into();
    let state = || (header.get_attribute("aria-sort").unwrap(), stage.texts("tbody th a")[0].clone());
    assert_eq!(state(), ("none".into(), "Thing 0".into()));
    button.click();
    tick().await;
    assert_eq!(state(), ("ascending".into(), "Thing 199".into()), "the last thing is the smallest");
    button.click();
    tick().await;
    assert_eq!(state(), ("descending".into(), "Thing 0".into()));
    button.click();
    tick().await;
    assert_eq!(sort.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn moved_row_keeps_focus_and_selection_follows_the_record() {
    let (rows, sort) = (RwSignal::new(things(20)), RwSignal::new(None));
    let selection = RwSignal::new(Vec::new());
    let stage = Stage::new(move || {
        let id = |row: &Thing| row.id.to_string();
        view! { <DataTable name="Things" rows id columns=columns() sort on_sort=move |to| sort.set(to) selection /> }
    });
    tick().await;
    let link = stage.one("tr[data-row='7'] a");
    link.focus().unwrap();
    sort.set(Some(Sort { key: "size".into(), descending: false }));
    tick().await;
    assert_eq!(stage.texts("tbody th a")[..2], ["Thing 19", "Thing 18"]);
    assert_eq!(focused().as_ref(), Some(&*link));
    stage.one("tr[data-row='18'] input").click();
    tick().await;
    assert_eq!(selection.get_untracked(), ["18"]);
    assert_eq!(stage.one("tr[data-row='18']").get_attribute("aria-selected").as_deref(), Some("true"));
    assert_eq!(stage.one("tr[data-row='18'] input").get_attribute("aria-label").as_deref(), Some("Select Thing 18"));
    sort.set(None);
    tick().await;
    assert_eq!(stage.all("tbody input:checked").len(), 1);
    assert!(stage.one("tr[data-row='18'] input").unchecked_into::<HtmlInputElement>().checked());
}

#[wasm_bindgen_test]
async fn refined_filter_tests_only_previous_matches_and_a_new_list_tests_all() {
    let (rows, sort) = (RwSignal::new(things(30)), RwSignal::new(None));
    let query = RwSignal::new(("", false));
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let keep = Callback::new(move |()| {
        let ((words, narrows), counted) = (query.get(), Arc::clone(&counted));
        let rows = rows.get();
        let select = move |among: Option<&[usize]>| {
            let among = among.map_or_else(|| (0..rows.len()).collect(), <[usize]>::to_vec);
            counted.fetch_add(among.len(), Ordering::Relaxed);
            among.into_iter().filter(|row| rows[*row].name.contains(words)).collect()
        };
        (!words.is_empty()).then(|| RowFilter { select: Box::new(select), refines: narrows })
    });
    let stage = Stage::new(move || {
        let id = |row: &Thing| row.id.to_string();
        view! { <DataTable name="Things" rows id columns=columns() sort filter=keep /> }
    });
    let shows = async |names: &[&str], times: usize| {
        tick().await;
        assert_eq!(stage.texts("tbody th a"), names);
        assert_eq!(asked.swap(0, Ordering::Relaxed), times);
    };
    query.set(("g 2", true));
    let twenties = (20..30).map(|id| format!("Thing {id}"));
    let mut twos: Vec<String> = std::iter::once("Thing 2".to_owned()).chain(twenties).collect();
    shows(&twos.iter().map(String::as_str).collect::<Vec<_>>(), 30).await;
    // Reversed: the filter still refines the previous one.
    sort.set(Some(Sort { key: "size".into(), descending: false }));
    twos.reverse();
    shows(&twos.iter().map(String::as_str).collect::<Vec<_>>(), 11).await;
    query.set(("g 21", true));
    shows(&["Thing 21"], 11).await;
    query.set(("g 1", false));
    sort.set(None);
    let ones = ["Thing 1", "Thing 10", "Thing 11", "Thing 12", "Thing 13", "Thing 14", "Thing 15", "Thing 16"];
    shows(&[&ones[..], &["Thing 17", "Thing 18", "Thing 19"]].concat(), 30).await;
    // A new list: earlier matches say nothing about it.
    rows.update(|rows| rows[5] = Arc::new(Thing { id: 5, name: "Thing 1!".into(), size: 9 }));
    query.set(("g 1!", true));
    shows(&["Thing 1!"], 30).await;
}

#[wasm_bindgen_test]
async fn rows_that_stay_the_same_are_not_sorted_again() {
    let rows = RwSignal::new(things(30));
    let keys = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&keys);
    let by_size = move |row: &Thing| {
        counted.fetch_add(1, Ordering::Relaxed);
        SortKey::number(Some(row.size))
    };
    let stage = Stage::new(move || {
        let id = |row: &Thing| row.id.to_string();
        let column = Column::text("size", || "Size".to_owned(), |row: &Thing| row.name.clone()).sort(by_size.clone());
        let sort = Signal::stored(Some(Sort { key: "size".into(), descending: false }));
        view! { <DataTable name="Things" rows id columns=vec![column] sort /> }
    });
    tick().await;
    assert_eq!(stage.texts("tbody th")[0], "Thing 29", "the last thing is the smallest");
    rows.update(|rows| *rows = rows.clone());
    tick().await;
    assert_eq!(keys.load(Ordering::Relaxed), 30);
    rows.update(|rows| rows[5] = Arc::new(Thing { id: 5, name: "Smallest".into(), size: -9 }));
    tick().await;
    assert_eq!((stage.texts("tbody th")[0].as_str(), keys.load(Ordering::Relaxed)), ("Smallest", 60));
}
