//! The vendors' health, help, and the versions.

use leptos::prelude::*;

use super::card::Card;
use crate::components::global_ui::{GlobalUi, open_global};
use crate::components::{VendorHealthTable, use_vendor_health};
use crate::fetch::{config, session};
use crate::i18n::t;
use crate::ui::{Button, Definition, DefinitionList, IconName};

/// The vendors' health, as the gateway last saw it.
#[component]
pub fn Vendors() -> impl IntoView {
    let query = use_vendor_health();
    view! {
        <Card title=t::components::vendors hint=t::settings::vendors_hint>
            <VendorHealthTable query />
        </Card>
    }
}

/// Buttons for the tour and the list of shortcuts.
#[component]
pub fn Help() -> impl IntoView {
    view! {
        <Card title=t::settings::help>
            <div class="row">
                <Button label=t::tour::start icon=IconName::Play on_click=|()| open_global(GlobalUi::Tour) />
                <Button label=t::shortcuts::title icon=IconName::Keyboard on_click=|()| open_global(GlobalUi::Shortcuts) />
            </div>
        </Card>
    }
}

/// The versions of the console and the gateway.
#[component]
pub fn Versions() -> impl IntoView {
    let gateway = Signal::derive(|| session::session().map(|session| session.version).unwrap_or_default());
    view! {
        <Card title=t::settings::about>
            <DefinitionList>
                <Definition term=t::settings::app_version value=env!("CARGO_PKG_VERSION") mono=true />
                {config::has_gateway()
                    .then(|| view! { <Definition term=t::settings::gateway_version value=gateway mono=true /> })}
            </DefinitionList>
        </Card>
    }
}
