//! The URL's query as the only truth for search, filters, sort and selection.
//!
//! The router's own query signals decode twice and add a history entry per keystroke, so values are read from the raw
//! text and written by replacing the entry.

use crate::browser::timers::{self, Timer};
use crate::reactive::{after_frame, effect, memo};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use web_sys::UrlSearchParams;

/// Milliseconds without another letter until what is typed is in the URL. A browser counts how often a page writes its
/// address, and Safari refuses more than a hundred times in half a minute.
const TYPED_MS: u32 = 250;

/// Milliseconds from the frame that shows a value until it is in the URL: on a slow machine, too, the frame is painted.
const SHOWN_MS: u32 = 100;

/// Puts a value into the URL.
type Write = Box<dyn Fn(&str)>;

/// One parameter of the URL: a signal to read, and [`Param::set`], [`Param::show`] and [`Param::type_in`] to write.
#[derive(Clone, Copy)]
pub struct Param {
    /// The value, decoded; empty if the URL has none. What is on its way into the URL counts already.
    pub value: Memo<String>,
    /// On its way into the URL, or just there.
    given: RwSignal<Option<String>>,
    /// While somebody types.
    due: StoredValue<Option<Timer>, LocalStorage>,
    write: StoredValue<Write, LocalStorage>,
}

impl Param {
    /// The value; tracked.
    pub fn get(&self) -> String {
        self.value.get()
    }

    /// Puts a value into the URL; an empty one takes the parameter out.
    pub fn set(&self, value: &str) {
        self.due.update_value(|due| drop(due.take()));
        self.given.set(Some(value.to_owned()));
        self.write.with_value(|write| write(value));
    }

    /// On the page at once, and in the URL when that is painted: an address is as much work as all rows.
    pub fn show(&self, value: &str) {
        self.given.set(Some(value.to_owned()));
        let (param, value) = (*self, value.to_owned());
        after_frame(move || {
            // Whoever has left the page meanwhile leaves no trace on the next.
            param.due.try_set_value(Some(timers::after(SHOWN_MS, move || param.set(&value))));
        });
    }

    /// Letter by letter: the URL has it as soon as nothing more is typed, or the same comes twice (a field's last word).
    pub fn type_in(&self, value: &str) {
        if self.given.with_untracked(|given| given.as_deref() == Some(value)) {
            return self.set(value);
        }
        self.given.set(Some(value.to_owned()));
        let (param, value) = (*self, value.to_owned());
        self.due.set_value(Some(timers::after(TYPED_MS, move || param.set(&value))));
    }
}

/// A parameter by name. Call it inside the router.
pub fn use_param(name: &'static str) -> Param {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let navigate = use_navigate();
    let (given, due) = (RwSignal::new(None::<String>), StoredValue::new_local(None::<Timer>));
    let value = memo(move || given.get().unwrap_or_else(|| read(&search.get(), name)));
    effect(move || {
        search.track();
        if due.with_value(Option::is_none) {
            given.set(None);
        }
    });
    let write: Write = Box::new(move |value| {
        if value == value_of(search, name) {
            return;
        }
        let search = written(&search.get_untracked(), name, value);
        let target =
            if search.is_empty() { path.get_untracked() } else { format!("{}?{search}", path.get_untracked()) };
        let options = NavigateOptions { replace: true, scroll: false, resolve: false, ..NavigateOptions::default() };
        navigate(&target, options);
    });
    Param { value, given, due, write: StoredValue::new_local(write) }
}

fn value_of(search: Memo<String>, name: &str) -> String {
    read(&search.get_untracked(), name)
}

/// A route's path with these parameters, as far as they have a value.
pub fn href(route: &super::Route, parameters: &[(&str, &str)]) -> String {
    let path = route.path();
    let query = parameters.iter().filter(|(_, value)| !value.is_empty());
    let query = query.fold(String::new(), |query, (name, value)| written(&query, name, value));
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The value of a parameter in a query text.
fn read(search: &str, name: &str) -> String {
    UrlSearchParams::new_with_str(search).ok().and_then(|params| params.get(name)).unwrap_or_default()
}

/// The query text with a parameter set, or taken out.
fn written(search: &str, name: &str, value: &str) -> String {
    let Ok(params) = UrlSearchParams::new_with_str(search) else { return search.to_owned() };
    if value.is_empty() {
        params.delete(name);
    } else {
        params.set(name, value);
    }
    params.to_string().into()
}
