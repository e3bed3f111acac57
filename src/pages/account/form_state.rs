//! Form state: the selected account, its server values and the input.

use leptos::prelude::*;
use trunkline_api::decode::to_json;
use trunkline_api::digital99::{Account, AccountChange, UpdatedAccount};
use trunkline_api::text::is_blank;
use trunkline_model::account::{AccountInput, AccountSnapshot, account_key};
use trunkline_model::merge::Members;

use crate::i18n::t;

/// Value of the status field for an account that users can sign in to.
pub const ACTIVE: &str = "active";
/// Value of the status field for an account that nobody can sign in to.
pub const DISABLED: &str = "disabled";

/// Form state.
#[derive(Clone, Copy)]
pub struct FormState {
    /// `account_id`
    pub id: RwSignal<String>,
    /// `server`
    pub server: RwSignal<String>,
    /// `account_name`
    pub name: RwSignal<String>,
    /// [`ACTIVE`], [`DISABLED`], or empty to leave it unchanged.
    pub status: RwSignal<String>,
    /// `builder_url`
    pub builder_url: RwSignal<String>,
    /// Server values, with the key of their account.
    server_value: RwSignal<(String, AccountSnapshot)>,
    /// Server value of each field when the user began to edit it. A refetch of the list may have brought newer ones.
    base: RwSignal<AccountSnapshot>,
    /// True if the account was selected from the vendor's list, so that its current values can be refetched.
    from_list: RwSignal<bool>,
    /// The last change of this account and its response.
    answer: RwSignal<Option<(AccountChange, UpdatedAccount)>>,
}

impl FormState {
    /// No account selected, no input.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            id: empty(),
            server: empty(),
            name: empty(),
            status: empty(),
            builder_url: empty(),
            server_value: RwSignal::new((account_key("", ""), AccountSnapshot::default())),
            base: RwSignal::new(AccountSnapshot::default()),
            from_list: RwSignal::new(false),
            answer: RwSignal::new(None),
        }
    }

    /// Key of the account that the form edits. Tracked.
    pub fn key(&self) -> String {
        account_key(&self.id.get(), &self.server.get())
    }

    /// Server values of that account; all unknown if there are none yet. Tracked.
    pub fn server_value(&self) -> AccountSnapshot {
        let key = self.key();
        self.server_value.with(|(of, known)| if *of == key { known.clone() } else { AccountSnapshot::default() })
    }

    /// Input. Tracked.
    fn input(&self) -> AccountInput {
        let active = match self.status.get().as_str() {
            ACTIVE => Some(true),
            DISABLED => Some(false),
            _ => None,
        };
        AccountInput { name: self.name.get(), active, builder_url: self.builder_url.get() }
    }

    /// Change from the server values to the input. Tracked.
    pub fn change(&self) -> AccountChange {
        self.server_value().change(&self.id.get(), &self.server.get(), &self.input())
    }

    /// Returns true if the change is not empty. Tracked.
    pub fn is_dirty(&self) -> bool {
        !self.change().is_empty()
    }

    /// Resets the input to the server values.
    pub fn reset(&self) {
        self.set_input(&untrack(|| self.server_value()).to_form());
    }

    /// Selects an account of the list and discards the input for the previous one.
    pub fn select_account(&self, account: &Account) {
        let (id, server) = id_and_server(account);
        let key = account_key(&id, &server);
        self.id.set(id);
        self.server.set(server);
        let known = untrack(|| self.server_value()).with_listed(account);
        self.reset_to(key, known);
        self.answer.set(None);
        self.from_list.set(true);
    }

    /// Applies new server values of the selected account. Edited fields keep their input.
    pub fn refresh(&self, account: &Account) {
        let known = untrack(|| self.server_value()).with_listed(account);
        self.merge_untouched(known);
    }

    /// Applies the response to a change. Does nothing if the page was left or another account was selected meanwhile.
    pub fn apply_response(&self, sent: &AccountChange, answer: &UpdatedAccount) {
        let sent_to = key_of_change(sent);
        if self.server_value.is_disposed() || untrack(|| self.key()) != sent_to {
            return;
        }
        let known = untrack(|| self.server_value()).after_update(sent, answer);
        self.reset_to(sent_to, known);
        // Without a status there was no response: a lost one was verified by the list.
        let is_answer = answer.call_status.is_some() || answer.reason.is_some();
        self.answer.set(is_answer.then(|| (sent.clone(), answer.clone())));
    }

    /// The last change of the form's account and its response. Tracked.
    pub fn answer(&self) -> Option<(AccountChange, UpdatedAccount)> {
        self.answer.get()
    }

    /// Resets the form to the server values of an account.
    fn reset_to(&self, key: String, known: AccountSnapshot) {
        self.set_input(&known.to_form());
        self.base.set(known.clone());
        self.server_value.set((key, known));
    }

    /// Returns true if the vendor's list has the account's current values.
    pub fn is_listed(&self) -> bool {
        self.from_list.get_untracked()
    }

    /// Values to compare before a save: those the edit is based on, the list's current ones, and the input.
    pub fn conflict_members(&self, now: &Account) -> [Members; 3] {
        let (seen, typed) = (self.base.get_untracked().to_form(), untrack(|| self.input()));
        // The list does not contain the builder URL.
        let theirs =
            AccountSnapshot { builder_url: Some(seen.builder_url.clone()), ..AccountSnapshot::from(now) }.to_form();
        [seen, theirs, typed].map(|values| values.to_members())
    }

    /// Server values that the edit is based on, as JSON for the draft. Tracked.
    pub fn base_json(&self) -> String {
        to_json(&self.base.get().to_form().to_members())
    }

    /// Restores the server values that a draft is based on. Fields that were not edited take the current ones.
    pub fn restore_base(&self, opened: &str) {
        let opened: Members = serde_json::from_slice(opened.as_bytes()).unwrap_or_default();
        self.base.set(AccountSnapshot::from_members(&opened));
        self.merge_untouched(untrack(|| self.server_value()));
    }

    /// Replaces the input by the merge of two people's changes, based on the list's current values.
    pub fn apply_merge(&self, now: &Account, merged: &Members) {
        let known = untrack(|| self.server_value()).with_listed(now);
        self.reset_to(untrack(|| self.key()), known);
        self.set_input(&AccountSnapshot::from_members(merged).to_form());
    }

    /// Takes new server values over into the fields that were not edited.
    fn merge_untouched(&self, known: AccountSnapshot) {
        let (base, input) = untrack(|| (self.base.get(), self.input()));
        let (base, input) = base.merge(input, &known);
        self.set_input(&input);
        self.base.set(base);
        self.server_value.set((untrack(|| self.key()), known));
    }

    fn set_input(&self, values: &AccountInput) {
        let status = match values.active {
            Some(true) => ACTIVE,
            Some(false) => DISABLED,
            None => "",
        };
        self.name.set(values.name.clone());
        self.status.set(status.to_owned());
        self.builder_url.set(values.builder_url.clone());
    }
}

/// Key of the account that a change is for.
pub fn key_of_change(change: &AccountChange) -> String {
    account_key(&change.account_id.0.to_string(), &change.server)
}

/// Id and server of an account as text.
fn id_and_server(account: &Account) -> (String, String) {
    let text = |value: &Option<trunkline_api::decode::LooseScalar>| {
        value.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    (text(&account.account_id), text(&account.server))
}

/// Key of an account.
pub fn key_of(account: &Account) -> String {
    let (id, server) = id_and_server(account);
    account_key(&id, &server)
}

/// Option label of an account: its name, id and server, and its state.
pub fn option_label(account: &Account) -> String {
    let (id, server) = id_and_server(account);
    let label = match account.account_name.as_deref().filter(|name| !is_blank(name)) {
        Some(name) => t::account::option(&id, name, &server),
        None => format!("{id}, {server}"),
    };
    let state = match account.is_active() {
        Some(true) => t::account::active(),
        Some(false) => t::account::disabled(),
        None => return label,
    };
    format!("{label} · {state}")
}
