//! What is chosen and typed, and what the vendor is known to have.

use leptos::prelude::*;
use serde_json::Value;
use trunkline_api::digital99::{Account, AccountChange, Known, Typed, UpdatedAccount};
use trunkline_api::merge::Members;
use trunkline_api::text::is_blank;
use trunkline_api::wire::to_json;

/// The status field's value for an account people can sign in to.
pub const ACTIVE: &str = "active";
/// The status field's value for one nobody can.
pub const DISABLED: &str = "disabled";

/// The form's values.
#[derive(Clone, Copy)]
pub struct Fields {
    /// `account_id`
    pub id: RwSignal<String>,
    /// `server`
    pub server: RwSignal<String>,
    /// `account_name`
    pub name: RwSignal<String>,
    /// [`ACTIVE`], [`DISABLED`], or empty: as it is.
    pub status: RwSignal<String>,
    /// `builder_url`
    pub builder_url: RwSignal<String>,
    /// What the vendor told, and of which account.
    told: RwSignal<(String, Known)>,
    /// What each field showed when its user began to change it: the list may have told something newer since.
    seen: RwSignal<Known>,
    /// Whether the account is one of the vendor's list, which can then be asked what it has now.
    listed: RwSignal<bool>,
}

impl Fields {
    /// Nothing chosen, nothing typed.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            id: empty(),
            server: empty(),
            name: empty(),
            status: empty(),
            builder_url: empty(),
            told: RwSignal::new((key("", ""), Known::default())),
            seen: RwSignal::new(Known::default()),
            listed: RwSignal::new(false),
        }
    }

    /// Which account the form is about; tracked.
    pub fn key(&self) -> String {
        key(&self.id.get(), &self.server.get())
    }

    /// What is known of that account; tracked.
    pub fn known(&self) -> Known {
        let key = self.key();
        self.told.with(|(of, known)| if *of == key { known.clone() } else { Known::default() })
    }

    /// What is typed; tracked.
    fn typed(&self) -> Typed {
        let active = match self.status.get().as_str() {
            ACTIVE => Some(true),
            DISABLED => Some(false),
            _ => None,
        };
        Typed { name: self.name.get(), active, builder_url: self.builder_url.get() }
    }

    /// The change that is typed; tracked.
    pub fn change(&self) -> AccountChange {
        self.known().change(&self.id.get(), &self.server.get(), &self.typed())
    }

    /// Whether anything would be sent; tracked.
    pub fn is_dirty(&self) -> bool {
        !self.change().is_empty()
    }

    /// Back to what is known.
    pub fn reset(&self) {
        self.show(&untrack(|| self.known()).start());
    }

    /// Turns to an account of the list; what is typed for another goes.
    pub fn choose(&self, account: &Account) {
        let (id, server) = target(account);
        let key = key(&id, &server);
        self.id.set(id);
        self.server.set(server);
        let known = untrack(|| self.known()).listed(account);
        self.adopt(key, known);
        self.listed.set(true);
    }

    /// The list has new values of the chosen account: what is typed stays.
    pub fn refresh(&self, account: &Account) {
        let known = untrack(|| self.known()).listed(account);
        self.learn(known);
    }

    /// A change succeeded. Nothing happens if the page was left, or turned to another account, in the meantime.
    pub fn saved(&self, sent: &AccountChange, answer: &UpdatedAccount) {
        let sent_to = account_key(sent);
        if self.told.is_disposed() || untrack(|| self.key()) != sent_to {
            return;
        }
        let known = untrack(|| self.known()).after(sent, answer);
        self.adopt(sent_to, known);
    }

    /// Shows what is known of an account, untouched.
    fn adopt(&self, key: String, known: Known) {
        self.show(&known.start());
        self.seen.set(known.clone());
        self.told.set((key, known));
    }

    /// Whether the vendor's list can be asked what the account has now.
    pub fn is_listed(&self) -> bool {
        self.listed.get_untracked()
    }

    /// The account's values as its user saw them, as the list has them now, and as they are typed.
    pub fn compared(&self, now: &Account) -> [Members; 3] {
        let (seen, typed) = (self.seen.get_untracked().start(), untrack(|| self.typed()));
        // The list says nothing of the builder URL.
        let theirs = Known { builder_url: Some(seen.builder_url.clone()), ..Known::from(now) }.start();
        [&seen, &theirs, &typed].map(as_members)
    }

    /// What the fields showed before they were changed, for a draft; tracked.
    pub fn opened(&self) -> String {
        to_json(&as_members(&self.seen.get().start()))
    }

    /// What is typed was typed over these values: a field that was not touched has the newer one.
    pub fn open_as(&self, opened: &str) {
        let opened: Members = serde_json::from_slice(opened.as_bytes()).unwrap_or_default();
        let text = |name: &str| opened.get(name).and_then(Value::as_str).map(str::to_owned);
        self.seen.set(Known {
            name: text("account_name"),
            active: opened.get("account_status").and_then(Value::as_bool),
            builder_url: text("builder_url"),
        });
        self.learn(untrack(|| self.known()));
    }

    /// Goes on with what two people's changes make together, over what the list has now.
    pub fn merge(&self, now: &Account, merged: &Members) {
        let known = untrack(|| self.known()).listed(now);
        self.adopt(untrack(|| self.key()), known);
        let text = |name: &str| merged.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        self.show(&Typed {
            name: text("account_name"),
            active: merged.get("account_status").and_then(Value::as_bool),
            builder_url: text("builder_url"),
        });
    }

    /// Takes values over into the fields that nobody has touched.
    fn learn(&self, known: Known) {
        let (mut seen, mut typed) = untrack(|| (self.seen.get(), self.typed()));
        let (before, start) = (seen.start(), known.start());
        if typed.name == before.name {
            (seen.name, typed.name) = (known.name.clone(), start.name);
        }
        if typed.active == before.active {
            (seen.active, typed.active) = (known.active, start.active);
        }
        if typed.builder_url == before.builder_url {
            (seen.builder_url, typed.builder_url) = (known.builder_url.clone(), start.builder_url);
        }
        self.show(&typed);
        self.seen.set(seen);
        self.told.set((untrack(|| self.key()), known));
    }

    fn show(&self, values: &Typed) {
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

/// An account's values by their names on the wire; white space around them does not count.
fn as_members(values: &Typed) -> Members {
    let active = values.active.map_or(Value::Null, Value::Bool);
    let text = |text: &str| Value::from(text.trim());
    // One by one: a map collected from a list sorts it first, and the sort weighs 4 KB.
    let mut all = Members::new();
    all.insert("account_name".to_owned(), text(&values.name));
    all.insert("account_status".to_owned(), active);
    all.insert("builder_url".to_owned(), text(&values.builder_url));
    all
}

/// An id and a server as one text: the value of the account's choice.
fn key(id: &str, server: &str) -> String {
    format!("{}@{}", id.trim(), server.trim())
}

/// The key of the account that a change is about.
pub fn account_key(change: &AccountChange) -> String {
    key(&change.account_id.0.to_string(), &change.server)
}

/// An account's id and server, as texts.
fn target(account: &Account) -> (String, String) {
    let text =
        |value: &Option<trunkline_api::wire::Scalar>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    (text(&account.account_id), text(&account.server))
}

/// An account's key.
pub fn key_of(account: &Account) -> String {
    let (id, server) = target(account);
    key(&id, &server)
}

/// An account in the list of choices: its name, id and server.
pub fn option(account: &Account) -> String {
    let (id, server) = target(account);
    match account.account_name.as_deref().filter(|name| !is_blank(name)) {
        Some(name) => crate::i18n::t::account::option(&id, name, &server),
        None => format!("{id}, {server}"),
    }
}
