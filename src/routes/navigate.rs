//! The router's navigation as a copyable value.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Navigates to a path. Copies share one function, which is disposed with its owner.
pub type Navigate = StoredValue<Rc<dyn Fn(&str, NavigateOptions)>, LocalStorage>;

/// The router's navigation, owned by the calling component.
pub fn use_stored_navigate() -> Navigate {
    StoredValue::new_local(Rc::new(use_navigate()))
}
