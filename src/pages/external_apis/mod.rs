//! External APIs: calls to a customer's own systems, defined and tested here. The definitions live in the gateway, and
//! tests go out from it.

mod actions;
mod changed;
mod definition;
mod detail;
mod draft;
mod form;
mod history;
mod list;
mod lists;
mod rows;
mod run;
mod test_panel;
mod testing;
mod words;

use leptos::prelude::*;

use crate::fetch::config;
use crate::i18n::t;
use crate::routes::Route;
use crate::ui::{EmptyState, IconName, PageHeader};

pub use detail::ExternalApiPage;
pub use form::{EditExternalApiPage, NewExternalApiPage};
pub use list::ExternalApisPage;

/// One of the section's pages. Without a gateway there is nothing behind it, and that is what it says.
pub fn with_gateway(route: Route, page: fn(Route) -> AnyView) -> AnyView {
    if config::has_gateway() { page(route) } else { view! { <NeedsGateway route /> }.into_any() }
}

/// A console that is served without its gateway.
#[component]
fn NeedsGateway(route: Route) -> impl IntoView {
    view! {
        <div class="page">
            <PageHeader title=move || route.title() />
            <EmptyState
                icon=IconName::Api
                title=t::external_apis::needs_gateway_title
                message=t::external_apis::needs_gateway
            />
        </div>
    }
}
