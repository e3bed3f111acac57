//! Printing a page: a list with all of its rows instead of those in view, and a line that says what was printed, when
//! and by whom.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use crate::browser::clock;
use crate::fetch::session;
use crate::i18n::{date_time, number, t};
use crate::ui::table::printing::{MOST, set_printing};

/// Follows the browser. It says `beforeprint` before it lays out the pages; tools that only switch to the print media
/// change the media query.
pub fn listen() {
    let before = window_event_listener(ev::beforeprint, |_| begin());
    let after = window_event_listener(ev::afterprint, |_| end());
    let query = window().match_media("print").ok().flatten();
    let changed = Closure::<dyn Fn(web_sys::MediaQueryListEvent)>::new(
        |event: web_sys::MediaQueryListEvent| {
            if event.matches() { begin() } else { end() }
        },
    );
    if let Some(query) = &query {
        // The event's name is one.
        let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
    }
    let held = StoredValue::new_local(Some((query, changed)));
    on_cleanup(move || {
        before.remove();
        after.remove();
        if let Some((Some(query), changed)) = held.try_update_value(Option::take).flatten() {
            let _ = query.remove_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        }
    });
}

fn begin() {
    set_printing(true);
    end_line();
    let (Some(main), Ok(line)) = (find("main"), document().create_element("p")) else { return };
    line.set_class_name(LINE);
    line.set_text_content(Some(&untrack(text)));
    // `main` is there, and the line is new.
    let _ = main.prepend_with_node_1(&line);
}

fn end() {
    set_printing(false);
    end_line();
}

/// The line's class.
const LINE: &str = "print-line";

fn end_line() {
    if let Some(line) = find(".print-line") {
        line.remove();
    }
}

/// "Printed on 29 Nov 2026, 14:05 by demo admin. Filters: Status: ASSIGNED."
fn text() -> String {
    let date = date_time(clock::now());
    let user = session::user().map(|user| user.name).filter(|name| !name.is_empty());
    let mut parts = vec![match user {
        Some(user) => t::print::printed_by(&date, &user),
        None => t::print::printed_on(&date),
    }];
    let filters = filters();
    if !filters.is_empty() {
        parts.push(t::print::filters(&filters.join("; ")));
    }
    let count = find("main table[aria-rowcount]").and_then(|table| table.get_attribute("aria-rowcount"));
    // The header is counted too.
    let count = count.and_then(|count| count.parse::<i64>().ok()).unwrap_or_default() - 1;
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    if count > most {
        parts.push(t::print::cut(count, &number(most)));
    }
    parts.join(" ")
}

/// What narrows the list, as the fields above it show it: "Status: ASSIGNED".
fn filters() -> Vec<String> {
    let Ok(fields) = document().query_selector_all("main .toolbar :is(input, select)") else { return Vec::new() };
    let fields = (0..fields.length()).filter_map(|at| fields.get(at)?.dyn_into::<Element>().ok());
    fields.filter_map(|field| Some(format!("{}: {}", name(&field)?, value(&field)?))).collect()
}

fn name(field: &Element) -> Option<String> {
    let label = || find(&format!("label[for=\"{}\"]", field.id()))?.text_content();
    field.get_attribute("aria-label").or_else(label)
}

fn value(field: &Element) -> Option<String> {
    let value = match field.dyn_ref::<HtmlSelectElement>() {
        // An empty value is the choice of all.
        Some(select) if select.value().is_empty() => String::new(),
        Some(_) => field.query_selector("option:checked").ok().flatten()?.text_content()?,
        None => field.dyn_ref::<HtmlInputElement>()?.value(),
    };
    Some(value).filter(|value| !value.is_empty())
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
