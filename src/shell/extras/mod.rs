//! What every page has and none needs for its first rows. It is a part of the code of its own, behind a door, and comes
//! when the page has had its time.
//!
//! - [`reload`]: a newer version is here
//! - [`idle`]: the session is about to end
//! - [`palette`], [`shortcuts`], [`keys`]: everything by keyboard
//! - [`print`]: a page on paper
//! - [`tour`]: what is where, for who is here for the first time

mod idle;
mod keys;
mod palette;
mod print;
mod reload;
mod shortcuts;
mod tour;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::fetch::{config, session};
use crate::parts::extras::{Extra, opened, wanted};
use crate::parts::use_preferences;
use crate::reactive::{effect, memo};
use crate::routes::Route;

/// All of it. The palette, the keys and the tour are for who is signed in.
#[component]
pub fn Extras(
    /// Where the console is.
    route: Memo<Route>,
) -> impl IntoView {
    let signed_in = memo(|| session::user().is_some());
    let (palette, shortcuts, tour) = (RwSignal::new(false), RwSignal::new(false), tour::Tour::new(route));
    effect(move || {
        let Some(extra) = wanted() else { return };
        opened();
        // What it opens in stands only after this: the code may have come this moment. No key comes in between, as one
        // would before the next frame: what is typed after Ctrl K is the palette's.
        spawn_local(async move {
            tick().await;
            match extra {
                Extra::Palette => palette.set(true),
                Extra::Shortcuts => shortcuts.set(true),
                Extra::Tour => tour.begin(),
            }
        });
    });
    keys::listen(signed_in, palette);
    colour_window();
    print::listen();
    view! {
        <div class="corner">
            <reload::NewVersion />
            {move || signed_in.get().then(|| view! { <tour::TourCard tour /> })}
        </div>
        {move || signed_in.get().then(|| view! {
            <palette::Palette open=palette />
            <shortcuts::Shortcuts open=shortcuts route />
            {config::has_gateway().then(|| view! { <idle::IdleWarning /> })}
        })}
    }
}

/// The window's bar, where the console is installed, has the colour of the theme chosen here, else of the system's.
fn colour_window() {
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
