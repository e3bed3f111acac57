//! Printing: lists render all of their rows, and a line says what was printed, when and by whom.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use crate::browser::clock;
use crate::fetch::session;
use crate::i18n::{count_of, date_time, number, t};
use crate::ui::table::printing::{MAX_PRINTED, set_printing};

/// Follows the browser's print events. `beforeprint` fires before the layout of the pages; tools that only emulate the
/// print media change the media query instead.
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
        // `change` is a valid event name.
        let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
    }
    let media_listener = StoredValue::new_local(Some((query, changed)));
    on_cleanup(move || {
        before.remove();
        after.remove();
        if let Some((Some(query), changed)) = media_listener.try_update_value(Option::take).flatten() {
            let _ = query.remove_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        }
    });
}

fn begin() {
    set_printing(true);
    remove_line();
    let (Some(main), Ok(line)) = (find("main"), document().create_element("p")) else { return };
    line.set_class_name(LINE_CLASS);
    line.set_text_content(Some(&untrack(line_text)));
    // `main` exists, and the line is new.
    let _ = main.prepend_with_node_1(&line);
}

fn end() {
    set_printing(false);
    remove_line();
}

/// The CSS class of the line.
const LINE_CLASS: &str = "print-line";

fn remove_line() {
    if let Some(line) = find(".print-line") {
        line.remove();
    }
}

/// "Printed on 29 Nov 2026, 14:05 by demo admin. Filters: Status: ASSIGNED."
fn line_text() -> String {
    let date = date_time(clock::now());
    let user = session::user().map(|user| user.name).filter(|name| !name.is_empty());
    let mut parts = vec![match user {
        Some(user) => t::print::printed_by(&date, &user),
        None => t::print::printed_on(&date),
    }];
    let filters = active_filters();
    if !filters.is_empty() {
        parts.push(t::print::filters(&filters.join("; ")));
    }
    let count = find("main table[aria-rowcount]").and_then(|table| table.get_attribute("aria-rowcount"));
    // The count includes the header.
    let count = count.and_then(|count| count.parse::<i64>().ok()).unwrap_or_default() - 1;
    let most = count_of(MAX_PRINTED);
    if count > most {
        parts.push(t::print::cut(count, &number(most)));
    }
    parts.join(" ")
}

/// The active filters as the toolbar shows them: "Status: ASSIGNED".
fn active_filters() -> Vec<String> {
    let fields = find_all("main .toolbar :is(input, select)").into_iter();
    let mut filters: Vec<String> =
        fields.filter_map(|field| Some(format!("{}: {}", field_label(&field)?, field_value(&field)?))).collect();
    filters.extend(find_all("main .chip").iter().filter_map(|chip| {
        let (label, value) = (chip.first_element_child()?, chip.query_selector("bdi").ok().flatten()?);
        Some(format!("{}: {}", label.text_content()?, value.text_content()?))
    }));
    filters.extend(find_all("main .check-filter[data-on]").iter().filter_map(|filter| filter.text_content()));
    filters
}

fn find_all(selector: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok()).collect()
}

fn field_label(field: &Element) -> Option<String> {
    let label = || find(&format!("label[for=\"{}\"]", field.id()))?.text_content();
    field.get_attribute("aria-label").or_else(label)
}

fn field_value(field: &Element) -> Option<String> {
    let value = match field.dyn_ref::<HtmlSelectElement>() {
        // The empty value selects everything.
        Some(select) if select.value().is_empty() => String::new(),
        Some(_) => field.query_selector("option:checked").ok().flatten()?.text_content()?,
        None => field.dyn_ref::<HtmlInputElement>()?.value(),
    };
    Some(value).filter(|value| !value.is_empty())
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
