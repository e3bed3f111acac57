//! Where drafts of forms are kept: the browser's own storage, per user and form, so that they outlive a reload, a crash
//! and the end of a session. They are for their user alone: encrypted with a key that only that user's session brings,
//! wiped by signing out, and by whoever else signs in.
//!
//! Without a key (a console without its gateway) they are kept in the tab's own storage, which ends with the tab.

use leptos::prelude::window;
use web_sys::Storage;

use super::seal::Seal;
use super::session;

/// How the names of all drafts begin.
const PREFIX: &str = "trunkline.draft.";

/// Whose drafts these are: a form keeps what was typed into it for that user, whoever signs in meanwhile.
#[derive(Clone, PartialEq, Eq)]
pub struct Owner {
    name: String,
    key: Option<String>,
}

/// The signed-in user.
pub fn owner() -> Owner {
    Owner { name: session::name(), key: session::draft_key() }
}

impl Owner {
    /// How the names of this user's drafts begin.
    fn prefix(&self) -> String {
        format!("{PREFIX}{}", self.name)
    }

    /// How this user's drafts begin: a hint at the key, from which nobody finds it.
    fn hint(&self) -> String {
        let mark = self.key.as_ref().map_or(0, |key| trunkline_fast::mark(key.as_bytes()));
        format!("{:06x}.", mark & 0xFF_FFFF)
    }
}

/// The draft of a form, as it was kept. One that can't be read is nobody's any more.
pub fn read(form: &str) -> Option<String> {
    let owner = owner();
    let name = format!("{}{form}", owner.prefix());
    let storage = storage(owner.key.is_some())?;
    let kept = storage.get_item(&name).ok().flatten()?;
    let Some(key) = &owner.key else { return Some(kept) };
    let text = kept.strip_prefix(&owner.hint()).and_then(|sealed| Seal::new(key)?.open(&name, sealed));
    if text.is_none() {
        // A name that is there can be removed.
        let _ = storage.remove_item(&name);
    }
    text
}

/// Keeps the draft of a form for its owner, if that is still who is signed in; none forgets it.
pub fn keep(owner: &Owner, form: &str, draft: Option<&str>) {
    if *owner != self::owner() {
        return;
    }
    let Some(storage) = storage(owner.key.is_some()) else { return };
    let name = format!("{}{form}", owner.prefix());
    let kept = draft.and_then(|text| match &owner.key {
        Some(key) => Some(format!("{}{}", owner.hint(), Seal::new(key)?.seal(&name, text)?)),
        None => Some(text.to_owned()),
    });
    // A full or forbidden storage keeps no drafts; the form works on.
    let _ = match kept {
        Some(kept) => storage.set_item(&name, &kept),
        None => storage.remove_item(&name),
    };
}

/// Forgets all drafts of everybody in this browser.
pub fn wipe_all() {
    wipe(&|_, _| true);
}

/// Forgets the drafts of everybody but the signed-in user, and those that another key made.
pub fn wipe_foreign() {
    let owner = owner();
    let (prefix, hint) = (format!("{}/", owner.prefix()), owner.hint());
    wipe(&|name, kept| owner.key.is_some() && !(name.starts_with(&prefix) && kept.starts_with(&hint)));
}

fn wipe(is_gone: &dyn Fn(&str, &str) -> bool) {
    for storage in [true, false].into_iter().filter_map(storage) {
        let count = storage.length().unwrap_or_default();
        let names: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
        for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
            if is_gone(name, &storage.get_item(name).ok().flatten().unwrap_or_default()) {
                // A name that is there can be removed.
                let _ = storage.remove_item(name);
            }
        }
    }
}

/// The browser's storage for what is encrypted, the tab's for what is not.
fn storage(encrypted: bool) -> Option<Storage> {
    let found = if encrypted { window().local_storage() } else { window().session_storage() };
    found.ok().flatten()
}
