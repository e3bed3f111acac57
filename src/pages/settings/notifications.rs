//! How new and escalated tickets are told, besides the badge and the toast: desktop notifications and sounds.

use leptos::prelude::*;
use trunkline_model::inbox_settings::{NotificationSettings, QuietHours, SOUNDS};

use super::card::Card;
use crate::browser::timers;
use crate::components::desktop_notifications::{Permission, permission, request_permission};
use crate::components::preferences::Preferences;
use crate::components::sounds::play_sound;
use crate::components::use_preferences;
use crate::i18n::{number, t};
use crate::reactive::effect;
use crate::ui::{Button, CheckField, IconName, SelectField, SelectOption, Severity, TextField, use_toasts};

/// Milliseconds between the two sounds of a test.
const BETWEEN_SOUNDS_MS: u32 = 1_200;
/// The volumes that are offered, in percent.
const VOLUMES: [u32; 5] = [20, 40, 60, 80, 100];

/// The settings; changes are applied and stored at once.
#[component]
pub fn Notifications() -> impl IntoView {
    let preferences = use_preferences();
    let sound = field(preferences, |settings| settings.sound, |settings, on| settings.sound = on);
    let new_sound =
        field(preferences, |settings| settings.new_sound.clone(), |settings, name| settings.new_sound = name);
    let escalated_sound = field(
        preferences,
        |settings| settings.escalated_sound.clone(),
        |settings, name| settings.escalated_sound = name,
    );
    let volume = field(
        preferences,
        |settings| settings.volume.to_string(),
        |settings, volume| settings.volume = volume.parse().unwrap_or(settings.volume),
    );
    let sounds = Signal::derive(|| {
        let names = [t::settings::sound_chime(), t::settings::sound_bell(), t::settings::sound_knock()];
        let sounds = SOUNDS.into_iter().zip(names).map(|(id, name)| SelectOption::new(id, name));
        std::iter::once(SelectOption::new("", t::settings::no_sound())).chain(sounds).collect::<Vec<_>>()
    });
    let volumes = Signal::derive(|| {
        VOLUMES.map(|volume| SelectOption::new(volume.to_string(), t::ui::percent(&number(i64::from(volume))))).to_vec()
    });
    view! {
        <Card title=t::settings::notifications hint=t::settings::notifications_hint>
            <DesktopField preferences />
            <CheckField label=t::settings::sound value=sound hint=t::settings::sound_hint />
            <div class="settings-row">
                <SelectField label=t::settings::new_sound value=new_sound choices=sounds />
                <SelectField label=t::settings::escalated_sound value=escalated_sound choices=sounds />
                <SelectField label=t::settings::volume value=volume choices=volumes />
            </div>
            <div class="row"><TestSound preferences /></div>
            <QuietFields preferences />
        </Card>
    }
}

/// A signal of one setting, which stores each change and follows changes in other tabs.
fn field<T: Clone + PartialEq + Send + Sync + 'static>(
    preferences: Preferences,
    get: fn(&NotificationSettings) -> T,
    set: fn(&mut NotificationSettings, T),
) -> RwSignal<T> {
    let value = RwSignal::new(untrack(|| get(&preferences.notifications())));
    effect(move || {
        let stored = get(&preferences.notifications());
        if *value.read_untracked() != stored {
            value.set(stored);
        }
    });
    effect(move || {
        let value = value.get();
        let mut settings = untrack(|| preferences.notifications());
        if get(&settings) != value {
            set(&mut settings, value);
            preferences.set_notifications(&settings);
        }
    });
    value
}

/// The checkbox for desktop notifications. Checking it asks the browser; a refusal is said here.
#[component]
fn DesktopField(preferences: Preferences) -> impl IntoView {
    let wanted = field(preferences, |settings| settings.desktop, |settings, on| settings.desktop = on);
    let permitted = RwSignal::new(permission());
    let checked = RwSignal::new(false);
    // Each of the two follows the other, so both are set only to what they aren't: they would never come to rest.
    effect(move || {
        let is_on = wanted.get() && permitted.get() == Permission::Granted;
        if checked.get_untracked() != is_on {
            checked.set(is_on);
        }
    });
    effect(move || {
        let is_checked = checked.get();
        if !is_checked {
            // Not what the browser's refusal did.
            if permitted.get_untracked() == Permission::Granted && wanted.get_untracked() {
                wanted.set(false);
            }
            return;
        }
        if wanted.get_untracked() && permitted.get_untracked() == Permission::Granted {
            return;
        }
        request_permission(move |permission| {
            permitted.try_set(permission);
            let is_granted = permission == Permission::Granted;
            wanted.try_set(is_granted);
            // The checkbox has been drawn as checked by then, so it is drawn again.
            timers::after(0, move || {
                checked.try_set(is_granted);
            })
            .detach();
        });
    });
    let error = Signal::derive(move || match permitted.get() {
        Permission::Denied => Some(t::settings::desktop_denied()),
        Permission::Unsupported => Some(t::settings::desktop_unsupported()),
        Permission::Granted | Permission::Ask => None,
    });
    view! { <CheckField label=t::settings::desktop value=checked error hint=t::settings::desktop_hint /> }
}

/// Plays the sound of a new ticket, then that of an escalated one.
#[component]
fn TestSound(preferences: Preferences) -> impl IntoView {
    let toasts = use_toasts();
    let play = move |name: &str, volume| {
        play_sound(name, volume, move || toasts.push(Severity::Warning, t::news::sound_blocked()));
    };
    let test = move |()| {
        let settings = untrack(|| preferences.notifications());
        let sounds = [settings.new_sound, settings.escalated_sound].into_iter().filter(|name| !name.is_empty());
        for (place, name) in (0..).zip(sounds) {
            match place {
                0 => play(&name, settings.volume),
                _ => timers::after(BETWEEN_SOUNDS_MS, move || play(&name, settings.volume)).detach(),
            }
        }
    };
    view! { <Button label=t::settings::test_sound icon=IconName::Play on_click=test /> }
}

/// The hours without sound and desktop notifications.
#[component]
fn QuietFields(preferences: Preferences) -> impl IntoView {
    let (from, to) = untrack(|| preferences.notifications()).quiet.times();
    let (from, to) = (RwSignal::new(from), RwSignal::new(to));
    let hours = move || QuietHours::parse(&from.read(), &to.read());
    effect(move || {
        let mut settings = untrack(|| preferences.notifications());
        if let Some(quiet) = hours().filter(|quiet| *quiet != settings.quiet) {
            settings.quiet = quiet;
            preferences.set_notifications(&settings);
        }
    });
    let error = Signal::derive(move || hours().is_none().then(t::settings::quiet_incomplete));
    view! {
        <div class="settings-row">
            <TextField label=t::settings::quiet_from value=from kind="time" hint=t::settings::quiet_hint error />
            <TextField label=t::settings::quiet_to value=to kind="time" />
        </div>
    }
}
