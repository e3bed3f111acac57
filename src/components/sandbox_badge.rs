//! A badge on each page whose data comes from the sandbox.

use leptos::prelude::*;
use trunkline_api::Service;

use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::{dyn_view, memo};
use crate::ui::{Badge, Tone};

/// "Sandbox", if the gateway's sandbox backend answers for this vendor.
#[component]
pub fn SandboxBadge(
    /// The vendor.
    vendor: Service,
) -> impl IntoView {
    let fed = memo(move || session::session().is_some_and(|session| session.sandbox.contains(&vendor)));
    dyn_view(move || {
        fed.get().then(|| {
            view! {
                <span title=t::components::sandbox_hint><Badge tone=Tone::Neutral text=t::components::sandbox /></span>
            }
            .into_any()
        })
    })
}
