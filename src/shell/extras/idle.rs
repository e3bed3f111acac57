//! Before the session ends by itself: a warning with a way to go on (WCAG 2.2.1).
//!
//! How long it lasts the gateway knows; it is asked when the warning would be due, in the background, which keeps no
//! session alive. Whoever types or points meanwhile is there: then the session is prolonged without a question.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::Error;
use trunkline_api::gateway::Session;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use crate::browser::clock::{jumps, monotonic_ms, now_ms};
use crate::browser::timers::{self, Timer};
use crate::fetch::session;
use crate::i18n::{format, t};
use crate::parts::words;
use crate::reactive::{catalogue, effect, live_text, memo};
use crate::ui::{Button, Kind, Variant, unique_id, use_toasts};

/// Seconds before the end at which it is said; of a short session, half of it.
const WARN: u32 = 120;
/// Seconds before the end at which it is spoken again.
const SPOKEN: [u32; 3] = [60, 30, 10];
/// Seconds until the gateway is asked again when it gave no answer.
const AGAIN: u32 = 15;

/// What is known of the session's end; a copy is the same.
#[derive(Clone, Copy)]
struct Idle {
    /// Seconds until the end, while the warning stands.
    left: RwSignal<Option<u32>>,
    /// Whether nothing can put it off.
    is_absolute: RwSignal<bool>,
    /// The end was seen, and is awaited.
    seen: StoredValue<bool>,
    /// When it ends, in epoch milliseconds by the server's clock.
    end: StoredValue<f64>,
    /// When a person last did something in this tab, by the same.
    active: StoredValue<f64>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
}

impl Idle {
    fn new() -> Self {
        Self {
            left: RwSignal::new(None),
            is_absolute: RwSignal::new(false),
            seen: StoredValue::new(false),
            end: StoredValue::new(0.0),
            active: StoredValue::new(0.0),
            timer: StoredValue::new_local(None),
        }
    }

    /// Asks shortly before the end, of which the session's own answer told `ago` seconds ago.
    fn wait(self, session: &Session, ago: u32) {
        let left = session.idle_left.saturating_sub(ago);
        self.end.set_value(now_ms() + f64::from(left) * 1000.0);
        self.later(left.saturating_sub(warn(session)), Self::look);
    }

    /// Goes by what the gateway says now: waits until shortly before the end, goes on by itself, or warns.
    fn plan(self, session: &Session) {
        let (idle, absolute) = (session.idle_left, session.absolute_left);
        let warn = warn(session);
        self.is_absolute.set(absolute <= idle);
        self.end.set_value(now_ms() + f64::from(idle) * 1000.0);
        if idle > warn {
            self.seen.set_value(false);
            self.left.set(None);
            self.later(idle - warn, Self::look);
        } else if absolute > idle && now_ms() - self.active.get_value() < f64::from(warn) * 1000.0 {
            self.stay();
        } else {
            self.tick();
        }
    }

    /// Once a second until the end; then the gateway is asked, so that sign-in stands over the page.
    fn tick(self) {
        let left = seconds_until(self.end.get_value());
        self.left.set(if left > 0 && !self.seen.get_value() { Some(left) } else { None });
        if left > 0 {
            self.later(1, Self::tick);
        } else {
            self.later(1, Self::look);
        }
    }

    fn later(self, seconds: u32, then: fn(Self)) {
        let timer = timers::after(f64::from(seconds) * 1000.0, move || {
            if !self.timer.is_disposed() {
                then(self);
            }
        });
        self.timer.set_value(Some(timer));
    }

    /// Asks the gateway how long it lasts.
    fn look(self) {
        spawn_local(async move { self.heed(session::look().await) });
    }

    /// A person is there: the idle time begins anew, for every tab.
    fn stay(self) {
        self.active.set_value(now_ms());
        spawn_local(async move {
            let answer = session::stay().await;
            if answer.is_ok() {
                session::say_stayed();
            }
            self.heed(answer);
        });
    }

    fn heed(self, answer: Result<Session, Error>) {
        if self.timer.is_disposed() {
            return;
        }
        match answer {
            // Sign-in stands over the page.
            Ok(session) if session.user.is_none() => self.left.set(None),
            Ok(session) => self.plan(&session),
            // The warning, if it stands, goes on counting.
            Err(_) if self.left.get_untracked().is_some() => self.tick(),
            Err(_) => self.later(AGAIN, Self::look),
        }
    }

    /// The warning is closed: whoever does that is there.
    fn close(self) {
        if self.is_absolute.get_untracked() {
            self.seen.set_value(true);
            self.left.set(None);
        } else {
            self.stay();
        }
    }
}

/// The warning, and what leads to it.
#[component]
pub fn IdleWarning() -> impl IntoView {
    let idle = Idle::new();
    watch(idle);
    let shown = memo(move || idle.left.get().is_some());
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        let (shown, Some(dialog)) = (shown.get(), dialog.get()) else { return };
        if shown && !dialog.open() {
            // It fails only if the dialog is not in the document.
            let _ = dialog.show_modal();
            focus_answer(&dialog);
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
                <div class="dialog-head"><h2 id=heading prop:textContent=catalogue(t::idle::title) /></div>
                <div class="dialog-body">
                    <p id=text prop:textContent=live_text(move || said(idle)) />
                    <div class="visually-hidden" role="status" prop:textContent=live_text(move || spoken(idle).unwrap_or_default()) />
                </div>
                <Answers idle />
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

/// The focus is on "Stay signed in", which stands where every dialog has its main answer: last.
fn focus_answer(dialog: &HtmlDialogElement) {
    let answer = dialog.query_selector("[data-variant=primary]").ok().flatten();
    if let Some(answer) = answer.and_then(|answer| answer.dyn_into::<HtmlElement>().ok()) {
        // A button that can't take it leaves it where the dialog put it.
        let _ = answer.focus();
    }
}

#[component]
fn Answers(idle: Idle) -> impl IntoView {
    let toasts = use_toasts();
    let sign_out = move |()| {
        spawn_local(async move {
            if let Err(error) = session::sign_out().await {
                toasts.push(Kind::Error, words(&error).message);
            }
        });
    };
    let go_on = move || if idle.is_absolute.get() { t::idle::go_on() } else { t::idle::stay() };
    view! {
        <div class="dialog-actions">
            <Button label=t::shell::sign_out on_click=sign_out />
            <Button label=go_on variant=Variant::Primary on_click=move |()| idle.close() />
        </div>
    }
}

/// How long, and why.
fn said(idle: Idle) -> String {
    let time = format::duration(i64::from(idle.left.get().unwrap_or_default()));
    if idle.is_absolute.get() { t::idle::absolute(&time) } else { t::idle::idle(&time) }
}

/// What a screen reader says between: at sensible moments, not each second.
fn spoken(idle: Idle) -> Option<String> {
    let left = idle.left.get()?;
    SPOKEN.contains(&left).then(|| t::idle::seconds(i64::from(left)))
}

fn watch(idle: Idle) {
    // Who is signed in, and until when as far as the session's answer said.
    let told = memo(|| {
        let session = session::session()?;
        let name = session.user.as_ref()?.name.clone();
        Some((name, session.idle_left, session.absolute_left))
    });
    // This code came later than the first answer, at most as long ago as the page was opened.
    let mut ago = seconds_here();
    effect(move || {
        if told.get().is_some()
            && let Some(session) = untrack(session::session)
        {
            idle.wait(&session, ago);
        }
        ago = 0;
    });
    // Another tab has asked for more time.
    let stayed = memo(session::times_stayed);
    effect(move || {
        if stayed.get() > 0 {
            idle.look();
        }
    });
    let act = move || {
        idle.active.try_set_value(now_ms());
    };
    let keys = window_event_listener(ev::keydown, move |_| act());
    let pointer = window_event_listener(ev::pointerdown, move |_| act());
    // A computer that slept has missed its timers, and knows of it only when an answer has come.
    let jumped = memo(jumps);
    effect(move || {
        if jumped.get() > 0 {
            idle.look();
        }
    });
    let front = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() && seconds_until(idle.end.get_value()) <= WARN {
            idle.look();
        }
    });
    on_cleanup(move || {
        keys.remove();
        pointer.remove();
        front.remove();
        idle.timer.try_update_value(Option::take);
    });
}

const fn warn(session: &Session) -> u32 {
    let half = session.idle_seconds / 2;
    if half < WARN { half } else { WARN }
}

/// How long the page has been open.
fn seconds_here() -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and not for decades")]
    let seconds = (monotonic_ms() / 1000.0) as u32;
    seconds
}

fn seconds_until(end: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds of a session, not negative")]
    let seconds = ((end - now_ms()) / 1000.0).ceil().max(0.0) as u32;
    seconds
}
