//! Banners over the page: no connection.

use leptos::prelude::*;

use crate::fetch::{mutation, network};
use crate::i18n::t;
use crate::parts::words;
use crate::reactive::{effect, memo};
use crate::ui::{Banner, Kind, use_toasts};

/// The banners that apply now.
#[component]
pub fn Banners() -> impl IntoView {
    let offline = memo(|| !network::is_online());
    let toasts = use_toasts();
    // A write whose page was left fails in the background.
    effect(move || {
        if let Some(error) = mutation::unseen_error() {
            let problem = words(&error);
            toasts.push(Kind::Error, format!("{}. {}", problem.title, problem.message));
        }
    });
    view! {
        <div class="banners" role="status">
            {move || offline.get().then(|| view! {
                <Banner kind=Kind::Warning text=t::shell::offline />
            }.into_any())}
        </div>
    }
}
