//! Words for screen readers only.

use leptos::prelude::*;

use crate::browser::timers;
use crate::reactive::live_text;

/// Between clearing the region and filling it: a screen reader reports a change of the region, so the same words a
/// second time are said only if the region was empty in between, and long enough for the browser to have told so. In milliseconds.
const CLEARED: u32 = 100;
/// How long the words stay, so that nobody meets old news in the region, in milliseconds.
const SHOWN: u32 = 3_000;

/// Speaks short texts; a copy is the same voice.
#[derive(Clone, Copy)]
pub struct Announcer {
    spoken: RwSignal<String>,
    /// What is to be said once the region was empty.
    next: StoredValue<String>,
    /// Counts what was said: an older timer must not clear newer words.
    turn: StoredValue<u32>,
    asked: RwSignal<u32>,
}

impl Announcer {
    fn new() -> Self {
        Self {
            spoken: RwSignal::new(String::new()),
            next: StoredValue::new(String::new()),
            turn: StoredValue::new(0),
            asked: RwSignal::new(0),
        }
    }

    /// Speaks a text, also one that was spoken just before. What is given within a tenth of a second is spoken together.
    pub fn say(self, text: impl Into<String>) {
        self.say_text(&text.into());
    }

    fn say_text(self, text: &str) {
        let waits = self.next.try_update_value(|next| {
            let waits = !next.is_empty();
            if waits {
                next.push(' ');
            }
            next.push_str(text);
            waits
        });
        if waits != Some(false) {
            return;
        }
        self.spoken.try_set(String::new());
        timers::after(CLEARED, move || self.speak()).detach();
    }

    fn speak(self) {
        let Some(text) = self.next.try_update_value(std::mem::take) else { return };
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        self.spoken.try_set(text);
        let clear = move || {
            if self.turn.try_get_value() == turn {
                self.spoken.try_set(String::new());
            }
        };
        timers::after(SHOWN, clear).detach();
    }

    /// A person searched or filtered: the table says how many rows there are, also if there are as many as before.
    pub fn ask_count(self) {
        self.asked.try_update(|asked| *asked = asked.wrapping_add(1));
    }

    /// Changes when a person searched or filtered; tracked.
    pub(super) fn count_asked(self) -> u32 {
        self.asked.get()
    }
}

/// Puts the voice into the context of the whole app.
pub fn provide_announcer() -> Announcer {
    let announcer = Announcer::new();
    provide_context(announcer);
    announcer
}

/// The app's voice; outside the app one that nobody hears.
pub fn use_announcer() -> Announcer {
    use_context().unwrap_or_else(Announcer::new)
}

/// The live region. Once in the app.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let announcer = use_announcer();
    view! { <div class="visually-hidden" aria-live="polite" prop:textContent=live_text(move || announcer.spoken.get()) /> }
}
