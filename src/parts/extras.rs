//! What every page has besides its content, and none needs at once: the command palette, the list of shortcuts, the
//! tour. Their code comes after the first rows; who wants one of them says so here, and it comes at once.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::browser::keys::{Key, dialog_is_open, is_for_palette, pressed, typed as typed_text};

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// The command palette.
    Palette,
    /// The list of shortcuts.
    Shortcuts,
    /// The tour, from its first step.
    Tour,
}

thread_local! {
    static WANTED: ArcRwSignal<Option<Extra>> = ArcRwSignal::new(None);
    /// What was typed since the palette was asked for; Enter is a line's end.
    static TYPED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Opens it, as soon as its code is here.
pub fn want(extra: Extra) {
    TYPED.take();
    WANTED.with(|wanted| wanted.set(Some(extra)));
}

/// What was asked for and is not yet opened. Tracked.
pub fn wanted() -> Option<Extra> {
    WANTED.with(|wanted| wanted.get())
}

/// What was asked for is opened, or nobody waits for it any more.
pub fn opened() {
    WANTED.with(|wanted| wanted.set(None));
}

/// What was typed for the palette while its code was on its way, once; a line's end where Enter was pressed.
pub fn typed() -> String {
    TYPED.take()
}

/// Hears a key as long as the code that else would is not here: the palette's own key, and then what is typed. Whether it
/// was for the palette.
pub fn hear(event: &KeyboardEvent) -> bool {
    if is_for_palette(event) {
        if !dialog_is_open() {
            want(Extra::Palette);
        }
        return true;
    }
    if wanted() != Some(Extra::Palette) {
        return false;
    }
    TYPED.with_borrow_mut(|typed| {
        match (typed_text(event), pressed(event)) {
            (Some(text), _) => typed.push_str(&text),
            (_, Some(Key::Enter)) => typed.push('\n'),
            (_, Some(Key::Backspace)) => drop(typed.pop()),
            (_, Some(Key::Escape)) => opened(),
            _ => return false,
        }
        true
    })
}
