//! Handles route changes: sets the document's title, with the number of unseen tickets in front, and focuses the page's heading, so that a screen reader reads it
//! and the keyboard continues from there.

use leptos::prelude::*;

use trunkline_model::unread_title::with_count;

use crate::components::inbox_news;
use crate::i18n::t;
use crate::reactive::{effect, effect_with_previous};
use crate::routes::{self, Route};
use crate::ui::focus_heading;

/// Follows the route until the owner is disposed.
pub fn announce_route(route: Memo<Route>) {
    effect(move || {
        let title = route.with(routes::title);
        document().set_title(&with_count(&format!("{title} · {}", t::common::app_name()), inbox_news::count()));
    });
    effect_with_previous(move |before: Option<Route>| {
        let now = route.get();
        // Keep the browser's focus on the first page. A ticket beside its list moves the focus itself.
        if before.as_ref().is_some_and(|before| *before != now && !within_inbox(before, &now)) {
            focus_heading();
        }
        now
    });
}

fn within_inbox(before: &Route, now: &Route) -> bool {
    before.section() == Route::Inbox && now.section() == Route::Inbox
}
