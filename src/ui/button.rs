//! Buttons, and links styled as buttons.

use leptos::prelude::*;

use super::{Icon, IconName, aria_bool};
use crate::reactive::live_text;

/// The visual weight of a button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The default.
    #[default]
    Default,
    /// The main action of a page or form.
    Primary,
    /// Destructive, after a confirmation.
    Danger,
    /// Confirms a destructive action.
    DangerSolid,
    /// For rows and bars, without a border.
    Ghost,
}

impl Variant {
    /// The value of `data-variant`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Primary => "primary",
            Self::Danger => "danger",
            Self::DangerSolid => "danger-solid",
            Self::Ghost => "ghost",
        }
    }
}

/// A `<button>`. While `busy` it keeps its focus and name, sets `aria-busy` and ignores clicks. While `disabled` it
/// also ignores clicks but sets `aria-disabled` only, so that it can still be focused and explained.
#[component]
pub fn Button(
    /// Its name; visible, unless `icon_only`.
    #[prop(into)]
    label: Signal<String>,
    /// Its visual weight.
    #[prop(optional)]
    variant: Variant,
    /// Icon before the label.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Shows the icon alone; the label becomes its accessible name and tooltip.
    #[prop(optional)]
    icon_only: bool,
    /// A smaller size, for rows and bars.
    #[prop(optional)]
    small: bool,
    /// Submits the form that contains it.
    #[prop(optional)]
    submit: bool,
    /// Its action is in progress.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Its action is not available.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The action.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
) -> impl IntoView {
    let click = move |event: web_sys::MouseEvent| {
        if busy.get_untracked() || disabled.get_untracked() {
            event.prevent_default();
            return;
        }
        if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    let name = move || icon_only.then(|| label.get());
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class="button"
            data-variant=variant.id()
            data-icon-only=icon_only.then_some("")
            data-small=small.then_some("")
            aria-label=move || name()
            title=move || name()
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || (busy.get() || disabled.get()).then_some(aria_bool(true))
            on:click=click
        >
            {move || {
                if busy.get() {
                    view! { <span class="spinner" aria-hidden="true"></span> }.into_any()
                } else {
                    icon.map(|name| view! { <Icon name /> }.into_any()).into_any()
                }
            }}
            {(!icon_only).then(|| view! { <span prop:textContent=live_text(move || label.get()) /> }.into_any())}
        </button>
    }
}

/// A link styled as a button.
#[component]
pub fn LinkButton(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The target: a path of the app.
    #[prop(into)]
    href: Signal<String>,
    /// Its visual weight.
    #[prop(optional)]
    variant: Variant,
    /// Icon before the label.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// A smaller size, for rows and bars.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <a class="button" data-variant=variant.id() data-small=small.then_some("") href=move || href.get()>
            {icon.map(|name| view! { <Icon name /> }.into_any())}
            <span prop:textContent=live_text(move || label.get()) />
        </a>
    }
}
