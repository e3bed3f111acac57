//! The form: which account, and its values. Disabling asks for the account's name first.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::digital99::{AccountChange, AccountList, ListAccounts, UpdateAccount};
use trunkline_api::{ErrorKind, Vendor};

use super::Listing;
use super::chooser::Chooser;
use super::disable::DisableDialog;
use super::fields::Fields;
use super::values::Values;
use crate::fetch::{Mutation, cache, invalidate, use_mutation};
use crate::i18n::t;
use crate::parts::{FieldErrors, SandboxBadge, guard_leaving, words};
use crate::reactive::memo;
use crate::routes::Route;
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
    let saver = Saver { fields, errors: FieldErrors::new(), saving: use_mutation(), toasts: use_toasts() };
    let (errors, saving) = (saver.errors, saver.saving);
    let disabling = RwSignal::new(None::<AccountChange>);
    guard_leaving(move || fields.is_dirty());
    // Another account: the last one's troubles are over.
    let key = memo(move || fields.key());
    Effect::new(move |before: Option<String>| {
        let now = key.get();
        if before.is_some_and(|before| before != now) {
            errors.check(Ok(()));
            saving.error.set(None);
        }
        now
    });
    let submit = move |()| match saver.checked() {
        Some(change) if change.account_status == Some(0) => disabling.set(Some(change)),
        Some(change) => saver.send(change),
        None => {}
    };
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
            <Chooser fields accounts listing errors />
            <Values fields accounts errors />
        </FormShell>
        <DisableDialog fields disabling on_confirm=move |change| saver.send(change) />
    }
}

/// Checks and sends.
#[derive(Clone, Copy)]
struct Saver {
    fields: Fields,
    errors: FieldErrors,
    saving: Mutation,
    toasts: Toasts,
}

impl Saver {
    /// The change to send; none if a value is wrong, or if nothing has changed.
    fn checked(self) -> Option<AccountChange> {
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

    fn send(self, change: AccountChange) {
        let sent = change.clone();
        let done = move |answer| {
            self.fields.saved(&sent, &answer);
            self.toasts.push(Kind::Success, t::common::saved());
            invalidate(&cache::prefix::<ListAccounts>());
        };
        self.saving.run_or(UpdateAccount { change }, done, move |error| self.errors.take(error));
    }
}
