//! The section needs the gateway.

use leptos::prelude::*;

use crate::fetch::config;
use crate::i18n::t;
use crate::routes::{self, Route};
use crate::ui::{EmptyState, IconName, PageHeader};

/// Renders a page of the section, or a notice if the console is served without a gateway.
pub fn with_gateway(route: Route, page: fn(Route) -> AnyView) -> AnyView {
    if config::has_gateway() { page(route) } else { view! { <GatewayRequired route /> }.into_any() }
}

/// Notice that this section needs the gateway.
#[component]
fn GatewayRequired(route: Route) -> impl IntoView {
    view! {
        <div class="page">
            <PageHeader title=move || routes::title(&route) />
            <EmptyState
                icon=IconName::Api
                title=t::external_apis::needs_gateway_title
                message=t::external_apis::needs_gateway
            />
        </div>
    }
}
