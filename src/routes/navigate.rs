//! Navigation by the router, as a value that forms keep.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Goes to a path. A copy is the same; it does nothing after its owner is gone.
pub type Navigate = StoredValue<Rc<dyn Fn(&str, NavigateOptions)>, LocalStorage>;

/// The router's navigation, owned by the calling component.
pub fn use_stored_navigate() -> Navigate {
    StoredValue::new_local(Rc::new(use_navigate()))
}
