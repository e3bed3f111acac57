//! The table's view, independent of the row type.

use std::ops::Range;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use trunkline_model::virtualizer::{OVERSCAN, floor_usize, scroll_to, window};
use trunkline_scan::prepare_collation;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::announce::{announce_count, row_count_text as rows_in_words};
use super::column::{ErasedColumn, ErasedRow};
use super::cursor::{Cursor, Step, step_of};
use super::look::{ErasedLook, MarkFn};
use super::printing::{self, is_printing};
use super::row_model::RowModel;
use super::row_renderer::{RenderArgs, RowRenderer};
use super::sort::Sort;
use crate::browser::keys::plain;
use crate::browser::{history, media};
use crate::i18n::{language, t};
use crate::reactive::{after_paint, effect, fixed, live_text, memo};
use crate::ui::density::row_height;
use crate::ui::{Icon, IconName, aria_bool};

/// Returns a row's id.
type IdFn = Arc<dyn Fn(&ErasedRow) -> String + Send + Sync>;

/// Name of the scroll position that is kept with the history's entry.
const PLACE: &str = "place";
/// Name of the ticked rows' ids, likewise.
const TICKED: &str = "ticked";

/// Height of the header in px: it is sticky and covers the top of the scrolled rows.
const HEADER: f64 = 36.0;

#[component]
pub(super) fn TableView(
    name: Signal<String>,
    items: Signal<RowModel>,
    id: Arc<dyn Fn(&ErasedRow) -> String + Send + Sync>,
    columns: Arc<[ErasedColumn]>,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<Option<Sort>>>,
    loading: Signal<bool>,
    empty: ViewFn,
    selection: Option<RwSignal<Vec<String>>>,
    cursor: Option<Cursor>,
    look: ErasedLook,
) -> impl IntoView {
    let id: IdFn = id;
    let scroller = NodeRef::<html::Div>::new();
    let stacks = columns.iter().any(|column| column.stacks);
    let ErasedLook { two_lines_below, mark, .. } = look;
    let is_narrow = RwSignal::new(false);
    let row_height = row_height(Signal::derive(move || is_narrow.get() || (stacks && media::is_narrow())));
    let (top, height) = (RwSignal::new(0.0), RwSignal::new(900.0));
    let count = memo(move || items.read().len());
    let measure = move || {
        let Some(scroller) = scroller.get_untracked() else { return };
        top.set(f64::from(scroller.scroll_top()));
        // Without layout (a hidden tab) the height is 0, which would render only a row or two: keep the last value.
        if scroller.client_height() > 0 {
            let narrow = f64::from(scroller.client_width()) < two_lines_below;
            if narrow != is_narrow.get_untracked() {
                is_narrow.set(narrow);
            }
            // Without rows the container is only as high as its placeholder.
            let seen = (count.get_untracked() == 0).then(|| space_below(&scroller)).flatten();
            height.set(seen.unwrap_or_else(|| f64::from(scroller.client_height())));
        }
    };
    on_resize(scroller, measure);
    let painted = after_first_rows(count);
    if on_sort.is_some() {
        effect(move || {
            let tag = language().tag;
            if painted.get() {
                after_paint(move || prepare_collation(tag));
            }
        });
    }
    let overscan = overscan(items);
    let range = memo(move || {
        if is_printing() {
            return 0..count.get().min(printing::MAX_PRINTED);
        }
        window(count.get(), top.get(), height.get(), row_height.get(), overscan.get())
    });
    return_to_place(scroller, count, selection);
    let body = NodeRef::<html::Tbody>::new();
    let renderer = StoredValue::new_local(None);
    render_rows(renderer, body, items, range, row_height, id.clone(), columns.clone(), selection, cursor, mark);
    if let Some(cursor) = cursor {
        follow_cursor(cursor, scroller, items, id.clone(), row_height);
    }
    let press = move |event: web_sys::KeyboardEvent| {
        let Some(cursor) = cursor else { return };
        if let Some(step) = plain(&event).and_then(step_of) {
            event.prevent_default();
            cursor.step(step);
        }
    };

    let tooltip_columns = columns.clone();
    let show_tooltip = move |event: web_sys::MouseEvent| {
        let at = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        renderer.update_value(|drawn| {
            if let Some((drawn, at)) = drawn.as_mut().zip(at) {
                drawn.show_tooltip(&tooltip_columns, &at);
            }
        });
    };
    let skeleton_columns = columns.clone();
    let waiting = memo(move || loading.get() && count.get() == 0);
    let is_empty = memo(move || !loading.get() && count.get() == 0);
    announce_count(count, waiting);
    let selected_ids = id.clone();
    let head = header(columns.clone(), sort, on_sort, selection, items, selected_ids);
    // Shift takes the rows from the one ticked before to this one along. A click comes before its change.
    let (with_shift, ticked_before) = (StoredValue::new(false), StoredValue::new(None::<String>));
    let range_id = id.clone();
    let on_select = move |event| {
        let (Some(selection), Some(id)) = (selection, row_of(&event)) else { return };
        let on = event_target_checked(&event);
        let from = ticked_before.get_value().filter(|_| with_shift.get_value());
        let ids = from.and_then(|from| ids_between(&items.read_untracked(), &*range_id, &from, &id));
        let ids = ids.unwrap_or_else(|| vec![id.clone()]);
        ticked_before.set_value(Some(id));
        selection.update(|ticked| {
            let changed = id_set(&ids);
            ticked.retain(|other| !changed.has(&JsValue::from_str(other)));
            if on {
                ticked.extend(ids);
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
            data-lines=move || is_narrow.get().then_some("2")
            style:--row-height=move || pixels(floor_usize(row_height.get()))
            on:scroll=move |_| {
                measure();
                history::keep(PLACE, floor_usize(top.get_untracked()).to_string());
            }
            on:keydown=press
        >
            // The roles are explicit, because rows of two lines are no longer laid out as a table.
            <table
                class="table"
                role="table"
                data-stacks=stacks.then_some("")
                data-selectable=selection.map(|_| "")
                aria-label=move || name.get()
                aria-rowcount=move || if waiting.get() { "-1".to_owned() } else { (count.get() + 1).to_string() }
                aria-busy=move || waiting.get().then_some(aria_bool(true))
            >
                <thead role="rowgroup">
                    <tr role="row" aria-rowindex="1">{head}</tr>
                </thead>
                <tbody role="rowgroup" node_ref=body on:click=move |event| with_shift.set_value(event.shift_key()) on:change=on_select on:mouseover=show_tooltip></tbody>
                {move || waiting.get().then(|| skeleton(&skeleton_columns, selection.is_some()).into_any())}
            </table>
            {move || is_empty.get().then(|| view! { <div class="table-empty">{empty.run()}</div> }.into_any())}
        </div>
        {move || {
            let count = count.get();
            (count > 0 && painted.get()).then(|| view! { <p class="table-count" prop:textContent=fixed(rows_in_words(count)) /> }.into_any())
        }}
    }
}

/// Going back to the list by the browser's history finds the rows where they were, and the ticked ones ticked.
fn return_to_place(scroller: NodeRef<html::Div>, count: Memo<usize>, selection: Option<RwSignal<Vec<String>>>) {
    let place = StoredValue::new(history::kept(PLACE).and_then(|top| top.parse::<i32>().ok()));
    effect(move || {
        if count.get() == 0 {
            return;
        }
        if let Some(top) = place.try_update_value(Option::take).flatten() {
            // The rows, or the room for them, are there by then.
            request_animation_frame(move || {
                if let Some(scroller) = scroller.try_get_untracked().flatten() {
                    scroller.set_scroll_top(top);
                }
            });
        }
    });
    let Some(selection) = selection else { return };
    if let Some(ids) = history::kept(TICKED) {
        selection.set(ids.split('\n').filter(|id| !id.is_empty()).map(str::to_owned).collect());
    }
    effect(move || {
        let ids = selection.read();
        if !ids.is_empty() || history::kept(TICKED).is_some() {
            history::keep(TICKED, ids.join("\n"));
        }
    });
}

/// Calls `run` when the element is resized. At that time the layout is known, so measuring forces none.
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

/// Pixels from an element's top to the bottom of the viewport: the most that is visible of it.
fn space_below(element: &web_sys::Element) -> Option<f64> {
    let end = leptos::prelude::window().inner_height().ok()?.as_f64()?;
    Some(end - element.get_bounding_client_rect().top())
}

/// Becomes true once the first rows are painted, for content that must not delay them: the browser's first number
/// formatting takes as long as all rows.
fn after_first_rows(count: Memo<usize>) -> RwSignal<bool> {
    let after = RwSignal::new(false);
    effect(move || {
        if count.get() > 0 && !after.get_untracked() {
            after_paint(move || _ = after.try_set(true));
        }
    });
    after
}

/// The rows to render beyond the visible ones. After a search, a filter or a sort the visible ones come first, and the
/// others once those are painted: they take a third of the time.
fn overscan(items: Signal<RowModel>) -> Memo<usize> {
    let shown = StoredValue::new((RowModel::default(), 0_u32));
    let arrangement = memo(move || {
        let items = items.read();
        let number = shown.try_update_value(|(before, number)| {
            if !items.is_arranged_as(before) {
                *number = number.wrapping_add(1);
            }
            before.clone_from(&items);
            *number
        });
        number.unwrap_or_default()
    });
    let painted = RwSignal::new(0);
    effect(move || {
        let number = arrangement.get();
        after_paint(move || _ = painted.try_set(number));
    });
    memo(move || if painted.get() == arrangement.get() { OVERSCAN } else { 0 })
}

/// A CSS length. Uses a whole number: formatting floats adds 13 KB of code.
fn pixels(length: usize) -> String {
    format!("{length}px")
}

fn header(
    columns: Arc<[ErasedColumn]>,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<Option<Sort>>>,
    selection: Option<RwSignal<Vec<String>>>,
    items: Signal<RowModel>,
    id: IdFn,
) -> impl IntoView {
    let cells = columns.iter().map(|column| column_header(column, sort, on_sort)).collect_view();
    let all = selection.map(|selection| {
        let shown_id = id.clone();
        // Applies to visible rows only: this box does not change rows hidden by a search.
        let share = memo(move || selection.with(|ticked| selected_share(ticked, &items.read(), &*shown_id)));
        let change = move |event| {
            let on = event_target_checked(&event);
            let mut shown: Vec<String> = items.read_untracked().iter().map(|item| id(item)).collect();
            selection.update(|ticked| {
                if on {
                    let before = id_set(ticked);
                    shown.retain(|id| !before.has(&JsValue::from_str(id)));
                    ticked.append(&mut shown);
                } else {
                    let shown = id_set(&shown);
                    ticked.retain(|id| !shown.has(&JsValue::from_str(id)));
                }
            });
        };
        view! {
            <th class="w-check" scope="col" role="columnheader">
                <label>
                    <input type="checkbox" aria-label=t::ui::select_all prop:checked=move || share.get() == SelectedShare::All prop:indeterminate=move || share.get() == SelectedShare::Some on:change=change />
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

/// The share of visible rows that is selected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SelectedShare {
    None,
    Some,
    All,
}

fn selected_share(selected: &[String], items: &RowModel, id: &dyn Fn(&ErasedRow) -> String) -> SelectedShare {
    if selected.is_empty() {
        return SelectedShare::None;
    }
    let selected = id_set(selected);
    let is_selected = |item: &ErasedRow| selected.has(&JsValue::from_str(&id(item)));
    let (mut some, mut all) = (false, items.len() > 0);
    for item in items.iter() {
        if is_selected(item) {
            some = true;
        } else {
            all = false;
        }
        if some && !all {
            return SelectedShare::Some;
        }
    }
    if all { SelectedShare::All } else { SelectedShare::None }
}

/// The ids of the rows from one to another, in either direction. `None` if one of them is not shown.
fn ids_between(items: &RowModel, id: &dyn Fn(&ErasedRow) -> String, one: &str, other: &str) -> Option<Vec<String>> {
    let ids: Vec<String> = items.iter().map(id).collect();
    let place = |wanted: &str| ids.iter().position(|id| id == wanted);
    let (one, other) = (place(one)?, place(other)?);
    ids.get(one.min(other)..=one.max(other)).map(<[String]>::to_vec)
}

/// A set of ids. The browser's: sorting them, or a hash table of Rust's, adds 4 KB to every list.
fn id_set(ids: &[String]) -> js_sys::Set {
    let set = js_sys::Set::new(&JsValue::UNDEFINED);
    ids.iter().for_each(|id| _ = set.add(&JsValue::from_str(id)));
    set
}

fn column_header(
    column: &ErasedColumn,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<Option<Sort>>>,
) -> AnyView {
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
    let width = column.width.map(|width| format!("{width}px"));
    view! { <th scope="col" role="columnheader" class=class style:inline-size=width aria-sort=move || on_sort.map(|_| direction.get())>{content}</th> }.into_any()
}

/// Renders the rows on every change that affects them.
#[allow(clippy::too_many_arguments, reason = "what a row depends on")]
fn render_rows(
    renderer: StoredValue<Option<RowRenderer>, LocalStorage>,
    body: NodeRef<html::Tbody>,
    items: Signal<RowModel>,
    range: Memo<Range<usize>>,
    row_height: Signal<f64>,
    id: IdFn,
    columns: Arc<[ErasedColumn]>,
    selection: Option<RwSignal<Vec<String>>>,
    cursor: Option<Cursor>,
    mark: Option<MarkFn>,
) {
    let owner = Owner::current().unwrap_or_default();
    effect(move || {
        let Some(element) = body.get() else { return };
        let mut body = renderer.try_update_value(Option::take).flatten();
        if body.is_none() {
            body = RowRenderer::new(element.into(), &columns, selection.is_some(), owner.clone());
        }
        let (items, ticked) = (items.read(), selection.map(|selection| selection.read()));
        let current = cursor.and_then(|cursor| cursor.current.get());
        let args = RenderArgs {
            model: &items,
            range: range.get(),
            row_height: floor_usize(row_height.get()),
            id: &*id,
            columns: &columns,
            selected: ticked.as_ref().map(|ticked| ticked.as_slice()),
            current: current.as_deref(),
            mark: mark.as_deref(),
        };
        if let Some(body) = &mut body {
            body.render(&args);
        }
        renderer.try_set_value(body);
    });
}

/// The id of the row that an event originates from.
fn row_of(event: &web_sys::Event) -> Option<String> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target.closest("tr[data-row]").ok()??.get_attribute("data-row")
}

/// The skeleton: one row styled as many. Column classes hide the same columns on small screens.
fn skeleton(columns: &[ErasedColumn], selectable: bool) -> impl IntoView + use<> {
    let tick = selectable.then(|| view! { <td class="w-check"></td> }.into_any());
    let cells = columns.iter().map(|column| view! { <td class=column.class.clone()></td> }.into_any()).collect_view();
    view! { <tbody class="table-skeleton" aria-hidden="true"><tr>{tick}{cells}</tr></tbody> }
}

/// Handles cursor steps: makes the row current, scrolls it into view, and focuses its link once it is rendered.
fn follow_cursor(
    cursor: Cursor,
    scroller: NodeRef<html::Div>,
    items: Signal<RowModel>,
    id: IdFn,
    row_height: Signal<f64>,
) {
    let last_position = StoredValue::new(None);
    let position = {
        let id = id.clone();
        move |items: &RowModel| {
            cursor.current.with_untracked(|current| {
                current.as_ref().and_then(|current| items.iter().position(|item| id(item) == *current))
            })
        }
    };
    effect({
        let position = position.clone();
        move || {
            cursor.current.track();
            if let Some(at) = position(&items.read()) {
                last_position.set_value(Some(at));
            }
        }
    });
    effect(move || {
        let Some(step) = cursor.requested.get() else { return };
        cursor.requested.set(None);
        let items = items.read_untracked();
        let mut at = position(&items);
        if step == Step::Stay {
            if at.is_some() {
                return;
            }
            at = last_position.get_value();
        }
        let Some(next) = step.from(at, items.len()) else { return };
        let Some(next_id) = items.get(next).map(|item| id(item)) else { return };
        cursor.current.set(Some(next_id.clone()));
        if step != Step::Stay {
            cursor.stepped.set(Some(next_id.clone()));
        }
        let Some(scroller) = scroller.get_untracked() else { return };
        let seen = f64::from(scroller.client_height()) - HEADER;
        if let Some(top) = scroll_to(next, f64::from(scroller.scroll_top()), seen, row_height.get_untracked()) {
            #[allow(clippy::cast_possible_truncation, reason = "pixels")]
            scroller.set_scroll_top(top as i32);
        }
        if cursor.keeps_focus.get_untracked() || step == Step::Stay {
            return;
        }
        // The scroll event that renders the row fires in the next frame, so wait one more.
        request_animation_frame(move || request_animation_frame(move || focus_row(&scroller, &next_id)));
    });
}

fn focus_row(scroller: &web_sys::HtmlDivElement, id: &str) {
    let Ok(rows) = scroller.query_selector_all("tr[data-row]") else { return };
    let elements = (0..rows.length()).filter_map(|at| rows.get(at)?.dyn_into::<web_sys::Element>().ok());
    let row = elements.into_iter().find(|row| row.get_attribute("data-row").as_deref() == Some(id));
    // The link leads to the record; a checkbox may be before it.
    let first = |row: web_sys::Element| {
        let of = |selectors: &str| row.query_selector(selectors).ok().flatten();
        of("a").or_else(|| of("button, input"))
    };
    let link = row.and_then(first);
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = link.focus();
    }
}
