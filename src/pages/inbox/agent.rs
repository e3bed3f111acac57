//! Whose inbox it is: the agent of the session, of `config.json`, or one that was typed where neither names any.

use leptos::prelude::*;
use web_sys::Storage;

use crate::fetch::{config, session};
use crate::i18n::t;
use crate::reactive::{catalogue, dynamic, memo};
use crate::ui::{Button, EmptyState, IconName, TextField, Variant};

/// Where the typed agentID is kept in this browser.
const KEY: &str = "trunkline.agent-id";

/// The agentID, and what was typed where no gateway and no configuration knows one.
#[derive(Clone, Copy)]
pub struct Agent {
    /// The agentID in force.
    pub id: Memo<Option<String>>,
    typed: RwSignal<Option<String>>,
}

impl Agent {
    /// Reads session, configuration and memory.
    pub fn known() -> Self {
        let typed = RwSignal::new(if config::has_gateway() { None } else { remembered() });
        let id = memo(move || session::user().and_then(|user| user.agent_id).or_else(|| typed.get()));
        Self { id, typed }
    }

    /// Whether the id was typed, and so can be changed.
    pub fn is_typed(&self) -> bool {
        self.typed.with(Option::is_some)
    }

    /// Works as this agent from now on; none: asks again.
    fn set(&self, id: Option<String>) {
        // A browser without storage forgets it with the tab.
        if let Some(storage) = storage() {
            let _ = match &id {
                Some(id) => storage.set_item(KEY, id),
                None => storage.remove_item(KEY),
            };
        }
        self.typed.set(id);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn remembered() -> Option<String> {
    storage()?.get_item(KEY).ok().flatten().filter(|id| !id.trim().is_empty())
}

/// Stands in for the inbox while no agentID is known.
#[component]
pub fn NoAgent(
    /// Takes the typed agentID.
    agent: Agent,
) -> impl IntoView {
    if config::has_gateway() {
        return view! { <EmptyState title=t::inbox::no_agent message=t::inbox::no_agent_hint icon=IconName::Account /> }
            .into_any();
    }
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let id = typed.read_untracked().trim().to_owned();
        if id.is_empty() {
            error.set(Some(t::problems::required()));
        } else {
            agent.set(Some(id));
        }
    };
    view! {
        <form class="stack page-narrow" novalidate on:submit=submit>
            <h2 prop:textContent=catalogue(t::inbox::agent_title) />
            <TextField label=t::inbox::agent_id hint=t::inbox::agent_hint value=typed error mono=true required=true />
            <div class="row"><Button label=t::inbox::agent_open submit=true variant=Variant::Primary /></div>
        </form>
    }
    .into_any()
}

/// Lets another agentID be typed, where it was typed.
#[component]
pub fn ChangeAgent(
    /// Forgets the typed agentID.
    agent: Agent,
) -> impl IntoView {
    dynamic(move || {
        agent.is_typed().then(|| {
            view! { <Button label=t::inbox::agent_change variant=Variant::Ghost on_click=move |()| agent.set(None) /> }
        })
    })
}
