//! The page: the look-up form, and the result below it.

use leptos::prelude::*;
use trunkline_api::Service;
use trunkline_api::sobot::{CustomerQuery, QueryCustomer};

use super::lookup_form::{LookupForm, LookupKeys};
use super::lookup_result::LookupResult;
use super::recent::{self, RecentLookups};
use super::tools::CustomerTool;
use crate::components::ticket_origin::{TicketBackLink, ticket_origin};
use crate::components::{QueryUpdatedAt, SandboxBadge, prefill};
use crate::fetch::use_query;
use crate::i18n::t;
use crate::reactive::{catalogue, effect};
use crate::routes::query_params::use_param;
use crate::ui::PageHeader;

/// The page. Only a customer ID may appear in the URL, because phone numbers and e-mail addresses are personal data.
#[component]
pub fn CustomersPage(
    /// What comes after the first view.
    tools: fn(CustomerTool) -> AnyView,
) -> impl IntoView {
    let keys = LookupKeys::new();
    let id = use_param("id");
    let ticket = use_param("ticket").value;
    let requested = RwSignal::new(None::<CustomerQuery>);
    let query = use_query(move || requested.get().map(|query| QueryCustomer { query }));
    let look_up = move |wanted: CustomerQuery| {
        let is_repeat = requested.with_untracked(|requested| requested.as_ref() == Some(&wanted));
        let by_id_alone = wanted.provided().len() == 1;
        let shown = wanted.id.clone().filter(|_| by_id_alone).unwrap_or_default();
        if is_repeat {
            query.refetch();
        } else {
            requested.set(Some(wanted));
        }
        id.set(&shown);
    };
    // Looks up an ID that a link brings at once. An ID that the page itself wrote to the URL is ignored.
    effect(move || {
        let id = id.get();
        let current_id =
            requested.with_untracked(|requested| requested.as_ref().and_then(|requested| requested.id.clone()));
        if !id.is_empty() && current_id.as_deref() != Some(id.as_str()) {
            keys.set_id(&id);
            requested.set(Some(CustomerQuery { id: Some(id), ..CustomerQuery::default() }));
        }
    });
    let look_up_other = move |query: CustomerQuery| {
        keys.set_query(&query);
        look_up(query);
    };
    // Looks up what another page or the command palette asks for, which is not in the URL.
    effect(move || {
        if let Some(query) = prefill::take_lookup() {
            look_up_other(query);
        }
    });
    effect(move || {
        let name = query.data.with(|found| Some(found.as_deref()?.as_ref()?.title()));
        if let Some((name, shown)) = name.zip(requested.get_untracked()) {
            recent::remember(&shown, &name);
            keys.fold();
        }
    });
    let is_many = RwSignal::new(false);
    view! {
        <div class="page">
            {move || Some(ticket.get()).filter(|id| !id.is_empty()).map(|id| view! { <TicketBackLink origin=ticket_origin(&id) /> }.into_any())}
            <PageHeader title=t::routes::customers>
                <SandboxBadge vendor=Service::Sobot />
                {move || query.data.with(Option::is_some).then(|| view! { <QueryUpdatedAt query /> })}
            </PageHeader>
            <LookupForm keys busy=query.loading on_submit=look_up />
            <RecentLookups shown=requested on_choose=look_up_other />
            <details class="more-fields" on:toggle=move |_| is_many.set(true)>
                <summary prop:textContent=catalogue(t::customers::many) />
                <div class="stack-s">{move || is_many.get().then(|| tools(CustomerTool::Many))}</div>
            </details>
            <LookupResult query requested ticket_id=ticket tools />
        </div>
    }
}
