//! What every page has besides its content, and none needs at once: the command palette, the list of shortcuts, the
//! tour. Their code comes after the first rows; who wants one of them says so here, and it comes at once.

use leptos::prelude::*;

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
}

/// Opens it, as soon as its code is here.
pub fn want(extra: Extra) {
    WANTED.with(|wanted| wanted.set(Some(extra)));
}

/// What was asked for and is not yet opened. Tracked.
pub fn wanted() -> Option<Extra> {
    WANTED.with(|wanted| wanted.get())
}

/// What was asked for is opened.
pub fn opened() {
    WANTED.with(|wanted| wanted.set(None));
}
