//! Sobot, customer look-up (Admin Center, API Management: "internal APIs").
//!
//! The look-up's URL and method are not published: the gateway takes the whole URL from its configuration and calls it
//! with GET. The console sends the keys to the gateway in a body, so that no number or address appears in a URL or log.

mod endpoints;
pub mod error;
mod types;

pub use endpoints::*;
pub use types::*;
