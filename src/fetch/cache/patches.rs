//! The optimistic updates of an entry: patches over the data of the last successful response, in the order they were
//! made. A refused one is removed alone.

use std::cell::RefCell;
use std::rc::Rc;

use crate::fetch::response::Data;

/// Returns the patched data; `None` if the data is of another type.
pub type Patch = Rc<dyn Fn(&Data) -> Option<Data>>;

/// The patches of an entry, oldest first.
#[derive(Default)]
pub struct PatchStack(RefCell<Vec<Patch>>);

impl PatchStack {
    /// Adds a patch after all others.
    pub fn push(&self, patch: &Patch) {
        self.0.borrow_mut().push(Rc::clone(patch));
    }

    /// Removes a patch.
    pub fn remove(&self, patch: &Patch) {
        self.0.borrow_mut().retain(|other| !Rc::ptr_eq(other, patch));
    }

    /// The data with all patches applied.
    pub fn apply(&self, data: Data) -> Data {
        self.0.borrow().iter().fold(data, |data, patch| patch(&data).unwrap_or(data))
    }
}
