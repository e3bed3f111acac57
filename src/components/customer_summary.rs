//! A customer's badges and values, shared by the page of customers and the card beside a ticket.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::decode::LooseScalar;
use trunkline_api::sobot::Customer;

use crate::i18n::t;
use crate::ui::{Badge, Tone};

/// Badges for VIPs and for customers on the blacklist.
#[component]
pub fn CustomerBadges(
    /// The customer.
    customer: Arc<Customer>,
) -> impl IntoView {
    let level = non_blank(&customer.vip_level_name).or_else(|| non_blank(&customer.vip_level));
    let vip = move || level.as_deref().map_or_else(t::customers::vip, t::customers::vip_level);
    view! {
        {customer.is_vip().then(|| view! { <Badge tone=Tone::Accent text=vip /> })}
        {customer.is_blacklisted().then(|| view! { <Badge tone=Tone::Bad text=t::customers::blacklisted /> })}
    }
}

/// The value as text; `None` if it is missing or blank.
pub fn non_blank(value: &Option<LooseScalar>) -> Option<String> {
    value.as_ref().filter(|value| !value.is_blank()).map(ToString::to_string)
}
