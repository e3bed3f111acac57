//! The columns of the list.

use trunkline_api::decode::LooseScalar;
use trunkline_api::digital99::{AccountAgent, SecondFactor};

use crate::i18n::{format, t};
use crate::ui::{Cell, Column, Narrow, SortKey, Tone};

/// Name, e-mail, role, second factor and creation; where the codes go and the id are optional.
pub fn columns() -> Vec<Column<AccountAgent>> {
    vec![
        Column::new("name", t::account_agents::name, |agent: &AccountAgent| {
            let name = agent.agent_name.clone().unwrap_or_default();
            Cell::text(name.clone()).with_avatar(&name)
        })
        .sort(|agent| SortKey::text(agent.agent_name.as_deref().unwrap_or_default()))
        .narrow(Narrow::Title),
        Column::text("email", t::account_agents::email, |agent: &AccountAgent| agent.email.clone().unwrap_or_default())
            .sort(|agent| SortKey::text(agent.email.as_deref().unwrap_or_default()))
            .narrow(Narrow::Meta),
        Column::text("role", t::account_agents::role, |agent: &AccountAgent| agent.role.clone().unwrap_or_default())
            .sort(|agent| SortKey::text(agent.role.as_deref().unwrap_or_default()))
            .class("w-m")
            .narrow(Narrow::Meta),
        Column::new("factor", t::account_agents::factor, |agent: &AccountAgent| Cell::badge(second_factor(agent)))
            .sort(|agent| SortKey::text(&second_factor(agent).1))
            .class("w-l")
            .narrow(Narrow::Aside),
        Column::text("created", t::account_agents::created, |agent: &AccountAgent| {
            created(agent).map(format::date_time).unwrap_or_default()
        })
        .time(created)
        .class("w-l"),
        Column::text("phone", t::account_agents::codes_by_sms, |agent: &AccountAgent| {
            agent.two_factor_phone.as_ref().map(ToString::to_string).unwrap_or_default()
        })
        .optional(),
        Column::text("codes", t::account_agents::codes_by_email, |agent: &AccountAgent| {
            agent.two_factor_email.clone().unwrap_or_default()
        })
        .optional(),
        Column::text("id", t::account_agents::id, id_of).optional(),
    ]
}

/// The agent's id, empty if the vendor sent none.
pub fn id_of(agent: &AccountAgent) -> String {
    agent.id.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn created(agent: &AccountAgent) -> Option<i64> {
    agent.create_time.as_ref().and_then(LooseScalar::as_i64)
}

/// The second factor in words; an agent without one is the one to look for.
pub fn second_factor(agent: &AccountAgent) -> (Tone, String) {
    match agent.second_factor() {
        SecondFactor::None => (Tone::Warn, t::account_agents::factor_none()),
        SecondFactor::Sms => (Tone::Good, t::account_agents::factor_sms()),
        SecondFactor::Email => (Tone::Good, t::account_agents::factor_email()),
        SecondFactor::Other(word) => (Tone::Neutral, word.to_owned()),
    }
}
