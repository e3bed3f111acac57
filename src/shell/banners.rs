//! Banners over the page: no connection.

use leptos::prelude::*;

use crate::fetch::network;
use crate::i18n::t;
use crate::reactive::memo;
use crate::ui::{Banner, Kind};

/// The banners that apply now.
#[component]
pub fn Banners() -> impl IntoView {
    let offline = memo(|| !network::is_online());
    view! {
        <div class="banners" role="status">
            {move || offline.get().then(|| view! {
                <Banner kind=Kind::Warning text=t::shell::offline />
            })}
        </div>
    }
}
