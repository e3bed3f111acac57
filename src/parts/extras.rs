//! What every page has besides its content, and none needs at once: the command palette, the list of shortcuts, the
//! tour. Their code comes after the first rows; who wants one of them says so here, and it comes at once.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

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
    let is_plain = !event.is_composing() && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    if !is_plain || wanted() != Some(Extra::Palette) {
        return false;
    }
    let key = event.key();
    TYPED.with_borrow_mut(|typed| {
        match key.as_str() {
            "Enter" => typed.push('\n'),
            "Backspace" => drop(typed.pop()),
            "Escape" => opened(),
            // A letter, not a key's name.
            key if key.len() == 1 || !key.is_ascii() => typed.push_str(key),
            _ => return false,
        }
        true
    })
}

/// Whether it is Ctrl K, ⌘ K on a Mac.
pub fn is_for_palette(event: &KeyboardEvent) -> bool {
    let with_control = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    with_control && event.key().eq_ignore_ascii_case("k")
}

/// Whether a dialog is open: it has the keys then.
pub fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}
