//! Persists unsaved form input in this browser. A draft survives a reload, a crash and the end of a session; it is
//! restored with a notice, and only for the user who typed it. Saving, cancelling and signing out delete it. Secrets
//! are never stored.
//!
//! A form lists its fields, and gets a draft and an unsaved-changes guard:
//!
//! ```ignore
//! let draft = use_draft(route.path(), vec![text("name", fields.name), flag("enabled", fields.enabled)]);
//! view! { <FormShell …><DraftNotice draft=draft.clone() /> … </FormShell> }
//! // After a successful save: draft.saved()
//! ```

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde_json::{Map, Value};
use trunkline_api::decode::to_json;

use super::form_tools::{self, FormTool};
use super::unsaved_guard::use_unsaved_guard;
use crate::browser::clock;
use crate::browser::timers::{self, Timer};
use crate::fetch::drafts::{self, Owner};
use crate::i18n::{format, t};
use crate::reactive::{after_paint, dyn_view, effect};
use crate::ui::{Banner, Button, Severity};

/// Debounce between the last keystroke and the write to storage, in milliseconds.
const DEBOUNCE_MS: u32 = 300;
/// Key of the draft's own entry: when it was stored, in epoch seconds.
const STORED_AT_KEY: &str = "@";

/// Key under which a draft stores the value that a field had before it was edited.
fn initial_key(name: &str) -> String {
    format!("{name}~")
}

/// One form value, read and written as text.
pub struct DraftField {
    name: &'static str,
    is_transient: bool,
    read: Box<dyn Fn() -> String>,
    write: Box<dyn Fn(&str)>,
}

impl DraftField {
    /// A field of any type. `read` is tracked, and must not return a secret.
    pub fn new(name: &'static str, read: impl Fn() -> String + 'static, write: impl Fn(&str) + 'static) -> Self {
        Self { name, is_transient: false, read: Box::new(read), write: Box::new(write) }
    }

    /// Marks the field as one that makes the form dirty but is never stored.
    #[must_use]
    pub fn transient(self) -> Self {
        Self { is_transient: true, ..self }
    }
}

/// A text field.
pub fn text(name: &'static str, value: RwSignal<String>) -> DraftField {
    DraftField::new(name, move || value.get(), move |text| value.set(text.to_owned()))
}

/// A checkbox.
pub fn flag(name: &'static str, value: RwSignal<bool>) -> DraftField {
    DraftField::new(name, move || value.get().to_string(), move |text| value.set(text == "true"))
}

/// Options of forms that differ from the default.
#[derive(Default)]
pub struct DraftOptions {
    /// Stores every value, not only those that differ from the record: for a form that is prefilled before it is shown.
    pub store_all: bool,
    /// Deletes an older draft instead of restoring it: the form has just been prefilled.
    pub ignore_stored: bool,
    /// Replaces the comparison with the initial values as the test for unsaved changes.
    pub is_dirty: Option<Box<dyn Fn() -> bool>>,
    /// Restores the saved values, for forms that do not start from them.
    pub reset: Option<Box<dyn Fn()>>,
}

struct DraftState {
    form: String,
    /// The user who opened the form.
    owner: Owner,
    fields: Vec<DraftField>,
    initial: Vec<String>,
    options: DraftOptions,
    /// The initial values as stored with the draft, where they differ from today's, by index into the slots.
    former_initial: RefCell<Vec<(usize, String)>>,
    saved: Cell<bool>,
    pending: RefCell<Option<Timer>>,
    /// Counts stores and deletes: a store that waited for the cipher counts only if it is the last.
    version: Rc<Cell<u32>>,
}

/// A form's draft. Clones share their state.
#[derive(Clone)]
pub struct Draft {
    state: Arc<SendWrapper<DraftState>>,
    /// When the restored values were typed, in epoch seconds; `None` if nothing was restored.
    restored: RwSignal<Option<i64>>,
}

/// Creates the draft of a form, and restores stored values at once. `form` is the form's path.
pub fn use_draft(form: String, fields: Vec<DraftField>) -> Draft {
    use_draft_with(form, fields, DraftOptions::default())
}

/// Like [`use_draft`], with options.
pub fn use_draft_with(form: String, fields: Vec<DraftField>, options: DraftOptions) -> Draft {
    let page = form.clone();
    let initial = untrack(|| fields.iter().map(|slot| (slot.read)()).collect());
    let state = DraftState {
        form,
        owner: drafts::owner(),
        fields,
        initial,
        options,
        former_initial: RefCell::default(),
        saved: Cell::new(false),
        pending: RefCell::new(None),
        version: Rc::default(),
    };
    let draft = Draft { state: Arc::new(SendWrapper::new(state)), restored: RwSignal::new(None) };
    draft.restore();
    after_paint(form_tools::load);
    let (kept, asked, left) = (draft.clone(), draft.clone(), draft.clone());
    effect(move || kept.store_soon());
    let dirty = move || {
        // Store the last keystrokes before the page unloads.
        asked.state.flush();
        !asked.state.saved.get() && asked.state.is_dirty()
    };
    use_unsaved_guard(page, dirty, move || left.saved());
    let gone = draft.clone();
    on_cleanup(move || gone.state.flush());
    draft
}

impl Draft {
    /// Deletes the draft for good and lets the page be left: the form was saved, or its input discarded. May be called
    /// after the page was left.
    pub fn saved(&self) {
        self.state.saved.set(true);
        self.state.delete();
        self.restored.try_set(None);
    }

    /// Deletes the draft but keeps tracking: the form was saved and stays open.
    pub fn clear(&self) {
        self.state.delete();
        self.restored.try_set(None);
    }

    fn restore(&self) {
        let state = &self.state;
        if state.options.ignore_stored {
            return state.delete();
        }
        let Some(json) = drafts::load(&state.form) else { return };
        let stored: Map<String, Value> = serde_json::from_slice(json.as_bytes()).unwrap_or_default();
        let text = |name: &str| stored.get(name).and_then(Value::as_str);
        for (at, (slot, start)) in state.fields.iter().zip(&state.initial).enumerate() {
            let Some(value) = text(slot.name).filter(|_| !slot.is_transient) else { continue };
            (slot.write)(value);
            if let Some(before) = text(&initial_key(slot.name)).filter(|before| before != start) {
                state.former_initial.borrow_mut().push((at, before.to_owned()));
            }
        }
        if untrack(|| state.is_dirty()) {
            let at = stored.get(STORED_AT_KEY).and_then(Value::as_i64);
            self.restored.set(Some(at.unwrap_or_else(clock::now)));
        }
    }

    /// Reads the form, by `read`, with the initial values that it had when the restored input was typed: the record may
    /// have been saved by somebody else since. `None` if they equal today's.
    pub fn read_as_opened<T>(&self, read: impl FnOnce() -> T) -> Option<T> {
        let DraftState { fields: slots, former_initial: older, .. } = &**self.state;
        let older = older.borrow();
        let of_older = || older.iter().filter_map(|(at, before)| Some((slots.get(*at)?, before)));
        if older.is_empty() {
            return None;
        }
        let current: Vec<String> = untrack(|| of_older().map(|(slot, _)| (slot.read)()).collect());
        of_older().for_each(|(slot, before)| (slot.write)(before));
        let opened = read();
        of_older().zip(&current).for_each(|((slot, _), typed)| (slot.write)(typed));
        Some(opened)
    }

    /// Runs on every keystroke: tracks the fields here, and reads them again when the draft is stored.
    fn store_soon(&self) {
        let state = Arc::clone(&self.state);
        state.fields.iter().for_each(|slot| drop((slot.read)()));
        let kept = Arc::clone(&state);
        state.pending.replace(Some(timers::after(DEBOUNCE_MS, move || kept.flush())));
    }

    fn discard(&self) {
        let state = &self.state;
        match &state.options.reset {
            Some(reset) => reset(),
            None => state.fields.iter().zip(&state.initial).for_each(|(slot, start)| (slot.write)(start)),
        }
        self.clear();
    }
}

impl DraftState {
    /// Returns `true` if there are unsaved changes. Tracked.
    fn is_dirty(&self) -> bool {
        match &self.options.is_dirty {
            Some(dirty) => dirty(),
            None => self.fields.iter().zip(&self.initial).any(|(slot, start)| (slot.read)() != *start),
        }
    }

    /// The draft as JSON; `None` if there are no unsaved changes. Tracked.
    fn serialized(&self) -> Option<String> {
        let mut entries = Map::new();
        for (slot, start) in self.fields.iter().zip(&self.initial) {
            let value = (slot.read)();
            if !slot.is_transient && (self.options.store_all || value != *start) {
                entries.insert(slot.name.to_owned(), Value::String(value));
                if !self.options.store_all {
                    entries.insert(initial_key(slot.name), Value::String(start.clone()));
                }
            }
        }
        if !self.is_dirty() || entries.is_empty() {
            return None;
        }
        entries.insert(STORED_AT_KEY.to_owned(), clock::now().into());
        Some(to_json(&entries))
    }

    /// Writes a pending change to storage now.
    fn flush(&self) {
        if self.pending.take().is_some() && !self.saved.get() {
            self.store(untrack(|| self.serialized()));
        }
    }

    /// Stores the draft now, or once the cipher is loaded, unless another store or a deletion comes first.
    fn store(&self, draft: Option<String>) {
        let version = self.version.get().wrapping_add(1);
        self.version.set(version);
        if draft.is_none() || drafts::is_ready() {
            return drafts::store(&self.owner, &self.form, draft.as_deref());
        }
        let (owner, form, latest) = (self.owner.clone(), self.form.clone(), Rc::clone(&self.version));
        let store = move || {
            if latest.get() == version {
                drafts::store(&owner, &form, draft.as_deref());
            }
        };
        // Without the chunk there are no drafts; the form works without.
        form_tools::run(FormTool::Cipher(Box::new(store)), || ());
    }

    fn delete(&self) {
        self.pending.take();
        self.store(None);
    }
}

/// A banner saying that a draft was restored, with a button to discard it.
#[component]
pub fn DraftNotice(
    /// The form's draft.
    draft: Draft,
) -> impl IntoView {
    let restored = draft.restored;
    dyn_view(move || {
        let (at, draft) = (restored.get()?, draft.clone());
        let text = move || t::components::draft_restored(&format::ago(at, clock::now()));
        Some(
            view! {
                <Banner severity=Severity::Info text=Signal::derive(text)>
                    <Button label=t::components::draft_discard small=true on_click=move |()| draft.discard() />
                </Banner>
            }
            .into_any(),
        )
    })
}
