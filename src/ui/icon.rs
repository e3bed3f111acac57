//! Drawings from the sprite `style/icons.svg`, which stands in the page itself: an icon that is first drawn without a
//! connection must not need one.

use leptos::prelude::*;

macro_rules! icons {
    ($($variant:ident = $id:literal),* $(,)?) => {
        /// The drawings of the sprite; each is the `id` of a symbol.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the names say it")]
        pub enum IconName { $($variant),* }

        impl IconName {
            /// All of them, for the gallery and for the test that the sprite has each.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The symbol's id in the sprite, without `icon-` before it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),* }
            }
        }
    };
}

icons! {
    Account = "account", Alert = "alert", Api = "api", Bot = "bot", Channel = "channel", Check = "check",
    ChevronEnd = "chevron-end", ChevronStart = "chevron-start", Clock = "clock", Close = "close", Copy = "copy", Customer = "customer",
    Edit = "edit", Event = "event", External = "external", Eye = "eye", Filter = "filter", Inbox = "inbox",
    Info = "info", Keyboard = "keyboard", Menu = "menu", More = "more", Overview = "overview", Phone = "phone",
    Play = "play", Plus = "plus", Refresh = "refresh", Search = "search", Settings = "settings", SignOut = "sign-out",
    SortUp = "sort-up", Trash = "trash",
}

/// A 16 px drawing in the colour of the text. It says nothing to a screen reader: the words beside it do.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    let mirrored =
        matches!(name, IconName::ChevronEnd | IconName::ChevronStart | IconName::SignOut | IconName::External);
    view! {
        <svg class="icon" aria-hidden="true" focusable="false" data-mirrored=mirrored.then_some("")>
            <use href=format!("#icon-{}", name.id())></use>
        </svg>
    }
}
