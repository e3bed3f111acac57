//! `/account/{id}/agents`: who can sign in to a vendor account.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::digital99::{AccountAgent, AgentList, ListAccountAgents};
use trunkline_model::account::agents_query;
use trunkline_model::search_index::SearchText;

use super::columns::{columns, id_of, second_factor};
use crate::components::{EmptyStates, ListPage, ListSpec, SandboxBadge, use_list};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::routes::Route;
use crate::routes::query_params;
use crate::ui::{EmptyState, IconName, LinkButton};

/// The page.
#[component]
pub fn AccountAgentsPage(
    /// Id and server of the account: `8@online`.
    account: String,
) -> impl IntoView {
    let asked = agents_query(&account);
    let query = use_query(move || Some(ListAccountAgents { query: asked.clone() }));
    let list = use_list(query, ListSpec::new(records, index_texts));
    let none = || view! { <EmptyState title=t::account_agents::none icon=IconName::Account /> };
    let back = query_params::href(&Route::Account, &[("account", &account)]);
    let actions = move || {
        let account = account.clone();
        view! {
            <SandboxBadge vendor=Service::Digital99 />
            <LinkButton label=move || t::account_agents::account(&account) href=back.clone() />
        }
    };
    view! {
        <ListPage
            list
            title=t::routes::account_agents
            hint=t::account_agents::hint
            actions
            search_label=t::account_agents::search
            id=id_of
            columns=columns()
            empty=EmptyStates::new(t::account_agents::no_match, none)
        />
    }
}

fn records(agents: Arc<AgentList>) -> Arc<Vec<Arc<AccountAgent>>> {
    Arc::new(agents.list.iter().cloned().map(Arc::new).collect())
}

/// Adds every text of a row.
fn index_texts(agent: &AccountAgent, text: &mut SearchText) {
    text.add_opt(agent.agent_name.as_deref()).add_opt(agent.email.as_deref()).add_opt(agent.role.as_deref());
    text.add(&second_factor(agent).1).add(&id_of(agent));
}
