//! After how many minutes a ticket's wait is shown in amber and in red.

use leptos::prelude::*;
use trunkline_model::inbox_settings::WaitThresholds;

use super::card::Card;
use crate::components::use_preferences;
use crate::i18n::t;
use crate::reactive::effect;
use crate::ui::NumberField;

/// The two thresholds; valid ones are stored at once.
#[component]
pub fn Waiting() -> impl IntoView {
    let preferences = use_preferences();
    let stored = untrack(|| preferences.wait_thresholds());
    let (amber, red) = (RwSignal::new(stored.amber.to_string()), RwSignal::new(stored.red.to_string()));
    let thresholds = move || WaitThresholds::parse(&amber.read(), &red.read());
    effect(move || {
        if let Some(changed) = thresholds().filter(|changed| *changed != untrack(|| preferences.wait_thresholds())) {
            preferences.set_wait_thresholds(changed);
        }
    });
    let error = Signal::derive(move || thresholds().is_none().then(t::settings::wait_invalid));
    view! {
        <Card title=t::settings::waiting hint=t::settings::waiting_hint>
            <div class="settings-row">
                <NumberField label=t::settings::wait_amber value=amber />
                <NumberField label=t::settings::wait_red value=red error />
            </div>
        </Card>
    }
}
