//! After a deploy: one quiet prompt a tab to load the new version. It waits for writes under way, and asks first where
//! something is typed.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock::monotonic_ms;
use crate::browser::timers::{self, sleep};
use crate::fetch::{code, mutation, network, release};
use crate::i18n::t;
use crate::parts::leave_guard;
use crate::reactive::{catalogue, effect, memo};
use crate::routes;
use crate::ui::{Button, Dialog, Variant};

/// Milliseconds between two looks of a tab that stays in front.
const EVERY_MS: u32 = 15 * 60 * 1000;
/// Milliseconds after a look in which coming back to the tab is no reason for another.
const PAUSE_MS: f64 = 60_000.0;
/// Milliseconds between two looks whether writes are still under way.
const WAIT_MS: u32 = 250;

/// The prompt. It stands in a corner and moves nothing.
#[component]
pub fn NewVersion() -> impl IntoView {
    look_now_and_then();
    let (shown, asking) = (RwSignal::new(false), RwSignal::new(false));
    let newer = memo(release::is_newer);
    effect(move || {
        if newer.get() {
            spawn_local(async move {
                writes_are_done().await;
                shown.try_set(true);
            });
        }
    });
    let reload = move |()| {
        if leave_guard::would_lose() {
            asking.set(true);
        } else {
            spawn_local(go());
        }
    };
    let actions = move || {
        view! {
            <Button label=t::common::cancel on_click=move |()| asking.set(false) />
            <Button label=t::reload::reload variant=Variant::Primary on_click=move |()| spawn_local(go()) />
        }
    };
    view! {
        <div role="status">
            {move || shown.get().then(|| view! {
                <div class="corner-card">
                    <p prop:textContent=catalogue(t::reload::title) />
                    <div class="row">
                        <Button label=t::reload::reload small=true variant=Variant::Primary on_click=reload />
                        <Button label=t::reload::later small=true variant=Variant::Ghost on_click=move |()| shown.set(false) />
                    </div>
                </div>
            })}
        </div>
        <Dialog open=asking title=t::reload::ask_title actions>
            <p prop:textContent=catalogue(t::reload::ask) />
        </Dialog>
    }
}

/// When the tab comes back to the front, when a part of the code is missing, and every so often.
fn look_now_and_then() {
    let last = StoredValue::new(f64::NEG_INFINITY);
    let look = move |pause: f64| {
        if network::is_visible() && !untrack(release::is_newer) && monotonic_ms() - last.get_value() >= pause {
            last.set_value(monotonic_ms());
            spawn_local(release::look());
        }
    };
    let front = window_event_listener(ev::visibilitychange, move |_| look(PAUSE_MS));
    on_cleanup(move || front.remove());
    timers::repeat(EVERY_MS, move || look(PAUSE_MS));
    effect(move || {
        if code::is_missing() {
            look(0.0);
        }
    });
}

/// Loads the page anew; whatever is typed has been kept.
async fn go() {
    writes_are_done().await;
    leave_guard::let_go();
    routes::reload();
}

async fn writes_are_done() {
    while mutation::is_under_way() {
        sleep(WAIT_MS).await;
    }
}
