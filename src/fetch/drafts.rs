//! Storage of form drafts: `localStorage`, per user and form, so that drafts survive a reload, a crash and the end of a
//! session. They are private to their user: encrypted with a key that only that user's session provides, and deleted at
//! sign-out and when another user signs in.
//!
//! The cipher is in a chunk that forms load behind their first view: [`provide_cipher`].
//!
//! Without a key (a console without a gateway) they are stored in `sessionStorage`, which ends with the tab.

use std::cell::Cell;

use web_sys::Storage;

use super::seal::Cipher;
use super::session;
use crate::browser::storage;

/// Prefix of all drafts' storage keys.
const PREFIX: &str = "trunkline.draft.";

/// Encrypts or decrypts by key, name and text.
type CipherFn = fn(&str, &str, &str) -> Option<String>;

thread_local! {
    /// Encrypts and decrypts, once the cipher is loaded.
    static CIPHER: Cell<Option<(CipherFn, CipherFn)>> = const { Cell::new(None) };
}

/// Provides the cipher. Only a chunk that needs it may call this: its code is in every chunk that does.
pub fn provide_cipher() {
    let encrypt: CipherFn = |key, name, text| Cipher::new(key)?.encrypt(name, text);
    let decrypt: CipherFn = |key, name, sealed| Cipher::new(key)?.decrypt(name, sealed);
    CIPHER.set(Some((encrypt, decrypt)));
}

/// `true` if drafts can be read and stored: the cipher is provided, or none is needed.
pub fn is_ready() -> bool {
    CIPHER.get().is_some() || owner().key.is_none()
}

/// `true` if a draft of this form is stored; `form` is its path, without the query.
pub fn is_stored(form: &str) -> bool {
    let owner = owner();
    let prefix = format!("{}{form}", owner.prefix());
    let Some(storage) = storage_for(owner.key.is_some()) else { return false };
    let count = storage.length().unwrap_or_default();
    let is_of_form =
        |name: &str| name.strip_prefix(&prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('?'));
    (0..count).filter_map(|at| storage.key(at).ok().flatten()).any(|name| is_of_form(&name))
}

/// The user that a draft belongs to. A form captures it once, so that a later sign-in does not change it.
#[derive(Clone, PartialEq, Eq)]
pub struct Owner {
    name: String,
    key: Option<String>,
}

/// The signed-in user.
pub fn owner() -> Owner {
    Owner { name: session::user_name(), key: session::draft_key() }
}

impl Owner {
    /// Prefix of this user's storage keys.
    fn prefix(&self) -> String {
        format!("{PREFIX}{}", self.name)
    }

    /// Prefix of this user's stored values: 24 bits of the key's hash, too few to reveal the key.
    fn key_hint(&self) -> String {
        let hash = self.key.as_ref().map_or(0, |key| trunkline_scan::fingerprint(key.as_bytes()));
        format!("{:06x}.", hash & 0xFF_FFFF)
    }
}

/// The stored draft of a form; `None` if there is none, or no cipher yet. A draft that can't be decrypted is deleted.
pub fn load(form: &str) -> Option<String> {
    let owner = owner();
    let name = format!("{}{form}", owner.prefix());
    let storage = storage_for(owner.key.is_some())?;
    let stored = storage.get_item(&name).ok().flatten()?;
    let Some(key) = &owner.key else { return Some(stored) };
    let (_, decrypt) = CIPHER.get()?;
    let text = stored.strip_prefix(&owner.key_hint()).and_then(|sealed| decrypt(key, &name, sealed));
    if text.is_none() {
        // Removing an existing key does not fail.
        let _ = storage.remove_item(&name);
    }
    text
}

/// Stores the draft of a form, if its owner is still signed in and there is a cipher; `None` deletes it.
pub fn store(owner: &Owner, form: &str, draft: Option<&str>) {
    if *owner != self::owner() {
        return;
    }
    let Some(storage) = storage_for(owner.key.is_some()) else { return };
    let name = format!("{}{form}", owner.prefix());
    let value = draft.and_then(|text| match &owner.key {
        Some(key) => Some(format!("{}{}", owner.key_hint(), CIPHER.get()?.0(key, &name, text)?)),
        None => Some(text.to_owned()),
    });
    // If the storage is full or forbidden there are no drafts; the form works without.
    let _ = match value {
        Some(kept) => storage.set_item(&name, &kept),
        None => storage.remove_item(&name),
    };
}

/// Deletes all drafts of all users in this browser.
pub fn wipe_all() {
    wipe(&|_, _| true);
}

/// Deletes the drafts of all other users, and those that were encrypted with another key.
pub fn wipe_foreign() {
    let owner = owner();
    let (prefix, hint) = (format!("{}/", owner.prefix()), owner.key_hint());
    wipe(&|name, kept| owner.key.is_some() && !(name.starts_with(&prefix) && kept.starts_with(&hint)));
}

fn wipe(is_gone: &dyn Fn(&str, &str) -> bool) {
    for storage in [true, false].into_iter().filter_map(storage_for) {
        let count = storage.length().unwrap_or_default();
        let names: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
        for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
            if is_gone(name, &storage.get_item(name).ok().flatten().unwrap_or_default()) {
                // Removing an existing key does not fail.
                let _ = storage.remove_item(name);
            }
        }
    }
}

/// `localStorage` for encrypted drafts, `sessionStorage` for others; `None` if the browser forbids it.
fn storage_for(encrypted: bool) -> Option<Storage> {
    if encrypted { storage::local() } else { storage::session() }
}
