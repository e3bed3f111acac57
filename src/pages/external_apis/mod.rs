//! External APIs: calls to a customer's own systems, defined and tested here. The definitions live in the gateway, and
//! tests go out from it.

mod actions;
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
use detail::ExternalApiPage;
use form::{EditExternalApiPage, NewExternalApiPage};
use list::ExternalApisPage;

/// The page of one of the section's routes. Without a gateway there is nothing behind them, and the page says so.
pub fn page(route: Route) -> AnyView {
    if !config::has_gateway() {
        return view! { <NeedsGateway route /> }.into_any();
    }
    match route {
        Route::NewExternalApi => view! { <NewExternalApiPage /> }.into_any(),
        Route::ExternalApi(id) => view! { <ExternalApiPage id /> }.into_any(),
        Route::EditExternalApi(id) => view! { <EditExternalApiPage id /> }.into_any(),
        _ => view! { <ExternalApisPage /> }.into_any(),
    }
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
