//! Fields whose meaning is not documented, and fields that no document names. They are shown as received, for people
//! who know the system behind them.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use trunkline_api::decode::LooseScalar;
use trunkline_api::jtel::AcdEvent;

use crate::i18n::t;
use crate::reactive::live_text;
use crate::ui::{Definition, DefinitionList};

/// A field's label and value.
type LabelledValue = (Signal<String>, Signal<String>);

/// All of these fields.
#[component]
pub fn OtherFields(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let fields = named_fields(&event).into_iter().chain(extra_fields(&event));
    // Whether a value is empty doesn't depend on the language.
    let (empty, filled): (Vec<_>, Vec<_>) = fields.partition(|(_, value)| value.with_untracked(String::is_empty));
    let list = |fields: Vec<LabelledValue>| {
        let rows = fields.into_iter().map(|(term, value)| view! { <Definition term value /> }.into_any());
        view! { <DefinitionList>{rows.collect_view()}</DefinitionList> }.into_any()
    };
    let count = i64::try_from(empty.len()).unwrap_or_default();
    view! {
        {(!filled.is_empty()).then(|| list(filled))}
        {(count > 0).then(|| view! {
            <details class="more-fields">
                <summary prop:textContent=live_text(move || t::acd_events::empty_fields(count)) />
                {list(empty)}
            </details>
        }.into_any())}
    }
}

fn named_fields(event: &AcdEvent) -> Vec<LabelledValue> {
    let closes = event.close_by_foreign_system;
    let closes = move || match closes {
        Some(true) => t::common::yes(),
        Some(false) => t::common::no(),
        None => String::new(),
    };
    let last_agent_time = event.last_agent_time.map(|time| time.to_string()).unwrap_or_default();
    let plain = |name: fn() -> String, value: &Option<LooseScalar>| -> LabelledValue {
        (Signal::derive(name), Signal::stored(text_or_empty(value.as_ref())))
    };
    let numbered = |name: fn(&str) -> String, number: &'static str, value: &Option<LooseScalar>| -> LabelledValue {
        (Signal::derive(move || name(number)), Signal::stored(text_or_empty(value.as_ref())))
    };
    vec![
        plain(t::acd_events::foreign_number, &event.foreign_system_number),
        (Signal::derive(t::acd_events::closes), Signal::derive(closes)),
        (Signal::derive(t::acd_events::last_agent_time), Signal::stored(last_agent_time)),
        numbered(t::acd_events::user_data_number, "2", &event.user_data2),
        numbered(t::acd_events::user_data_number, "3", &event.user_data3),
        plain(t::acd_events::chat_connector, &event.chat_connectors_id),
        plain(t::acd_events::workflow_connector, &event.work_flow_connectors_id),
        plain(t::acd_events::inbox, &event.inboxes_id),
        plain(t::acd_events::monitor_point, &event.work_flow_monitor_points_id),
        plain(t::acd_events::replying_type, &event.replying_types_id),
        numbered(t::acd_events::skill, "1", &event.skills_id1),
        numbered(t::acd_events::skill_value, "1", &event.skills_value1),
        numbered(t::acd_events::skill, "2", &event.skills_id2),
        numbered(t::acd_events::skill_value, "2", &event.skills_value2),
        numbered(t::acd_events::skill, "3", &event.skills_id3),
        numbered(t::acd_events::skill_value, "3", &event.skills_value3),
    ]
}

/// Fields that no document names, under the vendor's names.
fn extra_fields(event: &AcdEvent) -> Vec<LabelledValue> {
    let value = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    event.extra.iter().map(|(name, found)| (Signal::stored(name.clone()), Signal::stored(value(found)))).collect()
}

/// The value as text; empty if there is none.
pub fn text_or_empty(value: Option<&LooseScalar>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}
