//! Requests for the global UI that every page has but none needs at once: the command palette, the list of shortcuts,
//! the tour. Its code is loaded after the first rows; a request made here loads it immediately.

use std::cell::RefCell;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::browser::keys::{Key, dialog_is_open, is_for_palette, pressed, typed_text};
use crate::routes::Route;

/// A global UI element that can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobalUi {
    /// The command palette.
    Palette,
    /// The list of shortcuts.
    Shortcuts,
    /// The tour, from its first step.
    Tour,
    /// The content of the top bar's popovers.
    Popovers,
    /// Sign-out, which asks an agent who may be online.
    SignOut,
}

/// A popover of the top bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Popover {
    /// The menu that changes the agent's presence.
    Presence,
    /// What belongs to the person: name, theme, language, sign-out.
    Person,
}

impl Popover {
    /// The id of its element.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Presence => "presence-menu",
            Self::Person => "person-menu",
        }
    }
}

/// Renders a popover. The callback closes it; `true` returns the focus to its button.
pub type RenderPopover = fn(Popover, Callback<bool>) -> AnyView;

/// Renders the saved views of the navigation: of the current route; the second is true while the menu of a small screen is
/// open.
pub type RenderSavedViews = fn(Memo<Route>, RwSignal<bool>) -> AnyView;

thread_local! {
    static PENDING: ArcRwSignal<Option<GlobalUi>> = ArcRwSignal::new(None);
    static RENDER_POPOVER: ArcRwSignal<Option<RenderPopover>> = ArcRwSignal::new(None);
    static RENDER_SAVED_VIEWS: ArcRwSignal<Option<RenderSavedViews>> = ArcRwSignal::new(None);
    /// Text typed since the palette was requested; Enter is stored as a newline.
    static BUFFER: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Requests an element; it opens as soon as its code is loaded.
pub fn open_global(element: GlobalUi) {
    BUFFER.take();
    PENDING.with(|wanted| wanted.set(Some(element)));
}

/// The requested element that has not opened yet. Tracked.
pub fn pending_global() -> Option<GlobalUi> {
    PENDING.with(|wanted| wanted.get())
}

/// Clears the request: the element has opened, or the user cancelled.
pub fn acknowledge_global() {
    PENDING.with(|wanted| wanted.set(None));
}

/// Provides the content of the top bar's popovers, once its code is loaded.
pub fn provide_popovers(render: RenderPopover) {
    RENDER_POPOVER.with(|provided| provided.set(Some(render)));
}

/// The content of the top bar's popovers; `None` before its code is loaded. Tracked.
pub fn popovers() -> Option<RenderPopover> {
    RENDER_POPOVER.with(|provided| provided.get())
}

/// Provides the saved views of the navigation, once their code is loaded.
pub fn provide_saved_views(render: RenderSavedViews) {
    RENDER_SAVED_VIEWS.with(|provided| provided.set(Some(render)));
}

/// The saved views of the navigation; `None` before their code is loaded. Tracked.
pub fn saved_views() -> Option<RenderSavedViews> {
    RENDER_SAVED_VIEWS.with(|provided| provided.get())
}

/// Takes the text typed while the palette's code was loading; a newline stands for Enter.
pub fn buffered_input() -> String {
    BUFFER.take()
}

/// Handles a key while the code that would normally do so is not loaded: the palette's shortcut, and then the text
/// typed for it. Returns `true` if the key was for the palette.
pub fn capture_key(event: &KeyboardEvent) -> bool {
    if is_for_palette(event) {
        if !dialog_is_open() {
            open_global(GlobalUi::Palette);
        }
        return true;
    }
    if pending_global() != Some(GlobalUi::Palette) {
        return false;
    }
    BUFFER.with_borrow_mut(|typed| {
        match (typed_text(event), pressed(event)) {
            (Some(text), _) => typed.push_str(&text),
            (_, Some(Key::Enter)) => typed.push('\n'),
            (_, Some(Key::Backspace)) => drop(typed.pop()),
            (_, Some(Key::Escape)) => acknowledge_global(),
            _ => return false,
        }
        true
    })
}
