//! What is chosen and typed, and what the vendor is known to have.

use leptos::prelude::*;
use trunkline_api::digital99::{Account, AccountChange, Known, Typed, UpdatedAccount};

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
        self.show(&known.start());
        self.told.set((key, known));
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
        self.show(&known.start());
        self.told.set((sent_to, known));
    }

    /// Takes values over into the fields that nobody has touched.
    fn learn(&self, known: Known) {
        let (before, typed) = untrack(|| (self.known().start(), self.typed()));
        let start = known.start();
        self.show(&Typed {
            name: if typed.name == before.name { start.name } else { typed.name },
            active: if typed.active == before.active { start.active } else { typed.active },
            builder_url: if typed.builder_url == before.builder_url { start.builder_url } else { typed.builder_url },
        });
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
    match account.account_name.as_deref().filter(|name| !name.trim().is_empty()) {
        Some(name) => crate::i18n::t::account::option(&id, name, &server),
        None => format!("{id}, {server}"),
    }
}
