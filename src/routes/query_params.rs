//! Query parameters of the URL, the single source of truth for search, filters, sort and selection.
//!
//! The router's query signals decode twice and add a history entry per keystroke. So values are parsed from the raw
//! query string, and written by replacing the history entry.

use crate::browser::timers::{self, Timer};
use crate::reactive::{after_paint, effect, memo};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use web_sys::UrlSearchParams;

/// Milliseconds without input until a typed value is written into the URL. Browsers limit how often a page may change
/// its URL; Safari allows a hundred changes per 30 seconds.
const DEBOUNCE_MS: u32 = 250;

/// Milliseconds from the frame that shows a value until it is written into the URL, so that a slow machine paints the
/// frame first.
const AFTER_PAINT_MS: u32 = 100;

/// Writes a value into the URL.
type Write = Box<dyn Fn(&str)>;

/// A query parameter: a signal to read, and [`Param::set`], [`Param::set_after_paint`] and [`Param::set_debounced`] to
/// write.
#[derive(Clone, Copy)]
pub struct Param {
    /// The decoded value; empty if the URL has none. A value that is yet to be written is included.
    pub value: Memo<String>,
    /// The value that is yet to be written into the URL, or was just written.
    pending: RwSignal<Option<String>>,
    /// Timer of the delayed write.
    timer: StoredValue<Option<Timer>, LocalStorage>,
    write: StoredValue<Write, LocalStorage>,
}

impl Param {
    /// The value. Tracked.
    pub fn get(&self) -> String {
        self.value.get()
    }

    /// Writes a value into the URL; an empty one removes the parameter.
    pub fn set(&self, value: &str) {
        self.timer.update_value(|timer| drop(timer.take()));
        self.pending.set(Some(value.to_owned()));
        self.write.with_value(|write| write(value));
    }

    /// Sets the value at once and writes it into the URL after the next paint: changing the URL takes as long as
    /// drawing all rows.
    pub fn set_after_paint(&self, value: &str) {
        self.pending.set(Some(value.to_owned()));
        let (param, value) = (*self, value.to_owned());
        after_paint(move || {
            // If the page was left meanwhile, the parameter is disposed and the next page's URL is not changed.
            param.timer.try_set_value(Some(timers::after(AFTER_PAINT_MS, move || param.set(&value))));
        });
    }

    /// Sets the value at once and writes it into the URL after a pause in typing, or when the same value comes twice (a
    /// field sends its last value again on change).
    pub fn set_debounced(&self, value: &str) {
        if self.pending.with_untracked(|pending| pending.as_deref() == Some(value)) {
            return self.set(value);
        }
        self.pending.set(Some(value.to_owned()));
        let (param, value) = (*self, value.to_owned());
        self.timer.set_value(Some(timers::after(DEBOUNCE_MS, move || param.set(&value))));
    }
}

/// The query parameter of this name. Must be called inside the router.
pub fn use_param(name: &'static str) -> Param {
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    let navigate = use_navigate();
    let (pending, timer) = (RwSignal::new(None::<String>), StoredValue::new_local(None::<Timer>));
    let value = memo(move || pending.get().unwrap_or_else(|| param_in(&search.get(), name)));
    effect(move || {
        search.track();
        if timer.with_value(Option::is_none) {
            pending.set(None);
        }
    });
    let write: Write = Box::new(move |value| {
        if value == current_value(search, name) {
            return;
        }
        let search = with_param(&search.get_untracked(), name, value);
        let target =
            if search.is_empty() { path.get_untracked() } else { format!("{}?{search}", path.get_untracked()) };
        let options = NavigateOptions { replace: true, scroll: false, resolve: false, ..NavigateOptions::default() };
        navigate(&target, options);
    });
    Param { value, pending, timer, write: StoredValue::new_local(write) }
}

fn current_value(search: Memo<String>, name: &str) -> String {
    param_in(&search.get_untracked(), name)
}

/// A route's path with these query parameters; those with an empty value are left out.
pub fn href(route: &super::Route, parameters: &[(&str, &str)]) -> String {
    let path = route.path();
    let query = parameters.iter().filter(|(_, value)| !value.is_empty());
    let query = query.fold(String::new(), |query, (name, value)| with_param(&query, name, value));
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The value of a parameter in a query string; empty if it is missing.
pub fn param_in(search: &str, name: &str) -> String {
    UrlSearchParams::new_with_str(search).ok().and_then(|params| params.get(name)).unwrap_or_default()
}

/// The query string with a parameter set, or removed if its value is empty.
pub fn with_param(search: &str, name: &str, value: &str) -> String {
    let Ok(params) = UrlSearchParams::new_with_str(search) else { return search.to_owned() };
    if value.is_empty() {
        params.delete(name);
    } else {
        params.set(name, value);
    }
    params.to_string().into()
}
