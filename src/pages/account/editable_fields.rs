//! Editable fields of an account: name, status, builder URL.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::digital99::AccountList;

use super::form_state::{ACTIVE, DISABLED, FormState, key_of};
use crate::components::FieldErrors;
use crate::i18n::t;
use crate::reactive::memo;
use crate::ui::{FieldSet, SelectField, SelectOption, TextField};

/// Editable fields.
#[component]
pub fn EditableFields(
    /// Form state.
    fields: FormState,
    /// The vendor's list.
    accounts: Memo<Arc<AccountList>>,
    /// Field errors of the form.
    errors: FieldErrors,
) -> impl IntoView {
    let server_value = memo(move || fields.server_value());
    let name_hint = move || {
        if server_value.with(|known| known.name.is_none()) { t::account::name_unknown() } else { String::new() }
    };
    let url_hint = move || {
        if server_value.with(|known| known.builder_url.is_none()) {
            t::account::builder_url_unknown()
        } else {
            t::account::builder_url_known()
        }
    };
    let choices = Signal::derive(move || {
        let keep = server_value
            .with(|known| known.active.is_none())
            .then(|| SelectOption::new("", keep_label(accounts, fields)));
        let known =
            [SelectOption::new(ACTIVE, t::account::active()), SelectOption::new(DISABLED, t::account::disabled())];
        keep.into_iter().chain(known).collect::<Vec<_>>()
    });
    view! {
        <FieldSet legend=t::account::values>
            <TextField
                label=t::account::name
                value=fields.name
                error=errors.signal("account_name")
                hint=Signal::derive(name_hint)
            />
            <SelectField
                label=t::account::status
                value=fields.status
                choices
                error=errors.signal("account_status")
                hint=t::account::status_hint
            />
            <TextField
                label=t::account::builder_url
                value=fields.builder_url
                error=errors.signal("builder_url")
                hint=Signal::derive(url_hint)
                kind="url"
            />
        </FieldSet>
    }
}

/// "Leave as it is", with the vendor's status if that is neither active nor disabled.
fn keep_label(accounts: Memo<Arc<AccountList>>, fields: FormState) -> String {
    let key = fields.key();
    let status = accounts.with(|accounts| {
        let account = accounts.list.iter().find(|account| key_of(account) == key)?;
        account.account_status.as_ref().map(ToString::to_string)
    });
    status.map_or_else(t::account::status_keep, |word| t::account::status_other(&word))
}
