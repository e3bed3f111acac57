//! What an agent does next about a ticket.

use leptos::prelude::*;
use trunkline_api::jtel::{CALLBACK, TICKET};
use web_sys::UrlSearchParams;

use crate::i18n::t;
use crate::routes::Route;
use crate::ui::{IconName, LinkButton};
use trunkline_api::oneview::inbox::Item;

/// Links to the customer and to new events about the ticket. No phone number and no e-mail stands in a URL.
#[component]
pub fn Actions(
    /// The ticket.
    item: std::sync::Arc<Item>,
) -> impl IntoView {
    let customer = item.ticket.customer_id();
    let look_up = (!customer.trim().is_empty()).then(|| {
        let href = with_query(&Route::Customers, &[("id", customer)]);
        view! { <LinkButton label=t::inbox::find_customer href icon=IconName::Customer small=true /> }
    });
    let callback = event(&item, CALLBACK);
    let ticket = event(&item, TICKET);
    view! {
        <nav class="row" aria-label=t::inbox::actions>
            {look_up}
            <LinkButton label=t::inbox::new_callback href=callback icon=IconName::Phone small=true />
            <LinkButton label=t::inbox::new_ticket_event href=ticket icon=IconName::Event small=true />
        </nav>
    }
}

/// The form for a new event of this type, filled in as far as the ticket says.
fn event(item: &Item, type_id: i64) -> String {
    let type_id = type_id.to_string();
    let (subject, id) = (item.ticket.contact_reason(), item.ticket.id());
    with_query(&Route::NewAcdEvent, &[("type", &type_id), ("subject", subject), ("user-data", id)])
}

/// A route's path with these parameters, as far as they say something.
fn with_query(route: &Route, parameters: &[(&str, &str)]) -> String {
    let path = route.path();
    let Ok(query) = UrlSearchParams::new() else { return path };
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        query.append(name, value);
    }
    let query = String::from(query.to_string());
    if query.is_empty() { path } else { format!("{path}?{query}") }
}
