//! Tells an agent who returns that the gateway set them offline, once, and offers to go online.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::storage;
use crate::components::use_presence;
use crate::i18n::{format, t};
use crate::reactive::{live_text, memo};
use crate::ui::{Button, Variant};

/// Local storage key: since when the agent is offline of whom this was told last.
const TOLD_KEY: &str = "trunkline.told-offline";

/// The notice, in a corner.
#[component]
pub fn PresenceNotice() -> impl IntoView {
    let presence = use_presence();
    let told = RwSignal::new(load_told());
    // Another tab has told it.
    let listener = window_event_listener(ev::storage, move |event| {
        if event.key().is_none_or(|key| key == TOLD_KEY) {
            told.set(load_told());
        }
    });
    on_cleanup(move || listener.remove());
    let since = memo(move || {
        let status = presence.status.get().filter(|status| status.automatic && !status.online)?;
        (told.get() != Some(status.since)).then_some(status.since)
    });
    let dismiss = move || {
        if let Some(since) = since.get_untracked() {
            storage::store(TOLD_KEY, &since.to_string());
            told.set(Some(since));
        }
    };
    let text = move |since: i64| t::presence::set_offline(&format::time_of_day(since, u32::MAX));
    view! {
        <div role="status">
            {move || since.get().map(|since| view! {
                <div class="corner-card">
                    <p title=format::date_time_exact(since) prop:textContent=live_text(move || text(since)) />
                    <div class="row">
                        <Button
                            label=t::presence::go_online
                            small=true
                            variant=Variant::Primary
                            on_click=move |()| {
                                dismiss();
                                presence.request(true);
                            }
                        />
                        <Button label=t::presence::dismiss small=true variant=Variant::Ghost on_click=move |()| dismiss() />
                    </div>
                </div>
            })}
        </div>
    }
}

fn load_told() -> Option<i64> {
    storage::load(TOLD_KEY)?.parse().ok()
}
