//! The table's elements. It knows no row type.

use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::announce::{announce_count, rows as rows_in_words};
use super::column::{Item, Plain};
use super::cursor::{Cursor, step_of};
use super::rows::{IdFn, Row, reconcile};
use super::sort::Sort;
use super::window::{scroll_to, whole, window};
use crate::i18n::t;
use crate::reactive::{Keyed, effect, keyed, memo};
use crate::ui::density::row_height;
use crate::ui::{Icon, IconName, Skeleton, word};

/// Rows that stand in during the first load.
const SKELETONS: usize = 8;
/// Height of the header, px: it covers the top of the scrolled rows.
const HEADER: f64 = 36.0;

#[component]
pub(super) fn TableView(
    name: Signal<String>,
    items: Signal<Vec<Item>>,
    id: Arc<dyn Fn(&Item) -> String + Send + Sync>,
    columns: Arc<[Plain]>,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<Option<Sort>>>,
    loading: Signal<bool>,
    empty: ViewFn,
    selection: Option<RwSignal<Vec<String>>>,
    cursor: Option<Cursor>,
) -> impl IntoView {
    let id: IdFn = id;
    let scroller = NodeRef::<html::Div>::new();
    let row_height = row_height();
    let (top, height) = (RwSignal::new(0.0), RwSignal::new(900.0));
    let measure = move || {
        let Some(scroller) = scroller.get_untracked() else { return };
        top.set(f64::from(scroller.scroll_top()));
        // Unlaid-out (a hidden tab), it would be 0 and draw a row or two: keep what was known.
        if scroller.client_height() > 0 {
            height.set(f64::from(scroller.client_height()));
        }
    };
    on_resize(scroller, measure);

    let count = memo(move || items.read().len());
    let range = memo(move || window(count.get(), top.get(), height.get(), row_height.get()));
    let row_id = id.clone();
    let rows = Memo::new_with_compare(
        move |drawn: Option<&Vec<Row>>| {
            let (items, range) = (items.read(), range.get());
            let records = items.get(range.clone()).unwrap_or_default();
            reconcile(drawn.map(Vec::as_slice), records, range.start, &row_id)
        },
        |_, _| true,
    );
    if let Some(cursor) = cursor {
        follow(cursor, scroller, items, id.clone(), row_height);
    }
    let press = move |event: web_sys::KeyboardEvent| {
        let Some(cursor) = cursor else { return };
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if let Some(step) = step_of(&event.key()) {
            event.prevent_default();
            cursor.step(step);
        }
    };

    let skeleton_columns = columns.clone();
    let waiting = memo(move || loading.get() && count.get() == 0);
    let nothing = memo(move || !loading.get() && count.get() == 0);
    announce_count(count, waiting);
    let counted = after_rows(count);
    // One cell, in the first column: spanning all of them would bring back those left out on small screens.
    let spacer = move |rows: usize| {
        let height = pixels(rows * whole(row_height.get()));
        (rows > 0)
            .then(|| view! { <tr class="spacer" aria-hidden="true"><td style:height=height></td></tr> }.into_any())
    };
    let selected_ids = id.clone();
    let head = header(columns.clone(), sort, on_sort, selection, items, selected_ids);
    let body_columns = columns.clone();
    let body_row = move |row: Row| {
        let columns = body_columns.clone();
        Keyed::new(row.slot.to_string(), move || body_row(row, &columns, selection, cursor).into_any())
    };
    let body = keyed(move || rows.get().into_iter().map(&body_row).collect());
    view! {
        <div
            class="table-scroll"
            node_ref=scroller
            tabindex="0"
            role="group"
            aria-label=move || name.get()
            on:scroll=move |_| measure()
            on:keydown=press
        >
            <table
                class="table"
                aria-label=move || name.get()
                aria-rowcount=move || if waiting.get() { "-1".to_owned() } else { (count.get() + 1).to_string() }
                aria-busy=move || waiting.get().then_some(word(true))
                style:--row-height=move || pixels(whole(row_height.get()))
            >
                <thead>
                    <tr aria-rowindex="1">{head}</tr>
                </thead>
                <tbody>
                    {move || spacer(range.get().start)}
                    {body}
                    {move || spacer(count.get().saturating_sub(range.get().end))}
                    {move || waiting.get().then(|| skeletons(&skeleton_columns, selection.is_some()).into_any())}
                </tbody>
            </table>
            {move || nothing.get().then(|| view! { <div class="table-empty">{empty.run()}</div> }.into_any())}
        </div>
        {move || {
            let count = count.get();
            (count > 0 && counted.get()).then(|| view! { <p class="table-count">{rows_in_words(count)}</p> })
        }}
    }
}

/// Calls when the element has got a size or another one; by then the browser knows it, and need not lay out just to tell.
fn on_resize(element: NodeRef<html::Div>, run: impl Fn() + 'static) {
    let run = Closure::<dyn Fn()>::new(run);
    let observer = web_sys::ResizeObserver::new(run.as_ref().unchecked_ref()).ok();
    let watched = StoredValue::new_local(observer.map(|observer| (observer, run)));
    effect(move || {
        if let Some(element) = element.get() {
            watched.with_value(|watched| watched.iter().for_each(|(observer, _)| observer.observe(&element)));
        }
    });
    on_cleanup(move || {
        if let Some((observer, _)) = watched.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}

/// True from the frame after the first rows on: the browser's first number takes as long to write as all of them.
fn after_rows(count: Memo<usize>) -> RwSignal<bool> {
    let after = RwSignal::new(false);
    effect(move || {
        if count.get() > 0 && !after.get_untracked() {
            let done = move || _ = after.try_set(true);
            request_animation_frame(move || set_timeout(done, Duration::ZERO));
        }
    });
    after
}

/// A length for a style. Whole: writing a fraction is 13 KB of code.
fn pixels(length: usize) -> String {
    format!("{length}px")
}

fn header(
    columns: Arc<[Plain]>,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<Option<Sort>>>,
    selection: Option<RwSignal<Vec<String>>>,
    items: Signal<Vec<Item>>,
    id: IdFn,
) -> impl IntoView {
    let cells = columns.iter().map(|column| heading(column, sort, on_sort)).collect_view();
    let all = selection.map(|selection| {
        let ticked = move || {
            let (selection, count) = (selection.read().len(), items.read().len());
            count > 0 && selection >= count
        };
        let partly = move || !selection.read().is_empty() && !ticked();
        let change = move |event| {
            if event_target_checked(&event) {
                selection.set(items.read_untracked().iter().map(|item| id(item)).collect());
            } else {
                selection.set(Vec::new());
            }
        };
        view! {
            <th class="w-check" scope="col">
                <label>
                    <input type="checkbox" aria-label=t::ui::select_all prop:checked=move || ticked() prop:indeterminate=move || partly() on:change=change />
                </label>
            </th>
        }
        .into_any()
    });
    view! {
        {all}
        {cells}
    }
}

fn heading(
    column: &Plain,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<Option<Sort>>>,
) -> impl IntoView + use<> {
    let (key, header, class) = (column.key, column.header, column.class.clone());
    let on_sort = on_sort.filter(|_| column.sort.is_some());
    let direction = memo(move || match sort.get() {
        Some(sort) if sort.key == key => {
            if sort.descending {
                "descending"
            } else {
                "ascending"
            }
        }
        _ => "none",
    });
    let name = move || header.get();
    let content = match on_sort {
        Some(on_sort) => view! {
            <button
                type="button"
                class="sort"
                on:click=move |_| on_sort.run(Sort::next(sort.get_untracked().as_ref(), key))
            >
                <span>{move || name()}</span>
                {move || {
                    let name = if direction.get() == "descending" { IconName::SortDown } else { IconName::SortUp };
                    view! { <Icon name /> }.into_any()
                }}
            </button>
        }
        .into_any(),
        None => name.into_any(),
    };
    view! { <th scope="col" class=class aria-sort=move || on_sort.map(|_| direction.get())>{content}</th> }
}

fn body_row(
    row: Row,
    columns: &[Plain],
    selection: Option<RwSignal<Vec<String>>>,
    cursor: Option<Cursor>,
) -> impl IntoView + use<> {
    let Row { id, index, item, .. } = row;
    let (here, ticked_id, mark_id) = (id.clone(), id.clone(), id.clone());
    let ticked = selection.map(|selection| {
        memo(move || {
            let id = ticked_id.get();
            selection.read().iter().any(|other| **other == *id)
        })
    });
    let current = cursor.map(|cursor| {
        memo(move || {
            let here = here.get();
            cursor.current.read().as_deref() == Some(&*here)
        })
    });
    // The row's header is the column that links to the record, wherever it stands.
    let head_at = columns.iter().position(|column| column.link.is_some()).unwrap_or(0);
    let head = columns.get(head_at).cloned();
    let tick = selection.map(|selection| {
        let (id, item, head) = (id.clone(), item.clone(), head.clone());
        let label = move || t::ui::select_row(&head.as_ref().map_or_else(String::new, |head| (head.name)(&item.read())));
        let change = move |event| {
            let (on, id) = (event_target_checked(&event), id.get_untracked());
            selection.update(|ids| {
                ids.retain(|other| **other != *id);
                if on {
                    ids.push(id.to_string());
                }
            });
        };
        view! {
            <td class="w-check">
                <label><input type="checkbox" aria-label=move || label() prop:checked=move || ticked.is_some_and(|ticked| ticked.get()) on:change=change /></label>
            </td>
        }
        .into_any()
    });
    let cells = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let (item, link_item, cell_item) = (item.clone(), item.clone(), item.clone());
            let (cell, class) = (column.cell.clone(), column.class.clone());
            let content = move || cell(&cell_item.read());
            if at != head_at {
                return view! { <td class=class>{move || content()}</td> }.into_any();
            }
            let Some(href) = column.link.clone() else {
                return view! { <th scope="row" class=class>{content}</th> }.into_any();
            };
            let (name, title_item) = (column.name.clone(), item);
            let (href, title) = (move || href(&link_item.read()), move || name(&title_item.read()));
            view! { <th scope="row" class=class><a href=href title=title><bdi>{content}</bdi></a></th> }.into_any()
        })
        .collect_view();
    view! {
        <tr
            aria-rowindex=move || (index.get() + 2).to_string()
            aria-selected=move || ticked.map(|ticked| word(ticked.get()))
            aria-current=move || current.is_some_and(|current| current.get()).then_some(word(true))
            data-row=move || mark_id.get().to_string()
        >
            {tick}
            {cells}
        </tr>
    }
}

/// Rows without a place, for the eye. Their cells have their columns' classes: a column left out on a small screen is
/// left out here too, else it would take room.
fn skeletons(columns: &[Plain], ticks: bool) -> impl IntoView + use<> {
    let cell = |(at, column): (usize, &Plain)| {
        let size = if at == 0 { "medium" } else { "short" };
        view! { <td class=column.class.clone()><Skeleton size /></td> }.into_any()
    };
    let row = || columns.iter().enumerate().map(cell).collect_view();
    let tick = || ticks.then(|| view! { <td class="w-check"></td> }.into_any());
    (0..SKELETONS).map(|_| view! { <tr>{tick()}{row()}</tr> }.into_any()).collect_view()
}

/// Carries out what is asked of the cursor: the row becomes the current one, is brought into view, and its link gets
/// the focus as soon as it is in the document.
fn follow(cursor: Cursor, scroller: NodeRef<html::Div>, items: Signal<Vec<Item>>, id: IdFn, row_height: Signal<f64>) {
    effect(move || {
        let Some(step) = cursor.wish.get() else { return };
        cursor.wish.set(None);
        let items = items.read_untracked();
        let at = cursor.current.with_untracked(|current| {
            current.as_ref().and_then(|current| items.iter().position(|item| id(item) == *current))
        });
        let Some(next) = step.from(at, items.len()) else { return };
        let Some(next_id) = items.get(next).map(|item| id(item)) else { return };
        cursor.current.set(Some(next_id.clone()));
        let Some(scroller) = scroller.get_untracked() else { return };
        let seen = f64::from(scroller.client_height()) - HEADER;
        if let Some(top) = scroll_to(next, f64::from(scroller.scroll_top()), seen, row_height.get_untracked()) {
            #[allow(clippy::cast_possible_truncation, reason = "pixels")]
            scroller.set_scroll_top(top as i32);
        }
        // The scroll event that draws the row comes with the next frame, and so must this.
        request_animation_frame(move || request_animation_frame(move || focus_row(&scroller, &next_id)));
    });
}

fn focus_row(scroller: &web_sys::HtmlDivElement, id: &str) {
    let Ok(rows) = scroller.query_selector_all("tr[data-row]") else { return };
    let elements = (0..rows.length()).filter_map(|at| rows.get(at)?.dyn_into::<web_sys::Element>().ok());
    let row = elements.into_iter().find(|row| row.get_attribute("data-row").as_deref() == Some(id));
    let link = row.and_then(|row| row.query_selector("a, button, input").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = link.focus();
    }
}
