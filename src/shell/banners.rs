//! Banners above the page: no connection.

use leptos::prelude::*;

use crate::components::describe;
use crate::fetch::{mutation, network};
use crate::i18n::t;
use crate::reactive::{effect, memo};
use crate::ui::{Banner, Severity, use_toasts};

/// The banners that currently apply.
#[component]
pub fn Banners() -> impl IntoView {
    let offline = memo(|| !network::is_online());
    let toasts = use_toasts();
    // Report the failure of a write whose page was left.
    effect(move || {
        if let Some(error) = mutation::orphaned_error() {
            let problem = describe(&error);
            toasts.push(Severity::Error, format!("{}. {}", problem.title, problem.message));
        }
    });
    view! {
        <div class="banners" role="status">
            {move || offline.get().then(|| view! {
                <Banner severity=Severity::Warning text=t::shell::offline />
            }.into_any())}
        </div>
    }
}
