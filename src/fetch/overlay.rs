//! What is shown ahead of its confirmation: an optimistic write's change, over the last good answer, until the write
//! is confirmed or refused. Several lie over one another in the order they were made; a refused one is taken out alone.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use trunkline_api::endpoint::Endpoint;

use super::cache::{self, Ask, Data, Entry};

/// Makes the changed data of the data; none if it isn't what it knows.
pub(super) type Change = Rc<dyn Fn(&Data) -> Option<Data>>;

/// The changes over an entry, oldest first.
#[derive(Default)]
pub struct Stack(RefCell<Vec<Change>>);

impl Stack {
    /// The data with all changes applied.
    pub fn over(&self, base: Data) -> Data {
        self.0.borrow().iter().fold(base, |data, change| change(&data).unwrap_or(data))
    }
}

/// A change on the screen for as long as this lives.
pub struct Overlay {
    entry: Rc<Entry>,
    change: Change,
}

impl Overlay {
    /// Shows `change` over the answer to a request, wherever it is on the screen.
    pub fn new<E>(request: &E, change: impl Fn(&E::Response) -> E::Response + 'static) -> Self
    where
        E: Endpoint,
        E::Response: Send + Sync + 'static,
    {
        Self::over(
            Ask::of(request),
            Rc::new(move |data| Some(Arc::new(change(data.downcast_ref::<E::Response>()?)) as Data)),
        )
    }

    /// The write is confirmed: the change belongs to the data now.
    pub fn confirm(self) {
        self.entry.keep(&self.change);
    }

    fn over(ask: Ask, change: Change) -> Self {
        let entry = cache::entry(ask);
        entry.overlays.0.borrow_mut().push(Rc::clone(&change));
        entry.paint();
        Self { entry, change }
    }
}

impl Drop for Overlay {
    fn drop(&mut self) {
        self.entry.overlays.0.borrow_mut().retain(|change| !Rc::ptr_eq(change, &self.change));
        self.entry.paint();
    }
}
