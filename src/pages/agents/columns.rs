//! The columns of the agents' list.

use leptos::prelude::Get;
use trunkline_api::gateway::User;

use crate::i18n::{format, t};
use crate::ui::{Cell, Column, Narrow, SortKey, Tone, use_coarse_now};

pub fn columns() -> Vec<Column<User>> {
    let now = use_coarse_now();
    vec![
        Column::new("name", t::agents::name, |agent: &User| Cell::text(agent.name.clone()).with_avatar(&agent.name))
            .sort(|agent| SortKey::text(&agent.name))
            .narrow(Narrow::Title),
        Column::new("status", t::agents::status, |agent: &User| Cell::badge(status(agent)))
            .sort(|agent| SortKey::number(agent.status.map(|status| i64::from(status.online))))
            .class("w-m")
            .narrow(Narrow::Aside),
        Column::text("since", t::agents::since, move |agent: &User| {
            agent.status.map(|status| format::ago(status.since, now.get())).unwrap_or_default()
        })
        .time(|agent| agent.status.map(|status| status.since))
        .class("w-l")
        .narrow(Narrow::Meta),
        Column::text("agentId", t::agents::agent_id, |agent: &User| agent.agent_id.clone().unwrap_or_default())
            .wide_only(),
    ]
}

/// The status that one-view last confirmed.
fn status(agent: &User) -> (Tone, String) {
    match agent.status {
        Some(status) if status.online => (Tone::Good, t::agents::online()),
        Some(_) => (Tone::Neutral, t::agents::offline()),
        None => (Tone::Neutral, t::agents::unknown()),
    }
}
