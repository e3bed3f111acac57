//! Shows an address from a vendor as a link if it is safe to follow.

use crate::reactive::fixed;
use leptos::prelude::*;
use trunkline_api::text::{TextKind, clean, visible_or};
use trunkline_api::validate::check_http_url;

/// A link to an http or https address, opened in a new tab; anything else (`javascript:` …) is shown as text.
#[component]
pub fn SafeLink(
    /// The address as the vendor sent it.
    url: String,
    /// The link's text; the address if it is empty.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let text = visible_or(&name, || url.clone());
    let address = clean(url.trim(), TextKind::Code);
    if check_http_url(&address).is_none() {
        view! {
            <a class="break" href=address title=url target="_blank" rel="noopener noreferrer"><bdi prop:textContent=fixed(text) /></a>
        }
        .into_any()
    } else {
        view! { <span class="break" title=url><bdi prop:textContent=fixed(text) /></span> }.into_any()
    }
}
