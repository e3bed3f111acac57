//! Words for screen readers only.

use leptos::prelude::*;

use crate::browser::timers;

/// Speaks short texts; a copy is the same voice.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// Speaks a text. The region is empty again after 3 s, so that nobody meets old news in it.
    pub fn say(self, text: impl Into<String>) {
        let text = text.into();
        self.0.set(text.clone());
        let clear = move || {
            self.0.try_update(|now| {
                if *now == text {
                    now.clear()
                }
            });
        };
        timers::after(3000, clear).detach();
    }
}

/// Puts the voice into the context of the whole app.
pub fn provide_announcer() -> Announcer {
    let announcer = Announcer(RwSignal::new(String::new()));
    provide_context(announcer);
    announcer
}

/// The app's voice; outside the app one that nobody hears.
pub fn use_announcer() -> Announcer {
    use_context().unwrap_or_else(|| Announcer(RwSignal::new(String::new())))
}

/// The live region. Once in the app.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let announcer = use_announcer();
    view! { <div class="visually-hidden" aria-live="polite">{move || announcer.0.get()}</div> }
}
