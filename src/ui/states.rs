//! What stands where data would: loading, nothing, trouble.

use leptos::prelude::*;

use super::{Button, Icon, IconName};
use crate::i18n::t;
use crate::reactive::{catalogue, fixed, live_text};
use crate::ui::toast::Kind;

/// Trouble in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// What could not be done, in a few words.
    pub title: String,
    /// Why, and what a person can do.
    pub message: String,
    /// For whoever looks deeper: endpoint, path, raw text, request id. Empty: none.
    pub details: String,
}

impl Problem {
    /// Without details.
    pub fn new(title: impl Into<String>, message: impl Into<String>) -> Self {
        Self { title: title.into(), message: message.into(), details: String::new() }
    }
}

/// A page's or a panel's error, spoken at once, with Retry where trying again makes sense.
#[component]
pub fn ErrorPanel(
    /// What went wrong.
    #[prop(into)]
    problem: Signal<Problem>,
    /// Tries again; none: no button.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// A new try is under way.
    #[prop(optional, into)]
    retrying: Signal<bool>,
) -> impl IntoView {
    let details = move || Some(problem.get().details).filter(|details| !details.is_empty());
    view! {
        <div class="problem" role="alert" tabindex="-1">
            <Icon name=IconName::Alert />
            <p class="problem-title" prop:textContent=live_text(move || problem.get().title) />
            {move || Some(problem.get().message).filter(|text| !text.is_empty()).map(|text| view! { <p prop:textContent=fixed(text) /> }.into_any())}
            {move || details().map(|details| view! { <Details details /> }.into_any())}
            {on_retry.map(|on_retry| view! {
                <div class="row">
                    <Button label=t::common::retry icon=IconName::Refresh busy=retrying on_click=on_retry />
                </div>
            }.into_any())}
        </div>
    }
}

/// The folded details of a problem, with a button that copies them.
#[component]
pub fn Details(
    /// The text.
    details: String,
) -> impl IntoView {
    let copied = details.clone();
    view! {
        <details class="details">
            <summary prop:textContent=catalogue(t::common::details) />
            <pre prop:textContent=fixed(details) />
            <div class="row"><super::CopyButton label=t::common::copy value=copied shown=true /></div>
        </details>
    }
}

/// Nothing to show, why, and the way on (`children`: buttons and links).
#[component]
pub fn EmptyState(
    /// What there is none of.
    #[prop(into)]
    title: Signal<String>,
    /// Why, or what would be here.
    #[prop(optional, into)]
    message: Signal<String>,
    /// Drawn above.
    #[prop(default = IconName::Inbox)]
    icon: IconName,
    /// The way on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <h2 prop:textContent=live_text(move || title.get()) />
            {move || Some(message.get()).filter(|text| !text.is_empty()).map(|text| view! { <p prop:textContent=fixed(text) /> }.into_any())}
            {children.map(|children| view! { <div class="row">{children()}</div> }.into_any())}
        </div>
    }
}

/// One grey line where text will be; `size`: `short`, `medium` or empty for the whole width.
#[component]
pub fn Skeleton(
    /// `short`, `medium` or empty.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    view! { <span class="skeleton" data-size=size aria-hidden="true"></span> }
}

/// Grey lines where a record or a form will be.
#[component]
pub fn SkeletonBlock(
    /// How many lines.
    #[prop(default = 6)]
    lines: usize,
) -> impl IntoView {
    let lines = (0..lines)
        .map(|line| view! { <Skeleton size=if line % 3 == 0 { "short" } else if line % 3 == 1 { "" } else { "medium" } /> })
        .collect_view();
    view! {
        <div class="skeleton-block" aria-busy="true">
            <span class="visually-hidden" prop:textContent=catalogue(t::common::loading) />
            {lines}
        </div>
    }
}

/// A message that stands until its cause is gone; actions as `children`.
#[component]
pub fn Banner(
    /// What kind of news.
    kind: Kind,
    /// The message.
    #[prop(into)]
    text: Signal<String>,
    /// Actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="banner" data-kind=kind.id()>
            <Icon name=kind.icon() />
            <span prop:textContent=live_text(move || text.get()) />
            {children.map(|children| children())}
        </div>
    }
}
