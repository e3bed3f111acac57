//! Toasts: short messages in the corner about the result of an action. Errors stay until dismissed; others disappear.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Button, Icon, IconName, Variant};
use crate::browser::timers;
use crate::i18n::t;
use crate::reactive::{Items, KeyedItem, fixed, keyed_list};

/// Milliseconds until a toast disappears.
const VISIBLE_MS: u32 = 6000;
/// Milliseconds until a toast with a link disappears: there is something to decide.
const VISIBLE_WITH_LINK_MS: u32 = 15_000;

/// The severity of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Information.
    Info,
    /// Success.
    Success,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl Severity {
    /// The value of `data-kind`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The icon beside the text.
    #[must_use]
    pub const fn icon(self) -> IconName {
        match self {
            Self::Info => IconName::Info,
            Self::Success => IconName::Check,
            Self::Warning | Self::Error => IconName::Alert,
        }
    }
}

#[derive(Clone, PartialEq)]
struct Toast {
    id: u64,
    severity: Severity,
    text: String,
    /// Labels and paths of links.
    links: Vec<(String, String)>,
}

impl Toast {
    /// True if screen readers announce it at once: an error, or a warning that leads somewhere.
    fn is_urgent(&self) -> bool {
        self.severity == Severity::Error || (self.severity == Severity::Warning && !self.links.is_empty())
    }
}

/// The toast queue. Copies share their state.
#[derive(Clone, Copy)]
pub struct Toasts {
    queue: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Toasts {
    fn new() -> Self {
        Self { queue: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Shows a toast. Errors stay, others disappear after 6 s.
    pub fn push(self, severity: Severity, text: impl Into<String>) {
        self.push_links(severity, text.into(), Vec::new());
    }

    /// Shows a toast with a link "Open" to a path, for 15 s. Screen readers announce a warning at once, others when they
    /// are idle. Returns the toast's id.
    pub fn push_link(self, severity: Severity, text: String, href: String) -> u64 {
        self.push_links(severity, text, vec![(t::ui::open(), href)])
    }

    /// Shows a toast with links, by label and path, for 15 s; for 6 s without any. Returns the toast's id.
    pub fn push_links(self, severity: Severity, text: String, links: Vec<(String, String)>) -> u64 {
        let milliseconds = if links.is_empty() { VISIBLE_MS } else { VISIBLE_WITH_LINK_MS };
        let Some(id) = self.next.try_get_value() else { return 0 };
        self.next.set_value(id + 1);
        self.queue.update(|queue| queue.push(Toast { id, severity, text, links }));
        if severity != Severity::Error {
            timers::after(milliseconds, move || self.dismiss(id)).detach();
        }
        id
    }

    /// `true` while a toast is shown. Untracked.
    pub fn is_shown(self, id: u64) -> bool {
        self.queue.try_with_untracked(|queue| queue.iter().any(|toast| toast.id == id)) == Some(true)
    }

    /// Removes a toast.
    pub fn dismiss(self, id: u64) {
        self.queue.try_update(|queue| queue.retain(|toast| toast.id != id));
    }
}

/// Creates a queue and provides it as context to the whole app.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts::new();
    provide_context(toasts);
    toasts
}

/// The queue from context; outside the app (tests of a single component), one that is not shown.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::new)
}

/// The toasts. Render it once per app: the live regions exist from the start and contain text only while toasts are
/// shown.
#[component]
pub fn ToastRegion(
    /// Other content of the corner.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let toasts = use_toasts();
    let show = move |toast: Toast| {
        view! {
            <div class="toast" data-kind=toast.severity.id()>
                <Icon name=toast.severity.icon() />
                <span prop:textContent=fixed(toast.text) />
                {toast.links.into_iter().map(|(label, href)| view! {
                    <a
                        class="button"
                        data-small=""
                        href=href
                        on:click=move |_| toasts.dismiss(toast.id)
                        prop:textContent=fixed(label)
                    />
                }.into_any()).collect_view()}
                <Button
                    label=t::ui::dismiss
                    icon=IconName::Close
                    icon_only=true
                    small=true
                    variant=Variant::Ghost
                    on_click=move |()| toasts.dismiss(toast.id)
                />
            </div>
        }
        .into_any()
    };
    let of_region = move |errors: bool| -> Items {
        let matches = move |toast: &Toast| toast.is_urgent() == errors;
        Arc::new(move || {
            let toasts = toasts.queue.get().into_iter().filter(matches);
            toasts.map(|toast| KeyedItem::new(toast.id.to_string(), move || show(toast))).collect()
        })
    };
    view! {
        <div class="toasts">
            {children.map(|children| children())}
            <div role="alert" use:keyed_list=of_region(true)></div>
            <div role="status" use:keyed_list=of_region(false)></div>
        </div>
    }
}
