//! What the page needs only behind its first view: several look-ups at once, what other lists hold about a customer, and
//! custom fields with their names. It is a chunk of its own.

use std::sync::Arc;

use leptos::prelude::*;
use trunkline_api::sobot::Customer;

use super::custom_fields::CustomFields;
use super::many::ManyLookups;
use super::records::{EventsOfCustomer, TicketsOfCustomer};

/// A part of the page.
pub enum CustomerTool {
    /// Several look-ups at once.
    Many,
    /// The customer's tickets and events.
    Records(Arc<Customer>),
    /// The customer's custom fields.
    CustomFields(Arc<Customer>),
}

impl CustomerTool {
    /// Its view.
    pub fn view(self) -> AnyView {
        match self {
            Self::Many => view! { <ManyLookups /> }.into_any(),
            Self::Records(customer) => view! {
                <TicketsOfCustomer customer=customer.clone() />
                <EventsOfCustomer customer />
            }
            .into_any(),
            Self::CustomFields(customer) => view! { <CustomFields customer /> }.into_any(),
        }
    }
}
