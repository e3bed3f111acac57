//! The table's elements. It knows no row type.

use std::ops::Range;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::announce::{announce_count, rows as rows_in_words};
use super::arrange::Listing;
use super::body::{Body, Shown};
use super::column::{Item, Plain};
use super::cursor::{Cursor, step_of};
use super::printing::{self, is_printing};
use super::sort::Sort;
use super::window::{OVERSCAN, scroll_to, whole, window};
use crate::browser::keys::plain;
use crate::i18n::t;
use crate::reactive::{after_frame, effect, fixed, live_text, memo};
use crate::ui::density::row_height;
use crate::ui::{Icon, IconName, word};

/// Gives a row's id.
type IdFn = Arc<dyn Fn(&Item) -> String + Send + Sync>;

/// Height of the header, px: it covers the top of the scrolled rows.
const HEADER: f64 = 36.0;

#[component]
pub(super) fn TableView(
    name: Signal<String>,
    items: Signal<Listing>,
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
    let count = memo(move || items.read().len());
    let measure = move || {
        let Some(scroller) = scroller.get_untracked() else { return };
        top.set(f64::from(scroller.scroll_top()));
        // Unlaid-out (a hidden tab), it would be 0 and draw a row or two: keep what was known.
        if scroller.client_height() > 0 {
            // Before there are rows it is as high as what stands in for them.
            let seen = (count.get_untracked() == 0).then(|| below(&scroller)).flatten();
            height.set(seen.unwrap_or_else(|| f64::from(scroller.client_height())));
        }
    };
    on_resize(scroller, measure);
    let painted = after_rows(count);
    // The first rows are those that are seen: the others come when they are painted.
    let ready = move || if painted.get() { OVERSCAN } else { 0 };
    let range = memo(move || {
        if is_printing() {
            return 0..count.get().min(printing::MOST);
        }
        window(count.get(), top.get(), height.get(), row_height.get(), ready())
    });
    let body = NodeRef::<html::Tbody>::new();
    let drawn = StoredValue::new_local(None);
    draw(drawn, body, items, range, row_height, id.clone(), columns.clone(), selection, cursor);
    if let Some(cursor) = cursor {
        follow(cursor, scroller, items, id.clone(), row_height);
    }
    let press = move |event: web_sys::KeyboardEvent| {
        let Some(cursor) = cursor else { return };
        if let Some(step) = plain(&event).and_then(step_of) {
            event.prevent_default();
            cursor.step(step);
        }
    };

    let told_columns = columns.clone();
    let tell = move |event: web_sys::MouseEvent| {
        let at = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        drawn.update_value(|drawn| {
            if let Some((drawn, at)) = drawn.as_mut().zip(at) {
                drawn.tell(&told_columns, &at);
            }
        });
    };
    let skeleton_columns = columns.clone();
    let waiting = memo(move || loading.get() && count.get() == 0);
    let nothing = memo(move || !loading.get() && count.get() == 0);
    announce_count(count, waiting);
    let selected_ids = id.clone();
    let head = header(columns.clone(), sort, on_sort, selection, items, selected_ids);
    let tick = move |event| {
        let (Some(selection), Some(id)) = (selection, row_of(&event)) else { return };
        let on = event_target_checked(&event);
        selection.update(|ids| {
            ids.retain(|other| *other != id);
            if on {
                ids.push(id);
            }
        });
    };
    view! {
        <div
            class="table-scroll"
            node_ref=scroller
            tabindex="0"
            role="group"
            aria-label=move || name.get()
            style:--row-height=move || pixels(whole(row_height.get()))
            on:scroll=move |_| measure()
            on:keydown=press
        >
            <table
                class="table"
                aria-label=move || name.get()
                aria-rowcount=move || if waiting.get() { "-1".to_owned() } else { (count.get() + 1).to_string() }
                aria-busy=move || waiting.get().then_some(word(true))
            >
                <thead>
                    <tr aria-rowindex="1">{head}</tr>
                </thead>
                <tbody node_ref=body on:change=tick on:mouseover=tell></tbody>
                {move || waiting.get().then(|| skeleton(&skeleton_columns, selection.is_some()).into_any())}
            </table>
            {move || nothing.get().then(|| view! { <div class="table-empty">{empty.run()}</div> }.into_any())}
        </div>
        {move || {
            let count = count.get();
            (count > 0 && painted.get()).then(|| view! { <p class="table-count" prop:textContent=fixed(rows_in_words(count)) /> })
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

/// Pixels from an element's upper end to the window's lower one: more of it is never seen.
fn below(element: &web_sys::Element) -> Option<f64> {
    let end = leptos::prelude::window().inner_height().ok()?.as_f64()?;
    Some(end - element.get_bounding_client_rect().top())
}

/// True when the first rows are painted: what comes only then does not hold them up. The browser's first number takes as
/// long to write as all of them.
fn after_rows(count: Memo<usize>) -> RwSignal<bool> {
    let after = RwSignal::new(false);
    effect(move || {
        if count.get() > 0 && !after.get_untracked() {
            after_frame(move || _ = after.try_set(true));
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
    items: Signal<Listing>,
    id: IdFn,
) -> impl IntoView {
    let cells = columns.iter().map(|column| heading(column, sort, on_sort)).collect_view();
    let all = selection.map(|selection| {
        let shown_id = id.clone();
        // Of the rows that are shown: what a search hides is neither ticked nor unticked by this box.
        let share = memo(move || selection.with(|ticked| ticks(ticked, &items.read(), &*shown_id)));
        let change = move |event| {
            let on = event_target_checked(&event);
            let mut shown: Vec<String> = items.read_untracked().iter().map(|item| id(item)).collect();
            selection.update(|ticked| {
                if on {
                    let before = sorted(ticked.iter());
                    shown.retain(|id| before.binary_search(&id.as_str()).is_err());
                    drop(before);
                    ticked.append(&mut shown);
                } else {
                    let shown = sorted(shown.iter());
                    ticked.retain(|id| shown.binary_search(&id.as_str()).is_err());
                }
            });
        };
        view! {
            <th class="w-check" scope="col">
                <label>
                    <input type="checkbox" aria-label=t::ui::select_all prop:checked=move || share.get() == Ticks::All prop:indeterminate=move || share.get() == Ticks::Some on:change=change />
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

/// How many of the shown rows are ticked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ticks {
    None,
    Some,
    All,
}

fn ticks(ticked: &[String], items: &Listing, id: &dyn Fn(&Item) -> String) -> Ticks {
    if ticked.is_empty() {
        return Ticks::None;
    }
    let ticked = sorted(ticked.iter());
    let is_ticked = |item: &Item| ticked.binary_search(&id(item).as_str()).is_ok();
    let (mut some, mut all) = (false, items.len() > 0);
    for item in items.iter() {
        if is_ticked(item) {
            some = true;
        } else {
            all = false;
        }
        if some && !all {
            return Ticks::Some;
        }
    }
    if all { Ticks::All } else { Ticks::None }
}

/// Ids to look up by [`slice::binary_search`].
fn sorted<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = ids.map(String::as_str).collect();
    ids.sort_unstable();
    ids
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
                <span prop:textContent=live_text(move || name()) />
                <Icon name=IconName::SortUp />
            </button>
        }
        .into_any(),
        None => view! { <span prop:textContent=live_text(name) /> }.into_any(),
    };
    view! { <th scope="col" class=class aria-sort=move || on_sort.map(|_| direction.get())>{content}</th> }
}

/// Keeps the rows in the document up to date with all that they show.
#[allow(clippy::too_many_arguments, reason = "what a row depends on")]
fn draw(
    drawn: StoredValue<Option<Body>, LocalStorage>,
    body: NodeRef<html::Tbody>,
    items: Signal<Listing>,
    range: Memo<Range<usize>>,
    row_height: Signal<f64>,
    id: IdFn,
    columns: Arc<[Plain]>,
    selection: Option<RwSignal<Vec<String>>>,
    cursor: Option<Cursor>,
) {
    let owner = Owner::current().unwrap_or_default();
    effect(move || {
        let Some(element) = body.get() else { return };
        let mut body = drawn.try_update_value(Option::take).flatten();
        if body.is_none() {
            body = Body::new(element.into(), &columns, selection.is_some(), owner.clone());
        }
        let (items, ticked) = (items.read(), selection.map(|selection| selection.read()));
        let current = cursor.and_then(|cursor| cursor.current.get());
        let shown = Shown {
            items: &items,
            range: range.get(),
            row_height: whole(row_height.get()),
            id: &*id,
            columns: &columns,
            ticked: ticked.as_ref().map(|ticked| ticked.as_slice()),
            current: current.as_deref(),
        };
        if let Some(body) = &mut body {
            body.draw(&shown);
        }
        drawn.try_set_value(body);
    });
}

/// The id of the row that an event comes from.
fn row_of(event: &web_sys::Event) -> Option<String> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target.closest("tr[data-row]").ok()??.get_attribute("data-row")
}

/// What stands in for the rows: one that looks like many. A column left out on a small screen is left out here too, by its
/// class.
fn skeleton(columns: &[Plain], ticks: bool) -> impl IntoView + use<> {
    let tick = ticks.then(|| view! { <td class="w-check"></td> }.into_any());
    let cells = columns.iter().map(|column| view! { <td class=column.class.clone()></td> }.into_any()).collect_view();
    view! { <tbody class="table-skeleton" aria-hidden="true"><tr>{tick}{cells}</tr></tbody> }
}

/// Carries out what is asked of the cursor: the row becomes the current one, is brought into view, and its link gets
/// the focus as soon as it is in the document.
fn follow(cursor: Cursor, scroller: NodeRef<html::Div>, items: Signal<Listing>, id: IdFn, row_height: Signal<f64>) {
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
