//! What a person has set in this browser: theme, density, language, single-key shortcuts. Kept in its storage, under the same names that
//! `boot.js` reads so that the first paint is right; other tabs follow at once.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Storage, StorageEvent};

use crate::browser::keys::set_single_keys;
use crate::i18n::{self, LANGUAGES, t};
use crate::reactive::{effect, effect_from};
use crate::ui::{Density, Kind, provide_density, use_toasts};

/// The values of `data-theme`; empty follows the system.
pub const THEMES: [&str; 3] = ["", "light", "dark"];

/// The values of a preference that is on or off; the first is the default.
const ON_OFF: [&str; 2] = ["on", "off"];

/// The preferences; a copy is the same ones. A change is applied and kept at once.
#[derive(Clone, Copy)]
pub struct Preferences {
    /// One of [`THEMES`].
    pub theme: RwSignal<String>,
    /// The id of a [`Density`].
    pub density: RwSignal<String>,
    /// A tag of [`LANGUAGES`].
    pub language: RwSignal<String>,
    /// Whether shortcuts of a single letter or sign work: "on" or "off".
    single_keys: RwSignal<String>,
}

impl Preferences {
    /// Whether shortcuts of a single letter or sign work; tracked.
    pub fn single_keys(self) -> bool {
        self.single_keys.with(|value| value != "off")
    }

    /// Switches shortcuts of a single letter or sign on or off.
    pub fn set_single_keys(self, on: bool) {
        self.single_keys.set(if on { "on" } else { "off" }.to_owned());
    }
}

/// Reads what is kept, applies it, and puts it into the context of the whole app.
pub fn provide_preferences() -> Preferences {
    // Where nothing is kept, the language is the one that `boot.js` chose by the browser's.
    let mut languages = vec![untrack(i18n::language).tag];
    languages.extend(LANGUAGES.iter().map(|language| language.tag));
    let preferences = Preferences {
        theme: kept("theme", &THEMES),
        density: kept("density", &[Density::Compact.id(), Density::Comfortable.id()]),
        language: kept("language", &languages),
        single_keys: kept("single-keys", &ON_OFF),
    };
    provide_context(preferences);
    let density = provide_density(density_of(&preferences.density.get_untracked()));
    effect(move || density.set(density_of(&preferences.density.get())));
    follow_language(preferences.language);
    effect(move || show_theme(&preferences.theme.get()));
    effect(move || set_single_keys(preferences.single_keys()));
    preferences
}

/// Loads the language when it changes. One that can't be had is taken back, and said.
fn follow_language(language: RwSignal<String>) {
    let toasts = use_toasts();
    effect(move || {
        let tag = language.get();
        if tag == untrack(i18n::language).tag {
            return;
        }
        spawn_local(async move {
            if i18n::load(&tag).await.is_err() {
                toasts.push(Kind::Error, t::settings::language_failed());
                language.set(untrack(i18n::language).tag.to_owned());
            }
        });
    });
}

/// The preferences of the app; outside it, ones that nobody keeps.
pub fn use_preferences() -> Preferences {
    let empty = || RwSignal::new(String::new());
    use_context().unwrap_or_else(|| Preferences {
        theme: empty(),
        density: empty(),
        language: empty(),
        single_keys: empty(),
    })
}

/// A preference: the kept value if it is one of these, else the first; kept again with each change, here or in
/// another tab.
fn kept(name: &'static str, values: &[&str]) -> RwSignal<String> {
    let key = format!("trunkline.{name}");
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let valid = move |value: Option<String>| {
        let value = value.unwrap_or_default();
        let first = || values.first().cloned().unwrap_or_default();
        if values.contains(&value) { value } else { first() }
    };
    let signal = RwSignal::new(valid(read(&key)));
    let listener = window_event_listener(ev::storage, {
        let key = key.clone();
        move |event: StorageEvent| {
            // No key: everything was cleared.
            if event.key().is_none_or(|changed| changed == key) {
                let value = valid(event.new_value());
                if *signal.read_untracked() != value {
                    signal.set(value);
                }
            }
        }
    });
    on_cleanup(move || listener.remove());
    effect_from(move |before: Option<String>| {
        let value = signal.get();
        if before.is_some_and(|before| before != value) {
            write(&key, &value);
        }
        value
    });
    signal
}

fn density_of(id: &str) -> Density {
    if id == Density::Comfortable.id() { Density::Comfortable } else { Density::Compact }
}

/// Puts the theme on the root element, where the style sheet reads it.
fn show_theme(theme: &str) {
    let Some(root) = document().document_element() else { return };
    // A data attribute of the root can always be set and removed.
    let _ =
        if theme.is_empty() { root.remove_attribute("data-theme") } else { root.set_attribute("data-theme", theme) };
}

/// None where the browser allows no storage: then a preference lasts as long as the tab.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn write(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full storage forgets it with the tab.
        let _ = if value.is_empty() { storage.remove_item(key) } else { storage.set_item(key, value) };
    }
}
