//! Buttons, and links that look like them.

use leptos::prelude::*;

use super::{Icon, IconName, word};
use crate::reactive::live_text;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// One of several equals.
    #[default]
    Default,
    /// The one a page or form is for.
    Primary,
    /// Leads to a loss, after a question.
    Danger,
    /// The last step before a loss.
    DangerSolid,
    /// In a row or a bar, without a border.
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

/// A `<button>`. While `busy` it keeps its focus and its name, says so, and takes no click; likewise while `disabled`,
/// which is said by `aria-disabled`, so that it can still be reached and explained.
#[component]
pub fn Button(
    /// Its name; shown, unless `icon_only`.
    #[prop(into)]
    label: Signal<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    variant: Variant,
    /// Drawn before the label.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Shows the icon alone; the label is its accessible name and tooltip.
    #[prop(optional)]
    icon_only: bool,
    /// For rows and bars.
    #[prop(optional)]
    small: bool,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Its action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Its action is impossible now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What it does.
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
            aria-disabled=move || (busy.get() || disabled.get()).then_some(word(true))
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

/// A real link that looks like a button.
#[component]
pub fn LinkButton(
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Where it leads: a path of the app.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    variant: Variant,
    /// Drawn before the label.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// For rows and bars.
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
