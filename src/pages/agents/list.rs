//! `/agents`: every agent with the status that one-view last confirmed.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::gateway::{ListAgents, User};
use trunkline_model::search_index::SearchText;

use super::columns::columns;
use crate::components::{EmptyStates, ListPage, ListSpec, use_list};
use crate::fetch::query::{QueryOptions, use_query_with};
use crate::i18n::t;
use crate::ui::{EmptyState, IconName};

/// Polls: the status is in the gateway's own database, and no live event announces it.
const QUERY_OPTIONS: QueryOptions = QueryOptions { stale_seconds: 0, poll_seconds: Some(15) };

/// The page.
#[component]
pub fn AgentsPage() -> impl IntoView {
    let query = use_query_with(QUERY_OPTIONS, || Some(ListAgents));
    let list = use_list(query, ListSpec::new(records, index_texts));
    let none = || view! { <EmptyState title=t::agents::none message=t::agents::none_hint icon=IconName::Account /> };
    view! {
        <ListPage
            list
            title=t::routes::agents
            hint=t::agents::hint
            search_label=t::agents::search
            id=|agent: &User| agent.agent_id.clone().unwrap_or_default()
            columns=columns()
            empty=EmptyStates::new(t::agents::no_match, none)
        />
    }
}

fn records(agents: Arc<Vec<User>>) -> Arc<Vec<Arc<User>>> {
    Arc::new(agents.iter().cloned().map(Arc::new).collect())
}

/// Adds name and agentID of a row.
fn index_texts(agent: &User, text: &mut SearchText) {
    text.add(&agent.name).add(agent.agent_id.as_deref().unwrap_or_default());
}
