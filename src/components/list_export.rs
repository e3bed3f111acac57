//! Export of a list as a CSV file: the rows that are shown, written in slices so that the page stays responsive. Finished
//! slices leave the module's memory.

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_model::csv::{BYTE_ORDER_MARK, file_name, push_row};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::list_columns::{ColumnLayout, exported_keys, is_arranged};
use crate::browser::clock::{monotonic_ms, today};
use crate::browser::download;
use crate::fetch::scheduler::{SLICE_MS, yield_to_main};
use crate::i18n::{count_of, t};
use crate::reactive::{dyn_view, live_text, memo};
use crate::ui::{Button, Menu, MenuItem, Severity, Snapshot, TableTools, Variant, use_toasts};

/// Bytes of a piece of the file.
const PIECE: usize = 256 * 1024;

/// Exports the rows with all columns. If the person has arranged them and some are hidden, it asks which ones.
#[component]
pub fn ExportButton(
    /// The table.
    tools: TableTools,
    /// Its layout.
    layout: ColumnLayout,
) -> impl IntoView {
    let percent = RwSignal::new(None::<usize>);
    let toasts = use_toasts();
    let export = move |all: bool| {
        if percent.get_untracked().is_some() {
            return;
        }
        percent.set(Some(0));
        let snapshot = tools.snapshot(&exported_keys(tools, layout, all));
        let name = file_name(&heading(), &today());
        spawn_local(async move {
            let count = snapshot.row_count();
            let saved = save(&snapshot, &name, percent).await;
            percent.try_set(None);
            match saved {
                Ok(()) => toasts.push(Severity::Success, t::list_tools::exported(count_of(count))),
                Err(_) => toasts.push(Severity::Error, t::list_tools::export_failed()),
            }
        });
    };
    let has_hidden =
        memo(move || is_arranged(tools, layout) && layout.with(|places| places.iter().any(|place| !place.shown)));
    let busy = Signal::derive(move || percent.get().is_some());
    let item = move |label: fn() -> String, all: bool| MenuItem {
        label: Signal::derive(label),
        icon: None,
        danger: false,
        action: Callback::new(move |()| export(all)),
    };
    let button = move || {
        if has_hidden.get() {
            let items = vec![item(t::list_tools::shown_columns, false), item(t::list_tools::all_columns, true)];
            return view! { <Menu label=t::list_tools::export label_shown=true items /> }.into_any();
        }
        view! { <Button label=t::list_tools::export small=true variant=Variant::Ghost busy on_click=move |()| export(true) /> }
            .into_any()
    };
    let progress =
        move || percent.get().map(|percent| t::list_tools::exporting(&percent.to_string())).unwrap_or_default();
    view! {
        {dyn_view(button)}
        <span class="muted small" role="status" prop:textContent=live_text(progress) />
    }
}

/// Writes the rows and has the browser save the file.
async fn save(snapshot: &Snapshot, name: &str, percent: RwSignal<Option<usize>>) -> Result<(), JsValue> {
    let pieces = js_sys::Array::new();
    let mut text = String::from(BYTE_ORDER_MARK);
    let headers = snapshot.headers();
    push_row(&mut text, headers.iter().map(String::as_str));
    let (total, mut since) = (snapshot.row_count().max(1), monotonic_ms());
    let mut at = 0;
    while let Some(cells) = snapshot.texts(at) {
        push_row(&mut text, cells.iter().map(String::as_str));
        at += 1;
        if text.len() >= PIECE {
            pieces.push(&JsValue::from(download::text_file(&text)?));
            text.clear();
        }
        if monotonic_ms() - since >= SLICE_MS {
            percent.try_set(Some(at * 100 / total));
            yield_to_main().await;
            since = monotonic_ms();
        }
    }
    pieces.push(&JsValue::from(download::text_file(&text)?));
    download::save(&Blob::new_with_blob_sequence(&pieces)?, name)
}

/// The page's heading, for the file's name.
fn heading() -> String {
    let heading = document().query_selector("main h1").ok().flatten();
    heading.and_then(|heading| heading.text_content()).unwrap_or_default()
}
