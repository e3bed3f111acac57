//! Global UI that no page needs for its first rows. It is a lazy-loaded chunk, fetched when the browser is idle after
//! the first page.
//!
//! - [`update_prompt`]: offers a newly deployed version
//! - [`session_timeout`]: warns before the session times out
//! - [`palette`], [`shortcuts`], [`shortcuts_listener`]: keyboard access
//! - [`InboxWatch`]: announces new and escalated tickets on every page
//! - [`presence_menu`], [`person_menu`]: the popovers of the top bar; [`sign_out`]: asks an agent who is online
//! - [`presence_notice`]: tells an agent whom the gateway set offline
//! - [`saved_views`]: the links below the navigation
//! - [`print`]: prints all rows of a list, with a line that says what was printed
//! - [`tour`]: introduces the console to new users

mod palette;
mod person_menu;
mod presence_menu;
mod presence_notice;
mod print;
mod saved_views;
mod session_timeout;
mod shortcuts;
mod shortcuts_listener;
mod sign_out;
mod tour;
mod update_prompt;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::components::global_ui::{
    GlobalUi, Popover, acknowledge_global, pending_global, provide_popovers, provide_saved_views,
};
use crate::components::{use_preferences, use_presence};
use crate::fetch::{config, session};
use crate::reactive::{effect, memo};
use crate::routes::Route;
use crate::shell::watch::InboxWatch;
use crate::ui::use_toasts;

/// All deferred UI. The palette, the shortcuts and the tour require a signed-in user.
#[component]
pub fn DeferredUi(
    /// The current route.
    route: Memo<Route>,
) -> impl IntoView {
    let signed_in = memo(|| session::user().is_some());
    let (asking_sign_out, presence, toasts) = (RwSignal::new(false), use_presence(), use_toasts());
    provide_popovers(popover);
    if config::has_gateway() {
        provide_saved_views(|route, menu_open| view! { <saved_views::SavedViews route menu_open /> }.into_any());
    }
    let (palette, shortcuts, tour) = (RwSignal::new(false), RwSignal::new(false), tour::Tour::new(route));
    effect(move || {
        let Some(ui) = pending_global() else { return };
        acknowledge_global();
        // The dialogs render after this effect, since the chunk may have just loaded. Wait one tick, not a frame: no
        // key event fits in between, so what is typed after Ctrl K reaches the palette.
        spawn_local(async move {
            tick().await;
            match ui {
                GlobalUi::Palette => palette.set(true),
                GlobalUi::Shortcuts => shortcuts.set(true),
                GlobalUi::Tour => tour.start(),
                GlobalUi::Popovers => {}
                GlobalUi::SignOut => sign_out::start(asking_sign_out, presence, toasts),
            }
        });
    });
    // What was open when a session ended, the question before sign-out among it, is not open in the next one.
    effect(move || {
        if !signed_in.get() {
            for open in [palette, shortcuts, asking_sign_out] {
                open.set(false);
            }
        }
    });
    shortcuts_listener::listen(signed_in, palette);
    follow_theme_color();
    print::listen();
    view! {
        <div class="corner">
            <update_prompt::UpdatePrompt />
            {move || signed_in.get().then(|| view! { <tour::TourCard tour /><presence_notice::PresenceNotice /> })}
        </div>
        {move || signed_in.get().then(|| view! {
            <InboxWatch route />
            <palette::Palette open=palette />
            <shortcuts::Shortcuts open=shortcuts route />
            <sign_out::SignOutDialog open=asking_sign_out />
            {config::has_gateway().then(|| view! { <session_timeout::SessionTimeoutDialog /> })}
        })}
    }
}

/// Renders a popover of the top bar.
fn popover(popover: Popover, on_close: Callback<bool>) -> AnyView {
    match popover {
        Popover::Presence => view! { <presence_menu::PresenceMenu on_close /> }.into_any(),
        Popover::Person => view! { <person_menu::PersonMenu on_close /> }.into_any(),
    }
}

/// Colours the title bar of the installed app by the chosen theme, else by the system's.
fn follow_theme_color() {
    let theme = use_preferences().theme;
    effect(move || {
        let chosen = theme.get();
        let Ok(colours) = document().query_selector_all("meta[name=theme-color]") else { return };
        for (at, name) in (0..).zip(["light", "dark"]) {
            let media = match chosen.as_str() {
                "" => format!("(prefers-color-scheme: {name})"),
                chosen if chosen == name => "all".to_owned(),
                _ => "not all".to_owned(),
            };
            if let Some(colour) = colours.get(at).and_then(|colour| colour.dyn_into::<Element>().ok()) {
                // An attribute with a valid name can always be set.
                let _ = colour.set_attribute("media", &media);
            }
        }
    });
}
