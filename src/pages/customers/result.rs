//! What a look-up brought: a customer, none, or trouble.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::sobot::{Customer, CustomerQuery};

use super::record::Record;
use crate::fetch::Query;
use crate::i18n::t;
use crate::parts::words;
use crate::reactive::{effect, memo};
use crate::ui::{EmptyState, ErrorPanel, IconName, SkeletonBlock, use_announcer};

/// The look-up's outcome. "No customer" is an answer: it is said in a status, not as an error.
#[component]
pub fn Outcome(
    /// The look-up.
    query: Query<Option<Customer>>,
    /// What was asked; none before the first look-up.
    #[prop(into)]
    asked: Signal<Option<CustomerQuery>>,
) -> impl IntoView {
    let started = memo(move || asked.with(Option::is_some));
    let waiting = memo(move || started.get() && query.is_first_load());
    let nobody = memo(move || query.data.get().is_some_and(|answer| answer.is_none()));
    let customer = memo(move || query.data.get().and_then(|answer| Option::clone(&answer)).map(Arc::new));
    let announcer = use_announcer();
    effect(move || {
        if let Some(customer) = customer.get() {
            announcer.say(t::customers::found(&customer.title()));
        }
    });
    view! {
        {move || (!started.get()).then(|| view! {
            <EmptyState icon=IconName::Customer title=t::customers::start_title message=t::customers::start />
        })}
        // A look-up has no record of its own that could be missing: whatever fails is trouble, with Retry.
        {move || query.error.get().map(|error| view! {
            <ErrorPanel problem=words(&error) on_retry=move |()| query.refetch() retrying=query.loading />
        })}
        {move || waiting.get().then(|| view! { <SkeletonBlock lines=9 /> })}
        <div role="status">
            {move || nobody.get().then(|| view! {
                <EmptyState icon=IconName::Search title=t::customers::none_title message=t::customers::none />
            })}
        </div>
        {move || customer.get().map(|customer| view! { <Record customer /> })}
    }
}
