//! Offers each tab to load a newly deployed version. Waits for writes in progress, and asks first if there is unsaved
//! input.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock::monotonic_ms;
use crate::browser::page;
use crate::browser::timers;
use crate::components::form_tools::{self, FormTool};
use crate::components::unsaved_guard;
use crate::fetch::{build_check, chunks, drafts, mutation, network};
use crate::i18n::t;
use crate::reactive::{catalogue, effect, memo};
use crate::ui::{Button, Dialog, Variant};

/// Milliseconds between version checks of a visible tab.
const CHECK_INTERVAL_MS: u32 = 15 * 60 * 1000;
/// Minimum milliseconds between a check and the next one triggered by returning to the tab.
const MIN_CHECK_GAP_MS: f64 = 60_000.0;

/// The prompt. It is in a corner and shifts no layout.
#[component]
pub fn UpdatePrompt() -> impl IntoView {
    check_periodically();
    let (shown, asking) = (RwSignal::new(false), RwSignal::new(false));
    let newer = memo(build_check::has_new_build);
    effect(move || {
        if newer.get() {
            spawn_local(async move {
                mutation::writes_done("").await;
                shown.try_set(true);
            });
        }
    });
    let reload = move |()| {
        if unsaved_guard::has_unsaved_changes() {
            asking.set(true);
        } else {
            spawn_local(reload_page());
        }
    };
    let actions = move || {
        view! {
            <Button label=t::common::cancel on_click=move |()| asking.set(false) />
            <Button label=t::update_prompt::reload variant=Variant::Primary on_click=move |()| spawn_local(reload_page()) />
        }
    };
    view! {
        <div role="status">
            {move || shown.get().then(|| view! {
                <div class="corner-card">
                    <p prop:textContent=catalogue(t::update_prompt::title) />
                    <div class="row">
                        <Button label=t::update_prompt::reload small=true variant=Variant::Primary on_click=reload />
                        <Button label=t::update_prompt::later small=true variant=Variant::Ghost on_click=move |()| shown.set(false) />
                    </div>
                </div>
            })}
        </div>
        <Dialog open=asking title=t::update_prompt::ask_title actions>
            <p prop:textContent=catalogue(t::update_prompt::ask) />
        </Dialog>
    }
}

/// Checks the version when the tab becomes visible, when a chunk is missing, and periodically.
fn check_periodically() {
    let last = StoredValue::new(f64::NEG_INFINITY);
    let check = move |pause: f64| {
        if network::is_visible() && !untrack(build_check::has_new_build) && monotonic_ms() - last.get_value() >= pause {
            last.set_value(monotonic_ms());
            spawn_local(build_check::check());
        }
    };
    let front = window_event_listener(ev::visibilitychange, move |_| check(MIN_CHECK_GAP_MS));
    on_cleanup(move || front.remove());
    timers::repeat(CHECK_INTERVAL_MS, move || check(MIN_CHECK_GAP_MS));
    effect(move || {
        if chunks::has_load_error() {
            check(0.0);
        }
    });
}

/// Reloads the page once drafts are stored. A draft that can't be stored, because the chunk for it is gone, is asked about
/// by the browser.
async fn reload_page() {
    mutation::writes_done("").await;
    let reload = || {
        unsaved_guard::allow_unload();
        page::reload();
    };
    if drafts::is_ready() || !unsaved_guard::has_unsaved_changes() {
        reload();
    } else {
        // The draft was stored, or began to wait for the same chunk, when its form was asked for changes.
        form_tools::run(FormTool::Cipher(Box::new(reload)), page::reload);
    }
}
