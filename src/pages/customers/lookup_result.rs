//! The result of a look-up: a customer, no customer, or an error.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::sobot::{Customer, CustomerQuery};

use super::detail::CustomerRecord;
use super::tools::CustomerTool;
use crate::components::describe;
use crate::fetch::Query;
use crate::i18n::t;
use crate::reactive::{effect, memo};
use crate::ui::{EmptyState, ErrorPanel, IconName, SkeletonBlock, use_announcer};

/// The result of the look-up. "No customer" is a valid response, so it is a status message and not an error.
#[component]
pub fn LookupResult(
    /// The look-up.
    query: Query<Option<Customer>>,
    /// The requested keys; `None` before the first look-up.
    #[prop(into)]
    requested: Signal<Option<CustomerQuery>>,
    /// The ticket from which the agent came; empty if from none.
    #[prop(into)]
    ticket_id: Signal<String>,
    /// What comes after the first view.
    tools: fn(CustomerTool) -> AnyView,
) -> impl IntoView {
    let started = memo(move || requested.with(Option::is_some));
    let is_loading = memo(move || started.get() && query.is_first_load());
    let is_missing = memo(move || query.data.get().is_some_and(|answer| answer.is_none()));
    let customer = memo(move || query.data.get().and_then(|answer| Option::clone(&answer)).map(Arc::new));
    let announcer = use_announcer();
    effect(move || {
        if let Some(customer) = customer.get() {
            announcer.announce(t::customers::found(&customer.title()));
        }
    });
    view! {
        {move || (!started.get()).then(|| view! {
            <EmptyState icon=IconName::Customer title=t::customers::start_title message=t::customers::start />
        })}
        // A look-up has no record that could be missing, so every error has a Retry.
        {move || query.error.get().map(|error| view! {
            <ErrorPanel problem=describe(&error) on_retry=move |()| query.refetch() retrying=query.loading />
        })}
        {move || is_loading.get().then(|| view! { <SkeletonBlock lines=9 /> })}
        <div role="status">
            {move || is_missing.get().then(|| view! {
                <EmptyState icon=IconName::Search title=t::customers::none_title message=t::customers::none />
            })}
        </div>
        {move || customer.get().map(|customer| view! { <CustomerRecord customer ticket_id=ticket_id.get() tools /> })}
    }
}
