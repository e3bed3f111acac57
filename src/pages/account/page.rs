//! The page: loads the list of accounts and selects one, around the form.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::digital99::{Account, AccountList, ListAccounts};

use super::account_details::AccountDetails;
use super::form::AccountForm;
use super::form_state::{FormState, key_of};
use super::list_state::ListState;
use crate::components::query_view::QueryError;
use crate::fetch::{Query, use_query};
use crate::i18n::t;
use crate::reactive::{catalogue, effect, memo};
use crate::routes::query_params::use_param;
use crate::ui::{Banner, PageHeader, Severity, SkeletonBlock};

/// `/account`
#[component]
pub fn AccountPage(
    /// What comes after the first view, lazy.
    details: fn(AccountDetails) -> AnyView,
) -> impl IntoView {
    let query = use_query(|| Some(ListAccounts));
    let list_state = memo(move || ListState::from_query(query));
    let accounts = memo(move || query.data.get().unwrap_or_else(|| Arc::new(AccountList::default())));
    let fields = FormState::new();
    follow_list(accounts, fields);
    let loading = memo(move || list_state.get() == ListState::Loading);
    view! {
        <div class="page page-narrow account-page">
            {move || if loading.get() {
                view! { <PageHeader title=t::routes::account /><SkeletonBlock /> }.into_any()
            } else {
                view! { <AccountForm fields accounts list_state details above=move || view! { <ListNotice query list_state /> }.into_any() /> }.into_any()
            }}
        </div>
    }
}

/// Selects the account that the URL names, or the only one. Later responses update its server values.
fn follow_list(accounts: Memo<Arc<AccountList>>, fields: FormState) {
    let url_account = use_param("account");
    effect(move || {
        accounts.with(|accounts| {
            let current = untrack(|| fields.key());
            let by_key = |key: &str| accounts.list.iter().find(|account| key_of(account) == key);
            if let Some(account) = by_key(&current) {
                fields.refresh(account);
            } else if let Some(account) = by_key(&url_account.value.get_untracked()).or(single(&accounts.list)) {
                fields.select_account(account);
            }
        });
    });
}

/// The only account of a list; `None` if there are more or none.
fn single(accounts: &[Account]) -> Option<&Account> {
    match accounts {
        [one] => Some(one),
        _ => None,
    }
}

/// Explains why the account must be typed, with Retry if the list failed to load.
#[component]
fn ListNotice(query: Query<AccountList>, list_state: Memo<ListState>) -> impl IntoView {
    let hint = move || match list_state.get() {
        ListState::Failed => {
            Some(view! { <p class="muted" prop:textContent=catalogue(t::account::typed) /> }.into_any())
        }
        ListState::Empty => Some(view! { <Banner severity=Severity::Info text=t::account::none_listed /> }.into_any()),
        _ => None,
    };
    view! {
        <QueryError query />
        {move || hint()}
    }
}
