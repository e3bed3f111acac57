//! The agent whose inbox is shown: from the session or `config.json`, else an agentID that the user enters.

use leptos::prelude::*;

use crate::browser::storage;
use crate::components::inbox_news;
use crate::fetch::{config, session};
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, effect, memo};
use crate::ui::{Button, EmptyState, IconName, TextField, Variant};

/// The local storage key of an entered agentID.
const STORAGE_KEY: &str = "trunkline.agent-id";

/// The inbox's agentID: from the session or `config.json`, else entered by the user.
#[derive(Clone, Copy)]
pub struct Agent {
    /// The agentID in use; `None` while none is known.
    pub id: Memo<Option<String>>,
    entered: RwSignal<Option<String>>,
}

impl Agent {
    /// Reads the session, the configuration and local storage.
    pub fn resolve() -> Self {
        let entered = RwSignal::new(if config::has_gateway() { None } else { stored_id() });
        let id = memo(move || session::user().and_then(|user| user.agent_id).or_else(|| entered.get()));
        effect(move || inbox_news::set_entered_agent(entered.get()));
        Self { id, entered }
    }

    /// True if the user entered the id and so can change it; tracked.
    pub fn is_entered(&self) -> bool {
        self.entered.with(Option::is_some)
    }

    /// Switches to this agent and stores its id. `None` removes the id, so the form is shown again.
    fn set(&self, id: Option<String>) {
        // Without local storage the id lasts only as long as the tab.
        storage::store(STORAGE_KEY, id.as_deref().unwrap_or_default());
        self.entered.set(id);
    }
}

fn stored_id() -> Option<String> {
    storage::load(STORAGE_KEY).filter(|id| !id.trim().is_empty())
}

/// Replaces the inbox while no agentID is known: a form or, with a gateway, an explanation.
#[component]
pub fn NoAgent(
    /// Receives the entered agentID.
    agent: Agent,
) -> impl IntoView {
    if config::has_gateway() {
        let message = || if session::is_admin() { t::inbox::no_agent_admin() } else { t::inbox::no_agent_hint() };
        return view! { <EmptyState title=t::inbox::no_agent message icon=IconName::Account /> }.into_any();
    }
    let entered = RwSignal::new(String::new());
    let error = RwSignal::new(None);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let id = entered.read_untracked().trim().to_owned();
        if id.is_empty() {
            error.set(Some(t::problems::required()));
        } else {
            agent.set(Some(id));
        }
    };
    view! {
        <form class="stack page-narrow" novalidate on:submit=submit>
            <h2 prop:textContent=catalogue(t::inbox::agent_title) />
            <TextField label=t::inbox::agent_id hint=t::inbox::agent_hint value=entered error mono=true required=true />
            <div class="row"><Button label=t::inbox::agent_open submit=true variant=Variant::Primary /></div>
        </form>
    }
    .into_any()
}

/// A button to enter another agentID, shown only if the current one was entered.
#[component]
pub fn ChangeAgent(
    /// The agent whose id is changed.
    agent: Agent,
) -> impl IntoView {
    dyn_view(move || {
        agent.is_entered().then(|| {
            view! { <Button label=t::inbox::agent_change variant=Variant::Ghost on_click=move |()| agent.set(None) /> }
        })
    })
}
