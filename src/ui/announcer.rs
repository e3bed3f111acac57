//! Announcements for screen readers.

use leptos::prelude::*;

use crate::browser::timers;
use crate::reactive::live_text;

/// Milliseconds between clearing the region and filling it. Screen readers report changes of the region, so a repeated
/// text is only spoken if the region was empty long enough for the browser to report that.
const CLEAR_MS: u32 = 100;
/// Milliseconds until the region is cleared, so that no outdated text is found in it.
const VISIBLE_MS: u32 = 3_000;

/// Speaks short texts. Copies share their state.
#[derive(Clone, Copy)]
pub struct Announcer {
    text: RwSignal<String>,
    /// Text to speak once the region has been cleared.
    next: StoredValue<String>,
    /// Number of announcements so far: an older timer must not clear a newer text.
    sequence: StoredValue<u32>,
    requested: RwSignal<u32>,
}

impl Announcer {
    fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            next: StoredValue::new(String::new()),
            sequence: StoredValue::new(0),
            requested: RwSignal::new(0),
        }
    }

    /// Speaks a text, even if it repeats the last one. Texts within a tenth of a second are spoken together.
    pub fn announce(self, text: impl Into<String>) {
        self.announce_text(&text.into());
    }

    fn announce_text(self, text: &str) {
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
        self.text.try_set(String::new());
        timers::after(CLEAR_MS, move || self.speak()).detach();
    }

    fn speak(self) {
        let Some(text) = self.next.try_update_value(std::mem::take) else { return };
        let turn = self.sequence.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        self.text.try_set(text);
        let clear = move || {
            if self.sequence.try_get_value() == turn {
                self.text.try_set(String::new());
            }
        };
        timers::after(VISIBLE_MS, clear).detach();
    }

    /// Requests the table's row count to be announced after a search or filter, even if it has not changed.
    pub fn request_count(self) {
        self.requested.try_update(|asked| *asked = asked.wrapping_add(1));
    }

    /// Increments with each search or filter. Tracked.
    pub(super) fn count_requests(self) -> u32 {
        self.requested.get()
    }
}

/// Creates the announcer and provides it as context to the whole app.
pub fn provide_announcer() -> Announcer {
    let announcer = Announcer::new();
    provide_context(announcer);
    announcer
}

/// The announcer from context; outside the app, one without a region.
pub fn use_announcer() -> Announcer {
    use_context().unwrap_or_else(Announcer::new)
}

/// The live region. Render it once per app.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let announcer = use_announcer();
    view! { <div class="visually-hidden" aria-live="polite" prop:textContent=live_text(move || announcer.text.get()) /> }
}
