//! Moves the focus to a ticket's heading when it is opened, and back to its row when it is closed.

use leptos::html;
use leptos::prelude::*;

use crate::reactive::effect_with_previous;
use crate::ui::{Cursor, Step};

/// Follows the open ticket until the owner is disposed. A ticket that is open from the start does not take the focus.
pub fn follow(open: Memo<Option<String>>, cursor: Cursor, heading: NodeRef<html::H2>) {
    effect_with_previous(move |before: Option<Option<String>>| {
        let now = open.get();
        // The heading of the next ticket takes the focus, not its row.
        cursor.keeps_focus.set(now.is_some());
        if now.is_some() {
            cursor.current.set(now.clone());
        }
        match (&before, &now) {
            (Some(before), Some(_)) if *before != now => request_animation_frame(move || {
                if let Some(heading) = heading.try_get_untracked().flatten() {
                    // If the heading can't take the focus, the focus stays where it is.
                    let _ = heading.focus();
                }
            }),
            // In the next frame, because on a small screen the list has to be visible again first.
            (Some(Some(_)), None) => request_animation_frame(move || {
                if cursor.current.try_get_untracked().is_some() {
                    cursor.step(Step::By(0));
                }
            }),
            _ => {}
        }
        now
    });
}
