//! The fields whose meaning no document tells, and those that no document has: shown as they came, for the person who
//! knows the system behind them.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use trunkline_api::jtel::AcdEvent;
use trunkline_api::wire::Scalar;

use super::facts::text;
use crate::i18n::t;
use crate::ui::{Definition, DefinitionList};

/// A field's name and its value.
type Fact = (Signal<String>, Signal<String>);

/// The list.
#[component]
pub fn Further(
    /// The event.
    event: Arc<AcdEvent>,
) -> impl IntoView {
    let facts = known(&event).into_iter().chain(unknown(&event));
    view! {
        <DefinitionList>
            {facts.map(|(term, value)| view! { <Definition term value /> }).collect_view()}
        </DefinitionList>
    }
}

fn known(event: &AcdEvent) -> Vec<Fact> {
    let closes = event.close_by_foreign_system;
    let closes = move || match closes {
        Some(true) => t::common::yes(),
        Some(false) => t::common::no(),
        None => String::new(),
    };
    let last_agent_time = event.last_agent_time.map(|time| time.to_string()).unwrap_or_default();
    let plain = |name: fn() -> String, value: &Option<Scalar>| -> Fact {
        (Signal::derive(name), Signal::stored(text(value.as_ref())))
    };
    let numbered = |name: fn(&str) -> String, number: &'static str, value: &Option<Scalar>| -> Fact {
        (Signal::derive(move || name(number)), Signal::stored(text(value.as_ref())))
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

/// By the vendor's own names.
fn unknown(event: &AcdEvent) -> Vec<Fact> {
    let value = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    event.extra.iter().map(|(name, found)| (Signal::stored(name.clone()), Signal::stored(value(found)))).collect()
}
