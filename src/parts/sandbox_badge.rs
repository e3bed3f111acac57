//! A badge on each page that the sandbox feeds.

use leptos::prelude::*;
use trunkline_api::Vendor;

use crate::fetch::session;
use crate::i18n::t;
use crate::reactive::{dynamic, memo};
use crate::ui::{Badge, Tone};

/// "Sandbox", if the gateway's stand-in answers for the vendor.
#[component]
pub fn SandboxBadge(
    /// Which vendor.
    vendor: Vendor,
) -> impl IntoView {
    let fed = memo(move || session::session().is_some_and(|session| session.sandbox.contains(&vendor)));
    dynamic(move || {
        fed.get().then(|| {
            view! {
                <span title=t::parts::sandbox_hint><Badge tone=Tone::Neutral text=t::parts::sandbox /></span>
            }
            .into_any()
        })
    })
}
