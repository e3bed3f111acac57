//! Addresses and navigation. The table of routes is `routes.json`; `trunkline_model` makes the enum of it.

mod navigate;
pub mod query_params;

pub use navigate::{Navigate, use_stored_navigate};
pub use trunkline_model::Route;

use crate::i18n::t;

/// The document's title for a route, in the current language.
pub fn title(route: &Route) -> String {
    include!(concat!(env!("OUT_DIR"), "/route_titles.rs"))
}
