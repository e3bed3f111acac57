//! Warns before the session times out, and offers to extend it (WCAG 2.2.1).
//!
//! Only the gateway knows how much time is left. It is asked when the warning would be due, by a background request
//! that does not extend the session. If the user has typed or pointed since, the session is extended without asking.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::Error;
use trunkline_api::gateway::Session;
use trunkline_model::session_timeout::{Step, WARN_SECONDS, is_absolute, next_step, seconds_until, warn_seconds};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use crate::browser::clock::{jumps, monotonic_ms, now_ms};
use crate::browser::timers::{self, Timer};
use crate::components::global_ui::{GlobalUi, open_global};
use crate::components::use_presence;
use crate::fetch::session;
use crate::i18n::{format, t};
use crate::reactive::{catalogue, effect, live_text, memo};
use crate::ui::{Button, Variant, unique_id};

/// Seconds before the end at which screen readers announce it again.
const ANNOUNCED_AT: [u32; 3] = [60, 30, 10];
/// Seconds before asking again when the gateway did not respond.
const RETRY_SECONDS: u32 = 15;

/// The state of the session time-out. Copies share their state.
#[derive(Clone, Copy)]
struct SessionTimeout {
    /// Seconds until the end while the warning is open, else `None`.
    seconds_left: RwSignal<Option<u32>>,
    /// True if the session can't be extended.
    is_absolute: RwSignal<bool>,
    /// The user has acknowledged the end of a session that can't be extended.
    acknowledged: StoredValue<bool>,
    /// End of the session in epoch milliseconds.
    end: StoredValue<f64>,
    /// Last user activity in this tab, in epoch milliseconds.
    last_active: StoredValue<f64>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
}

impl SessionTimeout {
    fn new() -> Self {
        Self {
            seconds_left: RwSignal::new(None),
            is_absolute: RwSignal::new(false),
            acknowledged: StoredValue::new(false),
            end: StoredValue::new(0.0),
            last_active: StoredValue::new(0.0),
            timer: StoredValue::new_local(None),
        }
    }

    /// Schedules the check shortly before the end. `ago` is the age of `session` in seconds.
    fn wait_for_end(self, session: &Session, age: u32) {
        let left = session.idle_left.saturating_sub(age);
        self.end.set_value(now_ms() + f64::from(left) * 1000.0);
        self.run_after(left.saturating_sub(warn_seconds(session)), Self::check);
    }

    /// Applies the gateway's response: waits until shortly before the end, extends the session after recent activity,
    /// or warns.
    fn schedule(self, session: &Session) {
        self.is_absolute.set(is_absolute(session));
        self.end.set_value(now_ms() + f64::from(session.idle_left) * 1000.0);
        match next_step(session, now_ms() - self.last_active.get_value()) {
            Step::Wait(seconds) => {
                self.acknowledged.set_value(false);
                self.seconds_left.set(None);
                self.run_after(seconds, Self::check);
            }
            Step::Extend => self.extend(),
            Step::Warn => self.tick(),
        }
    }

    /// Counts down every second. At the end asks the gateway, which opens the sign-in dialog.
    fn tick(self) {
        let left = seconds_until(self.end.get_value(), now_ms());
        self.seconds_left.set(if left > 0 && !self.acknowledged.get_value() { Some(left) } else { None });
        if left > 0 {
            self.run_after(1, Self::tick);
        } else {
            self.run_after(1, Self::check);
        }
    }

    fn run_after(self, seconds: u32, then: fn(Self)) {
        let timer = timers::after(f64::from(seconds) * 1000.0, move || {
            if !self.timer.is_disposed() {
                then(self);
            }
        });
        self.timer.set_value(Some(timer));
    }

    /// Asks the gateway how much time is left.
    fn check(self) {
        spawn_local(async move { self.apply(session::poll().await) });
    }

    /// Extends the session, in every tab.
    fn extend(self) {
        self.last_active.set_value(now_ms());
        spawn_local(async move {
            let response = session::extend().await;
            if response.is_ok() {
                session::broadcast_extended();
            }
            self.apply(response);
        });
    }

    fn apply(self, response: Result<Session, Error>) {
        if self.timer.is_disposed() {
            return;
        }
        match response {
            // The sign-in dialog covers the page.
            Ok(session) if session.user.is_none() => self.seconds_left.set(None),
            Ok(session) => self.schedule(&session),
            // An open warning keeps counting.
            Err(_) if self.seconds_left.get_untracked().is_some() => self.tick(),
            Err(_) => self.run_after(RETRY_SECONDS, Self::check),
        }
    }

    /// Closes the warning, which extends the session if possible.
    fn close(self) {
        if self.is_absolute.get_untracked() {
            self.acknowledged.set_value(true);
            self.seconds_left.set(None);
        } else {
            self.extend();
        }
    }
}

/// The time-out warning and its timers.
#[component]
pub fn SessionTimeoutDialog() -> impl IntoView {
    let idle = SessionTimeout::new();
    track_session(idle);
    let shown = memo(move || idle.seconds_left.get().is_some());
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        let (shown, Some(dialog)) = (shown.get(), dialog.get()) else { return };
        if shown && !dialog.open() {
            // Fails only if the dialog is not in the document.
            let _ = dialog.show_modal();
            focus_primary_button(&dialog);
        } else if !shown && dialog.open() {
            dialog.close();
        }
    });
    let (heading, text) = (unique_id("idle"), unique_id("idle"));
    let (heading_id, text_id) = (heading.clone(), text.clone());
    let content = move || {
        let (heading, text) = (heading_id.clone(), text_id.clone());
        shown.get().then(move || {
            view! {
                <div class="dialog-head"><h2 id=heading prop:textContent=catalogue(t::session_timeout::title) /></div>
                <div class="dialog-body">
                    <p id=text prop:textContent=live_text(move || message(idle)) />
                    {move || use_presence().is_online().then(|| view! { <p prop:textContent=catalogue(t::person::session_online) /> })}
                    <div class="visually-hidden" role="status" prop:textContent=live_text(move || announcement(idle).unwrap_or_default()) />
                </div>
                <TimeoutActions idle />
            }
        })
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            role="alertdialog"
            aria-labelledby=heading
            aria-describedby=text
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                idle.close();
            }
        >
            {content}
        </dialog>
    }
}

/// Focuses "Stay signed in", the last button like every dialog's main action.
fn focus_primary_button(dialog: &HtmlDialogElement) {
    let button = dialog.query_selector("[data-variant=primary]").ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // Ignore a button that can't be focused.
        let _ = button.focus();
    }
}

#[component]
fn TimeoutActions(idle: SessionTimeout) -> impl IntoView {
    let presence = use_presence();
    let label = move || if idle.is_absolute.get() { t::session_timeout::go_on() } else { t::session_timeout::stay() };
    view! {
        <div class="dialog-actions">
            {move || presence.is_online().then(|| view! {
                <Button label=t::presence::go_offline busy=presence.busy() on_click=move |()| presence.request(false) />
            }.into_any())}
            <Button label=t::shell::sign_out on_click=|()| open_global(GlobalUi::SignOut) />
            <Button label variant=Variant::Primary on_click=move |()| idle.close() />
        </div>
    }
}

/// The text of the warning: time left and reason.
fn message(idle: SessionTimeout) -> String {
    let time = format::duration(i64::from(idle.seconds_left.get().unwrap_or_default()));
    if idle.is_absolute.get() { t::session_timeout::absolute(&time) } else { t::session_timeout::idle(&time) }
}

/// The countdown for screen readers: at a few moments, not every second.
fn announcement(idle: SessionTimeout) -> Option<String> {
    let left = idle.seconds_left.get()?;
    ANNOUNCED_AT.contains(&left).then(|| t::session_timeout::seconds(i64::from(left)))
}

fn track_session(idle: SessionTimeout) {
    // The user and the remaining times as last reported by the session endpoint.
    let reported = memo(|| {
        let session = session::session()?;
        let name = session.user.as_ref()?.name.clone();
        Some((name, session.idle_left, session.absolute_left))
    });
    // This chunk loads after the first response, which is at most as old as the page.
    let mut age = page_age_seconds();
    effect(move || {
        if reported.get().is_some()
            && let Some(session) = untrack(session::session)
        {
            idle.wait_for_end(&session, age);
        }
        age = 0;
    });
    // Another tab has extended the session.
    let stayed = memo(session::extensions);
    effect(move || {
        if stayed.get() > 0 {
            idle.check();
        }
    });
    let act = move || {
        idle.last_active.try_set_value(now_ms());
    };
    let keys = window_event_listener(ev::keydown, move |_| act());
    let pointer = window_event_listener(ev::pointerdown, move |_| act());
    // After sleep the timers are late, which shows only when a response arrives.
    let jumped = memo(jumps);
    effect(move || {
        if jumped.get() > 0 {
            idle.check();
        }
    });
    let front = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() && seconds_until(idle.end.get_value(), now_ms()) <= WARN_SECONDS {
            idle.check();
        }
    });
    on_cleanup(move || {
        keys.remove();
        pointer.remove();
        front.remove();
        idle.timer.try_update_value(Option::take);
    });
}

/// Seconds since the page was opened.
fn page_age_seconds() -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and not for decades")]
    let seconds = (monotonic_ms() / 1000.0) as u32;
    seconds
}
