//! A button that copies a text.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::toast::{Kind, use_toasts};
use super::{Button, IconName, Variant};
use crate::browser::{clipboard, timers};
use crate::i18n::t;

/// Milliseconds for which the button shows that it has copied.
const SHOWN_MS: u32 = 2000;

/// Copies `value` and says so.
#[component]
pub fn CopyButton(
    /// Its name: "Copy", or "Copy account ID".
    #[prop(into)]
    label: Signal<String>,
    /// What is copied.
    #[prop(into)]
    value: Signal<String>,
    /// Shows the name beside the icon.
    #[prop(optional)]
    shown: bool,
) -> impl IntoView {
    let toasts = use_toasts();
    let done = RwSignal::new(false);
    let copy = move |()| {
        let value = value.get_untracked();
        spawn_local(async move {
            if clipboard::copy(&value).await {
                done.try_set(true);
                toasts.push(Kind::Success, t::common::copied());
                let undo = move || _ = done.try_set(false);
                timers::after(SHOWN_MS, undo).detach();
            } else {
                toasts.push(Kind::Error, t::ui::copy_failed());
            }
        });
    };
    let icon = move || if done.get() { IconName::Check } else { IconName::Copy };
    move || {
        view! { <Button label icon=icon() icon_only=!shown small=true variant=Variant::Ghost on_click=copy /> }
            .into_any()
    }
}
