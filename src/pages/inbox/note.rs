//! The note of a ticket: shown, and written. Unsaved text is kept per ticket in this browser (encrypted, as all drafts),
//! so that it is there again when the ticket is, and never on another one.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};
use trunkline_api::decode::to_json;
use trunkline_api::gateway::{ListTicketMarks, TicketMark, TicketMarkChange, clean_note};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::detail::OpenTicket;
use crate::browser::keys::{Key, pressed};
use crate::browser::timers::{self, Timer};
use crate::components::ticket_marks::TicketMarks;
use crate::components::validation_message;
use crate::fetch::drafts::{self, Owner};
use crate::fetch::{put, send};
use crate::i18n::{format, t};
use crate::reactive::{catalogue, dyn_view, effect, fixed, live_text, memo};
use crate::ui::{Banner, Button, Severity, TextArea, TimeText, Variant};

/// The id of the button that opens the note.
pub const NOTE_BUTTON: &str = "ticket-note";
/// Milliseconds between the last keystroke and the write to storage.
const DEBOUNCE_MS: u32 = 300;

/// A note as it was when somebody began to write over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Base {
    note: String,
    at: Option<i64>,
}

impl Base {
    fn of(mark: &TicketMark) -> Self {
        Self { note: mark.note.clone(), at: mark.note_at }
    }
}

/// Unsaved text of one ticket in the browser's storage.
struct NoteDraft {
    form: String,
    owner: Owner,
    pending: RefCell<Option<(Timer, Option<String>)>>,
}

impl NoteDraft {
    fn new(ticket_id: &str) -> Self {
        Self { form: format!("/inbox/{ticket_id}#note"), owner: drafts::owner(), pending: RefCell::new(None) }
    }

    fn load(&self) -> Option<(String, Base)> {
        let stored: Value = serde_json::from_slice(drafts::load(&self.form)?.as_bytes()).ok()?;
        let text = |name: &str| Some(stored.get(name)?.as_str()?.to_owned());
        let base = Base { note: text("base").unwrap_or_default(), at: stored.get("at").and_then(Value::as_i64) };
        Some((text("text")?, base))
    }

    /// Stores the text, or removes it if it is `None`, after a pause.
    fn store_soon(this: StoredValue<Self, LocalStorage>, draft: Option<(String, Base)>) {
        let draft = draft.map(|(text, base)| to_json(&json!({"text": text, "base": base.note, "at": base.at})));
        let timer = timers::after(DEBOUNCE_MS, move || _ = this.try_with_value(Self::flush));
        this.with_value(|this| drop(this.pending.replace(Some((timer, draft)))));
    }

    /// Removes the stored text now.
    fn remove(&self) {
        self.pending.take();
        drafts::store(&self.owner, &self.form, None);
    }

    fn flush(&self) {
        if let Some((_, draft)) = self.pending.take() {
            drafts::store(&self.owner, &self.form, draft.as_deref());
        }
    }
}

/// The note: as text with its time, or as a field.
#[component]
pub fn NotePanel(
    /// The open ticket.
    open: OpenTicket,
    /// The marks.
    marks: TicketMarks,
    /// The ticket's mark.
    mark: Memo<TicketMark>,
    /// True while the field is open.
    editing: RwSignal<bool>,
) -> impl IntoView {
    let saved = memo(move || mark.with(Base::of));
    let draft = open.id.with_value(|id| NoteDraft::new(id));
    let found = draft.load();
    let draft = StoredValue::new_local(draft);
    let (text, base) = found.clone().unwrap_or_else(|| {
        let base = saved.get_untracked();
        (base.note.clone(), base)
    });
    let (text, base) = (RwSignal::new(text), RwSignal::new(base));
    if found.is_some() {
        editing.set(true);
    }
    let is_dirty = memo(move || text.with(|text| base.with(|base| *text != base.note)));
    // A field in which nothing is typed follows the note.
    effect(move || {
        let saved = saved.get();
        if !is_dirty.get_untracked() && base.with_untracked(|base| *base != saved) {
            text.set(saved.note.clone());
            base.set(saved);
        }
    });
    effect(move || {
        let typed = is_dirty.get().then(|| (text.get(), base.get()));
        NoteDraft::store_soon(draft, typed);
    });
    // The last keystrokes before the page or the pane goes.
    let listener = window_event_listener(leptos::ev::beforeunload, move |_| _ = draft.try_with_value(NoteDraft::flush));
    on_cleanup(move || {
        listener.remove();
        draft.try_with_value(NoteDraft::flush);
    });
    // The note was saved elsewhere, in another tab, after this text was begun.
    let newer = memo(move || {
        let saved = saved.get();
        (is_dirty.get() && base.with(|base| base.note != saved.note)).then_some(saved)
    });
    let show = move || {
        if editing.get() {
            return view! { <NoteField open marks text base draft newer editing /> }.into_any();
        }
        let Base { note, at } = saved.get();
        if note.is_empty() {
            return ().into_any();
        }
        view! {
            <div class="ticket-note">
                <p class="ticket-note-text" dir="auto" prop:textContent=fixed(note) />
                <p class="muted small"><span prop:textContent=catalogue(t::ticket::note_saved) />" "<TimeText epoch=at relative=true /></p>
            </div>
        }
        .into_any()
    };
    dyn_view(show)
}

/// The field, with what was saved meanwhile.
#[component]
fn NoteField(
    open: OpenTicket,
    marks: TicketMarks,
    text: RwSignal<String>,
    base: RwSignal<Base>,
    draft: StoredValue<NoteDraft, LocalStorage>,
    newer: Memo<Option<Base>>,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let save = move |()| {
        let note = clean_note(&text.get_untracked());
        let change = TicketMarkChange { note: Some(note.clone()), ..TicketMarkChange::default() };
        if let Err(problems) = change.validate() {
            return error.set(problems.first().map(|problem| validation_message(&problem.problem)));
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        let was_shown = newer.get_untracked();
        let id = open.id.get_value();
        spawn_local(async move {
            // Another tab may have saved a note of which this one has not heard: it is shown before it is replaced.
            if let Ok(now) = send(&ListTicketMarks, None).await {
                let found = now.iter().find(|mark| mark.ticket_id == id).map(Base::of).unwrap_or_default();
                put(ListTicketMarks, now);
                let began = base.try_get_untracked().unwrap_or_default();
                if found.note != began.note && found.note != note && was_shown.as_ref() != Some(&found) {
                    busy.try_set(false);
                    return;
                }
            }
            let then = move |result: Result<(), _>| {
                busy.try_set(false);
                if result.is_ok() && draft.try_with_value(NoteDraft::remove).is_some() {
                    base.set(Base { note: note.clone(), at: None });
                    text.set(note);
                    editing.set(false);
                    focus(NOTE_BUTTON);
                }
            };
            marks.change_then(&id, change, then);
        });
    };
    let press = move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && pressed(&event) == Some(Key::Enter) {
            event.prevent_default();
            save(());
        }
    };
    let take = move |newer: Base| {
        text.set(newer.note.clone());
        base.set(newer);
    };
    let conflict = dyn_view(move || {
        let newer = newer.get()?;
        let at = newer.at;
        let shown = if newer.note.is_empty() { t::ticket::note_removed() } else { newer.note.clone() };
        let told = move || match at {
            Some(at) => t::ticket::note_newer(&format::date_time(at)),
            None => t::ticket::note_newer_unknown(),
        };
        Some(
            view! {
                <div role="alert" class="stack-s">
                    <Banner severity=Severity::Warning text=Signal::derive(told)>
                        <Button label=t::ticket::note_take small=true on_click=move |()| take(newer.clone()) />
                    </Banner>
                    <p class="ticket-note-text" dir="auto" prop:textContent=fixed(shown) />
                </div>
            }
            .into_any(),
        )
    });
    let hint = t::ticket::note_hint;
    let state = move || if newer.with(Option::is_some) { t::ticket::note_replace() } else { t::ticket::note_save() };
    let is_draft = move || text.with(|text| base.with(|base| *text != base.note));
    view! {
        <div class="ticket-note" on:keydown=press>
            {conflict}
            <TextArea label=t::ticket::note value=text error hint rows=3 />
            <div class="row">
                <Button label=Signal::derive(state) variant=Variant::Primary small=true busy on_click=save />
                <span class="muted small" prop:textContent=live_text(move || if is_draft() { t::ticket::note_unsaved() } else { String::new() }) />
            </div>
        </div>
    }
}

/// Focuses an element by its id, in the next frame.
pub fn focus(id: &'static str) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element {
            // If it can't take the focus, the focus stays where it is.
            let _ = element.focus();
        }
    });
}
