//! About the chosen account, lazy: its state, creation and reference; the request as it will be sent; and what the
//! response to the last one says, beside what was asked for; and its changes.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::decode::{LooseScalar, to_json};
use trunkline_api::digital99::{Account, AccountList};
use trunkline_model::account::{AnsweredField, answered_fields};
use trunkline_model::pretty_json::pretty;

use super::form_state::{FormState, key_of};
use crate::components::record_activity::RecordActivity;
use crate::fetch::config;
use crate::i18n::{format, t};
use crate::reactive::{catalogue, dyn_view, fixed, live_text, memo};
use crate::routes::Route;
use crate::ui::{Badge, Definition, DefinitionList, Tone};

/// What the details work on.
#[derive(Clone, Copy)]
pub struct AccountDetails {
    /// Form state.
    pub fields: FormState,
    /// The vendor's list.
    pub accounts: Memo<Arc<AccountList>>,
}

impl AccountDetails {
    /// The view; `history` is that of a record, lazy.
    pub fn view(self, history: fn(RecordActivity) -> AnyView) -> AnyView {
        let Self { fields, accounts } = self;
        let account = memo(move || {
            let key = fields.key();
            accounts.with(|accounts| accounts.list.iter().find(|account| key_of(account) == key).cloned())
        });
        let listed_id = memo(move || account.get()?.account_id.as_ref().map(ToString::to_string));
        let changes = move || {
            let record = listed_id.get().filter(|_| config::has_gateway())?;
            Some(history(RecordActivity { service: Service::Digital99, record }))
        };
        view! {
            {dyn_view(move || account.get().map(|account| view! { <Facts account /> }))}
            <RequestPreview fields />
            {dyn_view(move || fields.answer().map(|(sent, response)| {
                view! { <Answer answered=answered_fields(&sent, &response) /> }
            }))}
            {dyn_view(changes)}
        }
        .into_any()
    }
}

/// State, creation and reference of the account.
#[component]
fn Facts(account: Account) -> impl IntoView {
    let (tone, state): (_, fn() -> String) = match account.is_active() {
        Some(true) => (Tone::Good, t::account::active),
        Some(false) => (Tone::Warn, t::account::disabled),
        None => (Tone::Neutral, t::account::state_unknown),
    };
    let created = account.create_time.as_ref().and_then(LooseScalar::as_i64);
    let reference = account.reference.as_ref().map(ToString::to_string).filter(|text| !text.is_empty());
    let agents = Route::AccountAgents(key_of(&account)).path();
    view! {
        <DefinitionList>
            <Definition term=t::account::status><Badge text=state tone /></Definition>
            {created.map(|at| view! {
                <Definition term=t::account::created value=Signal::derive(move || format::date_time_exact(at)) />
            })}
            {reference.map(|text| view! { <Definition term=t::account::reference value=text /> })}
            <Definition term=t::routes::agents><a href=agents prop:textContent=catalogue(t::account::agents) /></Definition>
        </DefinitionList>
    }
}

/// The body that Save sends.
#[component]
fn RequestPreview(fields: FormState) -> impl IntoView {
    let body = memo(move || {
        let change = fields.change();
        if change.is_empty() {
            return t::account::nothing_changed();
        }
        let text = to_json(&change);
        format!("POST /online/updateAccount\n{}", pretty(&text).unwrap_or(text))
    });
    view! {
        <details class="details">
            <summary prop:textContent=catalogue(t::account::preview) />
            <pre dir="ltr" prop:textContent=live_text(move || body.get()) />
        </details>
    }
}

/// The response's fields beside those that were asked for.
#[component]
fn Answer(answered: Vec<AnsweredField>) -> impl IntoView {
    let row = |field: AnsweredField| {
        let is_confirmed = field.is_confirmed();
        let label: fn() -> String = match field.field {
            "account_name" => t::account::name,
            "account_status" => t::account::status,
            _ => t::account::builder_url,
        };
        let (tone, verdict): (_, fn() -> String) = match (is_confirmed, &field.answered) {
            (true, _) => (Tone::Good, t::account::confirmed),
            (false, Some(_)) => (Tone::Bad, t::account::differs),
            (false, None) => (Tone::Warn, t::account::not_told),
        };
        let answered = field.answered.unwrap_or_else(|| "–".to_owned());
        view! {
            <tr>
                <th scope="row" prop:textContent=catalogue(label) />
                <td><bdi class="break" prop:textContent=fixed(field.asked) /></td>
                <td><bdi class="break" prop:textContent=fixed(answered) />" "<Badge text=verdict tone /></td>
            </tr>
        }
    };
    view! {
        <section class="stack-s">
            <h2 prop:textContent=catalogue(t::account::answer) />
            <table class="plain-table" aria-label=t::account::answer>
                <thead>
                    <tr>
                        <th scope="col" prop:textContent=catalogue(t::account::field) />
                        <th scope="col" prop:textContent=catalogue(t::account::asked) />
                        <th scope="col" prop:textContent=catalogue(t::account::answered) />
                    </tr>
                </thead>
                <tbody>{answered.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}
