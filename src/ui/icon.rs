//! Icons from the sprite `style/icons.svg`. The sprite is inlined in the page, so that icons first shown while offline
//! need no request.

use leptos::prelude::*;
use trunkline_model::channel::{ChannelKind, channel_kind};

macro_rules! icons {
    ($($variant:ident = $id:literal),* $(,)?) => {
        /// The icons of the sprite; each is the `id` of a symbol.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the names say it")]
        pub enum IconName { $($variant),* }

        impl IconName {
            /// All icons, for the gallery and for the test that the sprite is complete.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The symbol's id in the sprite, without the prefix `icon-`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),* }
            }
        }
    };
}

icons! {
    Account = "account", Alert = "alert", Api = "api", Ban = "ban", Bell = "bell", Bot = "bot", Channel = "channel",
    Chat = "chat", Check = "check", ChevronEnd = "chevron-end", ChevronStart = "chevron-start", Clock = "clock",
    Close = "close", Copy = "copy", Customer = "customer", Done = "done", Edit = "edit", Event = "event",
    External = "external", Eye = "eye", Facebook = "facebook", Filter = "filter", Fold = "fold", Globe = "globe",
    Inbox = "inbox", Info = "info", Keyboard = "keyboard", Mail = "mail", Menu = "menu", More = "more", Note = "note",
    Other = "other", Overview = "overview", Phone = "phone", Pin = "pin", Play = "play", Plus = "plus",
    Refresh = "refresh", Search = "search", Settings = "settings", SignOut = "sign-out", Sms = "sms", Snooze = "snooze",
    SortUp = "sort-up", Sound = "sound", Star = "star", Theme = "theme", Trash = "trash", Twitter = "twitter",
    WeChat = "wechat", WhatsApp = "whatsapp",
}

impl IconName {
    /// The glyph of a channel, by the name that a vendor gives it.
    #[must_use]
    pub fn of_channel(name: &str) -> Self {
        match channel_kind(name) {
            ChannelKind::Chat => Self::Chat,
            ChannelKind::Mail => Self::Mail,
            ChannelKind::Phone => Self::Phone,
            ChannelKind::WhatsApp => Self::WhatsApp,
            ChannelKind::Sms => Self::Sms,
            ChannelKind::Facebook => Self::Facebook,
            ChannelKind::Twitter => Self::Twitter,
            ChannelKind::WeChat => Self::WeChat,
            ChannelKind::Other => Self::Other,
        }
    }
}

/// A 16 px icon in the text colour. Hidden from screen readers: the text beside it is read instead.
#[component]
pub fn Icon(
    /// The icon.
    name: IconName,
) -> impl IntoView {
    let mirrored = matches!(
        name,
        IconName::ChevronEnd | IconName::ChevronStart | IconName::SignOut | IconName::External | IconName::Fold
    );
    view! {
        <svg class="icon" aria-hidden="true" focusable="false" data-mirrored=mirrored.then_some("")>
            <use href=format!("#icon-{}", name.id())></use>
        </svg>
    }
}
