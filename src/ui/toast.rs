//! Short news in the corner: what an action did. Good news leaves by itself; trouble stays until it is dismissed.

use leptos::prelude::*;

use super::{Button, Icon, IconName, Variant};
use crate::browser::timers;
use crate::i18n::t;
use crate::reactive::{Keyed, fixed, keyed};

/// Milliseconds until good news goes.
const SHOWN_MS: u32 = 6000;

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For information.
    Info,
    /// It worked.
    Success,
    /// It may matter.
    Warning,
    /// It failed.
    Error,
}

impl Kind {
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

    /// The drawing beside the words.
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
    kind: Kind,
    text: String,
}

/// The queue; a copy is the same queue.
#[derive(Clone, Copy)]
pub struct Toasts {
    queue: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Toasts {
    fn new() -> Self {
        Self { queue: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Shows a text. Errors stay, the rest goes after 6 s.
    pub fn push(self, kind: Kind, text: impl Into<String>) {
        let Some(id) = self.next.try_get_value() else { return };
        self.next.set_value(id + 1);
        self.queue.update(|queue| queue.push(Toast { id, kind, text: text.into() }));
        if kind != Kind::Error {
            timers::after(SHOWN_MS, move || self.dismiss(id)).detach();
        }
    }

    fn dismiss(self, id: u64) {
        self.queue.try_update(|queue| queue.retain(|toast| toast.id != id));
    }
}

/// Puts a queue into the context of the whole app.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts::new();
    provide_context(toasts);
    toasts
}

/// The queue of the app; outside one (a test of a single component) a queue that nobody shows.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::new)
}

/// Where the toasts appear. Once in the app; the regions are there from the start and hold text only while they speak.
#[component]
pub fn ToastRegion(
    /// What else stands in the corner.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let toasts = use_toasts();
    let show = move |toast: Toast| {
        view! {
            <div class="toast" data-kind=toast.kind.id()>
                <Icon name=toast.kind.icon() />
                <span prop:textContent=fixed(toast.text) />
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
    let some = move |errors: bool| {
        let fits = move |toast: &Toast| (toast.kind == Kind::Error) == errors;
        toasts
            .queue
            .get()
            .into_iter()
            .filter(fits)
            .map(|toast| Keyed::new(toast.id.to_string(), move || show(toast)))
            .collect()
    };
    view! {
        <div class="toasts">
            {children.map(|children| children())}
            <div role="alert">{keyed(move || some(true))}</div>
            <div role="status">{keyed(move || some(false))}</div>
        </div>
    }
}
