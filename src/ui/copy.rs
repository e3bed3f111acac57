//! A button that copies a text.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::toast::{Kind, use_toasts};
use super::{Button, IconName, Variant};
use crate::i18n::t;

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
        let promise = window().navigator().clipboard().write_text(&value.get_untracked());
        spawn_local(async move {
            if JsFuture::from(promise).await.is_ok() {
                done.try_set(true);
                toasts.push(Kind::Success, t::common::copied());
                set_timeout(
                    move || {
                        done.try_set(false);
                    },
                    std::time::Duration::from_secs(2),
                );
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
