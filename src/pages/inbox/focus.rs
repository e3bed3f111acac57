//! Where the focus goes when a ticket is opened or closed: to its heading, and back to its row.

use leptos::html;
use leptos::prelude::*;

use crate::reactive::effect_from;
use crate::ui::{Cursor, Step};

/// Follows the open ticket until the owner is gone. A ticket that was open from the start leaves the focus alone.
pub fn follow(open: Memo<Option<String>>, cursor: Cursor, heading: NodeRef<html::H2>) {
    effect_from(move |before: Option<Option<String>>| {
        let now = open.get();
        if now.is_some() {
            cursor.current.set(now.clone());
        }
        match (&before, &now) {
            (Some(before), Some(_)) if *before != now => request_animation_frame(move || {
                if let Some(heading) = heading.try_get_untracked().flatten() {
                    // A heading that can't take the focus leaves it where it is.
                    let _ = heading.focus();
                }
            }),
            // In the next frame: on a small screen the list has to come back first.
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
