//! What happens when the page changes: the document's title, and the focus on the page's heading, so that a screen
//! reader reads it and the keyboard goes on from there.

use leptos::prelude::*;

use crate::i18n::t;
use crate::reactive::effect_from;
use crate::routes::Route;
use crate::ui::focus_heading;

/// Follows the route for as long as the owner lives.
pub fn announce_route(route: Memo<Route>) {
    effect_from(move |before: Option<Route>| {
        let now = route.get();
        document().set_title(&format!("{} · {}", now.title(), t::common::app_name()));
        // The first page leaves the focus where the browser put it; a ticket beside its list moves it itself.
        if before.as_ref().is_some_and(|before| *before != now && !within_inbox(before, &now)) {
            focus_heading();
        }
        now
    });
}

fn within_inbox(before: &Route, now: &Route) -> bool {
    before.section() == Route::Inbox && now.section() == Route::Inbox
}
