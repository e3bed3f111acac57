//! Customers: looked up in Sobot by customer ID, phone, e-mail or third-party account ID.

mod fields;
mod keys;
mod record;
mod result;

use leptos::prelude::*;
use trunkline_api::Vendor;
use trunkline_api::sobot::{CustomerQuery, QueryCustomer};

use crate::fetch::use_query;
use crate::i18n::t;
use crate::parts::{Freshness, SandboxBadge};
use crate::reactive::effect;
use crate::routes::search::use_param;
use crate::ui::PageHeader;
use keys::{Keys, KeysForm};
use result::Outcome;

/// The page. Of the keys only a customer ID may stand in the URL: phone numbers and addresses are people's own.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let keys = Keys::new();
    let id = use_param("id");
    let asked = RwSignal::new(None::<CustomerQuery>);
    let query = use_query(move || asked.get().map(|query| QueryCustomer { query }));
    let ask = move |wanted: CustomerQuery| {
        let again = asked.with_untracked(|asked| asked.as_ref() == Some(&wanted));
        let by_id_alone = wanted.given().len() == 1;
        let shown = wanted.id.clone().filter(|_| by_id_alone).unwrap_or_default();
        if again {
            query.refetch();
        } else {
            asked.set(Some(wanted));
        }
        id.set(&shown);
    };
    // A link brings an ID: it is looked up at once. The page's own writing of the URL changes nothing here.
    effect(move || {
        let id = id.get();
        let known = asked.with_untracked(|asked| asked.as_ref().and_then(|asked| asked.id.clone()));
        if !id.is_empty() && known.as_deref() != Some(id.as_str()) {
            keys.set_id(&id);
            asked.set(Some(CustomerQuery { id: Some(id), ..CustomerQuery::default() }));
        }
    });
    view! {
        <div class="page">
            <PageHeader title=t::routes::customers>
                <SandboxBadge vendor=Vendor::Sobot />
                {move || query.data.with(Option::is_some).then(|| view! { <Freshness query /> })}
            </PageHeader>
            <KeysForm keys busy=query.loading on_ask=ask />
            <Outcome query asked />
        </div>
    }
}
