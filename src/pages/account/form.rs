//! Form to select an account and change it. The user must type the account's name to disable it.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use trunkline_api::Service;
use trunkline_api::digital99::{Account, AccountChange, AccountList, ListAccounts, UpdateAccount, UpdatedAccount};
use trunkline_model::merge::Members;

use super::account_details::AccountDetails;
use super::account_select::AccountSelect;
use super::disable_dialog::DisableDialog;
use super::editable_fields::EditableFields;
use super::form_state::{FormState, key_of, key_of_change};
use super::list_state::ListState;
use crate::components::SandboxBadge;
use crate::components::draft::{DraftField, DraftOptions, text};
use crate::components::edit_conflict::FieldTexts;
use crate::components::record_form::{RecordForm, RecordFormView, ReplaceRecord, Submit, use_record_form};
use crate::fetch::mutation::ReadBack;
use crate::fetch::{WriteOutcome, cache, drafts, invalidate};
use crate::i18n::t;
use crate::reactive::{dyn_view, effect_with_previous, memo};
use crate::routes::Route;
use crate::routes::query_params::use_param;
use crate::ui::Severity;

/// The form.
#[component]
pub fn AccountForm(
    /// Form state.
    fields: FormState,
    /// The vendor's list.
    accounts: Memo<Arc<AccountList>>,
    /// State of the list.
    list_state: Memo<ListState>,
    /// Content above the fields.
    #[prop(into)]
    above: ViewFn,
    /// What comes after the first view, lazy.
    details: fn(AccountDetails) -> AnyView,
) -> impl IntoView {
    let form = use_record_form(Route::Account.path(), draft_fields(fields, accounts), draft_options(fields));
    let (errors, error) = (form.errors, form.saving.error);
    // Clear the errors when another account is selected.
    let key = memo(move || fields.key());
    effect_with_previous(move |before: Option<String>| {
        let now = key.get();
        if before.is_some_and(|before| before != now) {
            errors.check(Ok(()));
            error.set(None);
        }
        now
    });
    let save = Save { fields, disabling: RwSignal::new(None), form: form.clone() };
    let (disabling, confirmed) = (save.disabling, save.clone());
    let beside = move || view! { <SandboxBadge vendor=Service::Digital99 /> };
    view! {
        <RecordFormView
            form
            submit=Submit::replace(save)
            title=t::routes::account
            cancel=Route::Overview
            beside
            above
        >
            <AccountSelect fields accounts list_state errors />
            <EditableFields fields accounts errors />
            {dyn_view(move || details(AccountDetails { fields, accounts }))}
        </RecordFormView>
        <DisableDialog fields disabling on_confirm=move |change| confirmed.send_confirmed(change) />
    }
}

/// Fields of the draft. Restoring an account of the list selects it, as the user would.
fn draft_fields(fields: FormState, accounts: Memo<Arc<AccountList>>) -> Vec<DraftField> {
    let select = move |key: &str| {
        if let Some(account) = accounts.with_untracked(|accounts| find(accounts, key).cloned()) {
            fields.select_account(&account);
        } else if let Some((id, server)) = key.split_once('@') {
            fields.id.set(id.to_owned());
            fields.server.set(server.to_owned());
        }
    };
    vec![
        DraftField::new("account", move || fields.key(), select),
        text("name", fields.name),
        text("status", fields.status),
        text("builder", fields.builder_url),
        // After the values: restoring it decides which of them were edited.
        DraftField::new("opened", move || fields.base_json(), move |opened| fields.restore_base(opened)),
    ]
}

/// Options of the draft: server values change while the form is open, so the form itself decides whether it is dirty.
/// A draft of another account than the URL's is dropped.
fn draft_options(fields: FormState) -> DraftOptions {
    let url_account = use_param("account").value.get_untracked();
    let draft = drafts::load(&Route::Account.path()).unwrap_or_default();
    DraftOptions {
        store_all: true,
        ignore_stored: !draft.contains(&url_account),
        is_dirty: Some(Box::new(move || fields.is_dirty())),
        reset: Some(Box::new(move || fields.reset())),
    }
}

/// Read-back of a save: succeeded if the list has the sent values. A builder URL can't be verified: the list lacks it.
fn save_read_back(sent: &AccountChange, done: impl Fn(UpdatedAccount) + 'static) -> ReadBack {
    let sent = sent.clone();
    ReadBack::new(&ListAccounts, move |accounts| {
        let found = find(&accounts, &key_of_change(&sent));
        match found.and_then(|account| sent.matches_record(account)) {
            Some(true) => {
                done(UpdatedAccount::default());
                WriteOutcome::Done
            }
            Some(false) => WriteOutcome::NotDone,
            None => WriteOutcome::Unknown,
        }
    })
}

/// Label of a field in the conflict dialog.
fn label(field: &str) -> Option<String> {
    Some(match field {
        "account_name" => t::account::name(),
        "account_status" => t::account::status(),
        "builder_url" => t::account::builder_url(),
        _ => return None,
    })
}

/// Text of a field's value in the conflict dialog.
fn value(field: &str, value: &Value) -> Option<String> {
    let active = value.as_bool().filter(|_| field == "account_status")?;
    Some(if active { t::account::active() } else { t::account::disabled() })
}

/// Saves the change of an account.
#[derive(Clone)]
struct Save {
    fields: FormState,
    /// Change that waits for confirmation.
    disabling: RwSignal<Option<AccountChange>>,
    form: RecordForm,
}

impl ReplaceRecord for Save {
    type Body = AccountChange;
    type Read = ListAccounts;
    type Write = UpdateAccount;
    const FIELD_TEXTS: FieldTexts = FieldTexts { label, value };

    fn form(&self) -> &RecordForm {
        &self.form
    }

    fn validate(&self) -> Option<AccountChange> {
        let change = self.fields.change();
        if !self.form.errors.check(change.validate()) {
            return None;
        }
        if change.is_empty() {
            self.form.toasts.push(Severity::Info, t::account::nothing_changed());
            return None;
        }
        Some(change)
    }

    fn refetch(&self) -> Option<ListAccounts> {
        self.fields.is_listed().then_some(ListAccounts)
    }

    fn compare(&self, change: &AccountChange, now: &AccountList) -> Option<[Members; 3]> {
        // An account that is no longer listed is sent as well: the refusal is left to the vendor.
        Some(self.fields.conflict_members(find(now, &key_of_change(change))?))
    }

    fn merge(&self, now: &AccountList, merged: &Members) -> bool {
        let Some(account) = find(now, &untrack(|| self.fields.key())) else { return false };
        self.fields.apply_merge(account, merged);
        true
    }

    /// Sends the change, after confirmation if it disables the account.
    fn send(&self, change: AccountChange, _now: Option<&AccountList>) {
        if change.account_status == Some(0) {
            self.disabling.try_set(Some(change));
        } else {
            self.send_confirmed(change);
        }
    }
}

impl Save {
    fn send_confirmed(&self, change: AccountChange) {
        let (sent, fields, form) = (change.clone(), self.fields, self.form.clone());
        let on_saved = move |response: UpdatedAccount| {
            form.stay_open();
            fields.apply_response(&sent, &response);
            invalidate(&cache::stale_prefix::<UpdateAccount>());
        };
        let read_back = save_read_back(&change, on_saved.clone());
        self.form.send(UpdateAccount { change }, on_saved, read_back);
    }
}

/// The account with this key in the vendor's list.
fn find<'a>(accounts: &'a AccountList, key: &str) -> Option<&'a Account> {
    accounts.list.iter().find(|account| key_of(account) == key)
}
