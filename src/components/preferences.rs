//! The user's preferences in this browser: theme, density, language, single-key shortcuts, and the inbox's thresholds and
//! notifications. They are kept in local storage under the names that `boot.js` reads for a correct first paint. Other
//! tabs follow at once.

use leptos::ev;
use leptos::prelude::*;
use trunkline_model::inbox_settings::{NotificationSettings, WaitThresholds};
use wasm_bindgen_futures::spawn_local;
use web_sys::StorageEvent;

use crate::browser::keys::set_single_keys;
use crate::browser::storage;
use crate::i18n::{self, LANGUAGES, t};
use crate::reactive::{effect, effect_with_previous};
use crate::ui::{Density, Severity, provide_density, use_toasts};

/// The values of `data-theme`; the empty one follows the system.
pub const THEMES: [&str; 3] = ["", "light", "dark"];

/// The values of an on/off preference; the first is the default.
const ON_OFF: [&str; 2] = ["on", "off"];

/// The preferences. Copies share their state. A change is applied and stored at once.
#[derive(Clone, Copy)]
pub struct Preferences {
    /// One of [`THEMES`].
    pub theme: RwSignal<String>,
    /// The id of a [`Density`].
    pub density: RwSignal<String>,
    /// A tag of [`LANGUAGES`].
    pub language: RwSignal<String>,
    /// Enables shortcuts of a single letter or sign: "on" or "off".
    single_keys: RwSignal<String>,
    /// Shows the navigation's words on a large screen, not its icons alone: "on" or "off".
    nav_open: RwSignal<String>,
    /// When waiting is long: [`WaitThresholds`] as stored.
    waiting: RwSignal<String>,
    /// How news of the inbox is announced: [`NotificationSettings`] as stored.
    notifications: RwSignal<String>,
}

impl Preferences {
    /// Returns `true` if shortcuts of a single letter or sign are enabled. Tracked.
    pub fn single_keys(self) -> bool {
        self.single_keys.with(|value| value != "off")
    }

    /// Enables or disables shortcuts of a single letter or sign.
    pub fn set_single_keys(self, on: bool) {
        self.single_keys.set(if on { "on" } else { "off" }.to_owned());
    }

    /// True if the navigation is folded to icons on a large screen. Tracked.
    pub fn nav_folded(self) -> bool {
        self.nav_open.with(|value| value == "off")
    }

    /// Folds the navigation to icons, or unfolds it.
    pub fn fold_nav(self, folded: bool) {
        self.nav_open.set(if folded { "off" } else { "on" }.to_owned());
    }

    /// After how many minutes a ticket has waited long, and too long. Tracked.
    pub fn wait_thresholds(self) -> WaitThresholds {
        self.waiting.with(|stored| WaitThresholds::load(stored))
    }

    /// Sets after how many minutes a ticket has waited long, and too long.
    pub fn set_wait_thresholds(self, thresholds: WaitThresholds) {
        self.waiting.set(thresholds.store());
    }

    /// How news of the inbox is announced. Tracked.
    pub fn notifications(self) -> NotificationSettings {
        self.notifications.with(|stored| NotificationSettings::load(stored))
    }

    /// Sets how news of the inbox is announced.
    pub fn set_notifications(self, settings: &NotificationSettings) {
        self.notifications.set(settings.store());
    }
}

/// Loads the stored preferences, applies them and provides them as context to the whole app.
pub fn provide_preferences() -> Preferences {
    // If no language is stored, use the one that `boot.js` chose from the browser's.
    let mut languages = vec![untrack(i18n::language).tag];
    languages.extend(LANGUAGES.iter().map(|language| language.tag));
    let preferences = Preferences {
        theme: stored_signal("theme", &THEMES),
        density: stored_signal("density", &[Density::Compact.id(), Density::Comfortable.id()]),
        language: stored_signal("language", &languages),
        single_keys: stored_signal("single-keys", &ON_OFF),
        nav_open: stored_signal("nav", &ON_OFF),
        waiting: stored_signal("waiting", &[]),
        notifications: stored_signal("notifications", &[]),
    };
    provide_context(preferences);
    let density = provide_density(density_of(&preferences.density.get_untracked()));
    effect(move || density.set(density_of(&preferences.density.get())));
    follow_language(preferences.language);
    effect(move || apply_theme(&preferences.theme.get()));
    effect(move || set_single_keys(preferences.single_keys()));
    preferences
}

/// Loads a language when the preference changes. If loading fails, reverts the preference and shows a toast.
fn follow_language(language: RwSignal<String>) {
    let toasts = use_toasts();
    effect(move || {
        let tag = language.get();
        if tag == untrack(i18n::language).tag {
            return;
        }
        spawn_local(async move {
            if i18n::load(&tag).await.is_err() {
                toasts.push(Severity::Error, t::settings::language_failed());
                language.set(untrack(i18n::language).tag.to_owned());
            }
        });
    });
}

/// The preferences from context; outside the app, ones that are not stored.
pub fn use_preferences() -> Preferences {
    let empty = || RwSignal::new(String::new());
    use_context().unwrap_or_else(|| Preferences {
        theme: empty(),
        density: empty(),
        language: empty(),
        single_keys: empty(),
        nav_open: empty(),
        waiting: empty(),
        notifications: empty(),
    })
}

/// Creates the signal of a preference: the stored value if it is one of `values`, else the first; without `values`
/// whatever is stored. It is stored on each change and follows changes in other tabs.
fn stored_signal(name: &'static str, values: &[&str]) -> RwSignal<String> {
    let key = format!("trunkline.{name}");
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let valid = move |value: Option<String>| {
        let value = value.unwrap_or_default();
        let first = || values.first().cloned().unwrap_or_default();
        if values.is_empty() || values.contains(&value) { value } else { first() }
    };
    let signal = RwSignal::new(valid(storage::load(&key)));
    let listener = window_event_listener(ev::storage, {
        let key = key.clone();
        move |event: StorageEvent| {
            // No key means that the storage was cleared.
            if event.key().is_none_or(|changed| changed == key) {
                let value = valid(event.new_value());
                if *signal.read_untracked() != value {
                    signal.set(value);
                }
            }
        }
    });
    on_cleanup(move || listener.remove());
    effect_with_previous(move |before: Option<String>| {
        let value = signal.get();
        if before.is_some_and(|before| before != value) {
            storage::store(&key, &value);
        }
        value
    });
    signal
}

fn density_of(id: &str) -> Density {
    if id == Density::Comfortable.id() { Density::Comfortable } else { Density::Compact }
}

/// Sets the theme on the root element for the style sheet.
fn apply_theme(theme: &str) {
    let Some(root) = document().document_element() else { return };
    // A data attribute of the root can always be set and removed.
    let _ =
        if theme.is_empty() { root.remove_attribute("data-theme") } else { root.set_attribute("data-theme", theme) };
}
