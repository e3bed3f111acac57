//! A vendor's address as a link, if it is one that may be followed.

use crate::reactive::fixed;
use leptos::prelude::*;
use trunkline_api::text::{TextKind, clean, visible_or};
use trunkline_api::validate::http_url;

/// A link to an http or https address, in a tab of its own; anything else (`javascript:` …) is text.
#[component]
pub fn SafeLink(
    /// The address, as the vendor gave it.
    url: String,
    /// What it is called; empty: the address.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let text = visible_or(&name, || url.clone());
    let address = clean(url.trim(), TextKind::Code);
    if http_url(&address).is_none() {
        view! {
            <a class="break" href=address title=url target="_blank" rel="noopener noreferrer"><bdi prop:textContent=fixed(text) /></a>
        }
        .into_any()
    } else {
        view! { <span class="break" title=url><bdi prop:textContent=fixed(text) /></span> }.into_any()
    }
}
