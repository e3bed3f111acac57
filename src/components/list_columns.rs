//! Which columns of a list a person sees, in which order and how wide: kept per person and list in the browser.

use leptos::prelude::*;
use trunkline_model::column_layout::{self, ColumnPlace, ListColumn, WIDTHS};

use crate::browser::storage;
use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, effect, live_text};
use crate::ui::{Button, Dialog, IconName, TableTools, ToolColumn, Variant};

/// The layout of a list's columns. Copies share their state.
pub type ColumnLayout = RwSignal<Vec<ColumnPlace>>;

/// A list's layout from the browser's storage; it arranges the table, and is stored when it changes.
pub fn use_column_layout(tools: TableTools) -> ColumnLayout {
    let path = leptos::prelude::window().location().pathname().unwrap_or_default();
    let user = session::user().map(|user| user.name).unwrap_or_default();
    let storage_key = format!("trunkline.columns.{user}.{path}");
    let layout = RwSignal::new(Vec::new());
    let stored = StoredValue::new(String::new());
    let load_key = storage_key.clone();
    effect(move || {
        let columns = columns_of(tools);
        // The list's columns are known once it has a table.
        if !columns.is_empty() && layout.with_untracked(Vec::is_empty) {
            layout.set(column_layout::layout(&storage::load(&load_key).unwrap_or_default(), &columns));
        }
    });
    effect(move || {
        let places = layout.get();
        let columns = untrack(|| columns_of(tools));
        if columns.is_empty() || places.is_empty() {
            return;
        }
        let text = column_layout::store(&places, &columns);
        if text == stored.get_value() && text.is_empty() {
            return;
        }
        if text != stored.get_value() {
            storage::store(&storage_key, &text);
            stored.set_value(text.clone());
        }
        let placed = places
            .iter()
            .filter(|place| place.shown)
            .filter_map(|place| Some((columns.iter().position(|(key, _)| *key == place.key)?, place.width)));
        tools.arrange((!text.is_empty()).then(|| placed.collect()));
    });
    layout
}

/// The keys of the columns that are shown, or of all, without those that have no text.
pub fn exported_keys(tools: TableTools, layout: ColumnLayout, all: bool) -> Vec<&'static str> {
    let columns = untrack(|| tools.columns());
    let places = layout.get_untracked();
    let shown = places.iter().filter(|place| all || place.shown);
    let column = |place: &ColumnPlace| {
        columns.iter().find(|column| column.key == place.key && column.has_text).map(|column| column.key)
    };
    shown.filter_map(column).collect()
}

/// The list's own columns. Tracked.
fn columns_of(tools: TableTools) -> Vec<ListColumn<'static>> {
    tools.columns().iter().map(|column| (column.key, column.optional)).collect()
}

/// True if the person has arranged the columns. Tracked.
pub fn is_arranged(tools: TableTools, layout: ColumnLayout) -> bool {
    let columns = columns_of(tools);
    layout.with(|places| !places.is_empty() && !column_layout::store(places, &columns).is_empty())
}

/// The dialog that chooses, orders and sizes the columns. A change is applied at once.
#[component]
pub fn ColumnsDialog(
    /// True while it is open.
    open: RwSignal<bool>,
    /// The table.
    tools: TableTools,
    /// Its layout.
    layout: ColumnLayout,
) -> impl IntoView {
    let reset = move |()| layout.set(column_layout::layout("", &untrack(|| columns_of(tools))));
    let actions = move || {
        view! {
            <Button label=t::list_tools::reset_columns on_click=reset />
            <Button label=t::common::close variant=Variant::Primary on_click=move |()| open.set(false) />
        }
    };
    let order =
        Memo::new(move |_| layout.with(|places| places.iter().map(|place| place.key.clone()).collect::<Vec<_>>()));
    let rows = move || {
        let columns = tools.columns();
        let row = |key: String| {
            let column = columns.iter().find(|column| column.key == key)?.clone();
            Some(view! { <ColumnRow column layout /> }.into_any())
        };
        view! { <ul class="column-list">{order.get().into_iter().filter_map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <Dialog open title=t::list_tools::columns side=true actions>
            <p class="hint" prop:textContent=catalogue(t::list_tools::columns_hint) />
            {dyn_view(rows)}
        </Dialog>
    }
}

/// A column of the dialog.
#[component]
fn ColumnRow(column: ToolColumn, layout: ColumnLayout) -> impl IntoView {
    let ToolColumn { key, header, .. } = column;
    let place = move |read: fn(&ColumnPlace) -> Option<u32>| {
        layout.with(|places| places.iter().find(|place| place.key == key).and_then(read))
    };
    let change = move |change: &dyn Fn(&mut ColumnPlace)| {
        layout.update(|places| places.iter_mut().filter(|place| place.key == key).for_each(change));
    };
    let is_shown = move || place(|place| place.shown.then_some(1)).is_some();
    let is_last = move || layout.with(|places| places.iter().filter(|place| place.shown).count() == 1);
    let show = move |event| {
        let shown = event_target_checked(&event);
        change(&|place| place.shown = shown);
    };
    let resize = move |event| {
        let width = event_target_value(&event).trim().parse().ok();
        let width = width.map(|width: u32| width.clamp(*WIDTHS.start(), *WIDTHS.end()));
        change(&|place| place.width = width);
    };
    let shift = move |by: isize| layout.update(|places| column_layout::shift(places, key, by));
    let up = Signal::derive(move || t::list_tools::move_up(&header.get()));
    let down = Signal::derive(move || t::list_tools::move_down(&header.get()));
    view! {
        <li class="row">
            <label class="column-name">
                <input type="checkbox" prop:checked=is_shown disabled=move || is_shown() && is_last() on:change=show />
                <span prop:textContent=live_text(move || header.get()) />
            </label>
            <input
                class="input"
                type="number"
                min=*WIDTHS.start()
                max=*WIDTHS.end()
                step="8"
                aria-label=move || t::list_tools::width(&header.get())
                placeholder=t::list_tools::auto_width
                prop:value=move || place(|place| place.width).map(|width| width.to_string()).unwrap_or_default()
                on:change=resize
            />
            <Button label=up icon=IconName::SortUp icon_only=true small=true variant=Variant::Ghost on_click=move |()| shift(-1) />
            <span class="upside-down">
                <Button label=down icon=IconName::SortUp icon_only=true small=true variant=Variant::Ghost on_click=move |()| shift(1) />
            </span>
        </li>
    }
}
