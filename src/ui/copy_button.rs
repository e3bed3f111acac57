//! A button that copies text to the clipboard.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::toast::{Severity, use_toasts};
use super::{Button, IconName, Variant};
use crate::browser::{clipboard, timers};
use crate::i18n::t;

/// Milliseconds for which the button shows the check mark.
const DONE_MS: u32 = 2000;

/// Copies `value` and confirms it with a toast.
#[component]
pub fn CopyButton(
    /// The label: "Copy", or "Copy account ID".
    #[prop(into)]
    label: Signal<String>,
    /// The text to copy.
    #[prop(into)]
    value: Signal<String>,
    /// Shows the label beside the icon.
    #[prop(optional)]
    label_shown: bool,
) -> impl IntoView {
    let toasts = use_toasts();
    let done = RwSignal::new(false);
    let copy = move |()| {
        let value = value.get_untracked();
        spawn_local(async move {
            if clipboard::copy(&value).await {
                done.try_set(true);
                toasts.push(Severity::Success, t::common::copied());
                let undo = move || _ = done.try_set(false);
                timers::after(DONE_MS, undo).detach();
            } else {
                toasts.push(Severity::Error, t::ui::copy_failed());
            }
        });
    };
    let icon = move || if done.get() { IconName::Check } else { IconName::Copy };
    move || {
        view! { <Button label icon=icon() icon_only=!label_shown small=true variant=Variant::Ghost on_click=copy /> }
            .into_any()
    }
}
