//! What every form needs only behind its first view: the cipher of its draft, and the comparison with what somebody else
//! saved meanwhile. They are a chunk of their own, which a form requests after its first paint.
//!
//! The chunk's code is what [`FormTool::run`] reaches; a closure that is passed to it belongs to the chunk that made it.

use std::cell::Cell;

use leptos::prelude::*;

use super::edit_conflict::{EditConflict, EditConflictDialog, Question};
use crate::fetch::drafts;

/// What the chunk does.
pub enum FormTool {
    /// Provides the cipher of drafts, then calls this.
    Cipher(Box<dyn FnOnce()>),
    /// Compares the versions of a record, and opens the dialog if there is something to ask.
    Compare(EditConflict, Question),
    /// The dialog, with a note above its Save.
    ConflictDialog(EditConflict, Option<ViewFn>),
}

impl FormTool {
    /// Does it. Only the dialog has a view.
    pub fn run(self) -> AnyView {
        drafts::provide_cipher();
        match self {
            Self::Cipher(then) => {
                then();
                ().into_any()
            }
            Self::Compare(conflict, question) => {
                conflict.compare(question);
                ().into_any()
            }
            Self::ConflictDialog(conflict, Some(note)) => view! { <EditConflictDialog conflict note /> }.into_any(),
            Self::ConflictDialog(conflict, None) => view! { <EditConflictDialog conflict /> }.into_any(),
        }
    }
}

/// How forms get at the chunk.
#[derive(Clone, Copy)]
pub struct FormTools {
    /// Requests the chunk.
    pub load: fn(),
    /// Runs a tool once the chunk is loaded; calls the second function if it can't be.
    pub run: fn(FormTool, Box<dyn FnOnce()>),
    /// The view of a tool, once the chunk is loaded. Tracked.
    pub view: fn(FormTool) -> AnyView,
}

thread_local! {
    static TOOLS: Cell<Option<FormTools>> = const { Cell::new(None) };
}

/// Provides the tools, at the app's start.
pub fn provide(tools: FormTools) {
    TOOLS.set(Some(tools));
}

/// Requests the chunk.
pub fn load() {
    if let Some(tools) = TOOLS.get() {
        (tools.load)();
    }
}

/// Runs a tool once the chunk is loaded; calls `failed` if it can't be.
pub fn run(tool: FormTool, failed: impl FnOnce() + 'static) {
    if let Some(tools) = TOOLS.get() {
        (tools.run)(tool, Box::new(failed));
    }
}

/// Asks about what somebody else has changed meanwhile, if anything. `failed` is called if the code for that can't be
/// loaded.
pub fn ask(conflict: EditConflict, question: Question, failed: impl FnOnce() + 'static) {
    let [base, theirs, _] = &question.versions;
    if base == theirs {
        return (question.unchanged)();
    }
    conflict.asked.set(true);
    run(FormTool::Compare(conflict, question), failed);
}

/// The dialog for that, once it may be needed. Tracked.
pub fn conflict_dialog(conflict: EditConflict, note: Option<ViewFn>) -> Option<AnyView> {
    conflict.asked.get().then(|| view(FormTool::ConflictDialog(conflict, note)))
}

/// The view of a tool, once the chunk is loaded. Tracked.
fn view(tool: FormTool) -> AnyView {
    TOOLS.get().map_or_else(|| ().into_any(), |tools| (tools.view)(tool))
}
