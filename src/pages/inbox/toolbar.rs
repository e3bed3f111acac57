//! The actions of the open ticket, by click and by key: call back, note, snooze, pin, done. All but the first change the
//! ticket's mark, so they are offered only where the gateway keeps marks.

use std::rc::Rc;

use leptos::prelude::*;
use trunkline_api::gateway::{TicketMark, TicketMarkChange};
use trunkline_model::ticket_marks::is_snoozed;
use web_sys::KeyboardEvent;

use super::detail::OpenTicket;
use super::note::{NOTE_BUTTON, NotePanel, focus};
use super::snooze::{SnoozeMenu, SnoozeStep};
use super::ticket_links::use_callback_form;
use crate::components::keymap::{Action, action};
use crate::components::ticket_marks::{TicketMarks, has_ticket_marks, use_ticket_marks};
use crate::fetch::network;
use crate::i18n::{format, t};
use crate::reactive::{catalogue, dyn_view, effect, live_text, memo};
use crate::ui::{Button, Icon, IconName, Variant, aria_bool, use_now};

/// The id of the snooze button, which gets the focus back when its menu is closed.
const SNOOZE_BUTTON: &str = "ticket-snooze";

/// The toolbar, and the panels that its buttons open.
#[component]
pub fn TicketToolbar(
    /// The open ticket.
    open: OpenTicket,
) -> impl IntoView {
    let call_back = use_callback_form(open);
    if !untrack(has_ticket_marks) {
        listen(Rc::new(move |action| (action == Action::Callback).then(|| call_back.run(())).is_some()));
        return view! {
            <div class="ticket-toolbar" role="group" aria-label=t::inbox::actions>
                <Button label=t::inbox::new_callback icon=IconName::Phone on_click=call_back />
            </div>
        }
        .into_any();
    }
    // The list's marks, if its code is loaded already: it has thousands.
    let loaded = open.rows.marked.with_untracked(|marked| marked.as_ref().map(|marked| marked.marks));
    let marks = loaded.unwrap_or_else(use_ticket_marks);
    let mark = memo(move || open.id.with_value(|id| marks.get(id)).unwrap_or_default());
    see_when_shown(open, marks);
    let (editing, snoozing) = (RwSignal::new(false), RwSignal::new(SnoozeStep::Closed));
    let change = move |change: TicketMarkChange| open.id.with_value(|id| marks.change(id, change));
    let snooze = Callback::new(move |until: Option<i64>| {
        snoozing.set(SnoozeStep::Closed);
        focus(SNOOZE_BUTTON);
        change(TicketMarkChange { snoozed_until: Some(until), ..TicketMarkChange::default() });
    });
    let toggle_pin = move || {
        let pinned = Some(!mark.with_untracked(|mark| mark.pinned));
        change(TicketMarkChange { pinned, ..TicketMarkChange::default() });
    };
    let toggle_done = move || {
        let done = Some(mark.with_untracked(|mark| mark.done_at.is_none()));
        change(TicketMarkChange { done, ..TicketMarkChange::default() });
    };
    let open_snooze = move || snoozing.update(|step| *step = step.toggled());
    listen(Rc::new(move |action| {
        match action {
            Action::Callback => call_back.run(()),
            Action::Note => {
                editing.set(true);
                focus_note();
            }
            Action::Snooze => snoozing.set(SnoozeStep::Menu),
            Action::Pin => toggle_pin(),
            Action::Done => toggle_done(),
            _ => return false,
        }
        true
    }));
    let toggle_note = move || {
        editing.update(|editing| *editing = !*editing);
        if editing.get_untracked() {
            focus_note();
        }
    };
    let is_pinned = memo(move || mark.with(|mark| mark.pinned));
    let is_done = memo(move || mark.with(|mark| mark.done_at.is_some()));
    view! {
        <div class="ticket-toolbar" role="group" aria-label=t::inbox::actions>
            <Button label=t::inbox::new_callback icon=IconName::Phone variant=Variant::Primary on_click=call_back />
            <button type="button" class="button" id=NOTE_BUTTON aria-expanded=move || aria_bool(editing.get()) on:click=move |_| toggle_note()>
                <Icon name=IconName::Note /><span prop:textContent=catalogue(t::ticket::note) />
            </button>
            <button
                type="button" class="button" id=SNOOZE_BUTTON aria-haspopup="menu"
                aria-expanded=move || aria_bool(snoozing.get() == SnoozeStep::Menu) on:click=move |_| open_snooze()
            >
                <Icon name=IconName::Snooze /><span prop:textContent=catalogue(t::ticket::snooze) />
            </button>
            <button type="button" class="button" aria-pressed=move || aria_bool(is_pinned.get()) on:click=move |_| toggle_pin()>
                <Icon name=IconName::Pin /><span prop:textContent=catalogue(t::ticket::pin) />
            </button>
            <button type="button" class="button" aria-pressed=move || aria_bool(is_done.get()) on:click=move |_| toggle_done()>
                <Icon name=IconName::Done /><span prop:textContent=catalogue(t::ticket::done) />
            </button>
        </div>
        <SnoozeMenu step=snoozing on_choose=snooze button=SNOOZE_BUTTON />
        <MarkState mark on_wake=move |()| snooze.run(None) />
        <NotePanel open marks mark editing />
    }
    .into_any()
}

/// How the ticket is snoozed or done, in words.
#[component]
fn MarkState(mark: Memo<TicketMark>, #[prop(into)] on_wake: Callback<()>) -> impl IntoView {
    let now = use_now();
    let until = memo(move || mark.with(|mark| mark.snoozed_until.filter(|_| is_snoozed(mark, now.get()))));
    let done = memo(move || mark.with(|mark| mark.done_at));
    let snoozed = dyn_view(move || {
        let until = until.get()?;
        let text = move || t::ticket::snoozed_until(&format::date_time(until));
        Some(
            view! {
                <p class="ticket-state">
                    <Icon name=IconName::Snooze /><span prop:textContent=live_text(text) />
                    <Button label=t::ticket::wake small=true on_click=on_wake />
                </p>
            }
            .into_any(),
        )
    });
    let done = dyn_view(move || {
        let at = done.get()?;
        let text = move || t::ticket::done_since(&format::date_time(at));
        Some(
            view! { <p class="ticket-state"><Icon name=IconName::Done /><span prop:textContent=live_text(text) /></p> }
                .into_any(),
        )
    });
    view! {
        {snoozed}
        {done}
    }
}

/// Listens for the keys of actions until the owner is disposed. `run` returns `false` for actions that are not its own.
fn listen(run: Rc<dyn Fn(Action) -> bool>) {
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if action(&event).is_some_and(|action| run(action)) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Focuses the note's field once it is drawn.
fn focus_note() {
    request_animation_frame(|| {
        let field = document().query_selector(".ticket-note textarea").ok().flatten();
        if let Some(field) = field.and_then(|field| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(field).ok())
        {
            // A field that can't take the focus is still there to click.
            let _ = field.focus();
        }
    });
}

/// Marks the ticket as seen while it is on the screen: when it is opened, and again after it has changed.
fn see_when_shown(open: OpenTicket, marks: TicketMarks) {
    let shown = RwSignal::new(network::is_visible());
    let listener =
        window_event_listener(leptos::ev::visibilitychange, move |_| _ = shown.try_set(network::is_visible()));
    on_cleanup(move || listener.remove());
    let is_seen = memo(move || open.id.with_value(|id| marks.get(id)).is_some_and(|mark| mark.seen_at.is_some()));
    // A version of the ticket is marked once: a gateway that refuses it must not be asked again and again.
    let marked = StoredValue::new_local(None);
    effect(move || {
        let Some(item) = open.item.get() else { return };
        if !shown.get() || !marks.loaded.get() || is_seen.get() || marked.get_value().as_ref() == Some(&item) {
            return;
        }
        marked.set_value(Some(item));
        marks.see(vec![open.id.get_value()]);
    });
}
