//! The menu of the top bar's presence button: online or offline.

use leptos::prelude::*;

use crate::components::global_ui::Popover;
use crate::components::use_presence;
use crate::i18n::t;
use crate::ui::{IconName, MenuItem, MenuList};

/// The menu; the current status has a check mark.
#[component]
pub fn PresenceMenu(
    /// Closes it; `true` returns the focus to its button.
    on_close: Callback<bool>,
) -> impl IntoView {
    let presence = use_presence();
    let current = presence.status.get_untracked().map(|status| status.online);
    let item = |label: fn() -> String, online: bool| MenuItem {
        label: Signal::derive(label),
        icon: (current == Some(online)).then_some(IconName::Check),
        danger: false,
        action: Callback::new(move |()| presence.request(online)),
    };
    let items = vec![item(t::presence::go_online, true), item(t::presence::go_offline, false)];
    view! { <MenuList id=Popover::Presence.id() label=t::inbox::status items on_close /> }
}
