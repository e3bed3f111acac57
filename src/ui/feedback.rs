//! Feedback in place of data: loading, empty, error.

use leptos::prelude::*;

use super::{Button, Icon, IconName};
use crate::i18n::t;
use crate::reactive::{catalogue, fixed, live_text};
use crate::ui::toast::Severity;

/// An error as shown to the user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorMessage {
    /// The failure, in a few words.
    pub title: String,
    /// The cause, and what the user can do.
    pub message: String,
    /// Technical details: endpoint, path, raw text, request id. Empty for none.
    pub details: String,
}

impl ErrorMessage {
    /// An error without details.
    pub fn new(title: impl Into<String>, message: impl Into<String>) -> Self {
        Self { title: title.into(), message: message.into(), details: String::new() }
    }
}

/// An error of a page or panel, announced at once, with Retry if trying again makes sense.
#[component]
pub fn ErrorPanel(
    /// The error.
    #[prop(into)]
    problem: Signal<ErrorMessage>,
    /// Tries again; without it there is no Retry.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// A retry is in progress.
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

/// The collapsed details of an error, with a Copy button.
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
            <div class="row"><super::CopyButton label=t::common::copy value=copied label_shown=true /></div>
        </details>
    }
}

/// An empty state: what is missing, why, and what to do next (`children`: buttons and links).
#[component]
pub fn EmptyState(
    /// The missing thing.
    #[prop(into)]
    title: Signal<String>,
    /// The reason, or what would be shown here.
    #[prop(optional, into)]
    message: Signal<String>,
    /// The icon above.
    #[prop(default = IconName::Inbox)]
    icon: IconName,
    /// Buttons and links.
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

/// A grey placeholder line; `size`: `short`, `medium` or empty for the whole width.
#[component]
pub fn Skeleton(
    /// `short`, `medium` or empty.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    view! { <span class="skeleton" data-size=size aria-hidden="true"></span> }
}

/// A skeleton of a record or form.
#[component]
pub fn SkeletonBlock(
    /// The number of lines.
    #[prop(default = 6)]
    lines: usize,
) -> impl IntoView {
    let lines = (0..lines)
        .map(|line| {
            view! { <Skeleton size=if line % 3 == 0 { "short" } else if line % 3 == 1 { "" } else { "medium" } /> }
                .into_any()
        })
        .collect_view();
    view! {
        <div class="skeleton-block" aria-busy="true">
            <span class="visually-hidden" prop:textContent=catalogue(t::common::loading) />
            {lines}
        </div>
    }
}

/// A persistent message; actions as `children`.
#[component]
pub fn Banner(
    /// The severity.
    severity: Severity,
    /// The message.
    #[prop(into)]
    text: Signal<String>,
    /// Actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="banner" data-kind=severity.id()>
            <Icon name=severity.icon() />
            <span prop:textContent=live_text(move || text.get()) />
            {children.map(|children| children())}
        </div>
    }
}
