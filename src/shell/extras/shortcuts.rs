//! The list of shortcuts: those of every page, and those of the inbox when one is there.

use leptos::prelude::*;

use crate::i18n::t;
use crate::parts::use_preferences;
use crate::reactive::{catalogue, live_text};
use crate::routes::Route;
use crate::ui::Dialog;

/// Keys, as they are called, and what they do.
type Row = (&'static [&'static str], fn() -> String);

const EVERYWHERE: &[Row] = &[
    (&["Ctrl", "K"], t::shortcuts::palette),
    (&["/"], t::shortcuts::search),
    (&["?"], t::shortcuts::help),
    (&["Esc"], t::shortcuts::close),
];
const INBOX: &[Row] = &[
    (&["j", "↓"], t::shortcuts::next),
    (&["k", "↑"], t::shortcuts::previous),
    (&["Enter"], t::shortcuts::open),
    (&["Esc"], t::shortcuts::close_ticket),
];

/// The list.
#[component]
pub fn Shortcuts(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Where the console is.
    route: Memo<Route>,
) -> impl IntoView {
    let preferences = use_preferences();
    let single = move || preferences.single_keys();
    let note = move || if single() { t::shortcuts::single_on() } else { t::shortcuts::single_off() };
    view! {
        <Dialog open title=t::shortcuts::title>
            {move || (route.with(Route::section) == Route::Inbox).then(|| table(t::routes::inbox, INBOX, single()))}
            {move || table(t::shortcuts::everywhere, EVERYWHERE, single())}
            <p class="muted small" prop:textContent=live_text(move || note()) />
        </Dialog>
    }
}

/// The keys that work: without `single` none of a letter or sign alone.
fn table(title: fn() -> String, rows: &'static [Row], single: bool) -> impl IntoView {
    let row = move |(keys, text): &Row| {
        let combined = keys.contains(&"Ctrl");
        let works = move |key: &&&str| single || combined || !matches!(**key, "j" | "k" | "/" | "?");
        let keys = keys.iter().filter(works).map(|key| {
            let key = *key;
            view! { <kbd prop:textContent=live_text(move || named(key)) />" " }
        });
        let keys = keys.collect_view();
        if keys.is_empty() {
            return None;
        }
        let text = *text;
        Some(
            view! { <tr><th scope="row"><bdi dir="ltr">{keys}</bdi></th><td prop:textContent=live_text(move || text()) /></tr> },
        )
    };
    view! {
        <table class="shortcuts">
            <caption prop:textContent=live_text(move || title()) />
            <thead class="visually-hidden">
                <tr><th scope="col" prop:textContent=catalogue(t::shortcuts::key) /><th scope="col" prop:textContent=catalogue(t::shortcuts::action) /></tr>
            </thead>
            <tbody>{rows.iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// A key as this keyboard calls it.
fn named(key: &'static str) -> String {
    let is_apple =
        || window().navigator().platform().is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP"));
    match key {
        "Ctrl" if is_apple() => "⌘".to_owned(),
        "Ctrl" => t::shortcuts::ctrl(),
        key => key.to_owned(),
    }
}
