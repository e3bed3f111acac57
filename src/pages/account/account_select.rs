//! Account selection: a select if the vendor lists accounts, else text fields for id and server.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::digital99::AccountList;

use super::form_state::{FormState, key_of, option_label};
use super::list_state::ListState;
use crate::components::{FieldErrors, unsaved_guard};
use crate::i18n::t;
use crate::reactive::{effect, memo};
use crate::routes::query_params::use_param;
use crate::ui::{FieldSet, SelectField, SelectOption, TextField};

/// The most accounts in sight at once.
const MAX_IN_SIGHT: usize = 12;

/// Select of accounts, or text fields for id and server.
#[component]
pub fn AccountSelect(
    /// Form state.
    fields: FormState,
    /// The vendor's list.
    accounts: Memo<Arc<AccountList>>,
    /// State of the list.
    list_state: Memo<ListState>,
    /// Field errors of the form.
    errors: FieldErrors,
) -> impl IntoView {
    let listed = memo(move || list_state.get() == ListState::Some);
    view! {
        <FieldSet legend=t::account::which>
            {move || if listed.get() {
                view! { <ListedAccounts fields accounts errors /> }.into_any()
            } else {
                view! { <ManualEntry fields errors /> }.into_any()
            }}
        </FieldSet>
    }
}

/// Select of the vendor's accounts. A single account is selected already; of several, the user selects one.
#[component]
fn ListedAccounts(fields: FormState, accounts: Memo<Arc<AccountList>>, errors: FieldErrors) -> impl IntoView {
    let url_account = use_param("account");
    let chosen = RwSignal::new(String::new());
    // An account that was typed before the list arrived, or that the URL names, may be in the list.
    let current = memo(move || {
        let key = fields.key();
        accounts.with(|accounts| accounts.list.iter().any(|account| key_of(account) == key)).then_some(key)
    });
    effect(move || chosen.set(current.get().unwrap_or_default()));
    let choices = Signal::derive(move || {
        let none = current.with(Option::is_none).then(|| SelectOption::new("", t::account::account_choose()));
        let options = |accounts: &Arc<AccountList>| {
            let choices = accounts.list.iter().map(|account| SelectOption::new(key_of(account), option_label(account)));
            none.into_iter().chain(choices).collect::<Vec<_>>()
        };
        accounts.with(options)
    });
    let choose = move |key: String| {
        if untrack(|| fields.is_dirty()) && !unsaved_guard::confirm_discard() {
            chosen.set(current.get_untracked().unwrap_or_default());
            return;
        }
        let found =
            accounts.with_untracked(|accounts| accounts.list.iter().find(|account| key_of(account) == key).cloned());
        if let Some(account) = found {
            fields.select_account(&account);
            url_account.set(&key);
        }
    };
    // Id and server come from the selected account, so show their problems at the select.
    let (id, server) = (errors.signal("account_id"), errors.signal("server"));
    let error = Signal::derive(move || id.get().or_else(|| server.get()));
    // Several stand in a list, with their states; the form beside it follows the arrow keys.
    let size = Signal::derive(move || {
        let count = choices.with(Vec::len);
        (count > 1).then_some(count.min(MAX_IN_SIGHT))
    });
    view! { <SelectField label=t::account::account value=chosen choices size error on_change=choose required=true /> }
}

/// Text fields for id and server.
#[component]
fn ManualEntry(fields: FormState, errors: FieldErrors) -> impl IntoView {
    view! {
        <TextField
            label=t::account::account_id
            value=fields.id
            error=errors.signal("account_id")
            hint=t::account::account_id_hint
            inputmode="numeric"
            number=true
            required=true
        />
        <TextField
            label=t::account::server
            value=fields.server
            error=errors.signal("server")
            hint=t::account::server_hint
            mono=true
            required=true
        />
    }
}
