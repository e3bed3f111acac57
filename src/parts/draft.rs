//! What is typed into a form, kept in this browser until it is saved: it outlives a reload, a crash and the end of a
//! session, and comes back with a notice, for its own user alone. Saving, cancelling and signing out wipe it. Secrets are
//! never kept.
//!
//! A form says what its values are, and gets the draft and the leave guard of them:
//!
//! ```ignore
//! let draft = use_draft(route.path(), vec![text("name", fields.name), flag("enabled", fields.enabled)]);
//! view! { <FormShell …><DraftNotice draft=draft.clone() /> … </FormShell> }
//! // when it is saved: draft.saved()
//! ```

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde_json::{Map, Value};
use trunkline_api::wire::to_json;

use super::leave_guard::guard_leaving_then;
use crate::browser::clock;
use crate::browser::timers::{self, Timer};
use crate::fetch::drafts::{self, Owner};
use crate::i18n::{format, t};
use crate::reactive::{dynamic, effect};
use crate::ui::{Banner, Button, Kind};

/// Milliseconds between a letter and its being kept.
const PAUSE_MS: u32 = 300;
/// The draft's own value: when it was kept, in epoch seconds.
const AT: &str = "@";

/// Under which name a draft has what a value was before it was typed.
fn before(name: &str) -> String {
    format!("{name}~")
}

/// One value of a form, as text.
pub struct Slot {
    name: &'static str,
    secret: bool,
    read: Box<dyn Fn() -> String>,
    write: Box<dyn Fn(&str)>,
}

impl Slot {
    /// A value of any kind. `read` is tracked; what it gives must hold no secret.
    pub fn new(name: &'static str, read: impl Fn() -> String + 'static, write: impl Fn(&str) + 'static) -> Self {
        Self { name, secret: false, read: Box::new(read), write: Box::new(write) }
    }

    /// It counts as typed, and is not kept.
    #[must_use]
    pub fn unkept(self) -> Self {
        Self { secret: true, ..self }
    }
}

/// A field of text.
pub fn text(name: &'static str, value: RwSignal<String>) -> Slot {
    Slot::new(name, move || value.get(), move |text| value.set(text.to_owned()))
}

/// A checkbox.
pub fn flag(name: &'static str, value: RwSignal<bool>) -> Slot {
    Slot::new(name, move || value.get().to_string(), move |text| value.set(text == "true"))
}

/// Where a form is not like the others.
#[derive(Default)]
pub struct Ways {
    /// Keeps every value, not only those that differ from the record: for a form that is filled in before it is shown.
    pub whole: bool,
    /// It was filled in just now: an older draft is out of place.
    pub fresh: bool,
    /// Whether something would be lost, where the first values don't tell.
    pub dirty: Option<Box<dyn Fn() -> bool>>,
    /// Back to what is saved, where the first values don't tell.
    pub reset: Option<Box<dyn Fn()>>,
}

struct State {
    form: String,
    /// Whoever has opened the form.
    owner: Owner,
    slots: Vec<Slot>,
    start: Vec<String>,
    ways: Ways,
    /// Values that were other ones when what came back was typed, by their place among the slots.
    older: RefCell<Vec<(usize, String)>>,
    saved: Cell<bool>,
    pending: RefCell<Option<Timer>>,
}

/// A form's draft; a clone is the same.
#[derive(Clone)]
pub struct Draft {
    state: Arc<SendWrapper<State>>,
    /// When the values that came back were typed, in epoch seconds.
    restored: RwSignal<Option<i64>>,
}

/// The draft of a form; `form` is its address. Values that were kept come back at once.
pub fn use_draft(form: String, slots: Vec<Slot>) -> Draft {
    use_draft_with(form, slots, Ways::default())
}

/// As [`use_draft`], for a form that is not like the others.
pub fn use_draft_with(form: String, slots: Vec<Slot>, ways: Ways) -> Draft {
    let page = form.clone();
    let start = untrack(|| slots.iter().map(|slot| (slot.read)()).collect());
    let state = State {
        form,
        owner: drafts::owner(),
        slots,
        start,
        ways,
        older: RefCell::default(),
        saved: Cell::new(false),
        pending: RefCell::new(None),
    };
    let draft = Draft { state: Arc::new(SendWrapper::new(state)), restored: RwSignal::new(None) };
    draft.restore();
    let (kept, asked, left) = (draft.clone(), draft.clone(), draft.clone());
    effect(move || kept.keep_soon());
    let dirty = move || {
        // The last letters, before the page goes.
        asked.state.flush();
        !asked.state.saved.get() && asked.state.is_dirty()
    };
    guard_leaving_then(page, dirty, move || left.saved());
    let gone = draft.clone();
    on_cleanup(move || gone.state.flush());
    draft
}

impl Draft {
    /// It was saved, or given up: nothing is kept, and the page can be left. Also after the page was left.
    pub fn saved(&self) {
        self.state.saved.set(true);
        self.state.forget();
        self.restored.try_set(None);
    }

    /// Saved, and the form stays open for the next change.
    pub fn saved_so_far(&self) {
        self.state.forget();
        self.restored.try_set(None);
    }

    fn restore(&self) {
        let state = &self.state;
        if state.ways.fresh {
            return state.forget();
        }
        let Some(kept) = drafts::read(&state.form) else { return };
        let kept: Map<String, Value> = serde_json::from_slice(kept.as_bytes()).unwrap_or_default();
        let text = |name: &str| kept.get(name).and_then(Value::as_str);
        for (at, (slot, start)) in state.slots.iter().zip(&state.start).enumerate() {
            let Some(value) = text(slot.name).filter(|_| !slot.secret) else { continue };
            (slot.write)(value);
            if let Some(before) = text(&before(slot.name)).filter(|before| before != start) {
                state.older.borrow_mut().push((at, before.to_owned()));
            }
        }
        if untrack(|| state.is_dirty()) {
            let at = kept.get(AT).and_then(Value::as_i64);
            self.restored.set(Some(at.unwrap_or_else(clock::now)));
        }
    }

    /// The form as it was opened when what came back was typed, as `read` sees it: somebody may have saved the record
    /// since. None if nothing differs from what it is now.
    pub fn opened_with<T>(&self, read: impl FnOnce() -> T) -> Option<T> {
        let State { slots, older, .. } = &**self.state;
        let older = older.borrow();
        let of_older = || older.iter().filter_map(|(at, before)| Some((slots.get(*at)?, before)));
        if older.is_empty() {
            return None;
        }
        let typed: Vec<String> = untrack(|| of_older().map(|(slot, _)| (slot.read)()).collect());
        of_older().for_each(|(slot, before)| (slot.write)(before));
        let opened = read();
        of_older().zip(&typed).for_each(|((slot, _), typed)| (slot.write)(typed));
        Some(opened)
    }

    /// Runs with each letter: what is typed is tracked here, and read again when it is kept.
    fn keep_soon(&self) {
        let state = Arc::clone(&self.state);
        state.slots.iter().for_each(|slot| drop((slot.read)()));
        let kept = Arc::clone(&state);
        state.pending.replace(Some(timers::after(PAUSE_MS, move || kept.flush())));
    }

    fn discard(&self) {
        let state = &self.state;
        match &state.ways.reset {
            Some(reset) => reset(),
            None => state.slots.iter().zip(&state.start).for_each(|(slot, start)| (slot.write)(start)),
        }
        self.saved_so_far();
    }
}

impl State {
    /// Whether something would be lost. Tracked.
    fn is_dirty(&self) -> bool {
        match &self.ways.dirty {
            Some(dirty) => dirty(),
            None => self.slots.iter().zip(&self.start).any(|(slot, start)| (slot.read)() != *start),
        }
    }

    /// The draft; none if there is nothing to lose. Tracked.
    fn text(&self) -> Option<String> {
        let mut kept = Map::new();
        for (slot, start) in self.slots.iter().zip(&self.start) {
            let value = (slot.read)();
            if !slot.secret && (self.ways.whole || value != *start) {
                kept.insert(slot.name.to_owned(), Value::String(value));
                if !self.ways.whole {
                    kept.insert(before(slot.name), Value::String(start.clone()));
                }
            }
        }
        if !self.is_dirty() || kept.is_empty() {
            return None;
        }
        kept.insert(AT.to_owned(), clock::now().into());
        Some(to_json(&kept))
    }

    /// Keeps what is waiting to be kept.
    fn flush(&self) {
        if self.pending.take().is_some() && !self.saved.get() {
            drafts::keep(&self.owner, &self.form, untrack(|| self.text()).as_deref());
        }
    }

    fn forget(&self) {
        self.pending.take();
        drafts::keep(&self.owner, &self.form, None);
    }
}

/// Says that a draft came back, and offers to let it go.
#[component]
pub fn DraftNotice(
    /// The form's draft.
    draft: Draft,
) -> impl IntoView {
    let restored = draft.restored;
    dynamic(move || {
        let (at, draft) = (restored.get()?, draft.clone());
        let text = move || t::parts::draft_restored(&format::ago(at, clock::now()));
        Some(
            view! {
                <Banner kind=Kind::Info text=Signal::derive(text)>
                    <Button label=t::parts::draft_discard small=true on_click=move |()| draft.discard() />
                </Banner>
            }
            .into_any(),
        )
    })
}
