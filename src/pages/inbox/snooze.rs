//! The menu that snoozes a ticket: until tomorrow at nine, for an hour, or until a time of one's own.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::note::focus;
use crate::browser::clock;
use crate::browser::keys::{Key, pressed};
use crate::i18n::t;
use crate::reactive::{catalogue, dyn_view, effect};
use crate::ui::{Button, TextField, Variant};

/// The hour at which a ticket that is snoozed until tomorrow comes back.
const MORNING: i32 = 9;

/// What of the menu is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnoozeStep {
    /// Nothing.
    Closed,
    /// The choices.
    Menu,
    /// The field for a time of one's own.
    OwnTime,
}

impl SnoozeStep {
    /// The step after a press on the button.
    pub fn toggled(self) -> Self {
        if self == Self::Closed { Self::Menu } else { Self::Closed }
    }
}

/// The menu below the toolbar. The first choice has the focus, so that the key and Enter snooze until tomorrow.
#[component]
pub fn SnoozeMenu(
    /// What is open.
    step: RwSignal<SnoozeStep>,
    /// Receives the end of the snooze in epoch seconds.
    on_choose: Callback<Option<i64>>,
    /// The id of the button that opened the menu.
    button: &'static str,
) -> impl IntoView {
    dyn_view(move || match step.get() {
        SnoozeStep::Closed => ().into_any(),
        SnoozeStep::Menu => view! { <Choices step on_choose button /> }.into_any(),
        SnoozeStep::OwnTime => view! { <OwnTime step on_choose button /> }.into_any(),
    })
}

fn close(step: RwSignal<SnoozeStep>, button: &'static str) {
    step.set(SnoozeStep::Closed);
    focus(button);
}

#[component]
fn Choices(step: RwSignal<SnoozeStep>, on_choose: Callback<Option<i64>>, button: &'static str) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    effect(move || {
        if menu.get().is_some() {
            focus_item(menu, |_, _| 0);
        }
    });
    let press = move |event: KeyboardEvent| {
        match pressed(&event) {
            Some(Key::Down) => focus_item(menu, |at, count| (at + 1) % count),
            Some(Key::Up) => focus_item(menu, |at, count| (at + count - 1) % count),
            Some(Key::Home) => focus_item(menu, |_, _| 0),
            Some(Key::End) => focus_item(menu, |_, count| count - 1),
            Some(Key::Escape) => close(step, button),
            _ => return,
        }
        event.stop_propagation();
        event.prevent_default();
    };
    let tomorrow = clock::tomorrow_at(MORNING);
    view! {
        <div class="ticket-menu" role="menu" aria-label=t::ticket::snooze node_ref=menu on:keydown=press>
            <button type="button" role="menuitem" tabindex="-1" class="button" on:click=move |_| on_choose.run(Some(tomorrow))>
                <span prop:textContent=catalogue(t::ticket::tomorrow) />
            </button>
            <button type="button" role="menuitem" tabindex="-1" class="button" on:click=move |_| on_choose.run(Some(clock::now() + 3600))>
                <span prop:textContent=catalogue(t::ticket::one_hour) />
            </button>
            <button type="button" role="menuitem" tabindex="-1" class="button" on:click=move |_| step.set(SnoozeStep::OwnTime)>
                <span prop:textContent=catalogue(t::ticket::until) />
            </button>
        </div>
    }
}

/// Focuses the item whose index `next` computes from the current index and the count.
fn focus_item(menu: NodeRef<html::Div>, next: impl Fn(u32, u32) -> u32) {
    let Some(items) = menu.get_untracked().and_then(|menu| menu.query_selector_all("[role=menuitem]").ok()) else {
        return;
    };
    let active = document().active_element();
    let at = (0..items.length()).find(|at| items.get(*at).is_some_and(|item| item.is_same_node(active.as_deref())));
    let item = items.get(next(at.unwrap_or_default(), items.length().max(1)));
    if let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        // An item that can't take the focus can still be clicked.
        let _ = item.focus();
    }
}

/// A time of one's own, which must be in the future.
#[component]
fn OwnTime(step: RwSignal<SnoozeStep>, on_choose: Callback<Option<i64>>, button: &'static str) -> impl IntoView {
    let value = RwSignal::new(clock::local_minute(clock::tomorrow_at(MORNING)));
    let error = RwSignal::new(None::<String>);
    let form = NodeRef::<html::Form>::new();
    effect(move || {
        let field = form.get().and_then(|form| form.query_selector("input").ok().flatten());
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            // A field that can't take the focus can still be clicked.
            let _ = field.focus();
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // Without a time zone, so it is the browser's local time.
        match clock::parse_iso(&value.get_untracked()) {
            Some(until) if until > clock::now() => on_choose.run(Some(until)),
            _ => error.set(Some(t::ticket::must_be_future())),
        }
    };
    let press = move |event: KeyboardEvent| {
        if pressed(&event) == Some(Key::Escape) {
            event.stop_propagation();
            close(step, button);
        }
    };
    view! {
        <form class="ticket-own-time" node_ref=form novalidate on:submit=submit on:keydown=press>
            <TextField label=t::ticket::snooze_until value error kind="datetime-local" />
            <div class="row">
                <Button label=t::ticket::snooze submit=true variant=Variant::Primary />
                <Button label=t::common::cancel on_click=move |()| close(step, button) />
            </div>
        </form>
    }
}
