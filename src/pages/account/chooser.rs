//! Which account: chosen from the list, or typed where there is none.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::digital99::AccountList;

use super::Listing;
use super::fields::{Fields, key_of, option};
use crate::i18n::t;
use crate::parts::{FieldErrors, leave_guard};
use crate::reactive::{effect, memo};
use crate::routes::search::use_param;
use crate::ui::{Choice, FieldSet, SelectField, TextField};

/// The account's select, or its ID and server.
#[component]
pub fn Chooser(
    /// The form's values.
    fields: Fields,
    /// The vendor's list.
    accounts: Memo<Arc<AccountList>>,
    /// Whether there is one.
    listing: Memo<Listing>,
    /// The form's problems.
    errors: FieldErrors,
) -> impl IntoView {
    let listed = memo(move || listing.get() == Listing::Some);
    view! {
        <FieldSet legend=t::account::which>
            {move || if listed.get() {
                view! { <Listed fields accounts errors /> }.into_any()
            } else {
                view! { <Typed fields errors /> }.into_any()
            }}
        </FieldSet>
    }
}

/// The vendor's accounts. One is chosen at once; of several, none is until somebody does.
#[component]
fn Listed(fields: Fields, accounts: Memo<Arc<AccountList>>, errors: FieldErrors) -> impl IntoView {
    let wanted = use_param("account");
    let chosen = RwSignal::new(String::new());
    // What was typed before the list arrived, or came with the URL, may be one of the list.
    let current = memo(move || {
        let key = fields.key();
        accounts.with(|accounts| accounts.list.iter().any(|account| key_of(account) == key)).then_some(key)
    });
    effect(move || chosen.set(current.get().unwrap_or_default()));
    let choices = Signal::derive(move || {
        let none = current.with(Option::is_none).then(|| Choice::new("", t::account::account_choose()));
        let of_list = |accounts: &Arc<AccountList>| {
            let choices = accounts.list.iter().map(|account| Choice::new(key_of(account), option(account)));
            none.into_iter().chain(choices).collect::<Vec<_>>()
        };
        accounts.with(of_list)
    });
    let choose = move |key: String| {
        if untrack(|| fields.is_dirty()) && !leave_guard::confirmed() {
            chosen.set(current.get_untracked().unwrap_or_default());
            return;
        }
        let found =
            accounts.with_untracked(|accounts| accounts.list.iter().find(|account| key_of(account) == key).cloned());
        if let Some(account) = found {
            fields.choose(&account);
            wanted.set(&key);
        }
    };
    // The account's id and server come from the vendor: a complaint about them belongs to the choice.
    let (id, server) = (errors.of("account_id"), errors.of("server"));
    let error = Signal::derive(move || id.get().or_else(|| server.get()));
    view! { <SelectField label=t::account::account value=chosen choices error on_change=choose required=true /> }
}

/// The account's ID and server, typed.
#[component]
fn Typed(fields: Fields, errors: FieldErrors) -> impl IntoView {
    view! {
        <TextField
            label=t::account::account_id
            value=fields.id
            error=errors.of("account_id")
            hint=t::account::account_id_hint
            inputmode="numeric"
            number=true
            required=true
        />
        <TextField
            label=t::account::server
            value=fields.server
            error=errors.of("server")
            hint=t::account::server_hint
            mono=true
            required=true
        />
    }
}
