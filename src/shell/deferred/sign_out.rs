//! Sign-out. It does not change the agent's status, so an agent who is online, or may be, is asked first.

use leptos::prelude::*;
use leptos::task::spawn_local;
use trunkline_api::Error;

use crate::browser::timers::sleep;
use crate::components::presence::Presence;
use crate::components::{describe, use_presence};
use crate::fetch::{sync, transport};
use crate::i18n::t;
use crate::reactive::{effect, live_text};
use crate::ui::{Button, Dialog, ErrorMessage, ErrorPanel, Severity, Toasts, Variant};

/// Milliseconds between two checks for requests in flight.
const CHECK_MS: u32 = 50;
/// Most checks for requests in flight.
const MAX_CHECKS: u32 = 40;

thread_local! {
    static UNDER_WAY: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// `true` while the gateway is asked to end the session. Tracked.
pub fn is_signing_out() -> bool {
    UNDER_WAY.with(|under_way| under_way.get())
}

/// Signs out, or opens the question if the agent is or may be online.
pub fn start(asking: RwSignal<bool>, presence: Presence, toasts: Toasts) {
    if untrack(|| needs_question(presence)) {
        asking.set(true);
    } else {
        sign_out(move |error| toasts.push(Severity::Error, describe(&error).message));
    }
}

/// `true` for an agent who is online or may be, or whose change is in progress.
fn needs_question(presence: Presence) -> bool {
    presence.is_online() || may_be_online(presence) || presence.busy().get()
}

/// `true` if the outcome of the agent's last change is unknown, or Trunkline never set a status: the agent may have gone
/// online elsewhere. Tracked.
fn may_be_online(presence: Presence) -> bool {
    presence.is_in_doubt() || (presence.agent_id.with(Option::is_some) && presence.status.with(Option::is_none))
}

/// Ends the session, once at a time.
fn sign_out(failed: impl FnOnce(Error) + 'static) {
    if untrack(is_signing_out) {
        return;
    }
    UNDER_WAY.with(|under_way| under_way.set(true));
    spawn_local(async move {
        let result = sync::sign_out().await;
        UNDER_WAY.with(|under_way| under_way.set(false));
        if let Err(error) = result {
            failed(error);
        }
    });
}

/// How far "Go offline and sign out" has come.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    /// Not chosen.
    Idle,
    /// A change that was in progress has to end first.
    Waiting,
    /// The agent's status is being changed.
    GoingOffline,
    /// The agent is offline, and the session ends next.
    Leaving,
}

/// The question.
#[component]
pub fn SignOutDialog(
    /// True while it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let presence = use_presence();
    let title = move || match (may_be_online(presence), presence.is_online()) {
        (true, _) => t::person::doubt_title(),
        (_, true) => t::person::online_title(),
        _ => t::person::offline_title(),
    };
    let failure = RwSignal::new(None::<ErrorMessage>);
    let step = RwSignal::new(Step::Idle);
    let leave = move || {
        failure.set(None);
        sign_out(move |error| {
            failure.try_set(Some(describe(&error)));
        });
    };
    effect(move || {
        if open.get() {
            failure.set(None);
            step.set(Step::Idle);
        }
    });
    go_offline_first(presence, step, failure, leave);
    let actions = move || {
        view! {
            <Button label=t::common::cancel on_click=move |()| open.set(false) />
            <Button label=t::person::sign_out_only busy=Signal::derive(is_signing_out) on_click=move |()| leave() />
            <Button
                label=t::person::go_offline
                variant=Variant::Primary
                busy=Signal::derive(move || step.get() != Step::Idle)
                on_click=move |()| {
                    failure.set(None);
                    presence.dismiss_error();
                    step.set(Step::Waiting);
                }
            />
        }
    };
    view! {
        <Dialog open title actions>
            <SignOutQuestion presence failure />
        </Dialog>
    }
}

/// Signs out once the agent is confirmed to be offline; else tells why not, and leaves the choice to the person.
fn go_offline_first(
    presence: Presence,
    step: RwSignal<Step>,
    failure: RwSignal<Option<ErrorMessage>>,
    leave: impl Fn() + Copy + 'static,
) {
    let load_failures = StoredValue::new(0);
    effect(move || {
        let (now, failures) = (step.get(), presence.load_failures());
        if matches!(now, Step::Idle | Step::Leaving) || presence.busy().get() {
            return;
        }
        let is_offline = presence.status.get().is_some_and(|status| !status.online) && !presence.is_in_doubt();
        if is_offline {
            step.set(Step::Leaving);
            spawn_local(async move {
                requests_done().await;
                step.try_set(Step::Idle);
                leave();
            });
        } else if now == Step::Waiting {
            load_failures.set_value(failures);
            step.set(Step::GoingOffline);
            presence.request(false);
        } else if presence.error().with(Option::is_some) {
            step.set(Step::Idle);
        } else if failures > load_failures.get_value() {
            step.set(Step::Idle);
            failure.set(Some(ErrorMessage::new(t::shell::part_missing(), String::new())));
        }
    });
}

/// Waits for the lists that the change of status loads again: without a session they would be refused. Not for long: a
/// request may hang.
async fn requests_done() {
    for _ in 0..MAX_CHECKS {
        sleep(CHECK_MS).await;
        if transport::is_idle() {
            return;
        }
    }
}

/// What follows if the agent only signs out, and why going offline failed.
#[component]
fn SignOutQuestion(presence: Presence, failure: RwSignal<Option<ErrorMessage>>) -> impl IntoView {
    presence.show_errors_here();
    let problem = move || failure.get().or_else(|| presence.error().get().map(|error| describe(&error)));
    let text = move || match (may_be_online(presence), presence.is_online()) {
        (true, _) => t::person::in_doubt(),
        (_, true) => t::person::online(),
        _ => t::person::offline(),
    };
    view! {
        <p prop:textContent=live_text(move || text()) />
        {move || problem().map(|problem| view! { <ErrorPanel problem /> }.into_any())}
        {move || presence.error().with(Option::is_some).then(|| view! {
            <p prop:textContent=live_text(t::person::not_offline) />
        }.into_any())}
    }
}
