//! The vendor account (99digital): choose it, change its name, status and builder URL. Only what changed is sent.

mod chooser;
mod disable;
mod fields;
mod form;
mod values;

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::digital99::{Account, AccountList, ListAccounts};

use self::fields::{Fields, key_of};
use self::form::AccountForm;
use crate::fetch::{Query, use_query};
use crate::i18n::t;
use crate::parts::loaded::QueryError;
use crate::reactive::{catalogue, effect, memo};
use crate::routes::search::use_param;
use crate::ui::{Banner, Kind, PageHeader, SkeletonBlock};

/// Where the list of accounts stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// It is awaited.
    Loading,
    /// It has at least one account.
    Some,
    /// It has none.
    Empty,
    /// It could not be loaded.
    Failed,
}

impl Listing {
    fn of(query: Query<AccountList>) -> Self {
        match query.data.with(|data| data.as_ref().map(|list| list.list.is_empty())) {
            Some(true) => Self::Empty,
            Some(false) => Self::Some,
            None if query.error.with(Option::is_some) => Self::Failed,
            None => Self::Loading,
        }
    }
}

/// The page.
#[component]
pub fn AccountPage() -> impl IntoView {
    let query = use_query(|| Some(ListAccounts));
    let listing = memo(move || Listing::of(query));
    let accounts = memo(move || query.data.get().unwrap_or_else(|| Arc::new(AccountList::default())));
    let fields = Fields::new();
    follow_list(accounts, fields);
    let loading = memo(move || listing.get() == Listing::Loading);
    view! {
        <div class="page page-narrow">
            {move || if loading.get() {
                view! { <PageHeader title=t::routes::account /><SkeletonBlock /> }.into_any()
            } else {
                view! { <AccountForm fields accounts listing above=move || view! { <ListTrouble query listing /> }.into_any() /> }.into_any()
            }}
        </div>
    }
}

/// Chooses the account that the URL names, or the only one; later answers bring its new values.
fn follow_list(accounts: Memo<Arc<AccountList>>, fields: Fields) {
    let wanted = use_param("account");
    effect(move || {
        accounts.with(|accounts| {
            let current = untrack(|| fields.key());
            let by_key = |key: &str| accounts.list.iter().find(|account| key_of(account) == key);
            if let Some(account) = by_key(&current) {
                fields.refresh(account);
            } else if let Some(account) = by_key(&wanted.value.get_untracked()).or(only(&accounts.list)) {
                fields.choose(account);
            }
        });
    });
}

/// The one account of a list of one.
fn only(accounts: &[Account]) -> Option<&Account> {
    match accounts {
        [one] => Some(one),
        _ => None,
    }
}

/// Why the account must be typed, with Retry where the list failed.
#[component]
fn ListTrouble(query: Query<AccountList>, listing: Memo<Listing>) -> impl IntoView {
    let hint = move || match listing.get() {
        Listing::Failed => Some(view! { <p class="muted" prop:textContent=catalogue(t::account::typed) /> }.into_any()),
        Listing::Empty => Some(view! { <Banner kind=Kind::Info text=t::account::none_listed /> }.into_any()),
        _ => None,
    };
    view! {
        <QueryError query />
        {move || hint()}
    }
}
