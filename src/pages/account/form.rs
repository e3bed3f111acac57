//! The form: which account, and its values. Disabling asks for the account's name first.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use trunkline_api::digital99::{AccountChange, AccountList, ListAccounts, UpdateAccount, UpdatedAccount};
use trunkline_api::merge::Members;
use trunkline_api::{ErrorKind, Vendor, answer};

use super::Listing;
use super::chooser::Chooser;
use super::disable::DisableDialog;
use super::fields::{Fields, account_key, key_of};
use super::values::Values;
use crate::fetch::mutation::Look;
use crate::fetch::{Mutation, Truth, cache, drafts, invalidate, use_mutation};
use crate::i18n::t;
use crate::parts::draft::{Draft, Slot, Ways, text, use_draft_with};
use crate::parts::meanwhile::{Compared, Meanwhile, MeanwhileDialog, Words, use_meanwhile};
use crate::parts::{DraftNotice, FieldErrors, SandboxBadge, words};
use crate::reactive::{effect_from, memo};
use crate::routes::Route;
use crate::routes::search::use_param;
use crate::ui::{FormShell, Kind, Toasts, use_toasts};

/// The form.
#[component]
pub fn AccountForm(
    /// Its values.
    fields: Fields,
    /// The vendor's list.
    accounts: Memo<Arc<AccountList>>,
    /// Whether there is one.
    listing: Memo<Listing>,
    /// What stands above the fields.
    #[prop(into)]
    above: ViewFn,
) -> impl IntoView {
    let draft = use_draft_with(Route::Account.path(), slots(fields, accounts), ways(fields));
    let notice = draft.clone();
    let disabling = RwSignal::new(None::<AccountChange>);
    let saver = Saver {
        fields,
        errors: FieldErrors::new(),
        saving: use_mutation(),
        meanwhile: use_meanwhile(),
        disabling,
        toasts: use_toasts(),
        draft,
    };
    let (errors, saving, meanwhile) = (saver.errors, saver.saving, saver.meanwhile);
    // Another account: the last one's troubles are over.
    let key = memo(move || fields.key());
    effect_from(move |before: Option<String>| {
        let now = key.get();
        if before.is_some_and(|before| before != now) {
            errors.check(Ok(()));
            saving.error.set(None);
        }
        now
    });
    let confirmed = saver.clone();
    let submit = move |()| saver.submit();
    // A vendor's words about one field stand at the field alone.
    let problem = Signal::derive(move || {
        let error = saving.error.get()?;
        let at_field = matches!(&error.kind, ErrorKind::Invalid(problems) if !problems.is_empty());
        (!at_field).then(|| words(&error))
    });
    let beside = move || view! { <SandboxBadge vendor=Vendor::Digital99 /> };
    view! {
        <FormShell
            title=t::routes::account
            beside
            error=problem
            saving=saving.busy
            on_submit=submit
            cancel_href=Route::Overview.path()
        >
            {above.run()}
            <DraftNotice draft=notice />
            <Chooser fields accounts listing errors />
            <Values fields accounts errors />
        </FormShell>
        <DisableDialog fields disabling on_confirm=move |change| confirmed.send(change) />
        <MeanwhileDialog meanwhile />
    }
}

/// The values for a draft. An account of the list is turned to as if it had been chosen there.
fn slots(fields: Fields, accounts: Memo<Arc<AccountList>>) -> Vec<Slot> {
    let turn = move |key: &str| {
        let listed = |list: &Arc<AccountList>| list.list.iter().find(|account| key_of(account) == key).cloned();
        if let Some(account) = accounts.with_untracked(listed) {
            fields.choose(&account);
        } else if let Some((id, server)) = key.split_once('@') {
            fields.id.set(id.to_owned());
            fields.server.set(server.to_owned());
        }
    };
    vec![
        Slot::new("account", move || fields.key(), turn),
        text("name", fields.name),
        text("status", fields.status),
        text("builder", fields.builder_url),
        // After the values: it decides which of them were typed.
        Slot::new("opened", move || fields.opened(), move |opened| fields.open_as(opened)),
    ]
}

/// What is known of the account changes while the form is open. A draft of another account than the URL's is out of
/// place.
fn ways(fields: Fields) -> Ways {
    let wanted = use_param("account").value.get_untracked();
    let draft = drafts::read(&Route::Account.path()).unwrap_or_default();
    Ways {
        whole: true,
        fresh: !draft.contains(&wanted),
        dirty: Some(Box::new(move || fields.is_dirty())),
        reset: Some(Box::new(move || fields.reset())),
    }
}

/// Whether the list has the values that were sent; of a builder URL it says nothing.
fn look(sent: &AccountChange, done: impl Fn(UpdatedAccount) + 'static) -> Look {
    let sent = sent.clone();
    Look::new(&ListAccounts, move |accounts| {
        let key = account_key(&sent);
        let found = accounts.list.iter().find(|account| key_of(account) == key);
        match found.and_then(|account| sent.is_in(account)) {
            Some(true) => {
                done(UpdatedAccount::default());
                Truth::Done
            }
            Some(false) => Truth::NotDone,
            None => Truth::Unknown,
        }
    })
}

/// The form's words where two people have changed an account.
const WORDS: Words = Words { label, value };

fn label(field: &str) -> Option<String> {
    Some(match field {
        "account_name" => t::account::name(),
        "account_status" => t::account::status(),
        "builder_url" => t::account::builder_url(),
        _ => return None,
    })
}

fn value(field: &str, value: &Value) -> Option<String> {
    let active = value.as_bool().filter(|_| field == "account_status")?;
    Some(if active { t::account::active() } else { t::account::disabled() })
}

/// Checks and sends.
#[derive(Clone)]
struct Saver {
    fields: Fields,
    errors: FieldErrors,
    saving: Mutation,
    meanwhile: Meanwhile,
    /// A change that its user is asked about.
    disabling: RwSignal<Option<AccountChange>>,
    toasts: Toasts,
    draft: Draft,
}

impl Saver {
    /// What the list has now is asked for first, so that nobody's change is undone unseen.
    fn submit(&self) {
        let Some(change) = self.checked() else { return };
        if !self.fields.is_listed() {
            return self.ask_or_send(change);
        }
        let saver = self.clone();
        let write = answer::endpoint_name::<UpdateAccount>();
        self.saving.check(&ListAccounts, write, move |accounts| saver.compare(&accounts, change));
    }

    /// Goes on, if nobody changed what the form shows; else a person is asked, and it begins again with the answer.
    fn compare(&self, accounts: &AccountList, change: AccountChange) {
        let key = account_key(&change);
        // What is no longer listed, the vendor will say no to.
        let Some(now) = accounts.list.iter().find(|account| key_of(account) == key).cloned() else {
            return self.ask_or_send(change);
        };
        let [seen, theirs, mine] = self.fields.compared(&now);
        let saver = self.clone();
        let go_on = move |merged: Members| {
            saver.fields.merge(&now, &merged);
            saver.submit();
        };
        match self.meanwhile.compare(&seen, &theirs, mine, WORDS, go_on) {
            Compared::Clear(_) => self.ask_or_send(change),
            Compared::Asked => {}
        }
    }

    /// Disabling an account asks for its name.
    fn ask_or_send(&self, change: AccountChange) {
        if change.account_status == Some(0) {
            self.disabling.try_set(Some(change));
        } else {
            self.send(change);
        }
    }

    /// The change to send; none if a value is wrong, or if nothing has changed.
    fn checked(&self) -> Option<AccountChange> {
        self.saving.error.set(None);
        let change = untrack(|| self.fields.change());
        if !self.errors.check(change.validate()) {
            return None;
        }
        if change.is_empty() {
            self.toasts.push(Kind::Info, t::account::nothing_changed());
            return None;
        }
        Some(change)
    }

    fn send(&self, change: AccountChange) {
        let sent = change.clone();
        let Self { fields, errors, saving, toasts, draft, .. } = self.clone();
        let done = move |answer: UpdatedAccount| {
            draft.saved_so_far();
            fields.saved(&sent, &answer);
            toasts.push(Kind::Success, t::common::saved());
            invalidate(&cache::prefix::<ListAccounts>());
        };
        let look = look(&change, done.clone());
        saving.run_sure(UpdateAccount { change }, done, move |error| errors.take(error), look);
    }
}
