//! What can be changed of an account: name, status, builder URL.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::digital99::AccountList;

use super::fields::{ACTIVE, DISABLED, Fields, key_of};
use crate::i18n::t;
use crate::parts::FieldErrors;
use crate::reactive::memo;
use crate::ui::{Choice, FieldSet, SelectField, TextField};

/// What can be changed.
#[component]
pub fn Values(
    /// The form's values.
    fields: Fields,
    /// The vendor's list.
    accounts: Memo<Arc<AccountList>>,
    /// The form's problems.
    errors: FieldErrors,
) -> impl IntoView {
    let known = memo(move || fields.known());
    let name_hint =
        move || if known.with(|known| known.name.is_none()) { t::account::name_unknown() } else { String::new() };
    let url_hint = move || {
        if known.with(|known| known.builder_url.is_none()) {
            t::account::builder_url_unknown()
        } else {
            t::account::builder_url_known()
        }
    };
    let choices = Signal::derive(move || {
        let keep = known.with(|known| known.active.is_none()).then(|| Choice::new("", keep_label(accounts, fields)));
        let known = [Choice::new(ACTIVE, t::account::active()), Choice::new(DISABLED, t::account::disabled())];
        keep.into_iter().chain(known).collect::<Vec<_>>()
    });
    view! {
        <FieldSet legend=t::account::values>
            <TextField
                label=t::account::name
                value=fields.name
                error=errors.of("account_name")
                hint=Signal::derive(name_hint)
            />
            <SelectField
                label=t::account::status
                value=fields.status
                choices
                error=errors.of("account_status")
                hint=t::account::status_hint
            />
            <TextField
                label=t::account::builder_url
                value=fields.builder_url
                error=errors.of("builder_url")
                hint=Signal::derive(url_hint)
                kind="url"
            />
        </FieldSet>
    }
}

/// "Leave as it is", with the vendor's own word where it has one that is neither active nor disabled.
fn keep_label(accounts: Memo<Arc<AccountList>>, fields: Fields) -> String {
    let key = fields.key();
    let word = accounts.with(|accounts| {
        let account = accounts.list.iter().find(|account| key_of(account) == key)?;
        account.account_status.as_ref().map(ToString::to_string)
    });
    word.map_or_else(t::account::status_keep, |word| t::account::status_other(&word))
}
